package override

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// use is a leaf that holds a shared fact.
type use struct {
	component string // whose values it is in; empty in a file
	place     string // such as minio/values.yaml#buckets[0].name
}

func (u use) String() string { return u.place }

// uses finds where each shared fact of the profile is written. What a section
// that load could not read would rely on is not known.
func uses(p *plan.Plan, out *emit.Output) map[string][]use {
	users, unread := map[string][]use{}, map[string]bool{}
	for _, r := range p.Releases {
		unread[r.Component] = r.ChartName != "" && !r.PinnedAt.Position.IsValid()
	}
	note := func(o fact.Origin, poisoned bool, component string, place func() string) {
		if len(o.Names) == 0 || poisoned {
			return // as with most leaves
		}
		u := use{component, place()}
		for _, name := range o.Names {
			users[name] = append(users[name], u)
		}
	}
	for _, component := range slices.Sorted(maps.Keys(out.Values)) {
		if unread[component] {
			continue
		}
		tree.Walk(out.Values[component], "", func(path string, n tree.Node, o fact.Origin) {
			note(o, poisoned(n), component, func() string { return inValues(component, path) })
		})
	}
	for _, f := range out.Files {
		if component, _, _ := strings.Cut(f.Path, "/"); unread[component] {
			continue
		}
		if lines, ok := f.Body.(tree.Lines); ok {
			for i, line := range lines {
				note(line.Origin, line.Poisoned, "", func() string { return fmt.Sprintf("%s:%d", f.Path, i+1) })
			}
			continue
		}
		f.Leaves(func(path string, n tree.Node, o fact.Origin) {
			note(o, poisoned(n), "", func() string { return f.Path + "#" + path })
		})
	}
	return users
}

func poisoned(n tree.Node) bool {
	l, ok := n.(*tree.Leaf)
	return ok && l.Poisoned
}

func inValues(component, path string) string { return component + "/values.yaml#" + path }

// other finds a place outside of the component's values that relies on one of
// the facts.
func (m *merger) other(facts []string) (use, bool) {
	for _, name := range facts {
		i := slices.IndexFunc(m.users[name], func(u use) bool { return u.component != m.component })
		if i >= 0 {
			return m.users[name][i], true
		}
	}
	return use{}, false
}

// anyone is other, or a place in the component's own values, as merged.
func (m *merger) anyone(facts []string) (use, bool) {
	u, ok := m.other(facts)
	if ok {
		return u, true
	}
	tree.Walk(m.values, "", func(path string, n tree.Node, o fact.Origin) {
		if !ok && !poisoned(n) && slices.ContainsFunc(o.Names, func(name string) bool { return slices.Contains(facts, name) }) {
			u, ok = use{m.component, inValues(m.component, path)}, true
		}
	})
	return u, ok
}
