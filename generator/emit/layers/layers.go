// Package layers writes each text of the Helm values for the layers that the
// chart's version sends it through: its templates, and Kubernetes. It comes after
// all who make values, so that none of them has to know, and none can forget.
// The user's own `values` are merged later, and stay as they are written.
package layers

import (
	"slices"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "layers",
	Doc:  "each text of the values as the chart's templates and Kubernetes must find it",
	Run:  run,
}

func run(c *emit.Context) error {
	for _, r := range c.Plan.Releases {
		v := c.Output.Values[r.Component]
		if v == nil || r.Chart == nil || !special(v) {
			continue
		}
		w := &writer{}
		w.layer(r, "templatedKeys", escape.HelmTemplate)
		w.layer(r, "containerKeys", escape.Container)
		c.Output.Values[r.Component] = w.write(v, "", way{}).(*tree.Map)
	}
	for _, f := range c.Output.Files {
		if slices.Contains(pasted, f.Path) {
			f.Comment = Noted(f.Comment, f.Body)
		}
	}
	return nil
}

// pasted are the files that a person takes to where tracegen does not write. All
// others are objects, which opt out of Flux's substitution, or are made into a
// ConfigMap that does, or are never applied. Alloy's configuration is pasted,
// too, but its header is one of its lines.
var pasted = []string{"grafana/datasources.yaml", "otel-collector/config.yaml"}

// Noted is a file's header, with a note where Flux could change what is in it.
func Noted(header string, body tree.Body) string {
	if f := (&tree.File{Body: body}); strings.Contains(string(f.Encode()), "$") {
		return header + "\n" + escape.Note
	}
	return header
}

// special reports whether there is a text in it that some layer would change.
func special(n tree.Node) bool {
	switch n := n.(type) {
	case *tree.Map:
		return slices.ContainsFunc(n.Keys(), func(k string) bool { return escape.Needed(k) || special(n.Get(k)) })
	case *tree.List:
		return slices.ContainsFunc(n.Items, special)
	case *tree.Leaf:
		s, ok := n.Value.(string)
		return ok && escape.Needed(s)
	}
	return false
}

// writer knows the layers of a chart, in the order in which a text passes them.
type writer struct{ layers []layer }

// layer has the paths of the values at which it begins. What is below passes it,
// too.
type layer struct {
	is   escape.Layer
	keys fact.Of[[]string]
}

// way is what stands between a place in the values and the program.
type way struct {
	channel escape.Channel
	from    []fact.Any
}

func (w *writer) layer(r *plan.Release, feature string, is escape.Layer) {
	if r.Knows(feature) {
		w.layers = append(w.layers, layer{is, r.Strs(feature)})
	}
}

// enter adds the layers that begin at a path.
func (w *writer) enter(path string, on way) way {
	for _, l := range w.layers {
		if slices.Contains(l.keys.Value, path) && !slices.Contains(on.channel, l.is) {
			on.channel = append(slices.Clone(on.channel), l.is)
			slices.Sort(on.channel) // as every text passes them
			on.from = append(slices.Clone(on.from), l.keys)
		}
	}
	return on
}

// write gives a node as it must stand in the values. It changes nothing in place,
// since files may hold the same node.
func (w *writer) write(n tree.Node, path string, on way) tree.Node {
	if !special(n) {
		return n
	}
	on = w.enter(path, on)
	switch n := n.(type) {
	case *tree.Map:
		out := tree.NewMap()
		out.Origin = n.Origin
		for _, k := range n.Keys() {
			out.Put(on.channel.Text(k), w.write(n.Get(k), tree.JoinKey(path, k), on))
		}
		return out
	case *tree.List:
		out := &tree.List{Origin: n.Origin}
		for _, item := range n.Items {
			out.Items = append(out.Items, w.write(item, path+"[]", on))
		}
		return out
	case *tree.Leaf:
		text := n.Value.(string)
		if written := on.channel.Text(text); written != text {
			return tree.Scalar(fact.Derive(written, append([]fact.Any{n}, on.from...)...))
		}
	}
	return n
}
