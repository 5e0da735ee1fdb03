package generator

// labelCases break what a Kubernetes object, a metric or a program refuses late,
// and what two parts of a topology say of one thing.
var labelCases = []ruleCase{
	{
		code: "TG057", name: "a label that is there anyway",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], controller: "deployment", replicas: 1,
	spanMetrics: dimensions: ["service.name"], // here
}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "collector.spanMetrics.dimensions[0]",
		message: []string{"there twice", "exits"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG057", name: "two attributes of one label",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4",
	metricsGenerator: dimensions: ["http.route", "http_route"], // here
}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "tempo.metricsGenerator.dimensions[1]",
		message: []string{"http.route and http_route become the same label http_route"},
		help:    []string{"leave one of them out"},
	},
	{
		code: "TG058", name: "key of a namespace's label",
		profile: `namespaces: observability: labels: "a b": "c" // here`,
		path:    `namespaces.observability.labels."a b"`,
		message: []string{`"a b" cannot be the key of a label`},
		help:    []string{"example.com/team"},
	},
	{
		code: "TG058", name: "value of a namespace's label",
		profile: `namespaces: observability: labels: team: "our team" // here`,
		path:    "namespaces.observability.labels.team",
		message: []string{`"our team" cannot be the value of a label`},
		help:    []string{"63 letters"},
	},
	{
		code: "TG058", name: "node selector",
		profile: `cluster: {kind: "k3s", nodeSelector: pool: "no, not this"} // here`,
		path:    "cluster.nodeSelector.pool",
		message: []string{"cannot be the value of a label"},
		help:    []string{"letters"},
	},
	{
		code: "TG058", name: "annotation of an Ingress",
		profile: `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
apps: shop: {namespace: "shop", protocol: "otlp-http", workloads: [{name: "a", container: "b"}], ingress: {host: "s.example.com", service: "s"
	annotations: "what?": "x" // here
}}`,
		path:    `apps.shop.ingress.annotations."what?"`,
		message: []string{"cannot be the key of an annotation"},
		help:    []string{"example.com/team"},
	},
	{
		code: "TG073", name: "an operator outside",
		profile: `cluster: {kind: "k3s", networkPolicies: true
	serviceMonitors: true // here
}`,
		path:    "cluster.serviceMonitors",
		message: []string{"keep it from the pods"},
		help:    []string{"NetworkPolicy of your own"},
		warns:   true,
	},
	{
		code: "TG074", name: "Loki keeps a day",
		profile: `loki: {kind: "chart", chart: version: "6.27.0", retention: "1h"} // here`,
		path:    "loki.retention",
		message: []string{"24 hours at least"},
		help:    []string{`write retention: "24h" or more`},
	},
	{
		code: "TG074", name: "a fraction for Prometheus",
		profile: `prometheus: {kind: "prometheus", chart: version: "27.0.0", retention: "36.5h"} // here`,
		path:    "prometheus.retention",
		message: []string{"whole numbers"},
		help:    []string{"36h30m"},
	},
	{
		code: "TG023", name: "one name of objects",
		profile: `collector: {kind: "alloy", receivers: ["otlp-grpc"]
	chart: {version: "1.11.1", fullname: "tempo"}
}
tempo: {mode: "monolithic", chart: version: "2.2.4"} // here`,
		path:    "tempo.release",
		message: []string{"are both named tempo"},
		help:    []string{"another fullname"},
	},
	{
		code: "TG052", name: "exporters that differ by capitals",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], exporters: {
	lab: {protocol: "otlp-http", host: "a.example.com", port: 443, header: secret: "a"} // here
	LAB: {protocol: "otlp-http", host: "b.example.com", port: 443, header: secret: "b"}
}}`,
		path:    "collector.exporters.lab",
		message: []string{"EXPORTER_LAB"},
		help:    []string{"write another name"},
	},
	{
		code: "TG062", name: "nobody is told",
		profile: `apps: shop: {namespace: "shop", protocol: "otlp-http", workloads: []} // here`,
		path:    "apps.shop",
		message: []string{"no workload"},
		help:    []string{`workloads: [{name:`},
	},
	{
		code: "TG062", name: "told by two",
		profile: `apps: {
	cart: {namespace: "shop", protocol: "zipkin", workloads: [{name: "a", container: "b"}]}
	shop: {namespace: "shop", protocol: "otlp-http", workloads: [{name: "a", container: "b"}]} // here
}`,
		path:    "apps.shop.workloads[0].name",
		message: []string{"cart has the container b"},
		help:    []string{"one of them"},
	},
	{
		code: "TG062", name: "Grafana's host",
		profile: `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
grafana: {kind: "grafana", chart: version: "12.11.1", ingress: host: "s.example.com"}
apps: shop: {namespace: "shop", protocol: "otlp-http", workloads: [{name: "a", container: "b"}]
	ingress: {host: "s.example.com", service: "s"} // here
}`,
		path:    "apps.shop.ingress.host",
		message: []string{"Grafana answers to s.example.com"},
		help:    []string{"another host"},
	},
	{
		code: "TG069", name: "the receiver's port bypassed",
		profile: `linkerd: {version: "2.18.0", skipInboundPorts: [4317]} // here`,
		path:    "linkerd.skipInboundPorts[0]",
		message: []string{"bypassed"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG044", name: "Garage's key",
		fill: []string{"3515373e4c851ebaad366558"},
		profile: `cluster: kind: "kind"
store: {kind: "s3", provider: "garage", bucket: "traces", host: "g.example.com", credentials: {kind: "inline", secretKey: "abc"
	accessKey: "tempo" // here
}}`,
		path:    "store.credentials.accessKey",
		message: []string{"cannot be an access key of Garage's"},
		help:    []string{`accessKey: "GK…"`},
	},
	{
		code: "TG028", name: "headers of no log",
		profile: `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"
	accessLog: {enabled: false, keepHeaders: ["X-A"]} // here
}`,
		path:    "traefik.accessLog.keepHeaders[0]",
		message: []string{"no access log"},
		help:    []string{"leave keepHeaders out"},
		warns:   true,
	},
	{
		code: "TG028", name: "a label of another shape",
		profile: `loki: {kind: "address", host: "l.example.com", logs: traceLabel: "trace"} // here`,
		path:    "loki.logs.traceLabel",
		message: []string{"counts for nothing"},
		help:    []string{`shape: "label"`},
		warns:   true,
	},
}
