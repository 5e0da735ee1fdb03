package generator

import "strings"

const (
	loki18       = "\n" + grafana12 + "\n" + `loki: {kind: "chart", chart: version: "18.11.0"}`
	prometheus29 = "\n" + grafana12 + "\n" + `prometheus: {kind: "prometheus", chart: version: "29.27.0"}`
)

// The rules about Grafana, Loki and Prometheus.
var grafanaCases = []ruleCase{
	{
		code: "TG010", name: "no stack beside the operator",
		profile: `grafana: {kind: "grafana-operator", instanceSelector: a: "b"}
prometheus: {
	kind: "kube-prometheus-stack" // here
}`,
		path:    "prometheus.kind",
		message: []string{"Grafana does not come from one"},
		help:    []string{`kind: "address"`},
	},
	overridden("grafana", "sidecar: datasources: enabled: false", grafana12+"\n"+`grafana: datasources: "sidecar"`,
		"sets sidecar.datasources.enabled, which is true because grafana/datasources-configmap.yaml#", "change grafana.datasources instead"),
	overridden("loki", "gateway: enabled: false", loki18,
		"sets gateway.enabled, which is true because grafana/", "leave it out of values"),
	overridden("loki", "fullnameOverride: \"logs\"", loki18,
		"sets fullnameOverride, which is loki because grafana/", `write chart: fullname: "logs" instead`),
	overridden("loki", "nameOverride: \"logs\"", strings.Replace(loki18, "18.11.0", "3.3.0", 1),
		"sets nameOverride, which is loki because grafana/", "leave it out of values"),
	overridden("loki", "gateway: service: port: 8080", loki18,
		"sets gateway.service.port, which is 80 because grafana/", "leave it out of values"),
	overridden("loki", "global: clusterDomain: \"x\"", loki18,
		"sets global.clusterDomain, which is cluster.local because ", "change cluster.domain instead"),
	overridden("prometheus", "server: fullnameOverride: \"metrics\"", prometheus29,
		"which is prometheus-server because grafana/", "leave it out of values"),
	overridden("prometheus", "server: service: servicePort: 9090", prometheus29,
		"sets server.service.servicePort, which is 80 because grafana/", "leave it out of values"),
	overridden("prometheus", "nameOverride: \"metrics\"", prometheus29,
		"which is prometheus because grafana/", `write release: "prometheus-metrics" instead`),
	overridden("grafana", "grafana: sidecar: datasources: label: \"mine\"", "\n"+`grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3"}`,
		"sets grafana.sidecar.datasources.label, which is grafana_datasource because grafana/datasources-configmap.yaml#", "leave it out of values"),
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
		help:    []string{`write grafana: uids: prometheus: "prometheus"`},
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
		help:    []string{`chart: version: "7.3.0"`},
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
		help:    []string{`chart: version: "60.0.0"`},
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
		help:    []string{`chart: version: "6.52.0"`, `serviceName: "traefik"`},
	},
	{
		code: "TG034", name: "a limit of Loki's",
		profile: grafana12 + `
loki: {
	kind: "chart"
	chart: version: "18.11.0"
	resources: {
		requests: memory: "2Gi"
		limits: memory: "1Gi" // here
	}
}`,
		path:    "loki.resources.limits.memory",
		message: []string{"1Gi", "2Gi"},
		help:    []string{`memory: "2Gi" or more`},
	},
	{
		code: "TG053", name: "a list in the user's stack",
		profile: `grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3"
	delivery: kind: "component"
	datasources: "values" // here
}`,
		path:    "grafana.datasources",
		message: []string{"the HelmRelease kube-prometheus-stack is the user's own", "silently"},
		help:    []string{`write datasources: "sidecar"`},
	},
	{
		code: "TG053", name: "a list of flags in the user's Prometheus", warns: true,
		profile: alloy1[1:] + `
collector: {controller: "deployment", replicas: 1, spanMetrics: {}}
prometheus: {
	kind: "prometheus"
	chart: version: "29.27.0"
	delivery: kind: "component" // here
}`,
		path:    "prometheus.delivery.kind",
		message: []string{"server.extraFlags", "HelmRelease prometheus"},
		help:    []string{"web.enable-remote-write-receiver"},
	},
	{
		code: "TG054", name: "nobody takes the metrics",
		profile: alloy1[1:] + `
collector: {controller: "deployment", replicas: 1, spanMetrics: {}}
prometheus: { // here
	kind: "address"
	host: "p.example.com"
}`,
		path:    "prometheus.remoteWrite",
		message: []string{"collector.spanMetrics writes metrics", "--web.enable-remote-write-receiver"},
		help:    []string{"remoteWrite: true"},
	},
	{
		code: "TG055", name: "without a login",
		profile: grafana12 + `
grafana: anonymous: true // here`,
		path:    "grafana.anonymous",
		message: []string{"could read all traces"},
		help:    []string{"throwaway: true"},
	},
	{
		code: "TG056", name: "a password that everybody knows",
		profile: `grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "78.5.0"
	ingress: host: "grafana.example.com" // here
}`,
		path:    "grafana.ingress.host",
		message: []string{`"prom-operator"`, "kube-prometheus-stack 78.5.0"},
		help:    []string{"adminSecret", `chart: version: "79.0.0"`},
	},
}
