package generator

// The ingresses, the mesh, and what carries a trace through all of them.
var meshCases = []ruleCase{
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
