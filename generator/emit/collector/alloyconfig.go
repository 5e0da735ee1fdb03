package collector

import (
	"fmt"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// alloyWriter wires components from the end to the beginning, since each must
// know those behind it, and writes them the other way round.
type alloyWriter struct {
	*emit.Context
	top   *block
	in    *topology.Collector
	parts []func()
}

// part adds a component that is there because of facts, and gives the
// expression that the component before it sends to.
func (w *alloyWriter) part(kind, label string, write func(*block), why ...fact.Any) fact.String {
	from := append([]fact.Any{w.Str("", "how a pipeline of Alloy is written")}, why...)
	head := fact.Derive(fmt.Sprintf("%s %q", kind, label), from...)
	w.parts = append(w.parts, func() { write(w.top.named(head)) })
	return fact.Derive(kind+"."+label+".input", from...)
}

// exporters gives what the last processor sends to.
func (w *alloyWriter) exporters() []fact.String {
	a := w.Plan.Collector
	var all []fact.String
	edges := append([]plan.NamedEdge{{Name: w.Str("tempo", "the trace backend"), Edge: a.Export}}, a.Exporters...)
	for i := len(edges) - 1; i >= 0; i-- {
		e := edges[i]
		kind, address := "otelcol.exporter.otlp", e.Endpoint.Address()
		if e.Protocol.Value == "otlp-http" {
			kind, address = "otelcol.exporter.otlphttp", e.Endpoint.URL("")
		}
		to := w.part(kind, e.Name.Value, func(b *block) {
			client := b.sub("client")
			client.set("endpoint", address)
			if h := e.Header; h != nil {
				client.raw("headers", fact.Sprintf("{%q = %s(%q)}", h.Name, a.Str("envFunction"), h.Variable))
			}
			tls := e.Endpoint.TLS
			client.sub("tls").set("insecure", fact.Derive(!tls.Value, tls))
		}, e.Protocol, e.Name)
		all = append([]fact.String{to}, all...)
	}
	return all
}

// processors gives what the receivers send to.
func (w *alloyWriter) processors(next []fact.String) []fact.String {
	batch := next
	next = []fact.String{w.part("otelcol.processor.batch", "default", func(b *block) {
		if w.in.Batch.Timeout.Present() {
			b.set("timeout", plan.Leaf(w.in.Batch.Timeout))
		}
		if w.in.Batch.Size.Present() {
			b.set("send_batch_size", plan.Leaf(w.in.Batch.Size))
		}
		b.output("traces", batch...)
	})}
	if s := w.in.Sampling; s != nil {
		next = w.sampling(s, next)
	}
	if w.in.SpanMetrics != nil {
		next = append(next, fact.Derive("otelcol.connector.spanmetrics.default.input", w.Plan.Collector.RemoteWrite))
	}
	if len(w.in.Attributes) > 0 {
		next = w.attributes(next)
	}
	if k := plan.Leaf(w.in.KubernetesAttributes); k.Value {
		next = w.kubernetes(next, k)
	}
	if w.in.MemoryLimit != nil {
		next = w.memoryLimit(next)
	}
	return next
}

func (w *alloyWriter) sampling(s *topology.CollectorSampling, next []fact.String) []fact.String {
	kind := plan.Leaf(s.Kind)
	if s.TailSampling == nil {
		return []fact.String{w.part("otelcol.processor.probabilistic_sampler", "default", func(b *block) {
			b.set("sampling_percentage", percentage(s.Ratio))
			b.output("traces", next...)
		}, kind)}
	}
	return []fact.String{w.part("otelcol.processor.tail_sampling", "default", func(b *block) {
		b.set("decision_wait", plan.Leaf(s.TailSampling.Wait))
		for _, p := range policies(s.TailSampling) {
			in := b.sub("policy")
			in.text("name", p.name)
			in.text("type", p.kind)
			if how := in.sub(p.kind); p.kind == "status_code" {
				how.list(p.setting, fact.Sprintf("%q", p.value))
			} else {
				how.set(p.setting, p.value)
			}
		}
		b.output("traces", next...)
	}, kind)}
}

// attributes sets them on the resource, which is what Alloy has no processor of
// its own for.
func (w *alloyWriter) attributes(next []fact.String) []fact.String {
	var statements []fact.String
	var why []fact.Any
	for _, e := range w.in.Attributes {
		key, value := plan.Leaf(e.Key), plan.Leaf(e.Value)
		statements = append(statements, fact.Sprintf("`set(attributes[%q], %q)`", key, value))
		why = append(why, key)
	}
	return []fact.String{w.part("otelcol.processor.transform", "attributes", func(b *block) {
		b.text("error_mode", "ignore")
		in := b.sub("trace_statements")
		in.text("context", "resource")
		in.list("statements", statements...)
		b.output("traces", next...)
	}, why...)}
}

func (w *alloyWriter) kubernetes(next []fact.String, why fact.Any) []fact.String {
	return []fact.String{w.part("otelcol.processor.k8sattributes", "default", func(b *block) {
		b.sub("extract").strings("metadata", metadata...)
		for _, a := range associations {
			in := b.sub("pod_association").sub("source")
			in.text("from", a.from)
			if a.name != "" {
				in.text("name", a.name)
			}
		}
		b.output("traces", next...)
	}, why)}
}

func (w *alloyWriter) memoryLimit(next []fact.String) []fact.String {
	m := w.in.MemoryLimit
	return []fact.String{w.part("otelcol.processor.memory_limiter", "default", func(b *block) {
		b.text("check_interval", checkInterval)
		if m.MemoryPercentage != nil {
			b.set("limit_percentage", plan.Leaf(m.Limit))
			b.set("spike_limit_percentage", plan.Leaf(m.Spike))
		} else {
			b.set("limit", fact.Sprintf("%dMiB", plan.Leaf(m.Limit)))
			if m.Spike.Present() {
				b.set("spike_limit", fact.Sprintf("%dMiB", plan.Leaf(m.Spike)))
			}
		}
		b.output("traces", next...)
	}, plan.Leaf(m.Unit))}
}

// receivers opens the ways in. Those of Jaeger are protocols of one component.
func (w *alloyWriter) receivers(next []fact.String) {
	parents := map[string]*block{}
	var order []*block
	// component gives the block of a receiver, and where its protocols are.
	component := func(kind string) *block {
		b := parents[kind]
		if b == nil {
			b = w.top.sub("otelcol.receiver." + kind + ` "default"`)
			parents[kind] = b
			order = append(order, b)
			if kind == "jaeger" {
				parents["protocols"] = b.sub("protocols")
			}
		}
		if kind == "jaeger" {
			return parents["protocols"]
		}
		return b
	}
	for _, rc := range w.Plan.Collector.Receivers.On() {
		kind, protocol := way(rc)
		b := component(kind)
		if protocol != "" {
			b = b.sub(protocol)
		}
		listen := fact.Sprintf("0.0.0.0:%d", rc.Port)
		b.set("endpoint", fact.Derive(listen.Value, listen, rc.On))
		if rc.TLS.Value {
			tls := b.sub("tls")
			tls.set("cert_file", w.Plan.Collector.TLS.Cert)
			tls.set("key_file", w.Plan.Collector.TLS.Key)
		}
	}
	for _, b := range order {
		b.output("traces", next...)
	}
}
