package plan

import (
	"slices"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// SpanMetrics are what the metrics are called that are made of spans.
type SpanMetrics struct {
	Calls   fact.String // counts spans
	Latency fact.String // histogram of how long they take, before its suffixes
	Service fact.String // label of the service's name
	Status  fact.String // label of the span's status
}

// SpanMetrics gives those that Prometheus gets, from Tempo or else from the
// collector, and whether there are any.
func (p *Plan) SpanMetrics() (SpanMetrics, bool) {
	if p.Prometheus == nil {
		return SpanMetrics{}, false
	}
	if g := p.Tempo.Generator; g.Makes("span-metrics") {
		const why = "plan: what Tempo calls it (1.4 to 3.0)"
		return SpanMetrics{
			Calls:   fact.Derive("traces_spanmetrics_calls_total", fact.Const("", why), g.On),
			Latency: p.Tempo.Str("spanLatency"),
			Service: fact.Const("service", why),
			Status:  p.Tempo.Str("spanStatus"),
		}, true
	}
	if c := p.Collector; c != nil && c.RemoteWrite.Value != "" {
		// The namespace traces.span.metrics and the unit s are written into the
		// collector's configuration; dots become underscores on the way.
		const why = "plan: what the collector's connector spanmetrics calls it, as it is configured"
		return SpanMetrics{
			Calls:   fact.Derive("traces_span_metrics_calls_total", fact.Const("", why), c.RemoteWrite),
			Latency: fact.Const("traces_span_metrics_duration_seconds", why),
			Service: fact.Const("service_name", why),
			Status:  fact.Const("status_code", why),
		}, true
	}
	return SpanMetrics{}, false
}

// CollectorExemplarLabel is the label in which exemplars of the collector's
// metrics hold the trace ID (connector spanmetrics and the remote-write exporters
// of the OpenTelemetry Collector 0.80 to 0.158, Alloy 1.0 to 1.18).
const CollectorExemplarLabel = "trace_id"

// exemplars gathers the labels in which exemplars hold a trace ID: the input's,
// the collector's, and the one of Tempo's own metrics. Where only one can be had,
// that one counts unless the input says otherwise.
func (l *linker) exemplars() {
	p, g := l.Prometheus, l.Tempo.Generator
	if p == nil {
		return
	}
	p.TraceLabels = []fact.String{p.TraceLabel}
	if in := l.t.Collector; in != nil && in.SpanMetrics != nil && in.SpanMetrics.Exemplars.Value && p.TraceLabel.Value != CollectorExemplarLabel {
		p.TraceLabels = append(p.TraceLabels, fact.Derive(CollectorExemplarLabel, of(in.SpanMetrics.Exemplars)))
	}
	if g == nil || !g.Exemplars.Value {
		return
	}
	label := l.Tempo.Str("exemplarLabel")
	label = fact.Derive(label.Value, label, g.Exemplars)
	if label.Value == p.TraceLabel.Value {
		return
	}
	if !slices.ContainsFunc(p.TraceLabels, func(f fact.String) bool { return f.Value == label.Value }) {
		p.TraceLabels = append(p.TraceLabels, label)
	}
	if l.t.Prometheus.TraceLabel.State != topology.Given {
		p.TraceLabel = label
	}
}
