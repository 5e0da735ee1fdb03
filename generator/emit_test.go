package generator

import (
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/tree"
)

// TestValues looks at single values of small profiles.
func TestValues(t *testing.T) {
	valuesHave(t, []valueCase{
		{"old tempo-distributed", `tempo: {mode: "distributed", chart: version: "0.27.4", receivers: ["otlp-http", "jaeger-thrift-compact"]}`, "tempo", map[string]string{
			"traces.otlp.http.enabled":            "true",
			"traces.jaeger.thriftCompact.enabled": "true",
			"traces.otlp.grpc.enabled":            "",
			"minio.enabled":                       "false",
			"storage.trace.s3.endpoint":           "s3.example.com:9000",
			"storage.trace.s3.insecure":           "false",
			"storage.trace.s3.region":             "",
		}},
		{"retention and replication", `tempo: {mode: "distributed", chart: version: "1.61.3", retention: "72h", replicationFactor: 2, components: ingester: replicas: 2}`, "tempo", map[string]string{
			"compactor.config.compaction.block_retention": "72h",
			"ingester.config.replication_factor":          "2",
			"ingester.replicas":                           "2",
			"querier.replicas":                            "",
		}},
		{"retention of one process", `tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "72h", resources: limits: memory: "1Gi"}`, "tempo", map[string]string{
			"tempo.retention":               "72h",
			"tempo.resources.limits.memory": "1Gi",
			"persistence.enabled":           "true",
		}},
		{"log of spans by a flag", `tempo: {mode: "monolithic", chart: version: "2.2.4", logSpans: true}`, "tempo", map[string]string{
			`tempo.extraArgs."distributor.log-received-spans.enabled"`: "true",
		}},
		{"log of spans by a value", `tempo: {mode: "distributed", chart: version: "1.61.3", logSpans: true}`, "tempo", map[string]string{
			"distributor.config.log_received_spans.enabled": "true",
		}},
		{"credentials of every part", `tempo: {mode: "distributed", chart: version: "1.61.3"}`, "tempo", map[string]string{
			"distributor.extraEnv[1].valueFrom.secretKeyRef.name": "tempo-s3",
			"ingester.extraEnv[1].valueFrom.secretKeyRef.key":     "secret_key",
			"querier.extraEnv[0].value":                           "tempo",
			"queryFrontend.extraEnv[1].name":                      "AWS_SECRET_ACCESS_KEY",
			"compactor.extraEnv[0].name":                          "AWS_ACCESS_KEY_ID",
			"metricsGenerator.extraEnv[0].name":                   "",
			"storage.trace.s3.access_key":                         "",
			"storage.trace.s3.secret_key":                         "",
		}},
		{"legacy subchart", subchartProfile("1.4.0"), "tempo", map[string]string{
			"minio.accessKey":             "tempo",
			"minio.secretKey":             "throw-away",
			"minio.rootUser":              "",
			"minio.users":                 "",
			"minio.buckets[0].name":       "traces",
			"storage.trace.s3.endpoint":   "tempo-minio.observability.svc.cluster.local:9000",
			"storage.trace.s3.insecure":   "true",
			"storage.trace.s3.secret_key": "throw-away",
		}},
		{"current subchart", subchartProfile("1.61.3"), "tempo", map[string]string{
			"minio.enabled":      "true",
			"minio.rootUser":     "tempo",
			"minio.rootPassword": "throw-away",
			"minio.users":        "[]",
			"minio.accessKey":    "",
		}},
		{"Minio with a root Secret", `store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "secret", rootSecret: "minio-root", policy: "minimal", region: "eu-west-1", size: "5Gi", resources: requests: cpu: "1"}`, "minio", map[string]string{
			"existingSecret":                       "minio-root",
			"rootUser":                             "",
			"rootPassword":                         "",
			"users[0].existingSecret":              "tempo-s3",
			"users[0].existingSecretKey":           "secret_key",
			"users[0].secretKey":                   "",
			"policies[0].statements[0].actions[3]": "s3:DeleteObject",
			"policies[0].statements[0].actions[4]": "",
			"environment.MINIO_SITE_REGION":        "eu-west-1",
			"persistence.size":                     "5Gi",
			"resources.requests.cpu":               "1",
			"resources.requests.memory":            "",
		}},
		{"Service of new Traefik", `traefik: {chart: version: "41.3.0", export: protocol: "otlp-grpc", service: "NodePort", propagation: "b3multi"}`, "traefik", map[string]string{
			"service.spec.type":                    "NodePort",
			"service.type":                         "",
			"env[0].name":                          "OTEL_PROPAGATORS",
			"env[0].value":                         "b3multi",
			"env[1].name":                          "",
			"accessLog.fields.defaultMode":         "keep",
			"accessLog.fields.headers.defaultMode": "drop",
			"logs.access.enabled":                  "",
		}},
		{"Service of old Traefik", `traefik: {chart: version: "27.0.2", export: protocol: "zipkin", service: "ClusterIP", propagation: "b3multi"}`, "traefik", map[string]string{
			"service.type":                           "ClusterIP",
			"env[0].name":                            "", // B3 is all that it speaks
			"logs.access.fields.general.defaultmode": "keep",
		}},
		{"variables of the chart's own", `traefik: {chart: version: "31.0.0", export: protocol: "otlp-http", propagation: "b3multi"}`, "traefik", map[string]string{
			"env[0].value":                                  "b3multi",
			"env[1].name":                                   "POD_NAME",
			"env[1].valueFrom.fieldRef.fieldPath":           "metadata.name",
			"env[2].valueFrom.fieldRef.fieldPath":           "metadata.namespace",
			"logs.access.fields.headers.names.X-B3-Traceid": "keep",
			"logs.access.fields.headers.names.Traceparent":  "",
		}},
		{"Alloy over HTTP", `collector: {kind: "alloy", chart: version: "1.11.1", export: protocol: "otlp-http", controller: "deployment", replicas: 2, receivers: ["otlp-http", "otlp-grpc"]}`, "alloy", map[string]string{
			"controller.type":          "deployment",
			"controller.replicas":      "2",
			"alloy.extraPorts[0].name": "otlp-grpc",
			"alloy.extraPorts[0].port": "4317",
			"alloy.extraPorts[1].port": "4318",
			"alloy.extraPorts[2].port": "",
			"alloy.configMap.create":   "true",
		}},
		{"Grafana's own chart", `grafana: {kind: "grafana", chart: version: "12.11.1", uids: tempo: "t"}`, "grafana", map[string]string{
			`datasources."datasources.yaml".apiVersion`:         "1",
			`datasources."datasources.yaml".datasources[0].uid`: "t",
			`datasources."datasources.yaml".datasources[0].url`: "http://tempo.observability.svc.cluster.local:3200",
			`datasources."datasources.yaml".datasources[1].uid`: "",
		}},
		{"Grafana of the stack", `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", datasources: "values", uids: tempo: "t"}
prometheus: {kind: "kube-prometheus-stack", traceLabel: "traceID"}
loki: {kind: "address", host: "loki.example.com", port: 443, tls: true}`, "grafana", map[string]string{
			"grafana.additionalDataSources[0].uid":                                     "t",
			"grafana.additionalDataSources[0].jsonData.tracesToLogsV2.datasourceUid":   "loki",
			"grafana.additionalDataSources[1].url":                                     "https://loki.example.com",
			"grafana.additionalDataSources[2].uid":                                     "",
			"grafana.sidecar.datasources.exemplarTraceIdDestinations.datasourceUid":    "t",
			"grafana.sidecar.datasources.exemplarTraceIdDestinations.traceIdLabelName": "traceID",
		}},
		{"trace ID in a label", `grafana: {kind: "grafana", chart: version: "12.11.1"}` + traefik3 + `
loki: {kind: "chart", chart: version: "6.27.0", logs: {shape: "label", traceLabel: "trace", streamLabel: "job", streamValue: "x"}}`, "grafana", map[string]string{
			`datasources."datasources.yaml".datasources[0].jsonData.tracesToLogsV2.query`:           "{job=\"x\"} | trace=`$${__trace.traceId}`",
			`datasources."datasources.yaml".datasources[1].jsonData.derivedFields[0].matcherType`:   "label",
			`datasources."datasources.yaml".datasources[1].jsonData.derivedFields[0].matcherRegex`:  "trace",
			`datasources."datasources.yaml".datasources[1].jsonData.derivedFields[0].datasourceUid`: "tempo",
		}},
		{"trace ID in W3C's header", `grafana: {kind: "grafana", chart: version: "12.11.1"}
traefik: {chart: version: "31.0.0", export: protocol: "otlp-http"}
loki: {kind: "chart", chart: version: "6.27.0"}`, "grafana", map[string]string{
			`datasources."datasources.yaml".datasources[1].jsonData.derivedFields[0].matcherRegex`: `"request_Traceparent":"00-(\w+)-`,
		}},
		{"overrides", alloy1 + "\n" + `tempo: {mode: "monolithic", chart: version: "2.2.4", values: {tempo: {retention: "1h", extraArgs: null}, extraVolumes: [{name: "scratch"}], persistence: enabled: false}}`, "tempo", map[string]string{
			"tempo.retention":                              "1h",
			"tempo.extraArgs":                              "<nil>",
			"extraVolumes[0].name":                         "scratch",
			"persistence.enabled":                          "false",
			"tempo.receivers.otlp.protocols.grpc.endpoint": "0.0.0.0:4317",
		}},
	})
}

func subchartProfile(version string) string {
	return `cluster: kind: "kind"
store: {kind: "minio", placement: "subchart", bucket: "traces", credentials: kind: "inline"}
tempo: {mode: "distributed", chart: version: "` + version + `"}`
}

// TestAlloyConfig wants the collector's configuration as it was tried.
func TestAlloyConfig(t *testing.T) {
	const profile = `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"], logLevel: "debug", batch: {timeout: "2s", size: 500}, export: protocol: "otlp-http"}`
	const want = `logging {
	level = "debug"
}

otelcol.receiver.otlp "default" {
	grpc {
		endpoint = "0.0.0.0:4317"
	}

	output {
		traces = [otelcol.processor.batch.default.input]
	}
}

otelcol.processor.batch "default" {
	timeout         = "2s"
	send_batch_size = 500

	output {
		traces = [otelcol.exporter.otlphttp.tempo.input]
	}
}

otelcol.exporter.otlphttp "tempo" {
	client {
		endpoint = "http://tempo.observability.svc.cluster.local:4318"

		tls {
			insecure = true
		}
	}
}
`
	out := emitted(t, profile)
	i := slices.IndexFunc(out.Files, func(f *tree.File) bool { return f.Path == "alloy/config.alloy" })
	head, got, _ := strings.Cut(string(out.Files[i].Encode()), "\n")
	if head != "// "+emit.Header || got != want {
		t.Errorf("the configuration is\n%s\n%s", head, got)
	}
}
