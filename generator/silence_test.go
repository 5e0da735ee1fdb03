package generator

import (
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"testing"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/override"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// TestSilence poisons each field of each topology in turn, those too that hold
// a default, and wants no stage to find anything, nor to break: load has
// reported it.
func TestSilence(t *testing.T) {
	for _, s := range suites(t) {
		silence(t, s, 50)
	}
}

// TestPoisonAddsNothing does so to topologies that a rule finds something in. Of
// that, poison may hide what rests on it, but nothing new comes of it. With
// TRACEGEN_ROUNDS it takes every case.
func TestPoisonAddsNothing(t *testing.T) {
	for i, c := range ruleCases {
		// Overrides are found last, and rest on most.
		if i%4 != 0 && (c.code != override.Code || testing.Short()) && os.Getenv("TRACEGEN_ROUNDS") == "" {
			continue
		}
		s := workspace(t, map[string]string{"p": complete(c.profile)})
		c.place(t, s)
		silence(t, s, 20)
	}
	for _, c := range harmless {
		silence(t, workspace(t, map[string]string{"p": c.text()}), 20)
	}
}

// silence poisons the fields of a suite's topologies. There are at least so many.
func silence(t *testing.T, s suite, least int) {
	t.Helper()
	var loaded diag.List
	err := s.w.Load(s.profiles, &loaded, func(p load.Profile, top *topology.Topology) error {
		n, heeds := 0, &topology.Topology{Ignore: slices.Clone(top.Ignore)}
		before := diagnose(t, p.Name, top, heeds)
		each(reflect.ValueOf(top).Elem(), "topology", func(path string, v reflect.Value) {
			n++
			old := reflect.ValueOf(v.Interface())
			defer v.Set(old)
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("%s: poisoned %s: panic: %v\n%s", p.Name, path, r, debug.Stack())
				}
			}()
			topology.Poison(v.Addr().Interface())
			found := diagnose(t, p.Name, top, heeds)
			found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
				// Another rule may now be the first that sees the fault of a line.
				return slices.ContainsFunc(before, func(b diag.Diagnostic) bool { return b.Position == d.Position })
			})
			if len(found) > 0 {
				t.Errorf("%s: poisoned %s:\n%s", p.Name, path, text(s, found))
			}
		})
		if n < least {
			t.Errorf("%s has only %d fields", p.Name, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// diagnose gives what the stages behind load find in a profile that is not fit
// to be emitted.
func diagnose(t *testing.T, profile string, top, heeds *topology.Topology) []diag.Diagnostic {
	var diags diag.List
	p := plan.Link(profile, top, &diags)
	check.Run(p, keys.NewLibrary(nil), Ignorable(), &diags)
	if _, err := judged(p, false, &diags); err != nil {
		t.Error(err)
	}
	return diag.Heeded(Heed(heeds, diags.Sorted()))
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
