package plan

import (
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Collector takes spans in and sends them on.
type Collector struct {
	*Release
	Receivers   Receivers
	Export      Edge
	RemoteWrite fact.String // URL for the span metrics; empty where none are made
}

func (l *linker) collector() {
	in := l.t.Collector
	if in == nil {
		return
	}
	const component = "alloy"
	name, pin := in.Release, in.Chart
	if !name.Present() {
		name.Value = component
	}
	if in.Kind.Value != component {
		pin.Version.State = topology.Poisoned // nothing is known of another program
	}
	if in.Kind.Value == "grafana-agent" {
		l.diags.Add(diag.Diagnostic{
			Code:     CodeEndOfLife,
			Message:  "grafana-agent has been at the end of its life since November 2025, and gets no more fixes; Alloy takes its place",
			Path:     in.Kind.Path,
			Position: in.Kind.Position,
			Help:     `write kind: "alloy", and pin a version of the chart alloy`,
		})
	}
	r := l.release(install{component, "alloy", pin, name, in.Namespace, in.Values, in.Delivery})
	l.Collector = &Collector{Release: r, Receivers: Receivers{component: "collector"}}
	host := l.service(r, fact.String{}).Named("collector.receiver.host")
	const why = "plan: the port that OTLP has in the OpenTelemetry specification"
	l.Collector.Receivers.add("otlp-grpc", host, fact.Const[int64](4317, why))
	l.Collector.Receivers.add("otlp-http", host, fact.Const[int64](4318, why))
	for _, r := range in.Receivers {
		l.Collector.Receivers.open(r.Value, of(r))
	}
	protocol := of(in.Export.Protocol)
	to, _ := l.open(protocol.Value, protocol, in.Export.Protocol.Place)
	l.Collector.Export = Edge{Protocol: protocol, Endpoint: to}
}
