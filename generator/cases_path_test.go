package generator

import (
	"strings"

	"tracegen.dev/generator/path"
)

// broken is a case of an override that nothing but the path shows to break it.
func broken(code, section, values, profile, message, help string) ruleCase {
	c := overridden(section, values, profile, message, help)
	c.code = code
	if strings.Contains(values, ": [") {
		c.path += "[0]"
	}
	c.path = strings.TrimSuffix(c.path, ".cert_file") // it is the block that turns TLS on
	return c
}

// The hops that an override can break where no other file says what it changes.
var pathCases = []ruleCase{
	broken(path.CodeUnproven, "tempo", `traces: otlp: grpc: receiverConfig: endpoint: "0.0.0.0:14317"`, alloy1+distributed,
		"from alloy to tempo distributor: alloy/values.yaml#alloy.configMap.content leads to tempo-distributor.observability.svc.cluster.local:4317, and it listens at 0.0.0.0:14317", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: structuredConfig: distributor: receivers: otlp: protocols: grpc: endpoint: "127.0.0.1:4317"`, alloy1+distributed,
		"it listens at 127.0.0.1 alone", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `tempo: receivers: otlp: protocols: http: tls: cert_file: "/tls.crt"`, traefik3+tempo2,
		"sends in plain text, and otlp-http of tempo speaks TLS", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `distributor: replicas: 0`, alloy1+distributed,
		"so no pod of tempo-distributor runs", "leave it out of values"),
	broken(path.CodeUnproven, "traefik", `deployment: enabled: false`, traefik3+tempo2,
		"traefik/values.yaml#deployment.enabled is false, so no pod of traefik runs", "leave it out of values"),
	broken(path.CodeUnproven, "grafana", `replicas: 0`, grafana12+tempo2,
		"grafana/values.yaml#replicas is 0, so no pod of grafana runs", "leave it out of values"),
	broken(path.CodeUnproven, "tempo", `querier: replicas: 0`, grafana12+alloy1+distributed,
		"so there is no querier", "leave it out of values"),
	broken(path.CodeUnproven, "collector", `config: receivers: otlp: protocols: grpc: tls: cert_file: "/tls.crt"`, otel1+tempo2+strings.Replace(traefik3, "otlp-http", "otlp-grpc", 1),
		"sends in plain text, and otlp-grpc of otel-collector speaks TLS", "leave it out of values"),
	broken(path.CodeUnproven, "grafana", `service: enabled: false`, traefik3+"\n"+`grafana: {kind: "grafana", chart: version: "12.11.1", ingress: host: "g.example.com"}`+tempo2,
		"the chart makes no Service for Grafana", "leave it out of values"),
	{
		code: path.CodeBroken, name: "sampled twice by a pipeline in values", warns: true,
		profile: `collector: {kind: "otel-collector", chart: version: "0.170.0", values: config: {
	processors: probabilistic_sampler: sampling_percentage: 10
	service: pipelines: traces: processors: ["probabilistic_sampler", "batch"]
}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", sampling: 0.5} // here` + tempo2,
		path:    "traefik.sampling",
		message: []string{"traefik keeps 50 %, and otel-collector keeps 10 % of that: two decide what is kept"},
		help:    []string{"leave traefik.sampling out, or collector.sampling"},
	},
}
