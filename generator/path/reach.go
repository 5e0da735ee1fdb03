package path

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
)

// node is a release as it will be installed.
type node struct {
	*plan.Release
	values   map[string]any // effective, without the chart's defaults
	services []chart.Service
	known    bool // whether services have been worked out
}

// node of a release, made once.
func (f *follower) node(r *plan.Release) *node {
	n := f.nodes[r.Component]
	if n == nil {
		n = &node{Release: r, values: map[string]any{}}
		if v := f.out.Values[r.Component]; v != nil {
			n.values = plain(v).(map[string]any)
		}
		f.nodes[r.Component] = n
	}
	return n
}

// list gives the Services of the release, by the rules of its chart over the
// values in force.
func (n *node) list() []chart.Service {
	if !n.known && n.Chart != nil {
		n.services = n.Chart.Services(n.install(n.values))
	}
	n.known = true
	return n.services
}

func (n *node) install(values map[string]any) chart.Install {
	return chart.Install{Release: n.Name.Value, Namespace: n.Namespace.Value, Values: values}
}

// service finds whose Service a host is: by its name, namespace and domain. Those
// releases whose names begin so are asked first, since each answer has its price.
func (f *follower) service(host string) (*node, chart.Service, bool) {
	name, rest, _ := strings.Cut(host, ".")
	namespace, domain, _ := strings.Cut(rest, ".")
	if domain != "svc."+f.Domain.Value {
		return nil, chart.Service{}, false
	}
	for _, likely := range []bool{true, false} {
		for _, r := range f.Releases {
			if r.Chart == nil || strings.HasPrefix(name, r.Fullname.Value) != likely {
				continue
			}
			n := f.node(r)
			for _, s := range n.list() {
				if s.Name == name && s.Namespace == namespace {
					return n, s, true
				}
			}
		}
	}
	return nil, chart.Service{}, false
}

// target is what a sender expects at the far end.
type target struct {
	node     string        // what the plan means it to reach, as the path calls it
	protocol string        // a receiver's name, or s3, query, loki, prometheus, remote-write, web
	path     string        // of the URL that the protocol wants
	tls      bool          // whether the sender speaks TLS
	ca       string        // whose authority it trusts; empty where that is any known one
	secure   leaf          // what says whether it does; the address itself where empty
	place    plan.Endpoint // where the plan has it, which the input says of what lies outside
	release  *plan.Release // of the plan; nil where it lies outside
}

// reach proves that a sender's address leads to somebody who listens as the
// sender speaks.
func (f *follower) reach(h *Hop, from leaf, a address, t target) {
	h.To, h.release = t.node, t.release
	h.poisoned = h.poisoned || f.Domain.Poisoned || t.place.Host.Poisoned || t.place.Port.Poisoned || t.place.TLS.Poisoned ||
		t.release != nil && (t.release.Name.Poisoned || t.release.Namespace.Poisoned)
	if h.TLS = ""; t.tls {
		h.TLS = "TLS"
		if t.ca != "" {
			h.TLS = "TLS by " + t.ca
		}
	}
	if h.fault != nil {
		return
	}
	if a.path != t.path && !(t.path == "" && a.path == "/") {
		h.fail(from, nil, "%s ends in %q, and %s takes %s at %q", from.at, a.path, t.node, t.protocol, t.path)
		return
	}
	n, s, ok := f.service(a.host)
	if !ok {
		f.outside(h, from, a, t)
		return
	}
	h.To = called(n, s)
	i := slices.IndexFunc(s.Ports, func(p chart.Port) bool { return p.Port == a.port && p.Protocol == transport(t.protocol) })
	if i < 0 {
		h.fail(from, n, "%s leads to %s, and the Service %s of %s has no such port", from.at, a, s.Name, n.Component)
		return
	}
	h.Listens = fmt.Sprintf("Service %s in %s", s.Name, s.Namespace)
	behind := []string{s.Name}
	if n.Component == "loki" {
		behind = append(behind, n.Fullname.Value) // the gateway answers without it, with an error
	}
	sender := from.blame()
	if from.release != nil && strings.Contains(from.text(), "\n") {
		sender = from.release.PinnedAt.Place // a whole configuration rests on too much
	}
	if h.staffed(f, n, sender, behind...); h.fault != nil {
		return
	}
	switch {
	case from.release != nil:
		h.sender(f, from.release)
	case h.From == "grafana" && f.Grafana != nil:
		h.sender(f, f.Grafana.Release)
	}
	l := f.listening(n, s, s.Ports[i], t.protocol)
	for _, read := range l.reads {
		h.say(read)
	}
	switch {
	case l.fault != "":
		h.fail(last(l.reads, from), n, "%s leads to %s, and %s", from.at, a, l.fault)
	case l.tls && !t.tls:
		h.fail(blamed(from, append(l.reads, t.secure)), n, "%s sends in plain text, and %s of %s speaks TLS", from.at, t.protocol, n.Component)
	case t.tls && !l.tls:
		h.fail(blamed(from, append(l.reads, t.secure)), n, "%s sends by TLS, and %s of %s speaks plain text", from.at, t.protocol, n.Component)
	}
	if l.who != "" {
		h.Listens = l.who + ", " + h.Listens
	}
	if h.TLS == "" && f.inMesh(from, h.From, a.port) {
		f.within(h, n)
	}
	h.know(append(l.origins, n.Name.Origin, n.Namespace.Origin)...)
}

// within notes that the mesh encrypts what somebody of it sends to a release.
func (f *follower) within(h *Hop, n *node) {
	if f.Linkerd != nil && f.Linkerd.Meshes(n.Namespace) {
		h.TLS = "by the mesh"
	}
}

// inMesh reports whether a sender is part of the mesh, whose proxies speak TLS
// with each other unless a port is kept from them.
func (f *follower) inMesh(from leaf, sender string, port int) bool {
	in := f.Topology.Linkerd
	if f.Linkerd == nil || in == nil {
		return false
	}
	for _, skipped := range slices.Concat(in.SkipInboundPorts, in.SkipOutboundPorts) {
		if skipped.Value == int64(port) {
			return false
		}
	}
	for _, a := range f.Apps {
		if a.Name == strings.TrimPrefix(sender, "application ") {
			return a.In.Mesh.Value || f.Linkerd.Meshes(a.Namespace)
		}
	}
	return from.release != nil && (sender == "traefik" || sender == "ingress-nginx" || sender == "linkerd" || f.Linkerd.Meshes(from.release.Namespace))
}

// outside proves a hop out of the tree by the input that says where it leads.
func (f *follower) outside(h *Hop, from leaf, a address, t target) {
	within := t.release != nil && t.release.Delivery.Way != plan.ByOthers
	place := t.place
	switch {
	case within:
		h.fail(from, f.node(t.release), "%s leads to %s, and no Service of the tree is called so", from.at, a)
		return
	case a.host != place.Host.Value || int64(a.port) != place.Port.Value:
		h.fail(from, nil, "%s leads to %s, and %s is at %s:%d", from.at, a, t.node, place.Host.Value, place.Port.Value)
		return
	case t.tls != place.TLS.Value:
		h.fail(blamed(from, []leaf{t.secure}), nil, "%s and the input disagree whether %s speaks TLS", from.at, t.node)
		return
	}
	h.Outside = "said at " + outsideOf(place, t.release)
	h.Listens = "outside of the tree"
	h.know(place.Host.Origin, place.Port.Origin)
}

func outsideOf(place plan.Endpoint, r *plan.Release) string {
	if r != nil {
		return said(r.PinnedAt.Place)
	}
	for _, o := range []fact.Origin{place.Host.Origin, place.Port.Origin} {
		for _, s := range known(fact.Origin{Inputs: o.Inputs}) {
			return s
		}
	}
	return "the table of services"
}

// called is what the path calls the program behind a Service.
func called(n *node, s chart.Service) string {
	switch part, ok := strings.CutPrefix(s.Name, n.Fullname.Value+"-"); {
	case n.ChartName == "tempo-distributed" && strings.Contains(s.Name, "minio"):
		return "minio"
	case n.ChartName == "tempo-distributed" && ok:
		return "tempo " + strings.TrimSuffix(part, "-discovery")
	case n.ChartName == "kube-prometheus-stack" && strings.HasSuffix(s.Name, "-prometheus"):
		return "prometheus"
	}
	return n.Component
}

// transport is what carries a protocol.
func transport(protocol string) string {
	if strings.HasPrefix(protocol, "jaeger-thrift-") && protocol != "jaeger-thrift-http" {
		return "UDP"
	}
	return "TCP"
}

// last is what a listener has read last, which is what it failed by.
func last(list []leaf, other leaf) leaf {
	if len(list) > 0 {
		return list[len(list)-1]
	}
	return other
}

// blamed is the first of some places that the user's values say, else the one.
func blamed(otherwise leaf, list []leaf) leaf {
	if i := slices.IndexFunc(list, leaf.overridden); i >= 0 && !otherwise.overridden() {
		return list[i]
	}
	return otherwise
}

// say notes a place of the output that a hop rests on.
func (h *Hop) say(l leaf) {
	h.poisoned = h.poisoned || l.poisoned()
	if l.at != "" && l.there() && !slices.Contains(h.Says, l.at) {
		h.Says = append(h.Says, l.at)
	}
}

// know notes by which facts it is known who listens.
func (h *Hop) know(origins ...fact.Origin) { h.origins = append(h.origins, origins...) }

// read takes an address that a sender's configuration says.
func (h *Hop) read(l leaf) (address, bool) {
	h.say(l)
	text := l.text()
	h.Address = text
	if text == "" {
		h.fail(l, nil, "%s is not there, so %s sends nowhere", l.at, h.From)
		return address{}, false
	}
	a, err := parse(text)
	if err != nil {
		h.fail(l, nil, "%s: %v", l.at, err)
		return address{}, false
	}
	return a, true
}

// want fails the hop unless a place says what it must.
func (h *Hop) want(l leaf, value string, why string) bool {
	h.say(l)
	if l.text() == value {
		return true
	}
	is := "nothing"
	if l.there() {
		is = fmt.Sprintf("%q", l.text())
	}
	if l.at == "" {
		h.fail(l, nil, "%s %s has no value for %s", l.release.ChartName, l.release.Version.Value, why)
	}
	h.fail(l, nil, "%s is %s, and %s asks for %q", l.at, is, why, value)
	return false
}
