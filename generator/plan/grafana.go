package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Grafana is the front end.
type Grafana struct {
	*Release
	Kind     GrafanaKind
	TempoUID fact.String
	Sidecar  fact.Bool // whether the datasources come by a ConfigMap for its sidecar
	Can      Abilities
	People   People
}

// People is how people get in.
type People struct {
	Host      fact.String // of the Ingress; empty where there is none
	Class     fact.String // empty where the ingress takes an Ingress without
	TLSSecret fact.String // empty without TLS
	URL       fact.String
	Anonymous fact.Bool
	Admin     fact.String // Secret of the administrator; empty where there is none
	Resources *topology.Resources
	class     topology.String // in the input
}

// GrafanaKind is who brings Grafana.
type GrafanaKind int

const (
	UnknownGrafana  GrafanaKind = iota // load has found fault with it
	OwnChart                           // the chart grafana
	StackChart                         // kube-prometheus-stack, with Grafana inside
	GrafanaOperator                    // somebody, by the operator: the tree has objects, and no release
)

// Abilities are what the Grafana of the pinned version can do.
type Abilities struct {
	TracesToLogs    fact.String // generation of the link: v1 or v2
	TracesToMetrics fact.String // toggle or on
	LabelFields     fact.Bool   // whether a derived field can match a label
	ServiceMap      fact.Bool
	Streaming       fact.String // none, toggle or datasource
	TraceQL         fact.Bool
}

// Stack reports whether Grafana stands inside kube-prometheus-stack.
func (g *Grafana) Stack() bool { return g.Kind == StackChart }

func (l *linker) grafana() {
	g := l.t.Grafana
	if g == nil {
		return
	}
	l.Grafana = &Grafana{TempoUID: of(g.Uids.Tempo).Named("uid.tempo")}
	in := install{component: "grafana", chart: "grafana", namespace: g.Namespace}
	datasources := topology.String{}
	switch {
	case g.GrafanaChart != nil:
		c := g.GrafanaChart
		l.Grafana.Kind = OwnChart
		in.pin, in.name, in.values, in.delivery = c.Chart, c.Release, c.Values, c.Delivery
		datasources = c.Datasources
		l.people(c.Ingress, c.Anonymous, c.AdminSecret, c.Resources)
	case g.GrafanaStack != nil:
		c := g.GrafanaStack
		l.Grafana.Kind, in.chart = StackChart, "kube-prometheus-stack"
		in.pin, in.name, in.values, in.delivery = c.Chart, c.Release, c.Values, c.Delivery
		datasources = c.Datasources
		l.people(c.Ingress, c.Anonymous, c.AdminSecret, c.Resources)
	case g.GrafanaOperator != nil:
		l.operator(g.GrafanaOperator)
	default:
		in.pin.Version.State, in.name.State, in.namespace.State = topology.Poisoned, topology.Poisoned, topology.Poisoned
	}
	if l.Grafana.Kind != GrafanaOperator {
		l.Grafana.Release = l.release(in)
		l.Grafana.Can = abilities(l.Grafana.Release)
		l.Grafana.Sidecar = fact.Derive(datasources.Value == "sidecar", of(datasources))
	}
	if l.Loki != nil {
		l.Loki.UID = of(g.Uids.Loki).Named("uid.loki")
	}
}

func (l *linker) people(in *topology.WebIngress, anonymous topology.Bool, admin topology.String, resources *topology.Resources) {
	p := &l.Grafana.People
	p.Anonymous, p.Resources = of(anonymous), resources
	if admin.Present() {
		p.Admin = of(admin)
	}
	if in == nil {
		return
	}
	p.Host, p.class = of(in.Host), in.Class
	if in.TlsSecret.Present() {
		p.TLSSecret = of(in.TlsSecret)
	}
}

// webAddress settles how the ingress, which comes after Grafana, leads there, and
// what Grafana believes to be its own address, in the links that it hands out.
func (l *linker) webAddress() {
	if l.Grafana == nil || l.Grafana.People.Host.Value == "" {
		return
	}
	p := &l.Grafana.People
	l.Hosts = append(l.Hosts, p.Host)
	p.Class = l.ingressClass(p.class)
	url := l.fromOutside(p.Host, p.TLSSecret.Value != "", fact.Const("", "plan: Grafana is at the root of its host"))
	p.URL = url
	if p.TLSSecret.Value != "" {
		p.URL = fact.Derive(url.Value, url, p.TLSSecret)
	}
}

func abilities(r *Release) Abilities {
	return Abilities{
		TracesToLogs:    r.Str("tracesToLogs"),
		TracesToMetrics: r.Str("tracesToMetrics"),
		LabelFields:     r.Bool("derivedFieldLabel"),
		ServiceMap:      r.Bool("serviceMap"),
		Streaming:       r.Str("streaming"),
		TraceQL:         r.Bool("traceql"),
	}
}

// operator makes the directory of the operator's objects: a release that is
// nobody's, without values. The schema asks for the operator that installs
// Grafana 11.3 by itself, the first whose datasources have a uid of their own
// (grafana-operator 5.16.0, config of the Grafana image).
func (l *linker) operator(g *topology.GrafanaOperator) {
	r := &Release{
		Component: "grafana",
		Namespace: of(g.Namespace).Named("grafana.namespace"),
		Delivery:  Delivery{Way: ByOthers, Timeout: l.Flux.ReleaseTimeout},
	}
	const why = "plan: what Grafana 11.3 has, the oldest that the schema takes beside the operator"
	l.Grafana.Kind, l.Grafana.Release = GrafanaOperator, r
	l.Grafana.Can = Abilities{
		TracesToLogs:    fact.Const("v2", why),
		TracesToMetrics: fact.Const("on", why),
		LabelFields:     fact.Const(true, why),
		ServiceMap:      fact.Const(true, why),
		Streaming:       fact.Const("datasource", why),
		TraceQL:         fact.Const(true, why),
	}
	l.Releases = append(l.Releases, r)
}
