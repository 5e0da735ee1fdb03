package charts

import (
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// reduce keeps of the diff what touches the profile, by what is built at both
// versions.
func (d *Diff) reduce(before, after side, r *plan.Release) {
	t := d.Profile
	switch {
	case before.out == nil && after.out == nil:
		t.Unread = d.Old + " and " + d.New
	case before.out == nil:
		t.Unread = d.Old
	case after.out == nil:
		t.Unread = d.New
	}
	used := map[string]bool{}
	for _, s := range []side{before, after} {
		s.each(func(_ string, o fact.Origin) {
			for _, f := range o.Features {
				if rest, ok := strings.CutPrefix(f, d.Chart+" "+s.subject.Number+": "); ok {
					name, _, _ := strings.Cut(rest, " is ")
					used[name] = true
				}
			}
		})
	}
	d.Features = slices.DeleteFunc(d.Features, func(f FeatureChange) bool { return !used[f.Name] })

	old, new := before.values(), after.values()
	if old == nil {
		old = new
	}
	if new == nil {
		new = old
	}
	if before.out != nil && after.out != nil {
		t.Values = changes(before.out.Values[r.Component], after.out.Values[r.Component])
	}
	if before.release != nil && after.release != nil && d.KnowsServices && before.subject.At != nil && after.subject.At != nil {
		d.install(before.subject.At, after.subject.At, before.install(old), after.install(new))
		d.Receivers = slices.DeleteFunc(d.Receivers, func(c ReceiverChange) bool {
			return (c.Old == nil || !c.Old.On) && (c.New == nil || !c.New.On)
		})
	}
	d.Keys.reduce(pathsOf(old), pathsOf(new))
}

// reduce keeps the keys that one of the values touches.
func (d *KeysDiff) reduce(old, new [][]string) {
	touches := func(values [][]string, path string) bool {
		names, err := parsePath(path)
		return err == nil && slices.ContainsFunc(values, func(v []string) bool { return covers(names, v) })
	}
	d.Renamed = slices.DeleteFunc(d.Renamed, func(k RenamedKey) bool { return !touches(old, k.From) })
	d.Removed = slices.DeleteFunc(d.Removed, func(k ChangedKey) bool { return !touches(old, k.Path) })
	d.Added = slices.DeleteFunc(d.Added, func(k ChangedKey) bool { return !touches(new, k.Path) || touches(old, k.Path) })
	d.Changed = slices.DeleteFunc(d.Changed, func(k NarrowedKey) bool { return !touches(new, k.Path) })
}

// covers reports whether a path of values is a key of a contract, or lies below.
func covers(key, value []string) bool {
	if len(value) < len(key) {
		return false
	}
	for i, name := range key {
		if name != value[i] && (name != keys.EveryKey || value[i] == keys.EveryItem) {
			return false
		}
	}
	return true
}

// pathsOf lists the leaves of values.
func pathsOf(values map[string]any) [][]string {
	var out [][]string
	var walk func(v any, at []string)
	walk = func(v any, at []string) {
		switch v := v.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k], append(slices.Clone(at), k))
			}
		case []any:
			for _, item := range v {
				walk(item, append(slices.Clone(at), keys.EveryItem))
			}
		}
		if len(at) > 0 {
			out = append(out, at)
		}
	}
	walk(values, nil)
	return out
}

// values are those that the side's release is installed with, or nil.
func (s side) values() map[string]any {
	if s.out == nil {
		return nil
	}
	m := s.out.Values[s.release.Component]
	if m == nil {
		return map[string]any{}
	}
	return m.Plain()
}

// changes compares the leaves of two trees of values.
func changes(old, new *tree.Map) []ValueChange {
	a, b := leaves(old), leaves(new)
	out := []ValueChange{}
	paths := slices.Collect(maps.Keys(a))
	for p := range b {
		if _, ok := a[p]; !ok {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	for _, p := range paths {
		if a[p] != b[p] {
			out = append(out, ValueChange{p, a[p], b[p]})
		}
	}
	return out
}

// leaves are the scalars of values, by path. A null is written as one.
func leaves(m *tree.Map) map[string]any {
	out := map[string]any{}
	if m == nil {
		return out
	}
	tree.Walk(m, "", func(path string, n tree.Node, _ fact.Origin) {
		switch n := n.(type) {
		case *tree.Leaf:
			out[path] = n.Value
			if n.Value == nil {
				out[path] = "null"
			}
		case *tree.Map:
			out[path] = "{}"
		case *tree.List:
			out[path] = "[]"
		}
	})
	return out
}

// each calls f for every leaf and line of what the side builds, with the file
// that it stands in.
func (s side) each(f func(file string, o fact.Origin)) {
	if s.out == nil {
		return
	}
	for _, component := range slices.Sorted(maps.Keys(s.out.Values)) {
		file := path.Join(component, "values.yaml")
		tree.Walk(s.out.Values[component], "", func(_ string, _ tree.Node, o fact.Origin) { f(file, o) })
	}
	for _, file := range s.out.Files {
		if lines, ok := file.Body.(tree.Lines); ok {
			for _, line := range lines {
				f(file.Path, line.Origin)
			}
			continue
		}
		file.Leaves(func(_ string, _ tree.Node, o fact.Origin) { f(file.Path, o) })
	}
}

// moved gives the addresses that differ between the versions, and where the tree
// names them.
func moved(before, after side) []Address {
	out := []Address{}
	old, new := addresses(before.plan), addresses(after.plan)
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if now, ok := new[name]; ok && now != old[name] {
			out = append(out, Address{Name: name, Old: old[name], New: now, Files: []string{}})
		}
	}
	for i := range out {
		a := &out[i]
		s := after
		if s.out == nil {
			s = before
		}
		s.each(func(file string, o fact.Origin) {
			if !slices.Contains(a.Files, file) && (slices.Contains(o.Names, a.Name+".host") || slices.Contains(o.Names, a.Name+".port")) {
				a.Files = append(a.Files, file)
			}
		})
		slices.Sort(a.Files)
	}
	return out
}

// addresses are the endpoints of a plan, by the plan's name for them.
func addresses(p *plan.Plan) map[string]string {
	out := map[string]string{}
	seen := map[uintptr]bool{}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || seen[v.Pointer()] {
				return
			}
			seen[v.Pointer()] = true
			walk(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if e, ok := v.Interface().(plan.Endpoint); ok {
				name, known := strings.CutSuffix(last(e.Host.Origin.Names), ".host")
				if known && !e.Host.Poisoned && !e.Port.Poisoned {
					out[name] = e.Address().Value
				}
				return
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	p = &plan.Plan{Tempo: p.Tempo, Store: p.Store, Traefik: p.Traefik, Nginx: p.Nginx, Linkerd: p.Linkerd, Collector: p.Collector, Grafana: p.Grafana, Loki: p.Loki, Prometheus: p.Prometheus, Apps: p.Apps}
	walk(reflect.ValueOf(p).Elem())
	return out
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}
