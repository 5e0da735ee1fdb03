package plan

import (
	"slices"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// App is an application of the user's that sends spans.
type App struct {
	Name        string
	In          topology.App
	Namespace   fact.String
	Export      Edge
	Env         []Pair      // what each of its containers is told
	Annotations []Pair      // of its pods
	CADir       fact.String // where the authority that it trusts is mounted; empty without one
	Ingress     *AppIngress
	SmokeURL    fact.String // what the k6 script asks for
}

// AppIngress is how people reach an application.
type AppIngress struct {
	Host        fact.String
	Path        fact.String
	Service     fact.String
	Port        fact.Int
	Class       fact.String // empty where the ingress takes an Ingress without
	Annotations []Pair
	Secure      bool // whether it is reached by HTTPS
}

func (l *linker) apps() {
	for _, e := range l.t.Apps {
		a := &App{Name: e.Key.Value, In: e.Value, Namespace: of(e.Value.Namespace)}
		a.Export = l.send(a.In.Protocol, a.In.To)
		l.tell(a)
		l.joinMesh(a)
		if in := a.In.Ingress; in != nil {
			l.reach(a, in)
		}
		l.Apps = append(l.Apps, a)
	}
}

// joinMesh has the application's pods meshed.
func (l *linker) joinMesh(a *App) {
	in := a.In.Mesh
	switch {
	case !in.Value:
	case l.Linkerd != nil:
		a.Annotations = l.Linkerd.podAnnotations(l.t.Linkerd, of(in))
	default:
		l.dangling(in.Place, in.Path+" is true, and the topology has no mesh",
			`add linkerd: version: "…", or leave it out`)
	}
}

// tell settles the environment of an application. The names are those of the
// OpenTelemetry specification (1.20, the last with an exporter for Jaeger), and
// of OpenCensus, as emojivoto reads it.
func (l *linker) tell(a *App) {
	protocol, to := a.Export.Protocol, a.Export.Endpoint
	set := func(key, value string) {
		a.Env = append(a.Env, Pair{key, fact.Derive(value, protocol)})
	}
	address := func(key string, value fact.String) {
		if v := a.In.Variable; v.Present() {
			a.Env = []Pair{{v.Value, fact.Derive(value.Value, value, of(v))}}
			return
		}
		a.Env = append([]Pair{{key, value}}, a.Env...)
	}
	trust := func() {
		if secret := a.Export.CASecret; secret.Value != "" {
			a.CADir = fact.Derive(caDir, secret)
			a.Env = append(a.Env, Pair{"OTEL_EXPORTER_OTLP_CERTIFICATE", fact.Derive(caDir+"/ca.crt", secret)})
		}
	}
	switch protocol.Value {
	case "otlp-grpc":
		trust()
		set("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
		address("OTEL_EXPORTER_OTLP_ENDPOINT", to.URL(""))
	case "otlp-http":
		trust()
		set("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
		address("OTEL_EXPORTER_OTLP_ENDPOINT", to.URL(""))
	case "zipkin":
		set("OTEL_TRACES_EXPORTER", "zipkin")
		address("OTEL_EXPORTER_ZIPKIN_ENDPOINT", to.URL("/api/v2/spans"))
	case "jaeger-thrift-http":
		set("OTEL_TRACES_EXPORTER", "jaeger")
		set("OTEL_EXPORTER_JAEGER_PROTOCOL", "http/thrift.binary")
		address("OTEL_EXPORTER_JAEGER_ENDPOINT", to.URL("/api/traces"))
	case "opencensus":
		address("OC_AGENT_HOST", to.Address())
		return // which reads no OTEL_PROPAGATORS
	}
	if p := l.propagators(a); p.Value != "" {
		a.Env = append(a.Env, Pair{"OTEL_PROPAGATORS", p})
	}
}

// propagators is what an application says, else what the ingress or the mesh
// speaks where that is not what every SDK speaks by default.
func (l *linker) propagators(a *App) fact.String {
	var names []string
	var from []fact.Any
	for _, p := range a.In.Propagators {
		names, from = append(names, p.Value), append(from, of(p))
	}
	if spoken := l.Propagation(); len(names) == 0 && spoken.Value == "b3multi" {
		return fact.Derive("b3multi", spoken)
	}
	return fact.Derive(strings.Join(names, ","), from...)
}

// reach settles the Ingress of an application.
func (l *linker) reach(a *App, in *topology.AppIngress) {
	x := &AppIngress{Host: of(in.Host), Path: of(in.Path), Service: of(in.Service), Port: of(in.Port)}
	a.Ingress = x
	if !slices.ContainsFunc(l.Hosts, func(h fact.String) bool { return h.Value == x.Host.Value }) {
		l.Hosts = append(l.Hosts, x.Host)
	}
	if t := l.Traefik; t != nil && t.Chart != nil {
		l.throughTraefik(x, in)
	}
	if n := l.Nginx; n != nil && n.Chart != nil && l.Linkerd != nil {
		// nginx would resolve the Service by itself, past the proxy (Linkerd's
		// documentation, handling ingress traffic).
		x.Annotations = append(x.Annotations, Pair{"nginx.ingress.kubernetes.io/service-upstream", fact.Derive("true", n.Version, l.Linkerd.Product.Version)})
	}
	x.Class = l.ingressClass(in.Class)
	for _, e := range in.Annotations {
		x.Annotations = append(x.Annotations, Pair{e.Key.Value, of(e.Value)})
	}
	if s := a.In.Smoke; s != nil {
		a.SmokeURL = l.fromOutside(x.Host, x.Secure, of(s.Path))
	}
}

// ingressClass is the class of an Ingress: what the input says of it, else that
// of the topology's ingress. Traefik's chart makes one from 19.0.0 on, called by
// its full name; before, Traefik takes what has none.
func (l *linker) ingressClass(in topology.String) fact.String {
	switch {
	case in.Present():
		return of(in)
	case l.Nginx != nil && l.Nginx.Chart != nil:
		return of(l.t.IngressNginx.Class).Named("ingress.class")
	case l.Traefik != nil && l.Traefik.Chart != nil:
		if on := l.Traefik.Bool("ingressClassOn"); on.Value {
			return fact.Derive(l.Traefik.Fullname.Value, l.Traefik.Fullname, on).Named("ingress.class")
		}
	}
	return fact.String{}
}

// throughTraefik names the entry point.
func (l *linker) throughTraefik(x *AppIngress, in *topology.AppIngress) {
	entry := fact.Const("web", "plan: the entry point for HTTP")
	if in.EntryPoint.Present() {
		entry = of(in.EntryPoint)
	}
	const router = "traefik.ingress.kubernetes.io/router."
	x.Secure = entry.Value == "websecure"
	x.Annotations = append(x.Annotations, Pair{router + "entrypoints", entry})
	if x.Secure {
		x.Annotations = append(x.Annotations, Pair{router + "tls", fact.Derive("true", entry)})
	}
}

// fromOutside is an address at the ingress as the machine's owner types it.
func (l *linker) fromOutside(host fact.String, secure bool, path fact.String) fact.String {
	scheme, port, usual := "http", l.HostPorts.HTTP.Host, int64(80)
	if secure {
		scheme, port, usual = "https", l.HostPorts.HTTPS.Host, 443
	}
	if l.HostPorts.On && port.Value != usual {
		return fact.Sprintf(scheme+"://%s:%d%s", host, port, path)
	}
	return fact.Sprintf(scheme+"://%s%s", host, path)
}
