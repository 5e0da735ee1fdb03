package load

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// union finds the arm that the discriminators say, and judges by it.
func (j *judge) union(v cue.Value, d *topology.Def, dst reflect.Value, path string, at diag.Position) {
	arms := d.Arms
	for _, name := range d.Discriminators() {
		word, err := v.LookupPath(cue.MakePath(cue.Str(name))).String()
		if err != nil {
			continue // missing, or of another type: judged as a field below
		}
		matching := slices.DeleteFunc(slices.Clone(arms), func(arm *topology.Def) bool {
			return arm.Word(name) != word
		})
		if len(matching) > 0 {
			arms = matching
		}
	}
	if len(arms) > 1 {
		// Which arm is meant is not known. What all of them say alike can be
		// judged all the same.
		arm := common(d.Name, arms)
		j.structure(v, arm, d, reflect.New(armType(arm, arms, dst.Type())).Elem(), path, at)
		topology.Poison(dst.Addr().Interface())
		return
	}
	arm := dst.FieldByName(arms[0].Name)
	arm.Set(reflect.New(arm.Type().Elem()))
	j.structure(v, arms[0], d, arm.Elem(), path, at)
	setPlace(dst, path, at)
	for i := range dst.NumField() {
		name := dst.Type().Field(i).Name
		if src := arm.Elem().FieldByName(name); src.IsValid() {
			dst.Field(i).Set(src)
		}
	}
}

// common merges arms: a field is known if one of them has it, required if all
// require it, and its words are those of all. It has no defaults: which one
// holds is not known.
func common(name string, arms []*topology.Def) *topology.Def {
	out := &topology.Def{Name: name}
	for _, arm := range arms {
		for _, f := range arm.Fields {
			if out.Field(f.Name) != nil {
				continue
			}
			f.Default = nil
			if f.Presence == topology.Regular && f.Type.Kind != topology.StructKind {
				f.Presence = topology.Optional
			}
			t := *f.Type
			t.Enum = nil
			f.Type = &t
			for _, other := range arms {
				g := other.Field(f.Name)
				if g == nil {
					f.Presence = topology.Optional
					continue
				}
				if f.Type != nil && !alike(f.Type, g.Type) {
					f.Type = nil // not to be judged before the arm is known
					f.Presence = min(f.Presence, topology.Required)
				}
				if f.Type == nil {
					continue
				}
				for _, word := range g.Type.Enum {
					if !slices.Contains(t.Enum, word) {
						t.Enum = append(t.Enum, word)
					}
				}
			}
			out.Fields = append(out.Fields, f)
		}
	}
	return out
}

// alike reports whether two arms want the same of a field, but for its words.
func alike(a, b *topology.Type) bool {
	x, y := *a, *b
	x.Enum, y.Enum = nil, nil
	return reflect.DeepEqual(x, y)
}

// elsewhere says which other arm of a union has a field, or nothing.
func elsewhere(union *topology.Def, field string) string {
	if union == nil {
		return ""
	}
	var where []string
	for _, arm := range union.Arms {
		if arm.Field(field) == nil {
			continue
		}
		var words []string
		for _, d := range arm.Literals() {
			if !constant(union, d) {
				words = append(words, fmt.Sprintf("%s: %q", d, arm.Word(d)))
			}
		}
		where = append(where, strings.Join(words, ", "))
	}
	return strings.Join(where, " or ")
}

// wrongArm reports whether a struct says that it is another arm than the one
// that can stand there: its other keys are that arm's.
func wrongArm(given map[string]cue.Value, d *topology.Def) bool {
	for _, name := range d.Literals() {
		if v := given[name]; v.Exists() {
			if word, err := v.String(); err == nil && word != d.Word(name) {
				return true
			}
		}
	}
	return false
}

// constant reports whether all arms have the same word for a discriminator.
func constant(union *topology.Def, discriminator string) bool {
	for _, arm := range union.Arms {
		if arm.Word(discriminator) != union.Arms[0].Word(discriminator) {
			return false
		}
	}
	return true
}

// armType is a throw-away struct with the fields of a merged arm. Their types
// are those of the arms that have them.
func armType(d *topology.Def, arms []*topology.Def, union reflect.Type) reflect.Type {
	var fields []reflect.StructField
	for _, f := range d.Fields {
		for _, arm := range arms {
			goArm, _ := union.FieldByName(arm.Name)
			// Not what an arm without the field has of its Place.
			if g, ok := goArm.Type.Elem().FieldByName(goName(f.Name)); ok && len(g.Index) == 1 {
				fields = append(fields, reflect.StructField{Name: g.Name, Type: g.Type})
				break
			}
		}
	}
	return reflect.StructOf(fields)
}

// goName is the generated field's name.
func goName(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
