package check

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var propagation = &Rule{
	Code: "TG065",
	Name: "propagation",
	Doc:  "the mesh understands the trace headers that the ingress writes",
	Run: func(c *Context) {
		m := c.Linkerd
		if m == nil {
			return
		}
		if t := c.Topology.Traefik; t != nil && !m.Understands(c.Traefik.Propagation) {
			at, help := t.Propagation.Place, "leave it out"
			if !t.Propagation.Present() {
				at, help = c.Traefik.PinnedAt.Place, "write "+c.Traefik.Pin(c.Traefik.With("tracing", "otlp"))+" or later"
			}
			c.strangers(at, "traefik "+c.Traefik.Version.Value, c.Traefik.Propagation.Value, help)
		}
		if x := c.Nginx; x != nil && !m.Understands(x.Propagation) {
			c.strangers(x.PinnedAt.Place, "ingress-nginx "+x.Version.Value, x.Propagation.Value, `write ingressNginx: export: protocol: "zipkin" where the version has it`)
		}
	},
}

// strangers reports an ingress and a mesh that do not understand each other.
func (c *Context) strangers(at topology.Place, ingress, headers, help string) {
	m := c.Linkerd
	names := map[string]string{"w3c": "W3C headers", "b3multi": "B3 headers"}
	does := "understands none but " + names[strings.Join(m.Product.Strs("propagation").Value, "")]
	if slices.Contains(m.Product.Strs("propagation").Value, headers) {
		does = "hangs its spans in the wrong place by them"
	}
	c.Report(at, diag.Diagnostic{
		Message: fmt.Sprintf("%s writes %s, and Linkerd %s %s", ingress, names[headers], m.Product.Version.Value, does),
		Help:    help + ", or write linkerd: version: \"" + m.Product.With("w3cParents", true) + "\" or later",
		Related: []diag.Related{{Message: "the mesh's version", Position: m.Product.PinnedAt.Position}},
	}, m.Product.Version)
}

var controlPlane = &Rule{
	Code: "TG066",
	Name: "Linkerd's chart",
	Doc:  "the settings of tracing go to a chart that has them, and the control plane, which needs the user's trust anchors, is installed by the user",
	Run: func(c *Context) {
		m, in := c.Linkerd, c.Topology.Linkerd
		if m == nil || m.Tracing.Value != "proxy" {
			return
		}
		if d := in.Delivery; m.InTree() && d != nil && d.DeliverRelease != nil {
			c.Report(d.DeliverRelease.Kind.Place, diag.Diagnostic{
				Message: fmt.Sprintf("the control plane of Linkerd %s needs the trust anchors and the issuer, which a topology does not have: its release would never render", in.Version.Value),
				Help:    `write kind: "component", with the name and namespace of your own HelmRelease of linkerd-control-plane, or kind: "none"`,
			}, leaf(d.DeliverRelease.Kind), m.Tracing)
		}
		if m.Chart != nil && m.Str("collectorNamespaceKey").Value == "" {
			c.Report(m.PinnedAt.Place, diag.Diagnostic{
				Message: fmt.Sprintf("linkerd-control-plane %s is not of Linkerd %s: it does not have the settings of the proxies' tracing", m.Version.Value, in.Version.Value),
				Help:    "write " + m.Pin(m.Product.Str("controlPlaneChart").Value) + ", or leave chart out",
				Related: []diag.Related{{Message: "Linkerd's own version", Position: in.Version.Position}},
			}, m.Version, m.Tracing)
		}
	},
}

var trustDomain = &Rule{
	Code: "TG067",
	Name: "trust domain",
	Doc:  "the proxies know who receives their spans by the identity that it has",
	Run: func(c *Context) {
		m, in := c.Linkerd, c.Topology.Linkerd
		if m == nil || m.Tracing.Value != "proxy" || !in.TrustDomain.Present() || in.TrustDomain.Value == c.Domain.Value {
			return
		}
		if builds := m.Str("identityDomain"); builds.Value == "clusterDomain" {
			c.Report(in.TrustDomain.Place, diag.Diagnostic{
				Message: fmt.Sprintf("linkerd-control-plane %s ends the identity of who receives with the cluster's domain, %s, and the mesh issues identities of %s: no proxy would send a span", m.Version.Value, c.Domain.Value, in.TrustDomain.Value),
				Help:    "write " + plan.CUE("linkerd.chart.version", m.With("identityDomain", "trustDomain")) + " or later",
				Related: []diag.Related{{Message: "the chart's version follows from this", Position: m.PinnedAt.Position}},
			}, leaf(in.TrustDomain), builds, c.Domain)
		}
	},
}

var plainSenders = &Rule{
	Code: "TG068",
	Name: "senders without TLS",
	Doc:  "what can send spans in plain text only does not send them to a receiver that speaks TLS",
	Run: func(c *Context) {
		if m := c.Linkerd; m != nil && m.Export.Endpoint.TLS.Value {
			c.plain(c.Topology.Linkerd.Version.Place, "Linkerd's proxies send", "linkerd.to", m.Export)
		}
		if x := c.Nginx; x != nil && x.Export.Endpoint.TLS.Value {
			c.plain(x.PinnedAt.Place, "ingress-nginx sends", "ingressNginx.export.to", x.Export)
		}
	},
}

func (c *Context) plain(at topology.Place, who, to string, e plan.Edge) {
	c.Report(at, diag.Diagnostic{
		Message: who + " spans in plain text, and the collector's receivers speak TLS: it would refuse each connection",
		Help:    "write " + plan.CUE(to, "tempo") + ", or leave collector.tls out",
		Related: c.receiverTLS(),
	}, e.Endpoint.TLS)
}

// receiverTLS points to where the input has the collector's receivers speak TLS.
func (c *Context) receiverTLS() []diag.Related {
	if c.Topology.Collector == nil || c.Topology.Collector.Tls == nil {
		return nil
	}
	return []diag.Related{{Message: "the receivers speak TLS", Position: c.Topology.Collector.Tls.Position}}
}

var meshed = &Rule{
	Code: "TG069",
	Name: "meshed namespaces",
	Doc:  "what must be meshed can be, and is not kept from it",
	Run: func(c *Context) {
		if c.Linkerd == nil {
			return
		}
		for _, p := range c.Topology.Linkerd.SkipInboundPorts {
			if to := c.Linkerd.Export.Endpoint.Port; to.Value == p.Value {
				c.Report(p.Place, diag.Diagnostic{
					Message: fmt.Sprintf("the proxies send their spans to port %d, by TLS between proxies, and the one of who receives them would be bypassed there: no span of theirs would arrive", p.Value),
					Help:    "leave it out",
					Related: []diag.Related{{Message: "the proxies send there", Position: c.Topology.Linkerd.Version.Position}},
				}, leaf(p), to)
			}
		}
		if in := c.Topology.Linkerd.Ingress; in.Present() && !c.ingress() {
			c.Report(in.Place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("%s says how the ingress is meshed, and the topology has none", in.Path),
				Help:     `leave it out, or add traefik: {chart: version: "…", export: protocol: "…"}`,
			}, leaf(in))
		}
		for _, n := range c.Linkerd.Meshed {
			if !n.Made {
				c.unmade(n)
				continue
			}
			c.contradicted(n)
			c.endless(n)
		}
	},
}

// unmade is for a namespace that somebody else makes.
func (c *Context) unmade(n plan.Meshed) {
	var add []string
	for _, a := range n.Annotations {
		add = append(add, fmt.Sprintf("%s: %q", a.Key, a.Value.Value))
	}
	// Any name that is not known may be this one.
	user, _ := c.Topology.Namespaces.Get(n.Name.Value)
	restsOn := []fact.Any{n.Name, leaf(user.Create)}
	for _, r := range c.Releases {
		restsOn = append(restsOn, r.Namespace)
	}
	for _, e := range c.Topology.Namespaces {
		restsOn = append(restsOn, leaf(e.Key))
	}
	c.Report(n.At, diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("the namespace %s must be meshed, and the tree does not make it, so that nothing here annotates it", n.Name.Value),
		Help:     "annotate it where it is made with " + strings.Join(add, " and ") + ", and ignore " + c.rule.Code + " with that as the reason",
	}, restsOn...)
}

// contradicted is for annotations of the user's own.
func (c *Context) contradicted(n plan.Meshed) {
	user, _ := c.Topology.Namespaces.Get(n.Name.Value)
	for _, own := range n.Annotations {
		if said, ok := user.Annotations.Get(own.Key); ok && said.Value != own.Value.Value {
			c.Report(said.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%s is %q, and the namespace must have %q there", said.Path, said.Value, own.Value.Value),
				Help:    "leave it out",
				Related: []diag.Related{{Message: "it must be meshed because of this", Position: n.At.Position}},
			}, leaf(said), own.Value)
		}
	}
}

// endless is for the Jobs of charts, which do not end where a proxy runs beside
// them that is not a native sidecar: the release waits for them in vain.
func (c *Context) endless(n plan.Meshed) {
	for _, r := range c.Releases {
		if r.Namespace.Value != n.Name.Value || !r.InTree() {
			continue
		}
		what, help := "", `give it a namespace of its own`
		switch {
		case r == c.Tempo.Release && c.Store.Placement == "subchart":
			what, help = "the Minio subchart of tempo-distributed", `write store: placement: "cluster", whose Jobs are kept out of the mesh`
		case r.ChartName == "kube-prometheus-stack":
			what = r.ChartName
		default:
			continue
		}
		c.Report(said(r.Namespace), diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("%s runs a Job in the namespace %s, which is meshed: with a proxy that is no native sidecar the Job never ends, and the release waits for it in vain", what, n.Name.Value),
			Help:     help + ", or run the proxies as native sidecars and ignore " + c.rule.Code,
			Related:  []diag.Related{{Message: "the namespace is meshed because of this", Position: n.At.Position}},
		}, r.Namespace, n.Name)
	}
}
