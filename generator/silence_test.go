package generator

import (
	"reflect"
	"slices"
	"testing"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// TestSilence poisons each field of each topology in turn, those too that hold
// a default, and wants link and check to find nothing: load has reported it.
func TestSilence(t *testing.T) {
	codes := Ignorable()
	for _, s := range suites(t) {
		var loaded diag.List
		err := s.w.Load(s.profiles, &loaded, func(p load.Profile, top *topology.Topology) error {
			n, heeds := 0, &topology.Topology{Ignore: slices.Clone(top.Ignore)}
			each(reflect.ValueOf(top).Elem(), "topology", func(path string, v reflect.Value) {
				n++
				old := reflect.ValueOf(v.Interface())
				defer v.Set(old)
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("%s: poisoned %s: panic: %v", p.Name, path, r)
					}
				}()
				topology.Poison(v.Addr().Interface())
				var diags diag.List
				check.Run(plan.Link(p.Name, top, &diags), keys.NewLibrary(nil), codes, &diags)
				if found := diag.Heeded(Heed(heeds, diags.Sorted())); len(found) > 0 {
					t.Errorf("%s: poisoned %s:\n%s", p.Name, path, text(s, found))
				}
			})
			if n < 50 {
				t.Errorf("%s has only %d fields", p.Name, n)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// each calls f for every field of a topology, from the outside in.
func each(v reflect.Value, path string, f func(string, reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			each(v.Elem(), path, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			each(v.Index(i), path+"[]", f)
		}
	case reflect.Struct:
		if v.FieldByName("State").IsValid() { // a leaf
			return
		}
		for i := range v.NumField() {
			name, field := v.Type().Field(i).Name, v.Field(i)
			arm := isUnion(v.Type().Name()) && field.Kind() == reflect.Pointer && field.Type().Elem().Name() == name
			if name == "Place" || arm && field.IsNil() {
				continue // load never makes an arm that was not chosen
			}
			f(path+"."+name, field)
			each(field, path+"."+name, f)
		}
	}
}

// isUnion reports whether a definition of the schema is one, whose arms are fields
// of their names.
func isUnion(name string) bool {
	return slices.ContainsFunc(topology.Definitions, func(d *topology.Def) bool { return d.Name == name && len(d.Arms) > 0 })
}
