// Package override merges the user's `values` over what the emitters made,
// after emit and before split. An override never feeds the plan; one that
// contradicts a fact which another file relies on is refused, whether tracegen
// writes that fact into the values itself or the chart's default decides it.
package override

import (
	"fmt"
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

// Rules has what an override can be refused for.
var Rules = []diag.Rule{
	{Code: Code, Name: "contradicting override", Doc: "no override contradicts what another file relies on"},
}

// Apply merges the overrides of every release into the values of out.
func Apply(p *plan.Plan, out *emit.Output, diags *diag.List) {
	var users map[string][]use
	for _, r := range p.Releases {
		if r.Values.State != topology.Given {
			continue
		}
		if users == nil {
			users = uses(p, out)
		}
		values := out.Values[r.Component]
		if values == nil {
			values = tree.NewMap()
			out.Values[r.Component] = values
		}
		m := &merger{component: r.Component, values: values, known: r.Chart != nil, users: users, diags: diags, plan: p}
		m.merge(values, r.Values.Value, "")
		if !m.known {
			continue
		}
		for _, d := range defaults(p, r) {
			m.keep(r, d)
		}
	}
}

type merger struct {
	component string
	values    *tree.Map
	known     bool // what the chart reads
	users     map[string][]use
	diags     *diag.List
	plan      *plan.Plan
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
		if old != nil && m.known {
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
		if v, there := kept[p]; !ok || l.Poisoned || there && equal(v, l.Value) {
			return
		}
		if u, ok := m.other(o.Names); ok {
			m.report(contradiction{path: p, value: l.Value, user: u, inputs: o.Inputs}, place)
		}
	})
}

// equal compares scalars; numbers by what they are worth, however written.
func equal(a, b any) bool {
	x, xok := number(a)
	y, yok := number(b)
	return a == b || xok && yok && x == y
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// contradiction is a value in force that an override would change.
type contradiction struct {
	path    string // in the values
	value   any
	user    use
	inputs  []fact.Input // what says it for every file
	instead string       // what to write in the input; by default, the inputs
}

func (m *merger) report(c contradiction, place topology.Place) {
	is := fmt.Sprintf("which is %v because %s relies on it", c.value, c.user)
	if strings.Contains(is, "\n") {
		is = fmt.Sprintf("on which %s relies", c.user) // a whole configuration says little in a message
	}
	d := diag.Diagnostic{
		Code:     Code,
		Message:  fmt.Sprintf("%s sets %s, %s: the two would disagree", place.Path, c.path, is),
		Path:     place.Path,
		Position: place.Position,
		Help:     "leave it out of values",
	}
	var inputs []string
	more := ""
	if n := len(c.inputs) - 3; n > 1 { // a whole configuration, made of half the topology
		c.inputs, more = c.inputs[:3], fmt.Sprintf(", or another of the %d places that it is made of,", len(c.inputs))
	}
	for _, in := range c.inputs {
		inputs = append(inputs, in.Path)
		d.Related = append(d.Related, diag.Related{Message: in.Path + " says it for every file", Position: in.Position})
	}
	if d.Related == nil {
		d.Related = relies(m.plan, c.user.place)
	}
	switch {
	case c.instead != "":
		d.Help += ", and " + c.instead + " instead"
	case len(inputs) > 0:
		d.Help += ", and change " + strings.Join(inputs, " or ") + more + " instead"
	}
	m.diags.Add(d)
}

// node makes output of input. Its origin is the user's line.
func node(v topology.Value) tree.Node {
	o := fact.Origin{Inputs: []fact.Input{fact.Input(v.Place)}}
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
