package generator

// The logs of the pods.
var podLogCases = []ruleCase{
	{
		code: "TG010", name: "logs for nobody",
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]
	logs: {} // here
}`,
		path:    "collector.logs",
		message: []string{"no loki"},
		help:    []string{"add loki"},
	},
	{
		code: "TG050", name: "another shape",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], logs: {}}
loki: {
	kind: "address", host: "loki.example.com"
	logs: shape: "nested" // here
}`,
		path:    "loki.logs.shape",
		message: []string{`"nested"`, "as it was written"},
		help:    []string{`shape: "json"`},
	},
	{
		code: "TG050", name: "a label that Loki does not make",
		profile: `collector: {kind: "otel-collector", chart: version: "0.170.0", logs: {}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
loki: {
	kind: "address", host: "loki.example.com"
	logs: streamLabel: "app" // here
}`,
		path:    "loki.logs.streamLabel",
		message: []string{"do not have the label app"},
		help:    []string{`streamLabel: "service_name"`, `streamValue: "traefik"`},
	},
	{
		code: "TG050", name: "a label that Alloy does not make",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", logs: {}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
loki: {
	kind: "address", host: "loki.example.com"
	logs: streamLabel: "job" // here
}`,
		path:    "loki.logs.streamLabel",
		message: []string{"do not have the label job"},
		help:    []string{`streamLabel: "app"`},
	},
	{
		code: "TG050", name: "another value",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", logs: {}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", release: "edge"}
loki: {
	kind: "address", host: "loki.example.com"
	logs: streamValue: "edge" // here
}`,
		path:    "loki.logs.streamValue",
		message: []string{`app "traefik", not "edge"`},
		help:    []string{`streamValue: "traefik"`},
	},
	{
		code: "TG050", name: "another namespace", warns: true,
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1"
	logs: namespaces: ["apps"] // here
}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
loki: {kind: "address", host: "loki.example.com"}`,
		path:    "collector.logs",
		message: []string{"the namespace traefik"},
		help:    []string{`"traefik"`},
	},
	{
		code: "TG050", name: "not on every node",
		profile: `collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"], logs: {}
	controller: "deployment" // here
}
loki: {kind: "address", host: "loki.example.com"}`,
		path:    "collector.controller",
		message: []string{"a deployment is not on every node"},
		help:    []string{`"daemonset"`, `kind: "alloy"`},
	},
	{
		code: "TG050", name: "no root",
		profile: `cluster: {kind: "k3s", podSecurity: "baseline"}
collector: {
	kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]
	logs: {} // here
}
loki: {kind: "address", host: "loki.example.com"}`,
		path:    "collector.logs",
		message: []string{"as root", "baseline of the namespace observability"},
		help:    []string{`kind: "alloy"`, `"privileged"`},
	},
	{
		code: "TG050", name: "every line twice",
		profile: `collector: {
	kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], logs: {}, controller: "deployment"
	replicas: 2 // here
}
loki: {kind: "address", host: "loki.example.com"}`,
		path:    "collector.replicas",
		message: []string{"each of the 2 pods"},
		help:    []string{"replicas: 1"},
	},
	{
		code: "TG050", name: "an old collector",
		profile: `collector: {
	kind: "otel-collector", receivers: ["otlp-grpc"], logs: {}
	chart: version: "0.91.0" // here
}
loki: {kind: "address", host: "loki.example.com"}`,
		path:    "collector.chart.version",
		message: []string{"opentelemetry-collector 0.91.0"},
		help:    []string{`chart: version: "0.92.0"`},
	},
	{
		code: "TG050", name: "an old Loki",
		profile: `collector: {kind: "otel-collector", receivers: ["otlp-grpc"], logs: {}, chart: version: "0.170.0"}
loki: {
	kind: "chart"
	chart: version: "5.47.2" // here
}`,
		path:    "loki.chart.version",
		message: []string{"loki 5.47.2", "no OTLP"},
		help:    []string{`chart: version: "6.3.4"`, `kind: "alloy"`},
	},
	{
		code: "TG050", name: "an old gateway",
		profile: `collector: {kind: "otel-collector", receivers: ["otlp-grpc"], logs: {}, chart: version: "0.170.0"}
loki: {
	kind: "chart"
	chart: version: "6.3.3" // here
}`,
		path:    "loki.chart.version",
		message: []string{"the gateway of loki 6.3.3"},
		help:    []string{`chart: version: "6.3.4"`},
	},
}
