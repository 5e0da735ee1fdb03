package plan

import (
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// gossip is the port by which the parts of a distributed Tempo know of each
// other. Members hold connections open without a word, which costs a proxy that
// waits for the first bytes ten seconds each time. As an opaque port it is
// proxied as it is, and still encrypted; skipped, it would not be (Linkerd's
// documentation, TCP proxying and protocol detection).
const gossip = 7946

// annotations are those of a meshed namespace. Its pods and Services inherit
// them.
func (m *Linkerd) annotations(p *Plan, namespace fact.String) []Pair {
	var more []fact.Int
	if p.Tempo.Distributed && p.Tempo.Namespace.Value == namespace.Value {
		more = append(more, fact.Derive[int64](gossip, p.Tempo.Namespace))
	}
	return append([]Pair{m.inject(namespace)}, m.ports(p.Topology.Linkerd, more...)...)
}

// inject is the annotation that has pods meshed, because of why.
func (m *Linkerd) inject(why ...fact.Any) Pair {
	inject := m.Product.Str("injectAnnotation")
	key, value, _ := strings.Cut(inject.Value, "=")
	return Pair{key, fact.Derive(value, append([]fact.Any{inject}, why...)...)}
}

// podAnnotations are those of pods whose namespace has none.
func (m *Linkerd) podAnnotations(in *topology.Linkerd, why fact.Any) []Pair {
	return append([]Pair{m.inject(why)}, m.ports(in)...)
}

// ingressAnnotations are those of the ingress's pods. Linkerd documents the mode
// "ingress" for Traefik, which resolves Services by itself.
func (m *Linkerd) ingressAnnotations(in *topology.Linkerd, mode string) []Pair {
	inject := m.inject()
	inject.Value.Value = mode
	if in.Ingress.Present() {
		inject.Value = fact.Derive(in.Ingress.Value, of(in.Ingress), inject.Value)
	}
	return append([]Pair{inject}, m.ports(in)...)
}

// ports are the annotations about ports. That of the opaque ones replaces
// Linkerd's own list, which is therefore repeated.
func (m *Linkerd) ports(in *topology.Linkerd, more ...fact.Int) []Pair {
	var out []Pair
	list := func(annotation string, ports []fact.Int, from ...fact.Any) {
		if len(ports) == 0 {
			return
		}
		key := m.Product.Str(annotation)
		slices.SortFunc(ports, func(a, b fact.Int) int { return int(a.Value - b.Value) })
		ports = slices.CompactFunc(ports, func(a, b fact.Int) bool { return a.Value == b.Value })
		var text []string
		for _, p := range ports {
			text = append(text, strconv.FormatInt(p.Value, 10))
			from = append(from, p)
		}
		out = append(out, Pair{key.Value, fact.Derive(strings.Join(text, ","), append(from, key)...)})
	}
	opaque := append(more, ints(in.OpaquePorts)...)
	if len(opaque) > 0 {
		own := m.Product.Strs("opaquePorts")
		for _, p := range own.Value {
			n, _ := strconv.ParseInt(p, 10, 64)
			opaque = append(opaque, fact.Derive(n, own))
		}
	}
	list("opaquePortsAnnotation", opaque)
	list("skipInboundAnnotation", ints(in.SkipInboundPorts))
	list("skipOutboundAnnotation", ints(in.SkipOutboundPorts))
	return out
}

func ints(leaves []topology.Int) []fact.Int {
	var out []fact.Int
	for _, l := range leaves {
		out = append(out, of(l))
	}
	return out
}
