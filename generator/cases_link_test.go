package generator

const (
	traefik3  = "\n" + `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}`
	grafana12 = `grafana: {kind: "grafana", chart: version: "12.11.1"}`
	alloy1    = "\n" + `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]}`
)

// The references that lead nowhere, and the overrides.
var linkCases = []ruleCase{
	{
		code: "TG010", name: "no collector",
		profile: `traefik: {
	chart: version: "39.0.7"
	export: {
		protocol: "otlp-http"
		to: "collector" // here
	}
}`,
		path:    "traefik.export.to",
		message: []string{`traefik.export.to is "collector"`, "has none"},
		help:    []string{`to: "tempo"`, "alloy"},
	},
	{
		code: "TG010", name: "no Grafana",
		profile: `prometheus: kind: "kube-prometheus-stack" // here`,
		path:    "prometheus.kind",
		message: []string{`prometheus.kind is "kube-prometheus-stack"`},
		help:    []string{`kind: "address"`, `grafana: kind: "kube-prometheus-stack"`},
	},
	{
		code: "TG010", name: "Grafana of another chart",
		profile: `grafana: {kind: "grafana", chart: version: "12.11.1"}
prometheus: {
	kind: "kube-prometheus-stack" // here
}`,
		path:    "prometheus.kind",
		message: []string{"Grafana does not come from one"},
		help:    []string{`kind: "address"`},
	},
	{
		code: "TG010", name: "namespace",
		profile: `namespaces: {observability: {}, tracing: {}}
traefik: {
	chart: version: "39.0.7"
	namespace: "traefic" // here
	export: protocol: "otlp-http"
}`,
		path:    "traefik.namespace",
		message: []string{`traefik.namespace is "traefic"`, "not among the namespaces"},
		help:    []string{"observability, tracing", "add it to namespaces"},
	},
	{
		code: "TG010", name: "default namespace",
		profile: `namespaces: tracing: {}
tempo: { // here
	mode: "monolithic"
	chart: version: "2.2.4"
}`,
		path:    "tempo.namespace",
		message: []string{`tempo.namespace is "observability"`},
		help:    []string{"tracing"},
	},
	{
		code: "TG010", name: "receiver of an older Tempo",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	receivers: [
		"otlp-grpc",
		"opencensus", // here
	]
}`,
		path:    "tempo.receivers[1]",
		message: []string{"tempo 2.2.4 has no receiver opencensus"},
		help:    []string{`"otlp-grpc", "otlp-http", "zipkin"`},
	},
	{
		code: "TG010", name: "OpenCensus to the collector",
		profile: `collector: {
	kind: "alloy"
	chart: version: "1.11.1"
	receivers: [
		"otlp-grpc",
		"opencensus", // here
	]
}`,
		path:    "collector.receivers[1]",
		message: []string{"alloy 1.11.1 has no receiver opencensus"},
		help:    []string{`"otlp-grpc", "otlp-http", "zipkin"`},
	},
	{
		code: "TG011", name: "an old chart",
		then: "TG024",
		profile: `traefik: {
	chart: version: "8.9.9" // here
	export: protocol: "otlp-http"
}`,
		path:    "traefik.chart.version",
		message: []string{"traefik 8.9.9 is older", "9.0.0"},
		help:    []string{`version: "9.0.0"`},
	},
	{
		code: "TG012", name: "a new chart", warns: true,
		profile: "collector: {kind: \"alloy\", receivers: [\"otlp-http\"]}\n" + `collector: chart: version: "99.0.0" // here`,
		path:    "collector.chart.version",
		message: []string{"alloy 99.0.0 is newer", "1.11.1"},
		help:    []string{"1.11.1"},
	},
	{
		code: "TG013", name: "a repository that stopped",
		profile: `tempo: {
	mode: "monolithic"
	chart: {
		version: "2.2.4"
		repository: "https://grafana.github.io/helm-charts/" // here
	}
}`,
		path:    "tempo.chart.repository",
		message: []string{"does not hold tempo 2.2.4"},
		help:    []string{"https://grafana-community.github.io/helm-charts"},
	},
	{
		code: "TG014", name: "an endpoint",
		profile: alloy1 + `
traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	values: tracing: otlp: http: {
		endpoint: "http://elsewhere:4318/v1/traces" // here
	}
}`,
		path:    "traefik.values.tracing.otlp.http.endpoint",
		message: []string{"sets tracing.otlp.http.endpoint", "http://alloy.observability.svc.cluster.local:4318/v1/traces", "relies on it"},
		help:    []string{"leave it out of values"},
	},
	{
		code: "TG014", name: "a bucket",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	values: tempo: storage: trace: s3: bucket: "other" // here
}`,
		path:    "tempo.values.tempo.storage.trace.s3.bucket",
		message: []string{`which is traces because minio/`},
		help:    []string{"change store.bucket instead"},
	},
	{
		code: "TG014", name: "a whole map",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	values: tempo: storage: null // here
}`,
		path:    "tempo.values.tempo.storage",
		message: []string{"sets tempo.storage.trace.s3."},
		help:    []string{"leave it out"},
	},
}
