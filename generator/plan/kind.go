package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// HostPorts are the ports of the machine at which a kind cluster's ingress
// listens, and those of the node behind them.
type HostPorts struct {
	On       bool
	HTTP     Mapping
	HTTPS    Mapping
	NodePort bool // whether the node's ports are those of the ingress's Service
}

// Mapping leads from a port of the machine to one of the node.
type Mapping struct{ Host, Node fact.Int }

// hostPorts settles which ports of the node the machine's lead to. Those of a
// Service must be out of the range 30000 to 32767; an ingress whose pod takes
// the node's own ports, as ingress-nginx does on kind, has 80 and 443.
func (l *linker) hostPorts() {
	in := l.t.Cluster.HostPorts
	if in == nil {
		return
	}
	port := func(n int64, name string) fact.Int {
		return fact.Const(n, "plan: a port of the node that nobody else takes").Named("kind.node." + name)
	}
	l.HostPorts = HostPorts{
		On:    true,
		HTTP:  Mapping{of(in.Http), port(80, "http")},
		HTTPS: Mapping{of(in.Https), port(443, "https")},
	}
	if l.Traefik != nil {
		l.HostPorts.NodePort = true
		l.HostPorts.HTTP.Node = port(30080, "http")
		l.HostPorts.HTTPS.Node = port(30443, "https")
	}
}

// serviceType is the type of the ingress's Service; empty where the chart's
// default stands. The charts ask for a load balancer, which kind does not have:
// the release would wait for its address for ever (tried with Traefik's 39.0.0).
func (l *linker) serviceType(in topology.String) fact.String {
	if kind := of(l.t.Cluster.Kind); !in.Present() && kind.Value == "kind" {
		return fact.Derive("NodePort", kind)
	}
	return of(in)
}
