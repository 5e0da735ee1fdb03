package path

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// source is a datasource as Grafana gets it.
type source struct {
	kind string
	at   string // of the datasource in its file or in the values
	root *tree.Map
	uid  leaf
	r    *plan.Release // whose values it is in; nil in a file
	also []leaf        // what must hold for Grafana to get it at all
}

// get is what the datasource says at a path.
func (s *source) get(path string) leaf {
	l := leaf{at: s.at + "." + path, release: s.r}
	if n := s.root.Lookup(path); n != nil {
		l.node = n
	}
	return l
}

// sources gives Grafana's datasources, read once.
func (f *follower) sources() []*source {
	if f.datasources == nil {
		f.datasources = f.channel()
	}
	return f.datasources
}

// channel reads the datasources from where they reach Grafana.
func (f *follower) channel() []*source {
	g := f.Grafana
	switch {
	case g.Kind == plan.GrafanaOperator:
		return f.operatorSources()
	case g.Sidecar.Value:
		const name = "grafana/datasources.yaml"
		return f.listed(f.file(name, "datasources"), f.configMap(name)...)
	case g.Stack():
		return f.listed(f.keyed(g.Release, "datasourcesKey", ""))
	case g.Delivery.Way == plan.ByComponent:
		return f.listed(f.keyed(g.Release, "datasourcesOwnKey", ".datasources"))
	}
	return f.listed(f.keyed(g.Release, "datasourcesKey", ".datasources"))
}

func (f *follower) listed(list leaf, also ...leaf) []*source {
	var out []*source
	for i, item := range items(list) {
		root, ok := item.(*tree.Map)
		if !ok {
			continue
		}
		s := &source{at: fmt.Sprintf("%s[%d]", list.at, i), root: root, r: list.release, also: also}
		s.kind, s.uid = s.get("type").text(), s.get("uid")
		out = append(out, s)
	}
	return out
}

func (f *follower) operatorSources() []*source {
	var out []*source
	for _, kind := range []string{"tempo", "loki", "prometheus"} {
		name := "grafana/datasource-" + kind + ".yaml"
		spec, ok := f.file(name, "spec.datasource").node.(*tree.Map)
		if !ok {
			continue
		}
		s := &source{at: name + "#spec.datasource", root: spec, uid: f.file(name, "spec.uid")}
		s.kind = s.get("type").text()
		out = append(out, s)
	}
	return out
}

// configMap demands that the sidecar is on and finds what stands in the file,
// byte for byte. The stack makes the datasource of its own Prometheus itself.
func (f *follower) configMap(name string) []leaf {
	g := f.Grafana
	on := f.keyed(g.Release, "sidecarDatasourcesKey", "")
	label := f.keyed(g.Release, "sidecarLabelKey", "")
	const object = "grafana/datasources-configmap.yaml"
	data := f.file(object, `data."tracing.yaml"`)
	marked := f.file(object, tree.JoinKey("metadata.labels", label.text()))
	root := f.root(name)
	if root == nil {
		return nil
	}
	same := data.text() == encoded(root, 0) || g.Stack() && data.text() == encoded(root, 1)
	if on.text() != "true" {
		on.node = nil
	}
	if !same {
		data.node = nil
	}
	if g.Knows("datasourceLabelValue") && marked.text() != g.Str("datasourceLabelValue").Value {
		marked.node = nil
	}
	if !g.Knows("datasourceLabelValue") && marked.there() {
		return []leaf{on, label, data} // whatever the label says
	}
	return []leaf{on, label, marked, data}
}

// encoded is a file of datasources without its last ones.
func encoded(root *tree.Map, left int) string {
	out := tree.NewMap()
	for _, k := range root.Keys() {
		n := root.Get(k)
		if l, ok := n.(*tree.List); ok && left > 0 && len(l.Items) >= left {
			n = &tree.List{Items: l.Items[:len(l.Items)-left], Origin: l.Origin}
		}
		out.Put(k, n)
	}
	return string((&tree.File{Body: tree.YAML{out}}).Encode())
}

// source finds the datasource of a kind.
func (f *follower) source(kind string) *source {
	all := f.sources()
	i := slices.IndexFunc(all, func(s *source) bool { return s.kind == kind })
	if i < 0 {
		return nil
	}
	return all[i]
}

// asks is a hop from Grafana to the program behind a datasource.
func (f *follower) asks(kind, title string) (*Hop, *source) {
	h := f.hop("grafana", title, "http")
	h.ID = "grafana-" + kind
	s := f.source(kind)
	if s == nil {
		h.fail(f.missing(), nil, "Grafana has no datasource of the type %s", kind)
		return h, nil
	}
	f.given(h, s)
	return h, s
}

// given notes what a datasource rests on, and fails where Grafana does not get it.
func (f *follower) given(h *Hop, s *source) {
	for _, l := range s.also {
		h.say(l)
		if !l.there() {
			h.fail(l, nil, "%s does not bring Grafana the datasource", l.at)
		}
	}
}

// missing is where the datasources would stand.
func (f *follower) missing() leaf {
	if f.Grafana.Kind == plan.GrafanaOperator || f.Grafana.Sidecar.Value {
		return leaf{at: "grafana"}
	}
	l := f.keyed(f.Grafana.Release, "datasourcesKey", "")
	return l
}

// unescaped undoes what was written for the layers before Grafana.
func (f *follower) unescaped(text string) string {
	text = strings.ReplaceAll(text, "{{`{{`}}", "{{")
	if f.Grafana.Kind == plan.GrafanaOperator {
		return text
	}
	return strings.ReplaceAll(text, "$$", "$")
}
