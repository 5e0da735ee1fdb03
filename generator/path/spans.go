package path

import (
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// spans follows a span from each of its roots to the store. The way on from the
// collector, and from Tempo, is the same for all.
func (f *follower) spans() {
	var roots []*Hop
	if f.Traefik != nil && f.Traefik.Chart != nil {
		roots = append(roots, f.traefik())
	}
	if f.Nginx != nil && f.Nginx.Chart != nil {
		roots = append(roots, f.nginx())
	}
	if f.Linkerd != nil && f.Linkerd.Chart != nil {
		roots = append(roots, f.linkerd())
	}
	for _, a := range f.Apps {
		roots = append(roots, f.app(a))
	}
	roots = append(roots, f.strangers(roots)...)
	var exports []*Hop
	sampled := ""
	if f.Collector != nil && f.Collector.Chart != nil {
		exports, sampled = f.exports()
	}
	stored := f.stored()
	if len(roots) == 0 {
		f.journey("store", "from tempo to the store", append(exports, stored...)...)
	}
	for _, root := range roots {
		hops := []*Hop{root}
		if f.Collector != nil && root.To == f.Collector.Component {
			hops = append(hops, exports...)
			f.twice(root, sampled)
		} else {
			left(root)
		}
		f.journey(root.ID, "a span from "+titles(root.From), append(hops, stored...)...)
	}
}

func titles(root string) string {
	if root == "linkerd" {
		return "linkerd's proxies"
	}
	return root
}

// edge is what a sender expects of where the plan has it send.
func (f *follower) edge(e plan.Edge, protocol, urlPath string, tls bool, ca string) target {
	t := target{node: "tempo", protocol: protocol, path: urlPath, tls: tls, ca: ca, place: e.Endpoint, release: f.Tempo.Release}
	if f.Collector != nil && strings.HasPrefix(e.Endpoint.Host.Value, f.Collector.Fullname.Value+".") {
		t.node, t.release = f.Collector.Component, f.Collector.Release
	}
	return t
}

// receiver is whom the plan has a sender send to.
func (f *follower) receiver(e plan.Edge) string { return f.edge(e, "", "", false, "").node }

// strangers are senders that the topology does not know, for whom it lists a
// receiver.
func (f *follower) strangers(roots []*Hop) []*Hop {
	receivers, listed, t := &f.Tempo.Receivers, f.Topology.Tempo.Receivers, target{node: "tempo", release: f.Tempo.Release}
	if f.Collector != nil && f.Collector.Chart != nil {
		receivers, listed = &f.Collector.Receivers, f.Topology.Collector.Receivers
		t.node, t.release = f.Collector.Component, f.Collector.Release
	}
	var out []*Hop
	for _, rc := range receivers.On() {
		i := slices.IndexFunc(listed, func(in topology.String) bool { return in.Value == rc.Name })
		if i < 0 || slices.ContainsFunc(roots, func(h *Hop) bool { return h.Protocol == rc.Name && strings.HasPrefix(h.To, t.node) }) {
			continue
		}
		h := f.hop("a sender of yours by "+rc.Name, t.node, rc.Name)
		h.ID = "span-" + rc.Name
		h.Headers, h.Sampling = "the sender's", "as the sender decides"
		h.know(plan.Leaf(listed[i]).Origin)
		t.protocol, t.tls, t.place = rc.Name, rc.TLS.Value, rc.Endpoint
		a := address{host: f.home(t.release, rc), port: int(rc.Port.Value)}
		h.Address = a.String()
		f.reach(h, input(listed[i]), a, t)
		out = append(out, h)
	}
	return out
}

// home is where a receiver is really to be found: nobody whom the topology knows
// sends there, so that it may be called anything.
func (f *follower) home(r *plan.Release, rc plan.Receiver) string {
	if _, _, ok := f.service(rc.Host.Value); !ok && r.Chart != nil {
		for _, s := range f.node(r).list() {
			if slices.ContainsFunc(s.Ports, func(p chart.Port) bool { return int64(p.Port) == rc.Port.Value }) && !s.Headless {
				return s.Name + "." + s.Namespace + ".svc." + f.Domain.Value
			}
		}
	}
	return rc.Host.Value
}

// input is a leaf of the topology.
func input(in topology.String) leaf {
	o := plan.Leaf(in).Origin
	return leaf{at: in.Path, node: &tree.Leaf{Value: in.Value, Origin: o}}
}
