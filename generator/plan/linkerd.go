package plan

import (
	"cmp"
	"fmt"
	"slices"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Linkerd is the mesh. Its proxies never begin a trace: they add a span where a
// request has trace headers that they understand and whose sampling says so
// (linkerd/trace-context of the proxy, 2.197). So what is sampled is decided at
// the root, and nothing about it is said here.
type Linkerd struct {
	*Release             // of the chart that has the settings of tracing
	Product  *Release    // Linkerd itself by its own version: facts about it, and none of the releases
	Tracing  fact.String // jaeger, the extension, or proxy, the control plane's own settings
	Export   Edge
	Sends    fact.String // what the proxies send by: opencensus or opentelemetry
	Receiver *Release    // who receives their spans; nil where nobody can
	Account  fact.String // the ServiceAccount by which the proxies know who receives
	Domain   fact.String // the domain that ends that identity; empty where the chart's default is right
	Meshed   []Meshed
}

// Meshed is a namespace that must be meshed, and the part of the input that
// demands it.
type Meshed struct {
	Name        fact.String
	At          topology.Place
	Annotations []Pair
	Made        bool // by the tree, so that it can be annotated
}

func (l *linker) linkerd() {
	in := l.t.Linkerd
	if in == nil {
		return
	}
	product := l.product(in)
	m := &Linkerd{Product: product, Tracing: product.Str("tracing")}
	l.Linkerd = m
	chartName, feature, namespace, delivery := "linkerd-jaeger", "jaegerChart", fact.Derive("linkerd-jaeger", m.Tracing), in.Delivery
	if m.Tracing.Value == "proxy" {
		chartName, feature, namespace = "linkerd-control-plane", "controlPlaneChart", product.Str("namespace")
		if delivery == nil {
			// A control plane needs the trust anchors, which are the user's.
			delivery = &topology.Delivery{DeliverComponent: &topology.DeliverComponent{}}
		}
	}
	pin := topology.Chart{Version: in.Version, Source: topology.String{Place: in.Place, Value: "HelmRepository", State: topology.Default}}
	pin.Version.Value = product.Str(feature).Value
	switch {
	case in.Chart != nil:
		pin.Version, pin.Repository = in.Chart.Version, in.Chart.Repository
	case product.Chart == nil:
		pin.Version.State = topology.Poisoned
	}
	m.Release = l.release(install{"linkerd", chartName, pin,
		absent(in.Release, in.Version, chartName), absent(in.Namespace, in.Version, namespace.Value), in.Values, delivery})
	if product.Chart == nil {
		m.Chart, m.Fullname.Poisoned, m.Repository.Poisoned = nil, true, true
	}
	l.meshExport(in)
	l.meshIdentity(in)
}

// absent gives a leaf a value that follows from another one, where the user gave
// none.
func absent(leaf, from topology.String, value string) topology.String {
	if !leaf.Present() {
		leaf.Value = value
		if from.State == topology.Poisoned {
			leaf.State = topology.Poisoned
		}
	}
	return leaf
}

// product looks Linkerd's own version up.
func (l *linker) product(in *topology.Linkerd) *Release {
	r := &Release{Component: "linkerd", ChartName: "linkerd", Version: of(in.Version), PinnedAt: in.Version}
	if in.Version.State == topology.Poisoned {
		return r
	}
	c, _ := chart.Find("linkerd")
	v := c.At(in.Version.Value)
	d := diag.Diagnostic{Path: in.Version.Path, Position: in.Version.Position}
	switch v.Known() {
	case chart.Older:
		d.Code = CodeOldChart
		d.Message = fmt.Sprintf("Linkerd %s is older than what is known, which begins at %s", in.Version.Value, c.Oldest())
		d.Help = fmt.Sprintf("write version: %q or a later one", c.Oldest())
		l.diags.Add(d)
		return r
	case chart.Newer:
		d.Code, d.Severity = CodeNewChart, diag.Warning
		d.Message = fmt.Sprintf("Linkerd %s is newer than what is known, which ends at %s; the facts of that version are used", in.Version.Value, c.Newest())
		d.Help = fmt.Sprintf("read Linkerd's release notes, or write version: %q", c.Newest())
		l.diags.Add(d)
	case chart.Within:
		if near, ok := c.Nearest(in.Version.Value); !ok && in.Chart == nil {
			d.Code, d.Severity = CodeNoRelease, diag.Warning
			d.Message = fmt.Sprintf("which chart belongs to Linkerd %s is not known; that of %s is taken", in.Version.Value, near)
			d.Help = `write linkerd: chart: version: "…", the one that you have`
			l.diags.Add(d)
		}
	}
	r.Chart = v
	return r
}

// meshProtocols are what the proxies can send by, the better one first, and the
// receiver that takes it.
var meshProtocols = [][2]string{{"opentelemetry", "otlp-grpc"}, {"opencensus", "opencensus"}}

// meshExport settles who receives the proxies' spans, and by which protocol:
// the collector, or Tempo where there is none that they can send to.
func (l *linker) meshExport(in *topology.Linkerd) {
	m := l.Linkerd
	m.Export.Endpoint = nowhere()
	speaks := m.Product.Strs("jaegerProtocols")
	why := fact.Any(fact.Derive(true, speaks, m.Product.Version))
	if in.To.Present() {
		why = fact.Derive(true, speaks, m.Product.Version, of(in.To))
	}
	if _, poisoned := why.Source(); poisoned {
		m.Account.Poisoned, m.Sends.Poisoned = true, true
		return
	}
	if in.To.Value == "collector" && l.Collector == nil {
		m.Account.Poisoned, m.Sends.Poisoned = true, true
		l.noCollector(in.To)
		return
	}
	type receiver struct {
		release   *Release
		receivers *Receivers
		account   fact.String
		ca        fact.String
	}
	tempo := receiver{l.Tempo.Release, &l.Tempo.Receivers, l.Tempo.ServiceAccount, fact.String{}}
	to := []receiver{tempo}
	if l.Collector != nil {
		collector := receiver{l.Collector.Release, &l.Collector.Receivers, l.Collector.ServiceAccount, l.Collector.CASecret}
		switch in.To.Value {
		case "tempo":
		case "collector":
			to = []receiver{collector}
		default:
			to = []receiver{collector, tempo}
		}
	}
	for _, r := range to {
		if r.release.Chart == nil { // nothing is known of its receivers
			m.Account.Poisoned, m.Sends.Poisoned = true, true
			return
		}
		for _, p := range meshProtocols {
			if !slices.Contains(speaks.Value, p[0]) || !r.receivers.has(p[1]) {
				continue
			}
			m.Sends = fact.Derive(p[0], why)
			m.Export.Protocol = fact.Derive(p[1], why)
			m.Export.Endpoint, _ = r.receivers.open(p[1], why)
			m.Export.CASecret = r.ca
			m.Receiver, m.Account = r.release, r.account
			return
		}
	}
	m.Account.Poisoned, m.Sends.Poisoned = true, true
	l.nobodyListens(in, to[len(to)-1].release)
}

// nobodyListens is for proxies that speak OpenCensus alone, and a receiver that
// dropped it.
func (l *linker) nobodyListens(in *topology.Linkerd, to *Release) {
	help := "write " + l.Linkerd.Product.Pin(l.Linkerd.Product.With("jaegerProtocol", "opentelemetry")) + " or later, whose proxies send OTLP"
	switch {
	case l.Collector != nil && to == l.Collector.Release:
		help += `, or linkerd: to: "tempo" with a Tempo that has an opencensus receiver`
	case to.Knows("key.opencensus"):
		key := "tempo.receivers.opencensus"
		if l.Tempo.Distributed {
			key = "traces.opencensus"
		}
		help += fmt.Sprintf(", or %s, the last that has the receiver", to.Pin(to.With("key.opencensus", key)))
	}
	at := in.Version.Place
	if in.To.Present() {
		at = in.To.Place
	}
	l.diags.Add(diag.Diagnostic{
		Code:     CodeDangling,
		Message:  fmt.Sprintf("the proxies of Linkerd %s send OpenCensus alone, and %s %s has no receiver for it", in.Version.Value, to.ChartName, to.Version.Value),
		Path:     at.Path,
		Position: at.Position,
		Related:  []diag.Related{{Message: "the receiver's version is pinned here", Position: to.PinnedAt.Position}},
		Help:     help,
	})
}

// meshIdentity settles the domain that ends the receiver's identity. The
// extension has a value for it; the control plane builds it from its own.
func (l *linker) meshIdentity(in *topology.Linkerd) {
	const usual = "cluster.local" // the chart's default, through all its versions
	m := l.Linkerd
	m.Domain = l.Plan.Domain
	if in.TrustDomain.Present() {
		m.Domain = of(in.TrustDomain)
	}
	if m.Domain.Value == usual && !m.Domain.Poisoned {
		m.Domain = fact.Derive("", m.Domain)
	}
}

// mesh settles what is meshed: the namespace of who receives, which the proxies
// only send to when they know it by its identity, and those that the input
// lists. It comes after the namespaces.
func (l *linker) mesh() {
	m, in := l.Linkerd, l.t.Linkerd
	if m == nil {
		return
	}
	add := func(name fact.String, at topology.Place) {
		if !slices.ContainsFunc(m.Meshed, func(other Meshed) bool { return other.Name.Value == name.Value }) {
			m.Meshed = append(m.Meshed, Meshed{Name: name, At: at, Annotations: m.annotations(l.Plan, name)})
		}
	}
	if m.Receiver != nil {
		add(m.Receiver.Namespace, in.Place)
	}
	for _, n := range in.Inject {
		add(of(n), n.Place)
	}
	for i := range l.Namespaces {
		n := &l.Namespaces[i]
		if m.Tracing.Value == "jaeger" && n.Name.Value == m.Namespace.Value {
			n.Labels = merged(n.Labels, []Pair{{"linkerd.io/extension", fact.Derive("jaeger", m.Tracing, n.Name)}})
		}
		for j := range m.Meshed {
			if m.Meshed[j].Name.Value == n.Name.Value {
				m.Meshed[j].Made = true
				n.Annotations = merged(n.Annotations, m.Meshed[j].Annotations)
			}
		}
	}
	// A proxy gets its settings when its pod is made, from a webhook that fails
	// silently: the mesh comes before what is meshed.
	for _, r := range l.Releases {
		ingress := l.Traefik != nil && r == l.Traefik.Release || l.Nginx != nil && r == l.Nginx.Release
		if r != m.Release && (ingress || m.Meshes(r.Namespace)) {
			r.needs(m.Release, m.Product.Version)
		}
	}
}

// Meshes reports whether a namespace is meshed.
func (m *Linkerd) Meshes(namespace fact.String) bool {
	return slices.ContainsFunc(m.Meshed, func(n Meshed) bool { return n.Name.Value == namespace.Value })
}

// merged adds what the user has not said otherwise; a check compares the two.
func merged(user, own []Pair) []Pair {
	for _, p := range own {
		if !slices.ContainsFunc(user, func(u Pair) bool { return u.Key == p.Key }) {
			user = append(user, p)
		}
	}
	slices.SortStableFunc(user, func(a, b Pair) int { return cmp.Compare(a.Key, b.Key) })
	return user
}
