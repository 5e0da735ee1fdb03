package generator

import (
	"strings"

	"tracegen.dev/generator/path"
)

// broken is a case of an override that nothing but the path shows to break it.
func broken(code, section, values, profile, message, help string) ruleCase {
	c := overridden(section, values, profile, message, help)
	c.code = code
	switch {
	case strings.Contains(values, ": ["):
		c.path += "[0]"
	case strings.Contains(values, ": {cert_file"):
		c.path += ".cert_file"
	}
	return c
}

// The hops that an override can break where no other file says what it changes.
var pathCases = []ruleCase{
	broken(path.CodeUnproven, "tempo", `traces: otlp: grpc: receiverConfig: endpoint: "0.0.0.0:14317"`, alloy1+distributed,
		"from alloy to tempo distributor: alloy/values.yaml#alloy.configMap.content leads to tempo-distributor.observability.svc.cluster.local:4317, and it listens at 0.0.0.0:14317", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: structuredConfig: distributor: receivers: otlp: protocols: grpc: endpoint: "127.0.0.1:4317"`, alloy1+distributed,
		"it listens at 127.0.0.1 alone", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: receivers: otlp: protocols: http: tls: {cert_file: "/tls.crt"}`, traefik3+tempo2,
		"sends in plain text, and otlp-http of tempo speaks TLS", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `ingester: replicas: 0`, alloy1+distributed,
		"tempo/values.yaml#ingester.replicas is 0, so there is no ingester", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `distributor: replicas: 0`, alloy1+distributed,
		"so there is no distributor", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `querier: replicas: 0`, grafana12+alloy1+distributed,
		"so there is no querier", "leave it out of values"),
	broken(path.CodeUnproven, "collector", `config: service: pipelines: traces: exporters: ["debug"]`, otel1+tempo2,
		"reaches no exporter", "leave it out of values"),
	broken(path.CodeUnproven, "collector", `config: service: pipelines: traces: receivers: ["zipkin"]`, otel1+tempo2,
		"no pipeline for traces takes from the receiver otlp", "leave it out of values"),
	broken(path.CodeUnproven, "collector", `config: receivers: otlp: protocols: grpc: tls: {cert_file: "/tls.crt"}`, otel1+tempo2+strings.Replace(traefik3, "otlp-http", "otlp-grpc", 1),
		"sends in plain text, and otlp-grpc of otel-collector speaks TLS", "leave it out of values"),
	broken(path.CodeUnproven, "traefik", `service: enabled: false`, traefik3+"\n"+`grafana: {kind: "grafana", chart: version: "12.11.1", ingress: host: "g.example.com"}`+tempo2,
		"no Service of traefik takes what comes from outside at port 80", "leave it out of values"),
	broken(path.CodeUnproven, "grafana", `service: enabled: false`, traefik3+"\n"+`grafana: {kind: "grafana", chart: version: "12.11.1", ingress: host: "g.example.com"}`+tempo2,
		"the chart makes no Service for Grafana", "leave it out of values"),
	broken(path.CodeUnproven, "grafana", `ingress: hosts: ["other.example.com"]`, traefik3+"\n"+`grafana: {kind: "grafana", chart: version: "12.11.1", ingress: host: "g.example.com"}`+tempo2,
		"has no such host", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: storage: trace: s3: insecure: true`, tempo2,
		"the input disagree whether bucket traces speaks TLS", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: storage: trace: backend: "local"`, tempo2,
		`asks for "s3"`, "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: overrides: defaults: metrics_generator: processors: ["span-metrics"]`, "\n"+`tempo: {mode: "monolithic", chart: version: "2.2.4", metricsGenerator: {}}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		"does not list service-graphs", "leave it out of values"),
	broken(path.CodeUnproven, "traefik", `logs: access: fields: general: names: trace_id: "drop"`, grafana12+traefik3+tempo2+"\n"+`loki: {kind: "address", host: "loki.example.com"}`,
		"does not find the trace ID in what the ingress writes", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `config: "server: {}"`, traefik3+tempo2,
		"replaces Tempo's whole configuration", "leave it out of values"),
	{
		code: path.CodeBroken, name: "propagators in values",
		profile: strings.TrimSpace(traefik3) + tempo2 + `
linkerd: version: "2.19.0"
collector: {kind: "alloy", chart: version: "1.11.1"}
traefik: values: env: [{name: "OTEL_PROPAGATORS", value: "b3multi"}] // here`,
		path:    "traefik.values.env[0].value",
		message: []string{"has traefik write b3multi, and the mesh go by w3c"},
		help:    []string{`traefik: propagation: "b3multi"`},
	},
	{
		code: path.CodeBroken, name: "sampled twice by an override", warns: true,
		profile: strings.TrimSpace(traefik3) + tempo2 + `
collector: {kind: "alloy", chart: version: "1.11.1", controller: "deployment", replicas: 1, sampling: {kind: "probabilistic", ratio: 0.1}}
traefik: values: tracing: sampleRate: 0.5 // here`,
		path:    "traefik.values.tracing.sampleRate",
		message: []string{"traefik keeps 50 %, and alloy keeps 10 % of that"},
		help:    []string{"collector.sampling"},
	},
	{
		code: path.CodeBroken, name: "sampled twice by ingress-nginx", warns: true,
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", controller: "deployment", replicas: 1, sampling: {kind: "probabilistic", ratio: 0.1}}
ingressNginx: {chart: version: "4.15.1", sampling: 0.5} // here` + nginxRetired,
		path:    "ingressNginx.sampling",
		message: []string{"ingress-nginx keeps 50 %, and alloy keeps 10 % of that"},
		help:    []string{"leave ingressNginx.sampling out, or collector.sampling"},
	},
}
