package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// overridden reports whether the user has `values` for a release. What tracegen
// emits by itself agrees with itself, as tests over the bytes show.
func (c *Context) overridden(r *plan.Release) bool {
	return r != nil && r.Chart != nil && r.Values.State == topology.Given && c.Out.Values[r.Component] != nil
}

// origin is where a node comes from.
func origin(n tree.Node) fact.Origin {
	switch n := n.(type) {
	case *tree.Leaf:
		return n.Origin
	case *tree.List:
		return n.Origin
	case *tree.Map:
		return n.Origin
	}
	return fact.Origin{}
}

// line is the place to edit for what stands at a path of a release's values, or
// is not there because an override replaced what was around it.
func (c *Context) line(r *plan.Release, path string) topology.Place {
	values := c.Out.Values[r.Component]
	if values == nil {
		return r.PinnedAt.Place
	}
	steps, so := tree.ParsePath(path), ""
	at, own := topology.Place{}, false
	for _, s := range steps {
		if s.Index >= 0 {
			so = fmt.Sprintf("%s[%d]", so, s.Index)
		} else {
			so = tree.JoinKey(so, s.Key)
		}
		n := values.Lookup(so)
		if n == nil {
			break
		}
		for _, in := range origin(n).Inputs {
			if strings.HasPrefix(in.Path, r.Values.Path+".") {
				at, own = topology.Place(in), true
			}
		}
	}
	if !own {
		n, _ := c.Value(r, path)
		return Blame(r, n)
	}
	return at
}

// scalar gives a scalar of the values; nil where there is none, and the chart's
// default stands.
func (c *Context) scalar(r *plan.Release, path string) any {
	if path == "" {
		return nil
	}
	n, _ := c.Value(r, path)
	if l, ok := n.(*tree.Leaf); ok {
		return l.Value
	}
	return nil
}

// text is a scalar as a text, which is empty where there is none.
func (c *Context) text(r *plan.Release, path string) string {
	if v := c.scalar(r, path); v != nil {
		return fmt.Sprint(v)
	}
	return ""
}

// is reports whether a value is the boolean, also where it stands as a text.
func (c *Context) is(r *plan.Release, path string, want bool) bool {
	return c.text(r, path) == fmt.Sprint(want)
}

// number reads a value that is a number.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case string:
		f, err := strconv.ParseFloat(v, 64)
		return f, err == nil
	}
	return 0, false
}

// count is a whole number of the values, or what holds without it.
func (c *Context) count(r *plan.Release, path string, otherwise int64) int64 {
	if f, ok := number(c.scalar(r, path)); ok {
		return int64(f)
	}
	return otherwise
}

// mapAt is a map of the values, which is empty where there is none.
func (c *Context) mapAt(r *plan.Release, path string) *tree.Map {
	n, _ := c.Value(r, path)
	return asMap(n)
}

func asMap(n tree.Node) *tree.Map {
	if m, ok := n.(*tree.Map); ok {
		return m
	}
	return tree.NewMap()
}

// items are those of a list of the values.
func (c *Context) items(r *plan.Release, path string) []tree.Node {
	if path == "" {
		return nil
	}
	n, _ := c.Value(r, path)
	return asItems(n)
}

func asItems(n tree.Node) []tree.Node {
	if l, ok := n.(*tree.List); ok {
		return l.Items
	}
	return nil
}

// textOf is a scalar as a text; anything else is none.
func textOf(n tree.Node) string {
	if l, ok := n.(*tree.Leaf); ok && l.Value != nil {
		return fmt.Sprint(l.Value)
	}
	return ""
}

// field is a scalar of a map, as a text.
func field(n tree.Node, key string) string { return textOf(asMap(n).Get(key)) }

// placeOf is the line of a node that the user wrote; false where he did not.
func placeOf(r *plan.Release, n tree.Node) (topology.Place, bool) {
	for _, in := range origin(n).Inputs {
		if strings.HasPrefix(in.Path, r.Values.Path+".") {
			return topology.Place(in), true
		}
	}
	return topology.Place{}, false
}

// said points to the input that a fact comes from.
func said(message string, facts ...fact.Any) []diag.Related {
	var out []diag.Related
	for _, f := range facts {
		if o, _ := f.Source(); len(o.Inputs) > 0 {
			out = append(out, diag.Related{Message: message, Position: o.Inputs[0].Position})
			message = "and here"
		}
	}
	return out
}

const leaveOut = "leave it out of values"

// sorted gives the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// none reports a number of pods that is zero.
func (c *Context) none(r *plan.Release, key, what string) {
	if c.text(r, key) != "0" || c.is(r, strings.TrimSuffix(key, "replicas")+"autoscaling.enabled", true) {
		return
	}
	if at := c.line(r, key); overriddenBy(r, at) {
		c.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("%s is 0: there would be no pod of %s", key, what),
			Help:    leaveOut,
		}, r.Version)
	}
}
