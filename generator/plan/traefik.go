package plan

import (
	"cmp"
	"fmt"
	"slices"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Traefik is the ingress.
type Traefik struct {
	*Release
	Tracing     fact.String // the chart's generation: zipkin or otlp
	Export      Edge
	Propagation fact.String // w3c or b3multi
	Propagators fact.String // value of OTEL_PROPAGATORS; empty where the default is right
	KeepHeaders []fact.String
	TraceField  fact.String // the access log's JSON field that the trace ID is in
	TracePrefix string      // what stands before the ID in that field
	Service     fact.String // type of the Service; empty where the chart's default stands
}

func (l *linker) traefik() {
	t := l.t.Traefik
	if t == nil {
		return
	}
	r := l.release(install{"traefik", "traefik", t.Chart.Version, t.Chart.Repository, t.Release, t.Namespace, t.Values, t.Delivery})
	l.Traefik = &Traefik{Release: r, Tracing: r.Str("tracing")}
	l.Traefik.Export = l.send(of(t.Export.Protocol), t.Export)
	l.propagation(t)
	l.accessLog(t)
	kind := of(l.t.Cluster.Kind)
	if l.Traefik.Service = of(t.Service); !t.Service.Present() && kind.Value == "kind" {
		// The chart asks for a load balancer, which kind does not have: the
		// release would wait for its address for ever (tried with 39.0.0).
		l.Traefik.Service = fact.Derive("NodePort", kind)
	}
}

// send resolves where a sender's spans go: what it says, else the collector
// where there is one, else Tempo.
func (l *linker) send(protocol fact.String, export topology.TraefikExport) Edge {
	e := Edge{Protocol: protocol}
	why := fact.Any(protocol)
	to := export.To.Value
	switch export.To.State {
	case topology.Poisoned:
		e.Endpoint = nowhere()
		return e
	case topology.Given:
		why = fact.Derive(true, protocol, of(export.To))
	default:
		to = "tempo"
		if l.Collector != nil {
			to = "collector"
		}
	}
	if to == "tempo" {
		e.Endpoint, _ = l.open(protocol.Value, why, export.Protocol.Place)
		return e
	}
	if l.Collector == nil {
		e.Endpoint = nowhere()
		l.dangling(export.To.Place,
			fmt.Sprintf("%s is \"collector\", and the topology has none", export.To.Path),
			`write to: "tempo", or add collector: {kind: "alloy", chart: version: "…"}`)
		return e
	}
	var ok bool
	e.Endpoint, ok = l.Collector.Receivers.open(protocol.Value, why)
	if !ok && !protocol.Poisoned {
		l.dangling(export.Protocol.Place,
			fmt.Sprintf("%s is %q, which the collector has no receiver for", export.Protocol.Path, protocol.Value),
			`write protocol: "otlp-http" or "otlp-grpc", or send to Tempo with to: "tempo"`)
	}
	return e
}

// propagation settles which headers carry the trace. Traefik v2's Zipkin
// exporter speaks B3 and nothing else; v3 speaks what OTEL_PROPAGATORS says,
// W3C by default.
func (l *linker) propagation(t *topology.Traefik) {
	own := l.Traefik.Str("propagation")
	l.Traefik.Propagation = own
	if t.Propagation.Present() {
		l.Traefik.Propagation = of(t.Propagation)
		if t.Propagation.Value != own.Value {
			env := map[string]string{"w3c": "tracecontext,baggage", "b3multi": "b3multi"}[t.Propagation.Value]
			l.Traefik.Propagators = fact.Derive(env, of(t.Propagation))
		}
	}
	l.Traefik.Propagation = l.Traefik.Propagation.Named("propagation")
}

// accessLog settles in which field of a log line the trace ID stands. Traefik
// writes one of its own from 3.2 on; before, a request header must be kept, and
// which one is the propagation's.
func (l *linker) accessLog(t *topology.Traefik) {
	x := l.Traefik
	x.TraceField = x.Str("logTraceField")
	if x.TraceField.Value == "" {
		header := fact.Derive("Traceparent", x.Propagation)
		if x.Propagation.Value == "b3multi" {
			header.Value = "X-B3-Traceid"
		} else {
			x.TracePrefix = "00-" // W3C: version, trace ID, span ID and flags
		}
		x.KeepHeaders = append(x.KeepHeaders, header)
		x.TraceField = fact.Sprintf("request_%s", header)
	}
	x.TraceField = x.TraceField.Named("traefik.traceField")
	for _, h := range t.AccessLog.KeepHeaders {
		x.KeepHeaders = append(x.KeepHeaders, of(h))
	}
	// The chart sorts them, and has each once.
	slices.SortStableFunc(x.KeepHeaders, func(a, b fact.String) int { return cmp.Compare(a.Value, b.Value) })
	x.KeepHeaders = slices.CompactFunc(x.KeepHeaders, func(a, b fact.String) bool { return a.Value == b.Value })
}
