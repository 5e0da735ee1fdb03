package plan

import (
	"cmp"
	"slices"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// AccessLog is what is known of the lines that an ingress writes.
type AccessLog struct {
	TraceField  fact.String // the JSON field that the trace ID is in
	TracePrefix string      // what stands before the ID in that field
	App         fact.String // app.kubernetes.io/name of the pods that write it
	Namespace   fact.String // of those pods
}

// AccessLogs gives those of every ingress.
func (p *Plan) AccessLogs() []AccessLog {
	var logs []AccessLog
	if p.Traefik != nil {
		logs = append(logs, p.Traefik.Log)
	}
	if p.Nginx != nil && (p.Traefik == nil || p.Traefik.Log.TraceField.Value != p.Nginx.Log.TraceField.Value) {
		logs = append(logs, p.Nginx.Log)
	}
	return logs
}

// Traefik is the ingress.
type Traefik struct {
	*Release
	Tracing     fact.String // the chart's generation: zipkin or otlp
	Export      Edge
	Propagation fact.String // w3c or b3multi
	Propagators fact.String // value of OTEL_PROPAGATORS; empty where the default is right
	KeepHeaders []fact.String
	Attributes  []Pair // of the resource, in the chart's order
	Log         AccessLog
	Service     fact.String // type of the Service; empty where the chart's default stands
	CAFile      fact.String // where the exporter finds the authority that it trusts; empty without TLS
	Annotations []Pair      // of the pods
	CADir       fact.String // where the Secret of that authority is mounted
}

func (l *linker) traefik() {
	t := l.t.Traefik
	if t == nil {
		return
	}
	r := l.release(install{"traefik", "traefik", t.Chart, t.Release, t.Namespace, t.Values, t.Delivery})
	l.Traefik = &Traefik{Release: r, Tracing: r.Str("tracing")}
	l.Traefik.Export = l.send(t.Export.Protocol, t.Export.To)
	if secret := l.Traefik.Export.CASecret; secret.Value != "" {
		l.Traefik.CADir = fact.Derive(caDir, secret)
		l.Traefik.CAFile = fact.Derive(caDir+"/ca.crt", secret)
	}
	for _, a := range t.ResourceAttributes {
		l.Traefik.Attributes = append(l.Traefik.Attributes, Pair{a.Key.Value, of(a.Value)})
	}
	slices.SortFunc(l.Traefik.Attributes, func(a, b Pair) int { return cmp.Compare(a.Key, b.Key) })
	if l.Linkerd != nil {
		l.Traefik.Annotations = l.Linkerd.ingressAnnotations(l.t.Linkerd, "ingress")
	}
	l.propagation(t)
	l.accessLog(t)
	l.Traefik.Service = l.serviceType(t.Service)
}

// accessLog settles in which field of a log line the trace ID stands. Traefik
// writes one of its own from 3.2 on; before, a request header must be kept, and
// which one is the propagation's.
func (l *linker) accessLog(t *topology.Traefik) {
	x := l.Traefik
	x.Log.App, x.Log.Namespace = x.Str("name"), x.Namespace
	x.Log.TraceField = x.Str("logTraceField")
	if x.Log.TraceField.Value == "" {
		header := fact.Derive("Traceparent", x.Propagation)
		if x.Propagation.Value == "b3multi" {
			header.Value = "X-B3-Traceid"
		} else {
			x.Log.TracePrefix = "00-" // W3C: version, trace ID, span ID and flags
		}
		x.KeepHeaders = append(x.KeepHeaders, header)
		x.Log.TraceField = fact.Sprintf("request_%s", header)
	}
	x.Log.TraceField = x.Log.TraceField.Named("traefik.traceField")
	for _, h := range t.AccessLog.KeepHeaders {
		x.KeepHeaders = append(x.KeepHeaders, of(h))
	}
	// The chart sorts them, and has each once.
	slices.SortStableFunc(x.KeepHeaders, func(a, b fact.String) int { return cmp.Compare(a.Value, b.Value) })
	x.KeepHeaders = slices.CompactFunc(x.KeepHeaders, func(a, b fact.String) bool { return a.Value == b.Value })
}
