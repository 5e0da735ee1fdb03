package chart

// layerEdges were found by rendering: a mark in a value, {{ `x` }} and $(X), is
// evaluated from that release on, or stands in a container from there on.
var layerEdges = []edge{
	{"ingress-nginx", "templatedKeys", "4.10.9", "[]", "4.11.0", "[controller.config]"},
	{"traefik", "templatedKeys", "9.5.0", "[]", "9.5.1", "[volumes[].name]"},
	{"traefik", "templatedKeys", "25.0.0", "[volumes[].name]", "26.0.0", "[volumes[].name deployment.podAnnotations]"},
	{"traefik", "containerKeys", "40.3.0", "[additionalArguments env[].value logs tracing]", "41.0.0", "[additionalArguments env[].value accessLog tracing]"},
	{"minio", "templatedKeys", "5.0.8", "[buckets[].name users[].accessKey users[].existingSecret users[].existingSecretKey]", "5.0.9", "[buckets[].name users[].accessKey users[].existingSecret users[].existingSecretKey environment]"},
	{"loki", "templatedKeys", "3.0.6", "[loki.schemaConfig loki.compactor]", "3.0.7", "[loki.schemaConfig loki.compactor loki.limits_config]"},
	{"loki", "templatedKeys", "11.4.6", "[loki.schemaConfig loki.compactor loki.limits_config]", "11.4.7", "[loki.schemaConfig loki.compactor loki.limits_config singleBinary.nodeSelector singleBinary.tolerations]"},
	{"grafana", "templatedKeys", "8.11.0", `[datasources "grafana.ini" ingress.hosts ingress.tls admin.existingSecret]`, "8.11.1", `[datasources "grafana.ini" ingress.hosts ingress.tls admin.existingSecret sidecar.datasources.label sidecar.dashboards.label]`},
	{"tempo-distributed", "templatedKeys", "0.20.4", "[]", "0.21.0", "[storage compactor.config metricsGenerator.config global_overrides tempo.structuredConfig]"},
	{"tempo-distributed", "templatedKeys", "1.32.7", "[storage compactor.config metricsGenerator.config global_overrides tempo.structuredConfig]", "1.33.0", "[storage compactor.config metricsGenerator.config overrides tempo.structuredConfig]"},
}
