package generator

// What Traefik is asked for.
var traefikCases = []ruleCase{
	{
		code: "TG019", name: "asked for",
		profile: `cluster: kind: "kind"
traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	service: "LoadBalancer" // here
}`,
		path:    "traefik.service",
		message: []string{"LoadBalancer"},
		help:    []string{`service: "NodePort"`},
	},
	{
		code: "TG024", name: "OTLP from v2",
		profile: `traefik: {
	chart: version: "27.0.2"
	export: protocol: "otlp-http" // here
}`,
		path:    "traefik.export.protocol",
		message: []string{"traefik 27.0.2 installs Traefik v2"},
		help:    []string{`"zipkin"`, "28.0.0"},
	},
	{
		code: "TG024", name: "Zipkin from v3",
		profile: `traefik: {
	chart: version: "39.0.7"
	export: protocol: "zipkin" // here
}`,
		path:    "traefik.export.protocol",
		message: []string{"traefik 39.0.7 installs Traefik v3"},
		help:    []string{`"otlp-http" or "otlp-grpc"`},
	},
	{
		code: "TG024", name: "internals of v2",
		profile: `traefik: {
	chart: version: "27.0.2"
	export: protocol: "zipkin"
	internals: true // here
}`,
		path:    "traefik.internals",
		message: []string{"traefik.internals is Traefik v3's"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG024", name: "W3C from v2",
		profile: `traefik: {
	chart: version: "27.0.2"
	export: protocol: "zipkin"
	propagation: "w3c" // here
}`,
		path:    "traefik.propagation",
		message: []string{"speaks B3 alone"},
		help:    []string{`"b3multi"`},
	},
	{
		code: "TG024", name: "before there was tracing",
		profile: `traefik: {
	chart: version: "10.28.0" // here
	export: protocol: "zipkin"
}`,
		path:    "traefik.chart.version",
		message: []string{"traefik 10.28.0 has no values for tracing"},
		help:    []string{"10.29.0"},
	},
	{
		code: "TG024", name: "empty files", warns: true,
		profile: `traefik: {
	chart: version: "39.0.0" // here
	export: protocol: "otlp-http"
}`,
		path:    "traefik.chart.version",
		message: []string{"traefik 39.0.0", "empty TLS files"},
		help:    []string{"39.0.1"},
	},
	{
		code: "TG024", name: "empty files beside no TLS",
		profile: `traefik: {
	chart: version: "39.0.0" // here
	export: protocol: "otlp-grpc"
}`,
		path:    "traefik.chart.version",
		message: []string{"traefik 39.0.0", "exits at its start"},
		help:    []string{"39.0.1"},
	},
	{
		code: "TG024", name: "attributes of v2",
		profile: `traefik: {
	chart: version: "27.0.2"
	export: protocol: "zipkin"
	resourceAttributes: {
		site: "home" // here
	}
}`,
		path:    "traefik.resourceAttributes.site",
		message: []string{"traefik.resourceAttributes is Traefik v3's"},
		help:    []string{"leave it out", "28.0.0"},
	},
	{
		code: "TG024", name: "captured headers of v2",
		profile: `traefik: {
	chart: version: "27.0.2"
	export: protocol: "zipkin"
	capturedRequestHeaders: [
		"User-Agent", // here
	]
}`,
		path:    "traefik.capturedRequestHeaders[0]",
		message: []string{"traefik.capturedRequestHeaders is Traefik v3's"},
		help:    []string{"leave it out", "28.0.0"},
	},
	{
		code: "TG024", name: "an attribute that is no flag",
		profile: `traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	resourceAttributes: {
		"a=b": "c" // here
	}
}`,
		path:    `traefik.resourceAttributes."a=b"`,
		message: []string{`"a=b" cannot be the name of an attribute`},
		help:    []string{"deployment.environment"},
	},
	{
		code: "TG028", name: "no access log", warns: true,
		profile: `traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	accessLog: enabled: false // here
}
grafana: {kind: "grafana", chart: version: "12.11.1"}
loki: {kind: "chart", chart: version: "6.27.0"}`,
		path:    "traefik.accessLog.enabled",
		message: []string{"no access log"},
		help:    []string{"leave enabled out"},
	},
	{
		code: "TG039", name: "a cookie", warns: true,
		profile: `traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	accessLog: keepHeaders: [
		"User-Agent",
		"Cookie", // here
	]
}`,
		path:    "traefik.accessLog.keepHeaders[1]",
		message: []string{"Cookie"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG039", name: "a secret in the spans", warns: true,
		profile: `traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	capturedRequestHeaders: [
		"Cookie", // here
	]
}`,
		path:    "traefik.capturedRequestHeaders[0]",
		message: []string{"the header Cookie would be in the spans"},
		help:    []string{"leave it out"},
	},
}
