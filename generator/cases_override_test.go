package generator

import (
	"strings"
	"testing"

	"tracegen.dev/generator/override"
)

const (
	tempo2      = "\n" + `tempo: {mode: "monolithic", chart: version: "2.2.4"}`
	distributed = "\n" + `tempo: {mode: "distributed", chart: version: "1.61.3"}`
	otel1       = "\n" + `collector: {kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]}`
	stack       = "\n" + `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3"}
prometheus: kind: "kube-prometheus-stack"`
	minioCluster = "\n" + `cluster: kind: "kind"
store: {kind: "minio", placement: "cluster", chart: version: "5.4.0", bucket: "traces", credentials: kind: "inline"}`
	minioSubchart = "\n" + `cluster: kind: "kind"
store: {kind: "minio", placement: "subchart", bucket: "traces", credentials: kind: "inline"}`
)

// The overrides of what tracegen writes nowhere, because the chart's default
// decides it, and of what a sender relies on.
var overrideCases = []ruleCase{
	overridden("loki", "loki: auth_enabled: true", grafana12+"\n"+`loki: {kind: "chart", chart: version: "6.27.0"}`,
		"sets loki.auth_enabled, which is false because grafana/values.yaml#", "leave it out of values"),
	overridden("tempo", "tempo: streamOverHttpEnabled: false", grafana12+"\n"+`tempo: {mode: "monolithic", chart: version: "2.2.4", streaming: true}`,
		"sets tempo.streamOverHttpEnabled, which is true because grafana/values.yaml#", "leave it out of values, and change tempo.streaming instead"),
	overridden("tempo", "tempo: metricsGenerator: enabled: false", grafana12+tempo2+"\n"+`tempo: metricsGenerator: {}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		"sets tempo.metricsGenerator.enabled, which is true because grafana/", "leave it out of values"),
	overridden("prometheus", "server: extraFlags: []", tempo2+"\n"+`tempo: metricsGenerator: {}
prometheus: {kind: "prometheus", chart: version: "27.0.0"}`,
		"which is web.enable-remote-write-receiver because tempo/values.yaml#", "leave it out of values"),
	overridden("tempo", "fullnameOverride: \"traces\"", grafana12+tempo2,
		"tempo.values.fullnameOverride sets fullnameOverride, which is tempo because grafana/values.yaml#", `write chart: fullname: "traces" instead`),
	overridden("tempo", "nameOverride: \"tracing\"", grafana12+tempo2,
		"sets nameOverride, which is tempo because grafana/", `write release: "tempo-tracing" instead`),
	overridden("tempo", "fullnameOverride: \"traces\"", alloy1+distributed,
		"which is tempo because alloy/values.yaml#", `write chart: fullname: "traces" instead`),
	overridden("tempo", "tempo: server: http_listen_port: 9999", grafana12+tempo2,
		"sets tempo.server.http_listen_port, which is 3200 because grafana/", "leave it out of values"),
	overridden("tempo", "tempo: server: null", grafana12+tempo2,
		"sets tempo.server.http_listen_port, which is 3200", "leave it out of values"),
	overridden("tempo", "server: httpListenPort: 3100", grafana12+distributed,
		"sets server.httpListenPort, which is 3200 because grafana/", "leave it out of values"),
	overridden("tempo", "server: httpListenPort: 3200", grafana12+strings.Replace(distributed, "1.61.3", "1.32.7", 1),
		"sets server.httpListenPort, which is 3100 because grafana/", "leave it out of values"),
	overridden("tempo", "tempo: structuredConfig: server: http_listen_port: 80", grafana12+distributed,
		"which is 3200", "leave it out of values"),
	overridden("tempo", "queryFrontend: service: httpMetricsPort: 80", grafana12+distributed,
		"sets queryFrontend.service.httpMetricsPort, which is 3200", "leave it out of values"),
	overridden("tempo", "traces: otlp: grpc: enabled: false", alloy1+distributed,
		"sets traces.otlp.grpc.enabled, which is true because alloy/values.yaml#", "change collector.export.protocol instead"),
	overridden("tempo", "minio: fullnameOverride: \"store\"", minioSubchart+distributed,
		"sets minio.fullnameOverride, which is tempo-minio because tempo/values.yaml#storage.trace.s3.endpoint relies", "leave it out of values"),
	overridden("tempo", "minio: nameOverride: \"store\"", minioSubchart+distributed,
		"sets minio.nameOverride, which is tempo-minio because tempo/values.yaml#", "leave it out of values"),
	overridden("tempo", "minio: enabled: false", minioSubchart+distributed,
		"sets minio.enabled, which is true because tempo/values.yaml#storage.trace.s3.endpoint", "leave it out of values"),
	overridden("tempo", "minio: service: port: 80", minioSubchart+distributed,
		"sets minio.service.port, which is 9000 because tempo/values.yaml#", "leave it out of values"),
	overridden("tempo", "minio: tls: enabled: true", minioSubchart+distributed,
		"sets minio.tls.enabled, which is false because tempo/values.yaml#", "leave it out of values"),
	overridden("tempo", "tempo: extraEnv: []", tempo2,
		"sets tempo.extraEnv[0].value, which is tempo because minio/bootstrap.sh:18 relies on it", "leave it out of values"),

	overridden("collector", "alternateConfig: {}", otel1,
		"sets alternateConfig, which is empty because otel-collector/config.yaml#", "leave it out of values"),
	overridden("collector", "configMap: create: false", otel1+traefik3,
		"sets configMap.create, which is true because otel-collector/config.yaml#", "leave it out of values"),
	overridden("collector", "service: enabled: false", otel1+traefik3,
		"sets service.enabled, which is true because traefik/values.yaml#", "leave it out of values"),
	overridden("collector", "ports: otlp: servicePort: 14317", otel1+traefik3,
		"sets ports.otlp.servicePort, which is 4317 because otel-collector/config.yaml#", "leave it out of values"),
	overridden("collector", "config: processors: batch: timeout: \"9s\"", otel1+traefik3+"\ncollector: batch: timeout: \"1s\"",
		"sets config.processors.batch.timeout, which is 1s because otel-collector/config.yaml#", "change collector.batch.timeout instead"),
	overridden("collector", "fullnameOverride: \"collector\"", alloy1+traefik3,
		"which is alloy because traefik/values.yaml#tracing.otlp.http.endpoint relies on it", `write chart: fullname: "collector" instead`),
	overridden("collector", "namespaceOverride: \"tracing\"", alloy1+traefik3,
		"sets namespaceOverride, which is observability because traefik/", `write namespace: "tracing" instead`),
	overridden("collector", "service: enabled: false", alloy1+traefik3,
		"sets service.enabled, which is true because traefik/", "leave it out of values"),
	overridden("collector", "service: null", alloy1+traefik3,
		"sets service.enabled, which is true because traefik/", "leave it out of values"),
	overridden("collector", `alloy: configMap: content: "none"`, alloy1+traefik3,
		"sets alloy.configMap.content, on which alloy/config.alloy:", "leave it out of values"),

	overridden("store", `buckets: []`, minioCluster,
		"sets buckets[0].name, which is ", "leave it out of values"),
	overridden("store", "fullnameOverride: \"s3\"", minioCluster,
		"sets fullnameOverride, which is minio because tempo/values.yaml#tempo.storage.trace.s3.endpoint relies", `write chart: fullname: "s3" instead`),
	overridden("store", "service: port: 80", minioCluster,
		"sets service.port, which is 9000 because tempo/values.yaml#", "leave it out of values"),
	overridden("store", `minioAPIPort: "9090"`, strings.Replace(minioCluster, "5.4.0", "4.0.4", 1),
		"sets minioAPIPort, which is 9000 because tempo/values.yaml#", "leave it out of values"),
	overridden("store", "tls: enabled: true", minioCluster,
		"sets tls.enabled, which is false because tempo/values.yaml#", "leave it out of values"),

	overridden("grafana", "fullnameOverride: \"monitoring\"", stack,
		"which is kube-prometheus-stack because grafana/datasources.yaml#datasources[1].url relies", `write chart: fullname: "monitoring" instead`),
	overridden("grafana", "namespaceOverride: \"metrics\"", stack,
		"sets namespaceOverride, which is monitoring because grafana/datasources.yaml#", `write namespace: "metrics" instead`),
	overridden("grafana", "prometheus: enabled: false", stack,
		"sets prometheus.enabled, which is true", "leave it out of values"),
	overridden("grafana", "prometheus: service: enabled: false", stack,
		"sets prometheus.service.enabled, which is true", "leave it out of values"),
	overridden("grafana", "prometheus: service: port: 80", stack,
		"sets prometheus.service.port, which is 9090", "leave it out of values"),
	overridden("grafana", "grafana: sidecar: datasources: uid: \"metrics\"", stack,
		"sets grafana.sidecar.datasources.uid, which is prometheus because grafana/datasources.yaml#", "leave it out of values"),
	overridden("collector", `alloy: configMap: content: ""`, alloy1+tempo2+traefik3,
		"on which alloy/config.alloy:8 relies", "places that it is made of, instead"),
	overridden("grafana", "grafana: sidecar: datasources: defaultDatasourceEnabled: false", stack,
		"sets grafana.sidecar.datasources.defaultDatasourceEnabled, which is true", "leave it out of values"),
}

// overridden is a case in which a section's values contradict another file.
func overridden(section, values, profile, message, help string) ruleCase {
	path := section + ".values"
	for _, step := range strings.Split(values, ": ") {
		if strings.ContainsAny(step, `"[{`) || step == "null" || step == "true" || step == "false" || step[0] <= '9' {
			break
		}
		path += "." + step
	}
	return ruleCase{
		code: override.Code, name: section + " " + values,
		profile: strings.TrimSpace(profile) + "\n" + section + ": values: " + values + " // here",
		path:    path, message: []string{message}, help: []string{help},
	}
}

// An override is one of a section's values, over a profile.
type overrideOf struct{ section, values, profile string }

func (o overrideOf) text() string {
	return complete(strings.TrimSpace(o.profile) + "\n" + o.section + ": values: " + o.values)
}

// harmless are overrides that say what is so anyway, or change what nobody
// relies on.
var harmless = []overrideOf{
	{"tempo", `fullnameOverride: "tempo"`, grafana12 + tempo2},
	{"tempo", `fullnameOverride: ""`, grafana12 + tempo2},
	{"tempo", `fullnameOverride: null`, grafana12 + tempo2},
	{"tempo", `nameOverride: "tempo"`, grafana12 + tempo2},
	{"tempo", `nameOverride: "temp"`, grafana12 + tempo2}, // the release has it in it
	{"tempo", `fullnameOverride: "traces"`, tempo2},       // nobody sends or asks
	{"tempo", `tempo: server: http_listen_port: 9999`, tempo2},
	{"tempo", `tempo: server: http_listen_port: 3200`, grafana12 + tempo2},
	{"tempo", `tempo: server: log_level: "debug"`, grafana12 + tempo2},
	{"tempo", `server: httpListenPort: 3200`, grafana12 + distributed},
	{"tempo", `server: httpListenPort: 3100`, grafana12 + strings.Replace(distributed, "1.61.3", "1.32.7", 1)},
	{"tempo", `traces: otlp: http: enabled: true`, alloy1 + distributed},
	{"tempo", `traces: zipkin: enabled: false`, alloy1 + strings.Replace(distributed, "}", `, receivers: ["zipkin"]}`, 1)},
	{"tempo", `minio: {fullnameOverride: "tempo-minio", service: port: "9000", tls: enabled: false}`, minioSubchart + distributed},
	{"tempo", `minio: fullnameOverride: "store"`, distributed}, // there is none
	{"collector", `service: {enabled: true, type: "NodePort"}`, alloy1 + traefik3},
	{"collector", `fullnameOverride: "collector"`, alloy1}, // nobody sends
	{"collector", `namespaceOverride: "x"`, strings.Replace(alloy1, "1.11.1", "0.12.0", 1) + traefik3},
	{"traefik", `fullnameOverride: "edge"`, traefik3},
	{"traefik", `tracing: sampleRate: 1`, "\n" + `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", sampling: 1.0}`},
	{"traefik", `tracing: sampleRate: 0.50`, "\n" + `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", sampling: 0.5}`},
	{"store", `service: port: "9000"`, minioCluster},
	{"store", `minioAPIPort: "9090"`, minioCluster},
	{"grafana", `fullnameOverride: "grafana-2"`, grafana12 + tempo2},
	{"grafana", `grafana: fullnameOverride: "dashboards"`, stack},
	{"grafana", `fullnameOverride: "monitoring"`, stack[:strings.Index(stack, "\nprometheus")]},
	{"grafana", `grafana: sidecar: datasources: uid: "prometheus"`, stack},
	{"grafana", `prometheus: service: {enabled: true, port: 9090}`, stack},
}

func TestHarmlessOverrides(t *testing.T) {
	for _, o := range harmless {
		t.Run(o.section+" "+o.values, func(t *testing.T) {
			workspace(t, map[string]string{"p": o.text()}).compile(t)
		})
	}
}
