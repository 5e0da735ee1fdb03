package plan

import (
	"slices"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Each hop must understand the headers that the one before it writes: a proxy of
// the mesh that does not lets them pass, and its span is missing; a service that
// does not begins a trace of its own. Where the user does not say which headers
// it shall be, the ingress, which makes the root span, takes those that it has
// by default if the mesh understands them, and B3 otherwise.

// propagation settles which headers Traefik reads and writes. Traefik v2's
// Zipkin exporter speaks B3 and nothing else; v3 speaks what OTEL_PROPAGATORS
// says, W3C by default.
func (l *linker) propagation(t *topology.Traefik) {
	x := l.Traefik
	own := x.Str("propagation")
	x.Propagation = own
	switch {
	case t.Propagation.Present():
		x.Propagation = of(t.Propagation)
	case x.Str("propagatorsEnv").Value != "" && !l.Linkerd.understands(own.Value):
		x.Propagation = fact.Derive("b3multi", own, l.Linkerd.Product.Strs("propagation"), l.Linkerd.Product.Version)
	}
	if x.Propagation.Value != own.Value {
		env := map[string]string{"w3c": "tracecontext,baggage", "b3multi": "b3multi"}[x.Propagation.Value]
		x.Propagators = fact.Derive(env, x.Propagation)
	}
	x.Propagation = x.Propagation.Named("propagation")
}

// understands reports whether the proxies understand trace headers, and hang
// their spans where they belong. What is not known is not objected to.
func (m *Linkerd) understands(headers string) bool {
	if m == nil || m.Product.Chart == nil {
		return true
	}
	if headers == "w3c" && !m.Product.Bool("w3cParents").Value {
		return false
	}
	return slices.Contains(m.Product.Strs("propagation").Value, headers)
}

// Understands is for the checks.
func (m *Linkerd) Understands(headers fact.String) bool {
	return headers.Poisoned || m.understands(headers.Value)
}

// Propagation is which headers carry a trace to the applications: the ingress's,
// else the only ones that the mesh understands. Without either it is empty.
func (p *Plan) Propagation() fact.String {
	switch {
	case p.Traefik != nil:
		return p.Traefik.Propagation
	case p.Nginx != nil:
		return p.Nginx.Propagation
	case !p.Linkerd.understands("w3c"):
		return fact.Derive("b3multi", p.Linkerd.Product.Strs("propagation"), p.Linkerd.Product.Version)
	}
	return fact.String{}
}
