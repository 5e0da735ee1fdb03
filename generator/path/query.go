package path

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// query follows a query from a person to the store.
func (f *follower) query() {
	if f.Grafana == nil || f.Tempo.Chart == nil {
		return
	}
	hops := f.people()
	hops = append(hops, f.asksTempo())
	hops = append(hops, f.answered()...)
	f.journey("query", "a query from grafana", hops...)
}

// people get in through the ingress.
func (f *follower) people() []*Hop {
	p := f.Grafana.People
	if p.Host.Value == "" || f.Grafana.Release == nil || f.Grafana.Chart == nil {
		return nil
	}
	g := f.Grafana.Release
	class := f.keyed(g, "ingressClassKey", "")
	in := f.hop("you", "ingress", "http")
	in.ID = "you-ingress"
	root := f.spelled(g, f.keyed(g, "iniKey", ".server.root_url"))
	if evaluated(root.text()) {
		root.node = &tree.Leaf{Value: p.URL.Value, Origin: root.origin()} // what the topology says of it
	}
	if a, ok := in.read(root); ok {
		f.secured(in, root, a)
		hosts := f.keyed(g, "ingressHostsKey", "")
		in.say(hosts)
		if !evaluated(names(hosts.node)...) && !slices.Contains(names(hosts.node), a.host) {
			in.fail(hosts, nil, "%s leads to %s, and %s has no such host", root.at, a.host, hosts.at)
		}
		in.want(f.keyed(g, "ingressKey", ""), "true", "an Ingress that leads to Grafana")
		f.entrance(in, class, a)
	}
	out := f.hop(in.To, "grafana", "http")
	out.ID = "ingress-grafana"
	n := f.node(g)
	for _, s := range n.list() {
		if s.Headless || !strings.Contains(s.Name, "grafana") || strings.HasSuffix(s.Name, "-image-renderer") || len(s.Ports) == 0 {
			continue
		}
		out.Address = fmt.Sprintf("%s.%s.svc.%s:%d", s.Name, s.Namespace, f.Domain.Value, s.Ports[0].Port)
		out.Listens = "Grafana, Service " + s.Name + " in " + s.Namespace
		if f.inMesh(leaf{release: g}, in.To, s.Ports[0].Port) {
			f.within(out, n)
		}
		out.know(n.Version.Origin, n.Name.Origin, n.Namespace.Origin)
		return []*Hop{in, out}
	}
	out.fail(f.keyed(g, "ingressKey", ""), n, "the chart makes no Service for Grafana, and so no backend for its Ingress")
	return []*Hop{in, out}
}

// secured proves that the ingress speaks TLS where Grafana believes it. Somebody
// who says it in values may have a certificate of the ingress's own.
func (f *follower) secured(h *Hop, root leaf, a address) {
	g := f.Grafana.Release
	secret := f.keyed(g, "ingressTLSKey", "[0].secretName")
	h.say(secret)
	switch {
	case a.scheme == "https" && secret.there():
		h.TLS = "TLS by Secret " + secret.text()
	case a.scheme == "https" && root.overridden():
		h.TLS = "TLS by the ingress's own certificate"
	case a.scheme == "https":
		h.fail(root, nil, "%s is %q, and the Ingress has no certificate", root.at, root.text())
	case secret.there():
		h.fail(root, nil, "%s is %q, and the Ingress has a certificate", root.at, root.text())
	}
	if below := f.keyed(g, "iniKey", ".server.serve_from_sub_path"); a.path != "" && a.path != "/" && below.text() != "true" {
		h.fail(root, nil, "%s ends in %q, and Grafana is at the root of its host", root.at, a.path)
	}
}

// entrance is the ingress that takes Grafana's host.
func (f *follower) entrance(h *Hop, class leaf, a address) {
	h.say(class)
	var r *plan.Release
	switch {
	case f.Nginx != nil && f.Nginx.Chart != nil:
		r = f.Nginx.Release
	case f.Traefik != nil && f.Traefik.Chart != nil:
		r = f.Traefik.Release
	default:
		h.To, h.Listens = "an ingress of yours", "outside of the tree"
		h.Outside = "said at " + firstOf(known(f.Grafana.People.Host.Origin))
		h.know(f.Grafana.People.Host.Origin)
		return
	}
	h.To = r.Component
	n := f.node(r)
	want := 80
	if a.scheme == "https" {
		want = 443
	}
	for _, s := range n.list() {
		if slices.ContainsFunc(s.Ports, func(p chart.Port) bool { return p.Port == want && p.Protocol == "TCP" }) && s.Type != "ClusterIP" || f.Nginx != nil && f.Nginx.HostPorts.Value {
			h.Listens = fmt.Sprintf("Service %s in %s, for the Ingress of class %s", s.Name, s.Namespace, f.called(class, r))
			h.know(n.Version.Origin, n.Name.Origin, n.Namespace.Origin, f.Grafana.People.Host.Origin)
			f.classed(h, class, n)
			return
		}
	}
	h.fail(class, n, "no Service of %s takes what comes from outside at port %d", r.Component, want)
}

func (f *follower) called(class leaf, r *plan.Release) string {
	if class.there() {
		return class.text()
	}
	return "none"
}

// classed proves that the ingress takes an Ingress of the class.
func (f *follower) classed(h *Hop, class leaf, n *node) {
	if !class.there() {
		return
	}
	is := n.Fullname.Value
	if n.Component == "ingress-nginx" {
		is = n.Str("ingressClass").Value
		if l := f.keyed(n.Release, "ingressClassKey", ""); l.there() {
			h.say(l)
			is = l.text()
		}
	} else if n.Knows("ingressClassNameKeys") {
		for _, key := range n.Strs("ingressClassNameKeys").Value {
			if l := f.value(n.Release, key); l.text() != "" {
				h.say(l)
				is = l.text()
			}
		}
	}
	if said := f.Topology.Grafana; said != nil && class.text() != is {
		if w := webIngress(f); w != "" && w == class.text() {
			h.know(f.Grafana.People.Class.Origin)
			return // of an ingress of the user's, who says so
		}
		h.fail(class, n, "%s is %q, and %s takes the class %q", class.at, class.text(), n.Component, is)
	}
}

// webIngress is the class that the input says itself.
func webIngress(f *follower) string {
	t := f.Topology.Grafana
	switch {
	case t.GrafanaChart != nil && t.GrafanaChart.Ingress != nil:
		return t.GrafanaChart.Ingress.Class.Value
	case t.GrafanaStack != nil && t.GrafanaStack.Ingress != nil:
		return t.GrafanaStack.Ingress.Class.Value
	}
	return ""
}

// asksTempo is the hop of Grafana's server to Tempo's HTTP API.
func (f *follower) asksTempo() *Hop {
	h, s := f.asks("tempo", "tempo")
	if s == nil {
		return h
	}
	url := s.get("url")
	if a, ok := h.read(url); ok {
		t := target{node: "tempo", protocol: "query", tls: a.scheme == "https", place: f.Tempo.Query, release: f.Tempo.Release}
		f.reach(h, url, a, t)
		h.Protocol = "http"
	}
	f.streamed(h, s)
	return h
}

// streamed proves that both sides stream the results of a search, or neither.
func (f *follower) streamed(h *Hop, s *source) {
	on := leaf{}
	if key := f.Tempo.StreamingKey(); key.Value != "" {
		on = f.value(f.Tempo.Release, key.Value)
	}
	asked := s.get("jsonData.streamingEnabled.search")
	if f.Grafana.Kind != plan.GrafanaOperator && f.Grafana.Can.Streaming.Value == "toggle" {
		asked = f.keyed(f.Grafana.Release, "featureTogglesKey", ".enable")
		if !strings.Contains(asked.text(), "traceQLStreaming") {
			asked.node = nil
		}
	}
	if !asked.there() || asked.text() == "false" {
		return
	}
	h.say(asked)
	h.say(on)
	h.Protocol += ", streamed"
	if on.text() != "true" {
		h.fail(asked, f.node(f.Tempo.Release), "%s asks for results as they are found, and Tempo does not stream them over HTTP", asked.at)
	}
}

// answered follows the query inside of Tempo to the store.
func (f *follower) answered() []*Hop {
	t := f.Tempo
	if !t.Distributed {
		return f.ended("tempo")
	}
	recent := "ingester"
	if t.Kafka != nil && t.Bool("kafka").Value {
		recent = "live-store"
	}
	return append([]*Hop{f.work(), f.part("querier", recent)}, f.ended("tempo querier")...)
}

// work is what queriers fetch from the query frontend.
func (f *follower) work() *Hop {
	h := f.hop("tempo query-frontend", "tempo querier", "grpc")
	h.ID = "tempo-query-frontend-querier"
	n := f.node(f.Tempo.Release)
	f.running(h, n, "querier")
	s, ok := f.running(h, n, "query-frontend-discovery")
	if !ok {
		return h
	}
	port := n.Chart.Int("grpcPort")
	h.Address = fmt.Sprintf("%s.%s.svc.%s:%d", s.Name, s.Namespace, f.Domain.Value, port)
	if !slices.ContainsFunc(s.Ports, func(p chart.Port) bool { return int64(p.Port) == port }) {
		h.fail(leaf{at: "tempo", release: n.Release}, n, "the Service %s has no port %d", s.Name, port)
	}
	h.Listens = "Service " + s.Name + " in " + s.Namespace + ", whom the querier asks for work"
	f.within(h, n)
	h.know(n.Int("grpcPort").Origin)
	return h
}
