package collector

import (
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// alloy writes the values of the chart alloy, and the configuration in them.
func alloy(c *emit.Context) {
	a := c.Plan.Collector
	lines := config(c)
	c.File("alloy/config.alloy", lines)

	v := c.Values(plan.Alloy)
	var text []string
	var from []fact.Any
	for _, l := range lines {
		text = append(text, l.Text)
		from = append(from, l)
	}
	content := fact.Derive(strings.Join(text, "\n")+"\n", from...)
	v.Set("alloy.configMap.create", c.Bool(true, "the chart makes the ConfigMap of the content below"))
	v.Set(a.Str("configKey").Value, content)
	// Without these the Service lists no port for the receivers.
	for i, rc := range a.Receivers.On() {
		at := a.Str("portsKey").Value + "[" + strconv.Itoa(i) + "]"
		v.Set(at+".name", portName(rc))
		v.Set(at+".port", rc.Port)
		v.Set(at+".targetPort", rc.Port)
		v.Set(at+".protocol", transport(c, rc))
	}
	mount(c, v, a.Str("volumesKey").Value, a.Str("mountsKey").Value)
	env(c, v, a.Str("envKey").Value)
	in := c.Plan.Topology.Collector
	v.Set(a.Str("controllerTypeKey").Value, plan.Leaf(in.Controller))
	if in.Replicas.Present() {
		v.Set(a.Str("replicasKey").Value, plan.Leaf(in.Replicas))
	}
	emit.Resources(v, a.Str("resourcesKey").Value, in.Resources)
}

// config is the pipeline. Component names and arguments are those of Alloy 1.0
// to 1.18; all of the components are generally available there.
func config(c *emit.Context) tree.Lines {
	in := c.Plan.Topology.Collector
	top := &block{c: c}
	top.sub("logging").set("level", plan.Leaf(in.LogLevel))
	w := &alloyWriter{Context: c, top: top, in: in}
	first := w.processors(w.exporters())
	w.receivers(first)
	// Those that come first in the way of a span stand first in the file.
	for i := len(w.parts) - 1; i >= 0; i-- {
		w.parts[i]()
	}
	w.spanMetrics()
	w.podLogs()
	const why = "how a pipeline of Alloy is written"
	out := tree.Lines{tree.Text(c.Str("// "+emit.Header, why))}
	body := top.lines(0)
	if slices.ContainsFunc(body, func(l tree.Line) bool { return strings.Contains(l.Text, "$") }) {
		out = append(out, tree.Text(c.Str("// "+escape.Note, why)))
	}
	return append(out, body...)
}
