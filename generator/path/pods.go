package path

import (
	"maps"
	"slices"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// staffed proves that a release still has the pods that go by some names, which
// charts give to a Service and to what runs behind it alike: no override takes them
// away. The place is what the other end of the hop says.
func (h *Hop) staffed(f *follower, n *node, otherEnd topology.Place, names ...string) {
	if h.fault != nil || n.Chart == nil || n.Values.State != topology.Given || !n.Chart.Chart().KnowsWorkloads() {
		return
	}
	runs := func(values map[string]any, name string) bool {
		return slices.ContainsFunc(n.Chart.Workloads(n.install(values)), func(w chart.Workload) bool { return w.Name == name })
	}
	for _, name := range names {
		if runs(n.values, name) {
			continue
		}
		eachLeaf(n.Values.Value, "", func(path string, _ topology.Place) {
			says := f.value(n.Release, path)
			if h.fault == nil && runs(mended(n.values, tree.ParsePath(path)), name) {
				h.fail(says, nil, "%s is %s, so no pod of %s runs", says.at, says.text(), name)
				h.fault.related = otherEnd
				if !otherEnd.Position.IsValid() {
					h.fault.related = n.PinnedAt.Place
				}
			}
		})
	}
}

// sender is staffed for who sends; a Grafana of a larger chart has a name of its own.
func (h *Hop) sender(f *follower, r *plan.Release) {
	names := []string{r.Fullname.Value}
	if r.Component == "grafana" {
		names = append(names, r.Fullname.Value+"-grafana")
	}
	h.staffed(f, f.node(r), topology.Place{}, names...)
}

// mended is values in which a place no longer switches off what it says.
func mended(values map[string]any, path []tree.Step) map[string]any {
	out := maps.Clone(values)
	switch below := values[path[0].Key].(type) {
	case map[string]any:
		if len(path) > 1 {
			out[path[0].Key] = mended(below, path[1:])
		}
	case bool:
		out[path[0].Key] = true
	case int64:
		out[path[0].Key] = int64(1)
	}
	return out
}
