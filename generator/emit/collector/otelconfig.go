package collector

import (
	"fmt"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// otelWriter makes the configuration. Components and their keys are those of the
// collector's distribution contrib, 0.93 to 0.158.
type otelWriter struct {
	*emit.Context
	out *tree.Map
	in  *topology.Collector
}

// nodeVariable is ours: the chart's own is there with some of its presets only.
const nodeVariable = "COLLECTOR_NODE_NAME"

const otelWhy = "how a pipeline of the OpenTelemetry Collector is written"

// set puts a fact at a path. What the input says of it stands in the values, too:
// an override of those would make the two disagree, and can be said in the input
// instead.
func (w *otelWriter) set(path string, f fact.Any) {
	if text, ok := f.Any().(string); ok {
		f = fact.Derive(escape.CollectorFile.Text(text), f)
	}
	w.expanded(path, f)
}

// expanded is set for a text whose variables the collector is meant to expand.
func (w *otelWriter) expanded(path string, f fact.Any) {
	if o, _ := f.Source(); len(o.Inputs) > 0 {
		f = fact.Shared(f, "collector.config."+path)
	}
	w.out.Set(path, f)
}

func (w *otelWriter) text(path, value string) { w.set(path, w.Str(value, otelWhy)) }

// list sets a list of component names. An empty one takes the chart's own away.
func (w *otelWriter) list(path string, names ...string) {
	l := texts(w.Context, otelWhy, names...)
	if len(names) == 0 {
		l.Origin = w.Origin("no component, where the chart has some by default")
	}
	w.out.SetNode(path, l)
}

// empty sets a component without settings.
func (w *otelWriter) empty(path string, why fact.Any) {
	m := tree.NewMap()
	m.Origin, _ = why.Source()
	w.out.SetNode(path, m)
}

func otelConfig(c *emit.Context) *tree.Map {
	w := &otelWriter{Context: c, out: tree.NewMap(), in: c.Plan.Topology.Collector}
	w.text("extensions.health_check.endpoint", "0.0.0.0:13133")
	receivers := w.receivers()
	front := w.front()
	last := w.last()
	exporters := w.exporters()
	w.spanMetrics()
	w.podLogs()
	w.list("service.extensions", "health_check")
	w.set("service.telemetry.logs.level", plan.Leaf(w.in.LogLevel))
	w.pipelines(receivers, front, last, exporters)
	return w.out
}

// receivers opens the ways in, and names their components.
func (w *otelWriter) receivers() []string {
	var names []string
	for _, rc := range w.Plan.Collector.Receivers.On() {
		component, protocol := way(rc)
		at := "receivers." + component
		if w.out.Lookup(at) == nil {
			names = append(names, component)
		}
		if protocol != "" {
			at += ".protocols." + protocol
		}
		listen := fact.Sprintf("0.0.0.0:%d", rc.Port)
		w.set(at+".endpoint", fact.Derive(listen.Value, listen, rc.On))
		if rc.TLS.Value {
			w.set(at+".tls.cert_file", w.Plan.Collector.TLS.Cert)
			w.set(at+".tls.key_file", w.Plan.Collector.TLS.Key)
		}
	}
	return names
}

// front writes the processors that every span passes.
func (w *otelWriter) front() []string {
	var names []string
	if m := w.in.MemoryLimit; m != nil {
		names = append(names, "memory_limiter")
		const at = "processors.memory_limiter."
		w.text(at+"check_interval", checkInterval)
		limit, spike := "limit_mib", "spike_limit_mib"
		if m.MemoryPercentage != nil {
			limit, spike = "limit_percentage", "spike_limit_percentage"
		}
		w.set(at+limit, plan.Leaf(m.Limit))
		if m.Spike.Present() {
			w.set(at+spike, plan.Leaf(m.Spike))
		}
	}
	if w.in.KubernetesAttributes.Value {
		names = append(names, "k8sattributes")
		const at = "processors.k8sattributes."
		w.ownNode("processors.k8sattributes")
		w.list(at+"extract.metadata", metadata...)
		for i, a := range associations {
			source := fmt.Sprintf("%spod_association[%d].sources[0].", at, i)
			w.text(source+"from", a.from)
			if a.name != "" {
				w.text(source+"name", a.name)
			}
		}
	}
	if len(w.in.Attributes) > 0 {
		names = append(names, "resource")
		for i, e := range w.in.Attributes {
			at := fmt.Sprintf("processors.resource.attributes[%d].", i)
			w.set(at+"key", plan.Leaf(e.Key))
			w.set(at+"value", plan.Leaf(e.Value))
			w.text(at+"action", "upsert")
		}
	}
	return names
}

// ownNode has a daemonset's pod ask for the pods of its node alone: the Service
// hands it only what comes from there.
func (w *otelWriter) ownNode(processor string) {
	if of := plan.Leaf(w.in.Controller); of.Value == "daemonset" {
		w.set(processor+".filter.node_from_env_var", fact.Derive(nodeVariable, of))
	}
}

// last writes the processors that span metrics are not behind.
func (w *otelWriter) last() []string {
	var names []string
	if s := w.in.Sampling; s != nil && s.TailSampling != nil {
		names = append(names, "tail_sampling")
		const at = "processors.tail_sampling."
		w.set(at+"decision_wait", plan.Leaf(s.TailSampling.Wait))
		for i, p := range policies(s.TailSampling) {
			policy := fmt.Sprintf("%spolicies[%d].", at, i)
			w.text(policy+"name", p.name)
			w.text(policy+"type", p.kind)
			path := policy + p.kind + "." + p.setting
			if p.kind == "status_code" {
				path += "[0]"
			}
			w.set(path, p.value)
		}
	} else if s != nil {
		names = append(names, "probabilistic_sampler")
		w.set("processors.probabilistic_sampler.sampling_percentage", percentage(s.Ratio))
	}
	b := w.in.Batch
	if b.Timeout.Present() {
		w.set("processors.batch.timeout", plan.Leaf(b.Timeout))
	}
	if b.Size.Present() {
		w.set("processors.batch.send_batch_size", plan.Leaf(b.Size))
	}
	if !b.Timeout.Present() && !b.Size.Present() {
		w.empty("processors.batch", w.Str("", otelWhy))
	}
	return append(names, "batch")
}

// exporters writes those of the traces.
func (w *otelWriter) exporters() []string {
	a := w.Plan.Collector
	var names []string
	for _, e := range append([]plan.NamedEdge{{Name: w.Str("tempo", "the trace backend"), Edge: a.Export}}, a.Exporters...) {
		kind, address := "otlp/", e.Endpoint.Address()
		if e.Protocol.Value == "otlp-http" {
			kind, address = "otlphttp/", e.Endpoint.URL("")
		}
		names = append(names, kind+e.Name.Value)
		at := tree.JoinKey("exporters", kind+e.Name.Value)
		w.set(at+".endpoint", address)
		if h := e.Header; h != nil {
			w.expanded(tree.JoinKey(at+".headers", h.Name.Value), fact.Derive("${env:"+h.Variable.Value+"}", h.Variable, h.Name))
		}
		tls := e.Endpoint.TLS
		w.set(at+".tls.insecure", fact.Derive(!tls.Value, tls))
	}
	return names
}

// spanMetrics makes metrics of spans, and writes them to Prometheus.
func (w *otelWriter) spanMetrics() {
	if w.in.SpanMetrics == nil {
		return
	}
	const at = "connectors.spanmetrics."
	w.text(at+"namespace", metricsNamespace)
	for i, d := range w.in.SpanMetrics.Dimensions {
		w.set(fmt.Sprintf("%sdimensions[%d].name", at, i), plan.Leaf(d))
	}
	w.text(at+"histogram.unit", metricsUnit)
	w.set(at+"exemplars.enabled", plan.Leaf(w.in.SpanMetrics.Exemplars))
	w.set("exporters.prometheusremotewrite.endpoint", w.Plan.Collector.RemoteWrite)
}

// podLogs reads the logs of the pods from the node. The processor names them by
// the label that every chart puts on its pods; Loki makes a label of that name.
func (w *otelWriter) podLogs() {
	a := w.Plan.Collector
	p := a.PodLogs
	if p == nil {
		return
	}
	const at = "receivers.filelog."
	if len(p.Namespaces) == 0 {
		w.text(at+"include[0]", "/var/log/pods/*/*/*.log")
	}
	for i, n := range p.Namespaces {
		w.set(fmt.Sprintf("%sinclude[%d]", at, i), fact.Sprintf("/var/log/pods/%s_*/*/*.log", n))
	}
	w.set(at+"exclude[0]", fact.Sprintf("/var/log/pods/%s_%s*_*/%s/*.log", a.Namespace, a.Fullname, a.Str("containerName")))
	w.text(at+"start_at", "end")
	w.set(at+"retry_on_failure.enabled", w.Bool(true, "Loki may be away for a while"))
	w.set(at+"include_file_path", w.Bool(true, "the operator reads the pod's name off it"))
	w.set(at+"include_file_name", w.Bool(false, "the path has it"))
	w.text(at+"operators[0].type", "container")
	w.text(at+"operators[0].id", "container-parser")

	w.ownNode(`processors."k8sattributes/logs"`)
	processor := `processors."k8sattributes/logs".`
	w.list(processor+"extract.metadata", "k8s.namespace.name", "k8s.pod.name", "k8s.node.name")
	w.text(processor+"extract.labels[0].tag_name", "service.name")
	w.text(processor+"extract.labels[0].key", "app.kubernetes.io/name")
	w.text(processor+"extract.labels[0].from", "pod")
	w.text(processor+"pod_association[0].sources[0].from", "resource_attribute")
	w.text(processor+"pod_association[0].sources[0].name", "k8s.pod.uid")
	w.set(`exporters."otlphttp/loki".endpoint`, p.URL)
}

// pipelines ties the components together. Span metrics are made before sampling,
// so the rest of the way is a pipeline of its own then.
func (w *otelWriter) pipelines(receivers, front, last, exporters []string) {
	const at = "service.pipelines."
	switch {
	case w.in.SpanMetrics == nil:
		w.pipeline(at+"traces", receivers, append(front, last...), exporters)
	case w.in.Sampling == nil:
		w.pipeline(at+"traces", receivers, append(front, last...), append(exporters, "spanmetrics"))
	default:
		w.empty("connectors.forward", plan.Leaf(w.in.Sampling.Kind))
		w.pipeline(at+"traces", receivers, front, []string{"spanmetrics", "forward"})
		w.pipeline(at+`"traces/sampled"`, []string{"forward"}, last, exporters)
	}
	if w.in.SpanMetrics != nil {
		w.pipeline(at+"metrics", []string{"spanmetrics"}, []string{"batch"}, []string{"prometheusremotewrite"})
	}
	if w.Plan.Collector.PodLogs != nil {
		processors := []string{"k8sattributes/logs", "batch"}
		if w.in.MemoryLimit != nil {
			processors = append([]string{"memory_limiter"}, processors...)
		}
		w.pipeline(at+"logs", []string{"filelog"}, processors, []string{"otlphttp/loki"})
	}
}

func (w *otelWriter) pipeline(at string, receivers, processors, exporters []string) {
	w.list(at+".receivers", receivers...)
	w.list(at+".processors", processors...)
	w.list(at+".exporters", exporters...)
}
