package collector

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
)

// spanMetrics makes metrics of spans, and writes them to Prometheus.
func (w *alloyWriter) spanMetrics() {
	s, url := w.in.SpanMetrics, w.Plan.Collector.RemoteWrite
	if s == nil {
		return
	}
	b := w.top.sub(`otelcol.connector.spanmetrics "default"`)
	b.text("namespace", metricsNamespace)
	for _, d := range s.Dimensions {
		b.sub("dimension").set("name", plan.Leaf(d))
	}
	histogram := b.sub("histogram")
	histogram.text("unit", metricsUnit)
	histogram.sub("explicit")
	b.sub("exemplars").set("enabled", plan.Leaf(s.Exemplars))
	b.output("metrics", w.Str("otelcol.exporter.prometheus.default.input", "the component below"))

	b = w.top.sub(`otelcol.exporter.prometheus "default"`)
	b.list("forward_to", w.Str("prometheus.remote_write.default.receiver", "the component below"))
	w.top.sub(`prometheus.remote_write "default"`).sub("endpoint").set("url", url)
}

// podLogs reads the logs of the pods through Kubernetes' API, which says what
// they are called, and sends each line as it was written.
func (w *alloyWriter) podLogs() {
	p := w.Plan.Collector.PodLogs
	if p == nil {
		return
	}
	b := w.top.sub(`discovery.kubernetes "pods"`)
	b.text("role", "pod")
	if len(p.Namespaces) > 0 {
		var names []fact.String
		for _, n := range p.Namespaces {
			names = append(names, fact.Sprintf("%q", n))
		}
		b.sub("namespaces").list("names", names...)
	}
	if of := plan.Leaf(w.in.Controller); of.Value == "daemonset" {
		// Each pod reads those of its own node, or every line would come from
		// each of them.
		a := w.Plan.Collector
		in := b.sub("selectors")
		in.text("role", "pod")
		in.raw("field", fact.Sprintf(`"spec.nodeName=" + %s(%q)`, a.Str("envFunction"), fact.Derive(a.Str("nodeVariable").Value, a.Str("nodeVariable"), of)))
	}

	b = w.top.sub(`discovery.relabel "pods"`)
	b.raw("targets", w.Str("discovery.kubernetes.pods.targets", "the component above"))
	for _, label := range []struct {
		from string
		to   fact.String
	}{
		{"__meta_kubernetes_namespace", p.NamespaceLabel},
		{"__meta_kubernetes_pod_name", w.Str("pod", "what the field calls it")},
		{"__meta_kubernetes_pod_container_name", w.Str("container", "what the field calls it")},
		{"__meta_kubernetes_pod_label_app_kubernetes_io_name", p.AppLabel},
	} {
		rule := b.sub("rule")
		rule.strings("source_labels", label.from)
		rule.set("target_label", label.to)
	}

	b = w.top.sub(`loki.source.kubernetes "pods"`)
	b.raw("targets", w.Str("discovery.relabel.pods.output", "the component above"))
	b.list("forward_to", w.Str("loki.write.default.receiver", "the component below"))
	w.top.sub(`loki.write "default"`).sub("endpoint").set("url", p.URL)
}
