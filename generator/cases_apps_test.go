package generator

// app is an application that is told where to send, without its braces.
const app = `namespace: "web", workloads: [{name: "web", container: "web"}], protocol: "otlp-grpc"`

// appIngress is one that names the ingress's class.
const appIngress = "\napps: web: {" + app + `, ingress: {host: "a.example.com", service: "web"}}`

var appsCases = []ruleCase{
	overridden("traefik", "ingressClass: name: \"edge\"", appIngress+traefik3,
		"sets ingressClass.name, which is traefik because apps/web/ingress.yaml#spec.ingressClassName relies", "leave it out of values"),
	overridden("traefik", "ingressClass: enabled: false", appIngress+traefik3,
		"sets ingressClass.enabled, which is true because apps/web/ingress.yaml#", "leave it out of values"),
	overridden("traefik", "fullnameOverride: \"edge\"", appIngress+traefik3,
		"sets fullnameOverride, which is traefik because apps/web/ingress.yaml#", `write chart: fullname: "edge" instead`),
	{
		code: "TG010", name: "no such collector",
		profile: `apps: web: {
	` + app + `
	to: "collector" // here
}`,
		path:    "apps.web.to",
		message: []string{`"collector", and the topology has none`},
		help:    []string{`to: "tempo"`},
	},
	{
		code: "TG010", name: "no mesh to join",
		fill: []string{"2.19.0"},
		profile: `apps: web: {
	` + app + `
	mesh: true // here
}`,
		path:    "apps.web.mesh",
		message: []string{"no mesh"},
		help:    []string{"linkerd"},
	},
	{
		code: "TG010", name: "a receiver that is gone",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4"}
apps: web: {
	namespace: "web", workloads: [{name: "web", container: "web"}]
	protocol: "opencensus" // here
}`,
		path:    "apps.web.protocol",
		message: []string{"tempo 2.2.4 has no receiver opencensus"},
		help:    []string{"otlp-grpc"},
	},
	{
		code: "TG062", name: "an authority that cannot be told", warns: true,
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", tls: {secret: "tls", caSecret: "ca"}}
apps: web: {
	namespace: "web", workloads: [{name: "web", container: "web"}]
	protocol: "zipkin" // here
}`,
		path:    "apps.web.protocol",
		message: []string{"authority of its own", "zipkin"},
		help:    []string{"otlp-grpc"},
	},
	{
		code: "TG062", name: "no name",
		profile: `apps: {
	"Web Site": {` + app + `} // here
}`,
		path:    `apps."Web Site"`,
		message: []string{"name of a directory"},
		help:    []string{"lower-case letters"},
	},
	{
		code: "TG062", name: "TLS that cannot be told",
		then: "TG010 TG030",
		profile: `collector: {kind: "alloy", chart: version: "0.12.5", tls: secret: "tls"}
apps: web: {
	namespace: "web", workloads: [{name: "web", container: "web"}]
	protocol: "opencensus" // here
}`,
		path:    "apps.web.protocol",
		message: []string{"TLS"},
		help:    []string{`to: "tempo"`},
	},
	{
		code: "TG062", name: "told twice",
		profile: `apps: web: {
	namespace: "web", protocol: "otlp-grpc"
	workloads: [
		{name: "web", container: "web"},
		{name: "web", container: "web"}, // here
	]
}`,
		path:    "apps.web.workloads[1].name",
		message: []string{"twice"},
		help:    []string{"leave one"},
	},
	{
		code: "TG062", name: "a name that nobody reads",
		profile: `tempo: {mode: "distributed", chart: version: "1.61.3"}
apps: web: {
	namespace: "web", protocol: "opencensus"
	workloads: [{
		name: "web", container: "web"
		serviceName: "web" // here
	}]
}`,
		path:    "apps.web.workloads[0].serviceName",
		message: []string{"OpenCensus"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG062", name: "propagators that nobody reads",
		profile: `apps: web: {
	` + app + `
	variable: "COLLECTOR"
	propagators: [
		"b3multi", // here
	]
}`,
		path:    "apps.web.propagators[0]",
		message: []string{"OpenTelemetry's variables"},
		help:    []string{"leave them out"},
	},
	{
		code: "TG062", name: "another language",
		profile: traefik3[1:] + `
apps: web: {
	` + app + `
	propagators: [
		"b3multi", // here
	]
}`,
		path:    "apps.web.propagators[0]",
		message: []string{"tracecontext"},
		help:    []string{`"tracecontext"`},
		warns:   true,
	},
	{
		code: "TG062", name: "one address",
		profile: traefik3[1:] + `
apps: {
	one: {` + app + `, ingress: {host: "a.example.com", service: "web", path: "/x"}}
	two: {
		namespace: "web", workloads: [{name: "other", container: "web"}], protocol: "otlp-grpc"
		ingress: {
			service: "web", path: "/x/"
			host: "a.example.com" // here
		}
	}
}`,
		path:    "apps.two.ingress.host",
		message: []string{"one answers to a.example.com/x/ already"},
		help:    []string{"another host or path"},
	},
	{
		code: "TG062", name: "no ingress",
		fill: []string{"39.0.7", "otlp-http"},
		profile: `apps: web: {
	` + app + `
	ingress: { // here
		host: "a.example.com", service: "web"
	}
}`,
		path:    "apps.web.ingress",
		message: []string{"no ingress"},
		help:    []string{"traefik"},
	},
	{
		code: "TG062", name: "nothing to ask",
		then: "TG062",
		profile: `apps: web: {
	` + app + `
	smoke: {} // here
}`,
		path:    "apps.web.smoke",
		message: []string{"no Ingress"},
		help:    []string{"ingress:"},
	},
	{
		code: "TG062", name: "asked beside it",
		profile: traefik3[1:] + `
apps: web: {
	` + app + `
	ingress: {host: "a.example.com", service: "web", path: "/x"}
	smoke: {
		path: "/xy" // here
	}
}`,
		path:    "apps.web.smoke.path",
		message: []string{"asks for /xy"},
		help:    []string{`"/x"`},
	},
}
