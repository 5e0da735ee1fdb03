package generator

import "strings"

// nginxRetired is for cases that are about something else.
const nginxRetired = "\n" + `ignore: TG072: "another case"`

// The other ingress.
var nginxCases = []ruleCase{
	overridden("ingressNginx", "controller: config: null", grafana12+`
loki: {kind: "address", host: "loki.example.com", logs: streamValue: "ingress-nginx"}
ingressNginx: chart: version: "4.15.1"`+nginxRetired,
		"sets controller.config.log-format-upstream", "leave it out of values"),
	{
		code: "TG019", name: "ingress-nginx",
		profile: `cluster: kind: "kind"
ingressNginx: {
	chart: version: "4.15.1"
	service: "LoadBalancer" // here
}` + nginxRetired,
		path:    "ingressNginx.service",
		message: []string{"ingress-nginx's Service is of type LoadBalancer"},
		help:    []string{`"NodePort"`},
	},
	{
		code: "TG028", name: "ingress-nginx without a log", warns: true,
		profile: grafana12 + `
loki: {kind: "address", host: "loki.example.com", logs: streamValue: "ingress-nginx"}
ingressNginx: {
	chart: version: "4.15.1"
	accessLog: enabled: false // here
}` + nginxRetired,
		path:    "ingressNginx.accessLog.enabled",
		message: []string{"no access log"},
		help:    []string{"leave enabled out"},
	},
	{
		code: "TG028", name: "another ingress's stream", warns: true,
		profile: grafana12 + `
loki: {kind: "address", host: "loki.example.com", logs: { // here
	shape: "json"
}}
ingressNginx: chart: version: "4.15.1"` + nginxRetired,
		path:    "loki.logs.streamValue",
		message: []string{"the stream traefik", "the ingress is ingress-nginx"},
		help:    []string{"streamValue"},
	},
	{
		code: "TG039", name: "ingress-nginx logs a secret", warns: true,
		profile: `ingressNginx: {
	chart: version: "4.15.1"
	accessLog: keepHeaders: [
		"Authorization", // here
	]
}` + nginxRetired,
		path:    "ingressNginx.accessLog.keepHeaders[0]",
		message: []string{"the header Authorization would be logged"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG065", name: "ingress-nginx before a mesh with B3",
		profile: oldTempo[1:] + `
linkerd: version: "2.12.2"
ingressNginx: {
	chart: version: "4.8.3" // here
}` + nginxRetired,
		path:    "ingressNginx.chart.version",
		message: []string{"ingress-nginx 4.8.3 writes W3C headers", "understands none but B3"},
		help:    []string{`"zipkin"`, `"2.13.4"`},
	},
	{
		code: "TG070", name: "OpenTracing that is gone",
		profile: `ingressNginx: {
	chart: version: "4.15.1"
	export: protocol: "zipkin" // here
}` + nginxRetired,
		path:    "ingressNginx.export.protocol",
		message: []string{"ingress-nginx 4.15.1 has dropped OpenTracing"},
		help:    []string{`"otlp-grpc"`},
	},
	{
		code: "TG070", name: "before OpenTelemetry",
		profile: `ingressNginx: {
	chart: version: "4.4.2" // here
}` + nginxRetired,
		path:    "ingressNginx.chart.version",
		message: []string{"ingress-nginx 4.4.2 knows no OpenTelemetry"},
		help:    []string{`"zipkin"`, "4.6.0"},
	},
	{
		code: "TG070", name: "before OpenTelemetry, and said so",
		profile: `ingressNginx: {
	chart: version: "4.4.2"
	export: protocol: "otlp-grpc" // here
}` + nginxRetired,
		path:    "ingressNginx.export.protocol",
		message: []string{"ingress-nginx 4.4.2 knows no OpenTelemetry"},
		help:    []string{`"zipkin"`, "4.6.0"},
	},
	{
		code: "TG071", name: "Traefik and ingress-nginx",
		profile: strings.TrimSpace(traefik3) + `
ingressNginx: { // here
	chart: version: "4.15.1"
}` + nginxRetired,
		path:    "ingressNginx",
		message: []string{"two ingresses"},
		help:    []string{"leave out traefik or ingressNginx"},
	},
	{
		code: "TG072", name: "no more fixes", warns: true,
		profile: `ingressNginx: {
	chart: version: "4.15.1" // here
}`,
		path:    "ingressNginx.chart.version",
		message: []string{"retired", "March 2026"},
		help:    []string{"traefik", "ignore TG072"},
	},
}
