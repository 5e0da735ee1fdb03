package generator

// The rules of the collector's pipeline.
var collectorCases = []ruleCase{
	{
		code: "TG010", name: "span metrics for nobody",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], controller: "deployment"
	spanMetrics: {} // here
}`,
		path:    "collector.spanMetrics",
		message: []string{"no prometheus"},
		help:    []string{"add prometheus"},
	},
	{
		code: "TG010", name: "OpenCensus to a new collector",
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0"
	receivers: ["otlp-grpc", "opencensus"] // here
}`,
		path:    "collector.receivers[1]",
		message: []string{"opentelemetry-collector 0.170.0 has no receiver opencensus"},
		help:    []string{`"jaeger-thrift-binary"`},
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
		code: "TG040", name: "grafana-agent",
		then: "TG030",
		profile: `collector: {
	kind: "grafana-agent" // here
	chart: version: "0.44.2"
}`,
		path:    "collector.kind",
		message: []string{"grafana-agent", "end of its life", "Alloy"},
		help:    []string{`kind: "alloy"`},
	},
	{
		code: "TG047", name: "tail sampling on every node",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]
	sampling: {
		kind: "tail" // here
		ratio: 0.1
	}
}`,
		path:    "collector.sampling.kind",
		message: []string{"has a pod on every node", "in pieces"},
		help:    []string{`controller: "deployment", replicas: 1`},
	},
	{
		code: "TG047", name: "tail sampling in two pods",
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"], controller: "statefulset", replicas: 2
	sampling: {
		kind: "tail" // here
		ratio: 0.1
	}
}`,
		path:    "collector.sampling.kind",
		message: []string{"has 2 pods"},
		help:    []string{"replicas: 1"},
	},
	{
		code: "TG047", name: "no wait",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], controller: "deployment"
	sampling: {
		kind: "tail", ratio: 0.1
		wait: "500ms" // here
	}
}`,
		path:    "collector.sampling.wait",
		message: []string{"in seconds", "500ms"},
		help:    []string{`"1s"`},
	},
	{
		code: "TG047", name: "span metrics on every node",
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]
	spanMetrics: dimensions: ["http.route"] // here
}
prometheus: {kind: "address", host: "prometheus.example.com", remoteWrite: true}`,
		path:    "collector.spanMetrics",
		message: []string{"has a pod on every node", "same series"},
		help:    []string{`controller: "deployment"`, "Tempo"},
	},
	{
		code: "TG048", name: "twice by chance", warns: true,
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1"
	sampling: {
		kind: "probabilistic"
		ratio: 0.5 // here
	}
}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", sampling: 0.5}`,
		path:    "collector.sampling.ratio",
		message: []string{"0.25 in all"},
		help:    []string{"leave traefik.sampling out"},
	},
	{
		code: "TG048", name: "by chance, and then by worth", warns: true,
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", controller: "deployment"
	sampling: {
		kind: "tail" // here
		ratio: 0.5
	}
}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", sampling: 0.1}`,
		path:    "collector.sampling.kind",
		message: []string{"all but 0.1 of the traces"},
		help:    []string{"leave traefik.sampling out"},
	},
	{
		code: "TG049", name: "another label", warns: true,
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], controller: "deployment", spanMetrics: {}}
grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3"}
prometheus: {
	kind: "kube-prometheus-stack"
	traceLabel: "traceID" // here
}`,
		path:    "prometheus.traceLabel",
		message: []string{"in the label trace_id", "links traceID alone"},
		help:    []string{`traceLabel: "trace_id"`},
	},
	{
		code: "TG049", name: "made twice", warns: true,
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4", metricsGenerator: {}}
prometheus: {kind: "address", host: "prometheus.example.com", remoteWrite: true}
collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], controller: "deployment"
	spanMetrics: {} // here
}`,
		path:    "collector.spanMetrics",
		message: []string{"so does Tempo"},
		help:    []string{"leave spanMetrics out", `["service-graphs"]`},
	},
	{
		code: "TG051", name: "a spike above the limit",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]
	memoryLimit: {
		unit: "MiB", limit: 100
		spike: 100 // here
	}
}`,
		path:    "collector.memoryLimit.spike",
		message: []string{"spike is 100 and limit is 100"},
		help:    []string{"25"},
	},
	{
		code: "TG051", name: "a limit below the spike",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], resources: limits: memory: "1Gi"
	memoryLimit: {
		unit: "percent"
		limit: 20 // here
	}
}`,
		path:    "collector.memoryLimit.limit",
		message: []string{"spike is 25 and limit is 20"},
		help:    []string{"spike: 5"},
	},
	{
		code: "TG051", name: "a share of the node", warns: true,
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]
	memoryLimit: {limit: 80, unit: "percent"} // here
}`,
		path:    "collector.memoryLimit.unit",
		message: []string{"80 %", "whole node"},
		help:    []string{"limits: memory"},
	},
	{
		code: "TG051", name: "killed before",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], resources: limits: memory: "256Mi"
	memoryLimit: {
		unit: "MiB"
		limit: 256 // here
	}
}`,
		path:    "collector.memoryLimit.limit",
		message: []string{"256 MiB", "at 256Mi"},
		help:    []string{"limit: 204 or less"},
	},
	{
		code: "TG052", name: "an exporter's name",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]
	exporters: "long-term": {protocol: "otlp-grpc", host: "otlp.example.com", port: 4317} // here
}`,
		path:    "collector.exporters.long-term",
		message: []string{`"long-term" cannot be`},
		help:    []string{`letters, digits and "_"`},
	},
	{
		code: "TG052", name: "an exporter's name that is taken",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]
	exporters: tempo: {protocol: "otlp-grpc", host: "otlp.example.com", port: 4317} // here
}`,
		path:    "collector.exporters.tempo",
		message: []string{"there already"},
		help:    []string{"tempo and loki"},
	},
	{
		code: "TG052", name: "an attribute's name",
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]
	attributes: "what ever": "x" // here
}`,
		path:    `collector.attributes."what ever"`,
		message: []string{`"what ever" cannot be`},
		help:    []string{"begins with a letter"},
	},
}
