// Package network emits the NetworkPolicies: each lets exactly those connect to a
// component who the topology lets send to it or read from it.
//
// Who connects is read off what the other emitters have made: an address is a
// fact with a name, and whoever's values hold it connects there. So a sender
// that is new anywhere is let through here, and nobody who is not one.
//
// The policies are about who may come in. They do not say who may go out, so
// that names still resolve; and a component that nobody of the topology connects
// to, such as the ingress or Grafana, has none, since its users are not known.
package network

import (
	"cmp"
	"fmt"
	"slices"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's. It comes after those whose values say who connects.
var Emitter = &emit.Emitter{
	Name: "network",
	Doc:  "NetworkPolicies for exactly the connections of the topology",
	Run:  run,
}

func run(c *emit.Context) error {
	if !c.Plan.Topology.Cluster.NetworkPolicies.Value {
		return nil
	}
	all := edges(c)
	for _, r := range c.Plan.Releases {
		in := slices.DeleteFunc(slices.Clone(all), func(e edge) bool { return e.to.Release != r })
		// Where the release is none of the tree's, its pods are somebody else's.
		if len(in) > 0 && r.Delivery.Way != plan.ByOthers {
			policy(c, r, in)
		}
	}
	return nil
}

// edge is a connection that the topology asks for.
type edge struct {
	from      *plan.Release // nil for an application
	namespace fact.String   // of an application
	to        plan.Listener
}

func (e edge) sender() string {
	if e.from != nil {
		return e.from.Component
	}
	return "apps/" + e.namespace.Value
}

// edges gives each connection once, by receiver, sender and port.
func edges(c *emit.Context) []edge {
	byName := map[string]plan.Listener{}
	for _, l := range c.Plan.Listeners() {
		byName[l.Name] = l
	}
	var all []edge
	for _, r := range c.Plan.Releases {
		see := func(_ string, _ tree.Node, o fact.Origin) {
			for _, name := range o.Names {
				if l, ok := byName[name]; ok && l.Release != r {
					all = append(all, edge{from: r, to: l})
				}
			}
		}
		if v := c.Output.Values[r.Component]; v != nil {
			tree.Walk(v, "", see)
		}
		for _, f := range c.Output.Objects[r.Component] {
			f.Leaves(see)
		}
	}
	for _, a := range c.Plan.Apps {
		o, _ := a.Export.Endpoint.Port.Source()
		for _, name := range o.Names {
			if l, ok := byName[name]; ok {
				all = append(all, edge{namespace: a.Namespace, to: l})
			}
		}
	}
	compare := func(a, b edge) int {
		return cmp.Or(
			cmp.Compare(a.to.Release.Component, b.to.Release.Component),
			cmp.Compare(a.to.Port.Value, b.to.Port.Value),
			cmp.Compare(a.to.Network.Value, b.to.Network.Value),
			cmp.Compare(a.sender(), b.sender()),
		)
	}
	slices.SortStableFunc(all, compare)
	return slices.CompactFunc(all, func(a, b edge) bool { return compare(a, b) == 0 })
}

// policy has one rule for the release's own pods, and one for each port.
func policy(c *emit.Context, r *plan.Release, in []edge) {
	o := c.NewObject("networking.k8s.io/v1", "NetworkPolicy", "a core object of Kubernetes",
		c.Str("tracing-"+r.Component, "beside policies that the chart may make"), r.Namespace)
	const spec = "spec.podSelector"
	if pods := r.Pods(); len(pods) > 0 {
		labels(o, spec, pods[0])
	} else {
		o.SetNode(spec, empty(c, "nothing is known of the pods' labels"))
	}
	o.Set("spec.policyTypes[0]", c.Str("Ingress", "who may come in; names must still resolve"))
	own := "spec.ingress[0].from[0].podSelector"
	if l := r.Own(); len(l) > 0 {
		labels(o, own, l)
	} else {
		o.SetNode(own, empty(c, "the release's own pods have no label in common"))
	}
	rule := 0
	for i, e := range in {
		at := fmt.Sprintf("spec.ingress[%d]", rule)
		if i == 0 || in[i-1].to.Port.Value != e.to.Port.Value || in[i-1].to.Network.Value != e.to.Network.Value {
			rule++
			at = fmt.Sprintf("spec.ingress[%d]", rule)
			o.Set(at+".ports[0].port", e.to.Port)
			o.Set(at+".ports[0].protocol", e.to.Network)
			if e.to.Network.Value == "TCP" {
				proxied(c, o, at, r)
			}
		}
		if e.from == nil {
			o.Set(next(o, at)+home, e.namespace)
		} else {
			from(c, o, at, e.from.Namespace, e.from.Pods())
		}
	}
	if port, ok := c.Plan.Scraped(r); ok {
		at := fmt.Sprintf("spec.ingress[%d]", rule+1)
		o.Set(at+".ports[0].port", port)
		o.Set(at+".ports[0].protocol", c.Str("TCP", "metrics are asked for by HTTP"))
		proxied(c, o, at, r)
		stack := c.Plan.Grafana.Release
		from(c, o, at, stack.Namespace, stack.Pods()[:1])
	}
	c.Object(r.Component, "networkpolicy.yaml", o)
}

// proxied lets a meshed sender in, whose proxy connects to the receiver's, not to
// the port that it was asked for: always since Linkerd 2.18, whose
// proxy.outboundTransportMode is transport-header, and before for opaque ports.
func proxied(c *emit.Context, o *tree.Map, rule string, r *plan.Release) {
	m := c.Plan.Linkerd
	if m == nil || !slices.ContainsFunc(m.Meshed, func(n plan.Meshed) bool { return n.Name.Value == r.Namespace.Value }) {
		return
	}
	o.Set(rule+".ports[1].port", c.Int(4143, "the inbound port of Linkerd's proxies, from 2.12 to 2.20"))
	o.Set(rule+".ports[1].protocol", c.Str("TCP", "proxies speak HTTP/2 and TLS"))
}

// home is the label that every namespace has of its name.
const home = `.namespaceSelector.matchLabels."kubernetes.io/metadata.name"`

// next is the path of a rule's next sender.
func next(o *tree.Map, rule string) string {
	n := 0
	if l, ok := o.Lookup(rule + ".from").(*tree.List); ok {
		n = len(l.Items)
	}
	return fmt.Sprintf("%s.from[%d]", rule, n)
}

// from adds a release to a rule. Each of its programs is an entry.
func from(c *emit.Context, o *tree.Map, rule string, namespace fact.String, pods []plan.Labels) {
	if len(pods) == 0 {
		o.SetNode(next(o, rule)+".namespaceSelector", empty(c, "the sender's pods may be in any namespace, as a mesh's proxies are"))
	}
	for _, p := range pods {
		at := next(o, rule)
		o.Set(at+home, namespace)
		labels(o, at+".podSelector", p)
	}
}

func labels(o *tree.Map, at string, of plan.Labels) {
	for _, l := range of {
		o.Set(tree.JoinKey(at+".matchLabels", l.Key), l.Value)
	}
}

func empty(c *emit.Context, why string) *tree.Map {
	m := tree.NewMap()
	m.Origin = c.Origin(why)
	return m
}
