// Package traefik emits the Helm values of Traefik, and the same facts as
// static flags for a Traefik that was not installed by Helm.
package traefik

import (
	"fmt"
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "traefik",
	Doc:  "Helm values of Traefik and its static flags: tracing, propagation, access log",
	Run:  run,
}

func run(c *emit.Context) error {
	if c.Plan.Traefik == nil {
		return nil
	}
	w := &writer{Context: c, t: c.Plan.Traefik, values: c.Values("traefik")}
	if w.t.Tracing.Value == "zipkin" {
		w.zipkin()
	} else {
		w.otlp()
	}
	w.accessLog()
	w.late()
	w.rest()
	c.File("traefik/flags.txt", w.flags)
	return nil
}

// writer puts each fact into the values and into the flags at once. The flags
// stand in the order in which the chart renders them.
type writer struct {
	*emit.Context
	t         *plan.Traefik
	values    *tree.Map
	flags     tree.Lines
	arguments []fact.String // what the chart has no key for; it renders them last
}

func (w *writer) flag(name string, f fact.Any) {
	w.flags = append(w.flags, tree.Text(fact.Derive("--"+name+"="+text(f), f)))
}

// text is how the chart prints a value.
func text(f fact.Any) string {
	switch v := f.Any().(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	panic("traefik: a flag of an unknown type")
}

// both sets a value and the flag that the chart makes of it. What the input
// says of it is shared between the two files: an override of one would make
// them disagree, and can be said in the input instead.
func (w *writer) both(path, flag string, f fact.Any) {
	if o, _ := f.Source(); len(o.Inputs) > 0 {
		f = fact.Shared(f, "traefik.flag."+flag)
	}
	w.values.Set(path, f)
	w.flag(flag, f)
}

func (w *writer) zipkin() {
	url := w.t.Export.Endpoint.URL("/api/v2/spans")
	const why = "B3 as Linkerd and Zipkin use it: one span for both sides, trace IDs of 128 bits"
	w.flag("tracing.zipkin", w.Bool(true, "the exporter is on when its block is there"))
	w.both("tracing.zipkin.httpEndpoint", "tracing.zipkin.httpEndpoint", url)
	w.both("tracing.zipkin.sameSpan", "tracing.zipkin.sameSpan", w.Bool(true, why))
	w.both("tracing.zipkin.id128Bit", "tracing.zipkin.id128Bit", w.Bool(true, why))
	w.sampling()
	w.serviceName()
}

func (w *writer) sampling() {
	in := w.Plan.Topology.Traefik
	if in.Sampling.State == topology.Given {
		w.optional("sampleRateKey", w.t.Str("sampleRateKey").Value, "tracing.samplerate", plan.Leaf(in.Sampling))
	}
}

func (w *writer) serviceName() {
	if name := w.Plan.Topology.Traefik.ServiceName; name.Present() {
		w.optional("serviceNameKey", "tracing.serviceName", "tracing.servicename", plan.Leaf(name))
	}
}

// optional sets what some versions of the chart have no key for. Traefik's own
// flag, which v3 has had from the start, then goes in as an argument.
func (w *writer) optional(feature, flag, argument string, f fact.Any) {
	key := w.t.Str(feature)
	if key.Value != "" {
		w.both(key.Value, flag, f)
		return
	}
	w.arguments = append(w.arguments, fact.Derive("--"+argument+"="+text(f), f, key))
}

func (w *writer) accessLog() {
	in := w.Plan.Topology.Traefik.AccessLog
	if !in.Enabled.Value {
		return
	}
	at := w.t.Str("accessLogKey").Value
	mode := w.t.Str("defaultModeKey").Value
	w.both(at+".enabled", "accesslog", plan.Leaf(in.Enabled))
	w.both(at+".format", "accesslog.format", w.Str("json", "a derived field can only find the trace ID in JSON"))
	w.both(at+"."+w.t.Str("accessLogFieldsKey").Value+"."+mode, "accesslog.fields.defaultmode",
		w.Str("keep", "the fields of the request, without its headers"))
	w.both(at+".fields.headers."+mode, "accesslog.fields.headers.defaultmode",
		w.Str("drop", "headers may hold secrets; only what is named is kept"))
	for _, h := range w.t.KeepHeaders {
		keep := fact.Derive("keep", h)
		w.both(tree.JoinKey(at+".fields.headers.names", h.Value), "accesslog.fields.headers.names."+h.Value, keep)
	}
}

// late adds the arguments, which stand behind everything that the chart makes.
func (w *writer) late() {
	if len(w.arguments) == 0 {
		return
	}
	w.values.SetNode(w.t.Str("argumentsKey").Value, tree.Strings(w.arguments...))
	for _, a := range w.arguments {
		w.flags = append(w.flags, tree.Text(a))
	}
}

// rest is what has no flag.
func (w *writer) rest() {
	in := w.Plan.Topology.Traefik
	if w.t.Propagators.Value != "" {
		w.env()
	}
	if w.t.CADir.Value != "" {
		at := w.t.Str("volumesKey").Value + "[0]."
		const mount = "the chart mounts the Secret of that name"
		w.values.Set(at+"name", w.t.Export.CASecret)
		w.values.Set(at+"mountPath", w.t.CADir)
		w.values.Set(at+"type", w.Str("secret", mount))
	}
	if w.t.Service.Value != "" {
		w.values.Set(w.t.Str("serviceTypeKey").Value, w.t.Service)
	}
	emit.PodAnnotations(w.values, w.t.Release, w.t.Annotations)
	if p := w.Plan.HostPorts; p.On {
		w.values.Set(w.t.Str("webNodePortKey").Value, p.HTTP.Node)
		w.values.Set(w.t.Str("websecureNodePortKey").Value, p.HTTPS.Node)
	}
	emit.Resources(w.values, "resources", in.Resources)
}

// env sets the propagators. A list replaces the chart's own, so what some
// versions have in it is written again.
func (w *writer) env() {
	at := w.t.Str("envKey").Value
	set := func(i int, rest string, f fact.Any) { w.values.Set(fmt.Sprintf("%s[%d].%s", at, i, rest), f) }
	set(0, "name", w.t.Str("propagatorsEnv"))
	set(0, "value", w.t.Propagators)
	defaults := w.t.Strs("envDefaults")
	for i, name := range defaults.Value {
		field := map[string]string{"POD_NAME": "metadata.name", "POD_NAMESPACE": "metadata.namespace"}[name]
		set(i+1, "name", fact.Derive(name, defaults))
		set(i+1, "valueFrom.fieldRef.fieldPath", fact.Derive(field, defaults))
	}
}
