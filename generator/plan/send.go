package plan

import (
	"fmt"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// caDir is where senders have the authority that they trust.
const caDir = "/etc/tracing-ca"

// noCollector reports a sender to a collector that is not there.
func (l *linker) noCollector(to topology.String) {
	l.dangling(to.Place, to.Path+` is "collector", and the topology has none`,
		`write to: "tempo", or add collector: {kind: "alloy", chart: version: "…"}`)
}

// send resolves where a sender's spans go: what it says, else the collector
// where there is one, else Tempo.
func (l *linker) send(protocolIn, toIn topology.String) Edge {
	protocol := of(protocolIn)
	e := Edge{Protocol: protocol}
	why := fact.Any(protocol)
	to := toIn.Value
	switch toIn.State {
	case topology.Poisoned:
		e.Endpoint = nowhere()
		return e
	case topology.Given:
		why = fact.Derive(true, protocol, of(toIn))
	default:
		to = "tempo"
		if l.Collector != nil {
			to = "collector"
		}
	}
	if to == "tempo" {
		e.Endpoint, _ = l.open(protocol.Value, why, protocolIn.Place)
		return e
	}
	if l.Collector == nil {
		e.Endpoint = nowhere()
		l.noCollector(toIn)
		return e
	}
	if l.Collector.Chart == nil {
		e.Endpoint = nowhere()
		return e
	}
	var ok bool
	e.CASecret = l.Collector.CASecret
	e.Endpoint, ok = l.Collector.Receivers.open(protocol.Value, why)
	if !ok && !protocol.Poisoned {
		l.dangling(protocolIn.Place,
			fmt.Sprintf("%s is %q, which the collector has no receiver for", protocolIn.Path, protocol.Value),
			`write protocol: "otlp-http" or "otlp-grpc", or send to Tempo`)
	}
	return e
}
