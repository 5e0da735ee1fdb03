// Package override merges the user's `values` over what the emitters made,
// after emit and before split. An override never feeds the plan; one that
// contradicts a fact which another file relies on is refused.
package override

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Code is that of an override that contradicts another file.
const Code = "TG014"

// Apply merges the overrides of every release into the values of out.
func Apply(p *plan.Plan, out *emit.Output, diags *diag.List) {
	var users map[string][]use
	for _, r := range p.Releases {
		if r.Values.State != topology.Given {
			continue
		}
		if users == nil {
			users = uses(out)
		}
		m := &merger{component: r.Component, users: users, diags: diags}
		values := out.Values[r.Component]
		if values == nil {
			values = tree.NewMap()
			out.Values[r.Component] = values
		}
		m.merge(values, r.Values.Value, "")
	}
}

// use is a leaf outside a component's values that holds a shared fact.
type use struct{ component, file, path string }

// uses finds where each shared fact of the profile is written.
func uses(out *emit.Output) map[string][]use {
	users := map[string][]use{}
	note := func(component, file string) func(string, tree.Node, fact.Origin) {
		return func(path string, _ tree.Node, o fact.Origin) {
			for _, name := range o.Names {
				users[name] = append(users[name], use{component, file, path})
			}
		}
	}
	for _, component := range emit.Sorted(out.Values) {
		tree.Walk(out.Values[component], "", note(component, component+"/values.yaml"))
	}
	for _, f := range out.Files {
		f.Leaves(note("", f.Path))
	}
	return users
}

type merger struct {
	component string
	users     map[string][]use
	diags     *diag.List
}

// merge puts the fields of v over m, as Helm does: maps merge, everything else
// is replaced.
func (m *merger) merge(dst *tree.Map, v topology.Value, path string) {
	for _, f := range v.Fields {
		at := tree.JoinKey(path, f.Name)
		old := dst.Get(f.Name)
		if sub, ok := old.(*tree.Map); ok && f.Value.Kind == topology.StructValue {
			m.merge(sub, f.Value, at)
			continue
		}
		n := node(f.Value)
		if old != nil {
			m.compare(old, n, at, f.Value.Place)
		}
		dst.Put(f.Name, n)
	}
}

// compare reports each shared fact inside old that the override changes.
func (m *merger) compare(old, new tree.Node, path string, place topology.Place) {
	kept := map[string]any{}
	tree.Walk(new, path, func(p string, n tree.Node, _ fact.Origin) {
		if l, ok := n.(*tree.Leaf); ok {
			kept[p] = l.Value
		}
	})
	tree.Walk(old, path, func(p string, n tree.Node, o fact.Origin) {
		l, ok := n.(*tree.Leaf)
		if v, there := kept[p]; !ok || there && v == l.Value {
			return
		}
		for _, name := range o.Names {
			i := slices.IndexFunc(m.users[name], func(u use) bool { return u.component != m.component })
			if i >= 0 {
				m.report(p, l, o, m.users[name][i], place)
				return
			}
		}
	})
}

func (m *merger) report(path string, old *tree.Leaf, o fact.Origin, u use, place topology.Place) {
	d := diag.Diagnostic{
		Code: Code,
		Message: fmt.Sprintf("%s sets %s, which is %v because %s relies on it (%s): the two would disagree",
			place.Path, path, old.Value, u.file, u.path),
		Path:     place.Path,
		Position: place.Position,
		Help:     "leave it out of values",
	}
	var inputs []string
	for _, in := range o.Inputs {
		inputs = append(inputs, in.Path)
		d.Related = append(d.Related, diag.Related{Message: in.Path + " says it for every file", Position: in.Position})
	}
	if len(inputs) > 0 {
		d.Help += ", and change " + strings.Join(inputs, " or ") + " instead"
	}
	m.diags.Add(d)
}

// node makes output of input. Its origin is the user's line.
func node(v topology.Value) tree.Node {
	o := fact.Origin{Inputs: []fact.Input{{Path: v.Path, Position: v.Position}}}
	switch v.Kind {
	case topology.StructValue:
		m := tree.NewMap()
		m.Origin = o
		for _, f := range v.Fields {
			m.Put(f.Name, node(f.Value))
		}
		return m
	case topology.ListValue:
		l := &tree.List{Origin: o}
		for _, item := range v.Items {
			l.Items = append(l.Items, node(item))
		}
		return l
	}
	return &tree.Leaf{Value: v.Scalar, Origin: o}
}
