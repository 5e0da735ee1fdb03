package generator

// oldTempo is the last chart of the monolithic Tempo whose Tempo has OpenCensus.
const oldTempo = "\n" + `tempo: {mode: "monolithic", chart: version: "1.24.4"}`

// tlsCollector speaks TLS to whoever sends to it.
const tlsCollector = `collector: {kind: "alloy", chart: version: "1.11.1", tls: {secret: "receiver", caSecret: "authority"}}`

// The mesh.
var meshCases = []ruleCase{
	{
		code: "TG010", name: "a mesh that sends to no collector",
		profile: `linkerd: {
	version: "2.19.0"
	to: "collector" // here
}`,
		path:    "linkerd.to",
		message: []string{`linkerd.to is "collector"`, "has none"},
		help:    []string{`to: "tempo"`},
	},
	{
		code: "TG010", name: "OpenCensus that Tempo has dropped",
		profile: `linkerd: {
	version: "2.12.2" // here
}`,
		path:    "linkerd.version",
		message: []string{"Linkerd 2.12.2 send OpenCensus alone", "tempo 2.2.4 has no receiver"},
		help:    []string{`"2.18.0"`, `chart: version: "2.2.0"`},
	},
	{
		code: "TG010", name: "OpenCensus that tempo-distributed has dropped",
		profile: `tempo: {mode: "distributed", chart: version: "2.26.2"}
linkerd: {
	version: "2.16.0" // here
}`,
		path:    "linkerd.version",
		message: []string{"tempo-distributed 2.26.2 has no receiver"},
		help:    []string{`chart: version: "2.23.4"`},
	},
	{
		code: "TG010", name: "OpenCensus to Alloy",
		profile: alloy1 + oldTempo + `
linkerd: {
	version: "2.12.2"
	to: "collector" // here
}`,
		path:    "linkerd.to",
		message: []string{"alloy 1.11.1 has no receiver"},
		help:    []string{`to: "tempo"`},
	},
	{
		code: "TG011", name: "a mesh before what is known",
		then: "TG010",
		profile: `linkerd: {
	version: "2.11.0" // here
}`,
		path:    "linkerd.version",
		message: []string{"Linkerd 2.11.0 is older"},
		help:    []string{`"2.12.0"`},
	},
	{
		code: "TG012", name: "a mesh after what is known", warns: true,
		profile: `linkerd: {
	version: "2.99.0" // here
}`,
		path:    "linkerd.version",
		message: []string{"Linkerd 2.99.0 is newer"},
		help:    []string{"release notes"},
	},
	overridden("tempo", "serviceAccount: name: \"traces\"", "\nlinkerd: version: \"2.19.0\""+tempo2,
		"sets serviceAccount.name, which is tempo because linkerd/values.yaml#proxy.tracing.collector.meshIdentity.serviceAccountName relies", "leave it out of values"),
	overridden("tempo", "serviceAccount: create: false", "\nlinkerd: version: \"2.12.2\""+oldTempo,
		"sets serviceAccount.create, which is true because linkerd/values.yaml#webhook.collectorSvcAccount relies", "leave it out of values"),
	overridden("collector", "serviceAccount: name: \"c\"", "\nlinkerd: version: \"2.19.0\""+alloy1,
		"sets serviceAccount.name, which is alloy because linkerd/values.yaml#", "leave it out of values"),
	overridden("linkerd", "proxy: tracing: collector: endpoint: \"elsewhere:4317\"", "\nlinkerd: version: \"2.19.0\"",
		"sets proxy.tracing.collector.endpoint", "change"),
	{
		code: "TG037", name: "a mesh whose chart is not known", warns: true,
		fill: []string{"2024.11.8"},
		profile: `linkerd: {
	version: "2.17.3" // here
}`,
		path:    "linkerd.version",
		message: []string{"Linkerd 2.17.3 is not known; that of 2.17.0"},
		help:    []string{"chart: version:"},
	},
	{
		code: "TG065", name: "W3C before a mesh with B3",
		profile: oldTempo[1:] + `
linkerd: version: "2.12.2"
traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-grpc"
	propagation: "w3c" // here
}`,
		path:    "traefik.propagation",
		message: []string{"traefik 39.0.7 writes W3C headers", "Linkerd 2.12.2 understands none but B3"},
		help:    []string{"leave it out", `"2.13.4"`},
	},
	{
		code: "TG065", name: "W3C before a mesh that loses the parent",
		profile: oldTempo[1:] + `
linkerd: version: "2.13.1"
traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-grpc"
	propagation: "w3c" // here
}`,
		path:    "traefik.propagation",
		message: []string{"Linkerd 2.13.1 hangs its spans in the wrong place"},
		help:    []string{`"2.13.4"`},
	},
	{
		code: "TG066", name: "a control plane of the tree",
		profile: `linkerd: {
	version: "2.19.0"
	delivery: kind: "release" // here
}`,
		path:    "linkerd.delivery.kind",
		message: []string{"needs the trust anchors"},
		help:    []string{`kind: "component"`, `kind: "none"`},
	},
	{
		code: "TG066", name: "another Linkerd's chart",
		profile: `linkerd: {
	version: "2.19.0"
	chart: version: "2025.4.4" // here
}`,
		path:    "linkerd.chart.version",
		message: []string{"linkerd-control-plane 2025.4.4 is not of Linkerd 2.19.0"},
		help:    []string{`chart: version: "2025.10.7"`},
	},
	{
		code: "TG067", name: "an identity that nobody has",
		profile: `linkerd: {
	version: "2.20.0"
	trustDomain: "mesh.example.com" // here
}`,
		path:    "linkerd.trustDomain",
		message: []string{"cluster.local", "mesh.example.com", "no proxy would send"},
		help:    []string{`"2026.7.1"`},
	},
	{
		code: "TG068", name: "proxies to a collector with TLS",
		then: "TG030",
		profile: tlsCollector + `
linkerd: {
	version: "2.19.0" // here
}`,
		path:    "linkerd.version",
		message: []string{"Linkerd's proxies send spans in plain text"},
		help:    []string{`to: "tempo"`},
	},
	{
		code: "TG068", name: "ingress-nginx to a collector with TLS",
		then: "TG030",
		profile: tlsCollector + `
ingressNginx: {
	chart: version: "4.15.1" // here
}` + nginxRetired,
		path:    "ingressNginx.chart.version",
		message: []string{"ingress-nginx sends spans in plain text"},
		help:    []string{`to: "tempo"`},
	},
	{
		code: "TG069", name: "an ingress that is not there", warns: true,
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]}
linkerd: {
	version: "2.19.0"
	ingress: "enabled" // here
}`,
		path:    "linkerd.ingress",
		message: []string{"the topology has none"},
		help:    []string{"leave it out", "traefik:"},
	},
	{
		code: "TG069", name: "the receiver's namespace is another's", warns: true,
		profile: `namespaces: {linkerd: {}, observability: create: false}
linkerd: { // here
	version: "2.19.0"
}`,
		path:    "linkerd",
		message: []string{"the namespace observability must be meshed"},
		help:    []string{`linkerd.io/inject: "enabled"`, "ignore TG069"},
	},
	{
		code: "TG069", name: "a namespace that nothing makes", warns: true,
		profile: `linkerd: {
	version: "2.19.0"
	inject: [
		"shop", // here
	]
}`,
		path:    "linkerd.inject[0]",
		message: []string{"the namespace shop must be meshed"},
		help:    []string{`linkerd.io/inject: "enabled"`},
	},
	{
		code: "TG069", name: "an annotation against it",
		profile: `linkerd: version: "2.19.0"
namespaces: linkerd: {}
namespaces: observability: annotations: {
	"linkerd.io/inject": "disabled" // here
}`,
		path:    `namespaces.observability.annotations."linkerd.io/inject"`,
		message: []string{`is "disabled"`, `must have "enabled"`},
		help:    []string{"leave it out"},
	},
	{
		code: "TG069", name: "a Job that never ends", warns: true,
		profile: `linkerd: version: "2.19.0"
grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3"
	namespace: "observability" // here
}`,
		path:    "grafana.namespace",
		message: []string{"kube-prometheus-stack runs a Job in the namespace observability"},
		help:    []string{"namespace of its own"},
	},
}
