package generator

// valueCases give charts values that they do not read, or cannot take.
var valueCases = []ruleCase{
	{
		code: "TG075", name: "a slip of the fingers",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4", values: tempo: {
	retentoin: "1h", // here
}}`,
		path:    "tempo.values.tempo.retentoin",
		message: []string{"tempo 2.2.4 has no key tempo.retentoin"},
		help:    []string{"did you mean tempo.retention?"},
	},
	{
		code: "TG075", name: "a letter's case",
		profile: `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", values: logs: access: fields: headers: {
	defaultMode: "keep", // here
}}`,
		path:    "traefik.values.logs.access.fields.headers.defaultMode",
		message: []string{"traefik 39.0.7 has no key logs.access.fields.headers.defaultMode"},
		help:    []string{"logs.access.fields.headers.defaultmode"},
	},
	{
		code: "TG075", name: "a key that a release removed",
		profile: `traefik: {chart: version: "41.3.0", export: protocol: "otlp-http", values: {
	service: type: "NodePort", // here
}}`,
		path:    "traefik.values.service.type",
		message: []string{"traefik 41.3.0 has no key service.type, which is called service.spec.type from 40.0.0 on"},
		help:    []string{"write service.spec.type instead"},
	},
	{
		code: "TG075", name: "a key that a later release renamed",
		profile: `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", values: {
	accessLog: fields: headers: defaultMode: "drop", // here
}}`,
		path:    "traefik.values.accessLog",
		message: []string{"traefik 39.0.7 has no key accessLog, which is called logs.access before 41.0.0"},
		help:    []string{"write logs.access instead"},
	},
	{
		code: "TG075", name: "a key of later releases",
		profile: `tempo: {mode: "distributed", chart: version: "1.32.7", values: {
	streamOverHTTPEnabled: true, // here
}}`,
		path:    "tempo.values.streamOverHTTPEnabled",
		message: []string{"tempo-distributed 1.32.7 has no key streamOverHTTPEnabled, which is a key of the releases from 1.58.1"},
		help:    []string{"leave it out, or pin a release that has it"},
	},
	{
		code: "TG075", name: "a key that slipped out of its map",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], values: {
	extraPorts: [], // here
}}`,
		path:    "collector.values.extraPorts",
		message: []string{"alloy 1.11.1 has no key extraPorts"},
		help:    []string{"alloy.extraPorts?"},
	},
	{
		code: "TG075", name: "inside of what Kubernetes reads",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4", values: tolerations: [{
	operater: "Exists", // here
}]}`,
		path:    "tempo.values.tolerations[0].operater",
		message: []string{"tempo 2.2.4 has no key tolerations[0].operater"},
		help:    []string{"tolerations[0].operator"},
	},
	{
		code: "TG075", name: "inside of what Tempo reads",
		profile: `tempo: {mode: "distributed", chart: version: "1.61.3", values: {
	storage: trace: s3: tls_insecure: true, // here
}}`,
		path:    "tempo.values.storage.trace.s3.tls_insecure",
		message: []string{"tempo-distributed 1.61.3 has no key storage.trace.s3.tls_insecure"},
		help:    []string{"storage.trace.s3."},
	},
	{
		code: "TG075", name: "inside of a subchart",
		profile: `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", values: grafana: {
	sidecar: dashboards: enable: true, // here
}}
prometheus: kind: "kube-prometheus-stack"`,
		path:    "grafana.values.grafana.sidecar.dashboards.enable",
		message: []string{"kube-prometheus-stack 88.5.3 has no key grafana.sidecar.dashboards.enable"},
		help:    []string{"grafana.sidecar.dashboards.enabled"},
	},
	{
		code: "TG075", name: "a key whose place is further below",
		profile: `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", values: prometheus: {
	retention: "1d" // here
}}
prometheus: kind: "kube-prometheus-stack"`,
		path:    "grafana.values.prometheus.retention",
		message: []string{"kube-prometheus-stack 88.5.3 has no key prometheus.retention"},
		help:    []string{"did you mean prometheus.prometheusSpec.retention?"},
	},
	{
		code: "TG075", name: "a map that slipped out of one of a like name",
		profile: `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", values: {
	prometheusSpec: retention: "1d" // here
}}
prometheus: kind: "kube-prometheus-stack"`,
		path:    "grafana.values.prometheusSpec",
		message: []string{"kube-prometheus-stack 88.5.3 has no key prometheusSpec"},
		help:    []string{"did you mean prometheus.prometheusSpec?"},
	},
	{
		code: "TG075", name: "a removed key that stands elsewhere now",
		profile: `tempo: {mode: "distributed", chart: version: "1.61.3", values: {
	serviceMonitor: enabled: true // here
}}`,
		path:    "tempo.values.serviceMonitor",
		message: []string{"tempo-distributed 1.61.3 has no key serviceMonitor, which is a key of the releases up to 0.26.9"},
		help:    []string{"metaMonitoring.serviceMonitor", "or leave it out"},
	},
	{
		code: "TG075", name: "the beginning of a key",
		profile: `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", values: ingressClass: {
	isDefault: true // here
}}`,
		path:    "traefik.values.ingressClass.isDefault",
		message: []string{"traefik 39.0.7 has no key ingressClass.isDefault"},
		help:    []string{"did you mean ingressClass.isDefaultClass?"},
	},
	{
		code: "TG076", name: "a text that is always true",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4", values: {
	persistence: enabled: "false", // here
}}`,
		path:    "tempo.values.persistence.enabled",
		message: []string{"persistence.enabled of tempo 2.2.4 takes true or false, not a text"},
		help:    []string{"write false, without quotes"},
	},
	{
		code: "TG076", name: "a map for a list",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], values: {
	alloy: extraEnv: A: "b", // here
}}`,
		path:    "collector.values.alloy.extraEnv",
		message: []string{"alloy.extraEnv of alloy 1.11.1 takes a list, not a map"},
		help:    []string{"write a list"},
	},
	{
		code: "TG077", name: "a release of somebody's own",
		profile: `tempo: {mode: "monolithic", chart: {
	version: "2.2.4-shop.1" // here
}}`,
		path:    "tempo.chart.version",
		message: []string{"which values tempo 2.2.4-shop.1 reads is not known"},
		help:    []string{"tracegen charts import"},
		warns:   true,
	},
}
