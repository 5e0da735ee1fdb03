package generator

// The rules about what versions have, and those that came later.
var laterCases = []ruleCase{
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
		code: "TG025", name: "no such code", warns: true,
		profile: `ignore: {
	TG999: "whatever" // here
}`,
		path:    "ignore.TG999",
		message: []string{`"TG999" is not the code`},
		help:    []string{"TG015, ", "TG024"},
	},
	{
		code: "TG025", name: "not a check", warns: true,
		profile: `ignore: {
	TG010: "references are never optional" // here
}`,
		path:    "ignore.TG010",
		message: []string{`"TG010" is not the code`},
		help:    []string{"TG015, "},
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
		code: "TG026", name: "the same twice",
		profile: `grafana: {
	kind: "grafana"
	chart: version: "12.11.1"
	uids: {
		tempo: "a"
		loki: "a" // here
	}
}
loki: {kind: "chart", chart: version: "6.27.0"}`,
		path:    "grafana.uids.loki",
		message: []string{`two datasources have the uid "a"`},
		help:    []string{"a uid of its own"},
	},
	{
		code: "TG026", name: "the stack's own",
		profile: `grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3"
	uids: prometheus: "metrics" // here
}
prometheus: kind: "kube-prometheus-stack"`,
		path:    "grafana.uids.prometheus",
		message: []string{`the uid "prometheus"`, `"metrics" would be dead`},
		help:    []string{`write prometheus: "prometheus"`},
	},
	{
		code: "TG026", name: "beside the stack's own",
		profile: `grafana: { // here
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3"
}
prometheus: {kind: "address", host: "prometheus.example.com"}`,
		path:    "grafana.uids.prometheus",
		message: []string{`the uid "prometheus" already`},
		help:    []string{"uids: prometheus:"},
	},
	{
		code: "TG027", name: "log of spans",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "0.24.0"
	logSpans: true // here
}`,
		path:    "tempo.logSpans",
		message: []string{"tempo-distributed 0.24.0 has no value"},
		help:    []string{"0.25.0"},
	},
	{
		code: "TG027", name: "credentials of the compactor",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.18.3" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo-distributed 1.18.3", "compactor"},
		help:    []string{"1.18.5"},
	},
	{
		code: "TG027", name: "trace ID in a label",
		profile: traefik3 + `
grafana: {kind: "grafana", chart: version: "6.43.5"}
loki: {
	kind: "chart"
	chart: version: "6.27.0"
	logs: shape: "label" // here
}`,
		path:    "loki.logs.shape",
		message: []string{"grafana 6.43.5", "not in labels"},
		help:    []string{"pin 7.3.0 or later"},
	},
	{
		code: "TG027", name: "queries beside a span",
		profile: `grafana: {kind: "kube-prometheus-stack", chart: version: "41.6.1"}
prometheus: {
	kind: "kube-prometheus-stack"
	queries: rate: "sum(rate(x[5m]))" // here
}`,
		path:    "prometheus.queries.rate",
		message: []string{"kube-prometheus-stack 41.6.1", "traceToMetrics"},
		help:    []string{"pin 60.0.0 or later"},
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
		code: "TG029", name: "pods of a daemonset",
		profile: `collector: {
	kind: "alloy"
	chart: version: "1.11.1"
	receivers: ["otlp-grpc"]
	replicas: 3 // here
}`,
		path:    "collector.replicas",
		message: []string{"daemonset"},
		help:    []string{`controller: "deployment"`},
	},
	{
		code: "TG030", name: "no way in",
		profile: `collector: { // here
	kind: "alloy"
	chart: version: "1.11.1"
}`,
		path:    "collector",
		message: []string{"nothing sends to the collector", "no receiver"},
		help:    []string{`"otlp-grpc"`},
	},
	{
		code: "TG032", name: "a circle",
		profile: `flux: dependsOn: [
	"infra",
	"tracing-tempo", // here
]`,
		path:    "flux.dependsOn[1]",
		message: []string{`"tracing-tempo"`, "wait for the other"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG033", name: "workers alone",
		profile: `cluster: {
	kind: "kind"
	nodes: [
		{name: "one"}, // here
		{name: "two"},
	]
}`,
		path:    "cluster.nodes[0]",
		message: []string{"control plane"},
		help:    []string{`role: "control-plane"`},
	},
	{
		code: "TG034", name: "a limit below the request",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	resources: {
		requests: memory: "2Gi"
		limits: memory: "1024Mi" // here
	}
}`,
		path:    "tempo.resources.limits.memory",
		message: []string{"1024Mi", "2Gi"},
		help:    []string{"at least 2Gi"},
	},
	{
		code: "TG035", name: "no name",
		profile: `namespaces: {
	observability: {}
	"Bad Name": {} // here
}`,
		path:    `namespaces."Bad Name"`,
		message: []string{`"Bad Name" cannot be a namespace`},
		help:    []string{"lower-case"},
	},
	{
		code: "TG036", name: "a password among the values",
		profile: grafana12 + `
grafana: values: adminPassword: "hunter2" // here
grafana: values: admin: existingSecret: "grafana-admin"`,
		path:    "grafana.values.adminPassword",
		message: []string{"grafana.values.adminPassword looks like a secret"},
		help:    []string{"ignore TG036"},
	},
	{
		code: "TG037", name: "a release that is not there", warns: true,
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.1.99" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"no release 2.1.99"},
		help:    []string{"2."},
	},
	{
		code: "TG027", name: "lines by the service's name", warns: true,
		profile: `traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	serviceName: "edge" // here
}
grafana: {kind: "grafana", chart: version: "6.43.5"}
loki: {kind: "chart", chart: version: "6.27.0"}`,
		path:    "traefik.serviceName",
		message: []string{"grafana 6.43.5", "edge", "those of traefik"},
		help:    []string{"pin 6.52.0 or later", `serviceName: "traefik"`},
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
		code: "TG040", name: "grafana-agent",
		profile: `collector: {
	kind: "grafana-agent" // here
	chart: version: "0.44.2"
}`,
		path:    "collector.kind",
		message: []string{"grafana-agent", "end of its life", "Alloy"},
		help:    []string{`kind: "alloy"`},
	},
	{
		code: "TG032", name: "a circle of releases",
		profile: `store: {
	kind: "minio", placement: "cluster", bucket: "traces", rootSecret: "root", credentials: kind: "secret"
	delivery: {
		kind: "release"
		dependsOn: [
			"infra",
			"tracing-tempo", // here
		]
	}
}`,
		path:    "store.delivery.dependsOn[1]",
		message: []string{"waits for minio itself"},
		help:    []string{"leave it out"},
	},
}
