// Package plan resolves each reference of a topology once, into facts:
// endpoints, ports, uids, names. No later stage works out a host, a port or a
// URL again.
package plan

import (
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Plan is a topology with every reference resolved.
type Plan struct {
	Profile  string
	Topology *topology.Topology

	Domain     fact.String // DNS domain of the cluster
	Throwaway  fact.Bool   // whether credentials may stand in plain text
	Namespaces []Namespace // those that the tree makes, by name
	Releases   []*Release  // those that the tree has values for, by component

	Pods Pods // what holds for every chart's pods

	Store      Store
	Tempo      Tempo
	Traefik    *Traefik
	Nginx      *Nginx
	Linkerd    *Linkerd
	Collector  *Collector
	Grafana    *Grafana
	Loki       *Loki
	Prometheus *Prometheus
	Flux       Flux
	Secrets    *Secrets // nil where nothing is encrypted by SOPS
	HostPorts  HostPorts
	Apps       []*App
	Hosts      []fact.String // names by which people ask the ingress

	listeners []Listener
}

// Release returns the release of a component, or nil.
func (p *Plan) Release(component string) *Release {
	for _, r := range p.Releases {
		if r.Component == component {
			return r
		}
	}
	return nil
}

// Namespace is one that the tree makes.
type Namespace struct {
	Name        fact.String
	Labels      []Pair
	Annotations []Pair
}

// Pair is a key with its value.
type Pair struct {
	Key   string
	Value fact.String
}

// Release is one HelmRelease, and the directory of its component.
type Release struct {
	Component string         // such as tempo
	ChartName string         // such as tempo-distributed
	Chart     *chart.Version // what is known of the version; nil when it is unknown

	Version    fact.String
	Repository fact.String
	Source     Source
	Name       fact.String // releaseName
	Namespace  fact.String
	Fullname   fact.String // the first part of every name that the chart makes
	Named      bool        // whether the input says the full name

	Delivery Delivery
	Needs    []fact.String   // Flux Kustomizations that must be ready before it can start
	Values   topology.Open   // the user's overrides
	PinnedAt topology.String // chart.version in the input

	draft bool           // whether the plan has findings
	guess *chart.Version // stands for an unknown Chart in a draft
}

// Draft readies a plan that has findings for the emitters: what they make of it
// is judged, and thrown away. A chart that is not known lends them the keys of
// its newest release. Its features stay poisoned.
func (p *Plan) Draft() {
	releases := append(slices.Clone(p.Releases), p.Flux.Pinned)
	if p.Linkerd != nil {
		releases = append(releases, p.Linkerd.Product)
	}
	for _, r := range releases {
		r.draft = true
		if c, ok := chart.Find(r.ChartName); ok && r.Chart == nil {
			r.guess = c.At(c.Newest())
		}
	}
}

// feature is a fact about the pinned chart. On a release whose chart is not
// known, which has been reported, everything is poisoned; and so is, in a draft,
// what charts of another kind have.
func feature[T any](r *Release, name string, get func(*chart.Version, string) T) fact.Of[T] {
	if r.draft && !r.Knows(name) {
		return fact.Of[T]{Poisoned: true}
	}
	if r.Chart == nil {
		f := fact.Of[T]{Poisoned: true}
		if r.guess != nil {
			f.Value = get(r.guess, name)
		}
		return f
	}
	f := fact.Of[T]{Value: get(r.Chart, name)}
	f.Origin.Features = []string{r.Chart.Source(name)}
	return f
}

// Str, Int, Bool and Strs give features of the pinned chart as facts.
func (r *Release) Str(name string) fact.String { return feature(r, name, (*chart.Version).String) }

// Int gives a feature that is a whole number.
func (r *Release) Int(name string) fact.Int { return feature(r, name, (*chart.Version).Int) }

// Bool gives a feature that is true or false.
func (r *Release) Bool(name string) fact.Bool { return feature(r, name, (*chart.Version).Bool) }

// Strs gives a feature that is a list.
func (r *Release) Strs(name string) fact.Of[[]string] {
	return feature(r, name, (*chart.Version).Strings)
}

// named gives the name of an object of the release: the full name, and what a
// feature says that follows it.
func (r *Release) named(feature string) fact.String {
	suffix := r.Str(feature)
	name := r.suffixed(suffix)
	return fact.Derive(name.Value, name, suffix)
}

// suffixed is the full name with what the chart appends to it, without the dash.
func (r *Release) suffixed(suffix fact.String) fact.String {
	if suffix.Value == "" {
		return r.Fullname
	}
	return fact.Sprintf("%s-%s", r.Fullname, suffix)
}

// service is the cluster's DNS name of one of the release's Services. The
// suffix is what the chart appends to its fullname, without the dash.
func (p *Plan) service(r *Release, suffix fact.String) fact.String {
	return fact.Sprintf("%s.%s.svc.%s", r.suffixed(suffix), r.Namespace, p.Domain)
}

// Endpoint is where something listens.
type Endpoint struct {
	Host fact.String
	Port fact.Int
	TLS  fact.Bool
}

// inside is the endpoint of a Service in the cluster. Its facts are called by
// the name, as in tempo.query.host.
func (p *Plan) inside(name string, r *Release, suffix fact.String, port fact.Int) Endpoint {
	p.listen(name+".port", r, port)
	return Endpoint{
		Host: p.service(r, suffix).Named(name + ".host"),
		Port: port.Named(name + ".port"),
		TLS:  plainText(),
	}
}

// outside is the endpoint that the input says.
func outside(name string, host topology.String, port topology.Int, tls topology.Bool) Endpoint {
	return Endpoint{
		Host: of(host).Named(name + ".host"),
		Port: of(port).Named(name + ".port"),
		TLS:  of(tls),
	}
}

// nowhere is the endpoint of what is not there, or was not said rightly; the
// finding has been made.
func nowhere() Endpoint {
	return Endpoint{Host: fact.String{Poisoned: true}, Port: fact.Int{Poisoned: true}, TLS: fact.Bool{Poisoned: true}}
}

// Address is host:port, which S3 clients and gRPC take.
func (e Endpoint) Address() fact.String { return fact.Sprintf("%s:%d", e.Host, e.Port) }

// Scheme is http or https.
func (e Endpoint) Scheme() fact.String {
	if e.TLS.Value {
		return fact.Derive("https", e.TLS)
	}
	return fact.Derive("http", e.TLS)
}

// URL is the address with its scheme and a path. The scheme's own port is left
// out.
func (e Endpoint) URL(path string) fact.String {
	if e.Port.Value == 80 && !e.TLS.Value || e.Port.Value == 443 && e.TLS.Value {
		u := fact.Sprintf("%s://%s%s", e.Scheme(), e.Host, path)
		return fact.Derive(u.Value, u, e.Port)
	}
	return fact.Sprintf("%s://%s%s", e.Scheme(), e.Address(), path)
}

// Edge is where a component sends its spans.
type Edge struct {
	Protocol fact.String // otlp-grpc, otlp-http or zipkin
	Endpoint Endpoint
	CASecret fact.String // where the endpoint speaks TLS: the Secret, in the sender's namespace, with the authority's ca.crt
}

// Knows reports whether the table has a feature for the release's chart, at
// whatever version.
func (r *Release) Knows(name string) bool {
	return r.Chart != nil && r.Chart.Knows(name) || r.guess != nil && r.guess.Knows(name)
}

// Pin is what to write in a topology to pin a version of the release's chart.
func (r *Release) Pin(version string) string { return CUE(r.PinnedAt.Path, version) }

// CUE is how a text is written at a path of a topology.
func CUE(path, text string) string {
	return strings.ReplaceAll(path, ".", ": ") + ": " + strconv.Quote(text)
}

// With gives the nearest release of the chart at which a feature has a value, or
// any with nil, for a message that says what to pin.
func (r *Release) With(feature string, want any) string {
	if r.Chart == nil {
		return ""
	}
	return r.Chart.With(feature, want)
}
