// Package collector emits the collector's configuration, as a file and inside its
// Helm values.
package collector

import (
	"strconv"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "collector",
	Doc:  "the collector's configuration and Helm values: receivers with their ports, batching, export",
	Run:  run,
}

func run(c *emit.Context) error {
	a := c.Plan.Collector
	if a == nil {
		return nil
	}
	lines := config(c)
	c.File("alloy/config.alloy", lines)

	v := c.Values("alloy")
	var text []string
	var from []fact.Any
	for _, l := range lines {
		text = append(text, l.Text)
		from = append(from, fact.String{Origin: l.Origin})
	}
	content := fact.Derive(escape.Text(strings.Join(text, "\n")+"\n", escape.HelmTemplate), from...)
	v.Set("alloy.configMap.create", c.Bool(true, "the chart makes the ConfigMap of the content below"))
	v.Set(a.Str("configKey").Value, content)
	// Without these the Service lists no port for the receivers.
	for i, rc := range a.Receivers.On() {
		at := a.Str("portsKey").Value + "[" + strconv.Itoa(i) + "]"
		v.Set(at+".name", fact.Derive(rc.Name, rc.On))
		v.Set(at+".port", rc.Port)
		v.Set(at+".targetPort", rc.Port)
		v.Set(at+".protocol", c.Str("TCP", "OTLP's transport"))
	}
	in := c.Plan.Topology.Collector
	v.Set(a.Str("controllerTypeKey").Value, plan.Leaf(in.Controller))
	if in.Replicas.Present() {
		v.Set(a.Str("replicasKey").Value, plan.Leaf(in.Replicas))
	}
	emit.Resources(v, a.Str("resourcesKey").Value, in.Resources)
	return nil
}

// config wires receiver, batch processor and exporter. Component names and
// arguments are those of Alloy 1.7 to 1.18.
func config(c *emit.Context) tree.Lines {
	a, in := c.Plan.Collector, c.Plan.Topology.Collector
	w := &lines{c: c}
	w.say("// " + emit.Header)
	w.fact(fact.Sprintf("logging {\n\tlevel = %q\n}\n", plan.Leaf(in.LogLevel)))
	w.say(`otelcol.receiver.otlp "default" {`)
	for _, rc := range a.Receivers.On() {
		protocol := strings.TrimPrefix(rc.Name, "otlp-")
		listen := fact.Sprintf("\t"+protocol+" {\n\t\tendpoint = \"0.0.0.0:%d\"\n\t}\n", rc.Port)
		w.fact(fact.Derive(listen.Value, listen, rc.On))
	}
	w.say("\toutput {\n\t\ttraces = [otelcol.processor.batch.default.input]\n\t}\n}\n")
	w.say(`otelcol.processor.batch "default" {`)
	w.batch(in.Batch)
	exporter := fact.Derive("otlp", a.Export.Protocol)
	address := a.Export.Endpoint.Address()
	if a.Export.Protocol.Value == "otlp-http" {
		exporter.Value = "otlphttp"
		address = a.Export.Endpoint.URL("")
	}
	w.fact(fact.Sprintf("\toutput {\n\t\ttraces = [otelcol.exporter.%s.tempo.input]\n\t}", exporter))
	w.say("}\n")
	w.fact(fact.Sprintf("otelcol.exporter.%s \"tempo\" {", exporter))
	w.say("\tclient {")
	w.fact(fact.Sprintf("\t\tendpoint = %q\n", address))
	tls := a.Export.Endpoint.TLS
	w.fact(fact.Sprintf("\t\ttls {\n\t\t\tinsecure = %t\n\t\t}", fact.Derive(!tls.Value, tls)))
	w.say("\t}\n}")
	return w.out
}

// lines gathers the configuration.
type lines struct {
	c   *emit.Context
	out tree.Lines
}

func (w *lines) fact(f fact.String) {
	for _, line := range strings.Split(f.Value, "\n") {
		w.out = append(w.out, tree.Line{Text: line, Origin: f.Origin})
	}
}

func (w *lines) say(text string) {
	w.fact(w.c.Str(text, "how a pipeline of Alloy is written"))
}

// batch writes what the input says of batches, in the form that Alloy's own
// formatter gives it.
func (w *lines) batch(b topology.Batch) {
	timeout, size := b.Timeout.Present(), b.Size.Present()
	if timeout && size {
		w.fact(fact.Sprintf("\ttimeout         = %q", plan.Leaf(b.Timeout)))
	} else if timeout {
		w.fact(fact.Sprintf("\ttimeout = %q\n", plan.Leaf(b.Timeout)))
	}
	if size {
		w.fact(fact.Sprintf("\tsend_batch_size = %d\n", plan.Leaf(b.Size)))
	}
}
