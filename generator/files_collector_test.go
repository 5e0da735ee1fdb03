package generator

import (
	"strings"
	"testing"
)

// TestCollectorFiles looks for lines in what the collector's pipeline becomes.
func TestCollectorFiles(t *testing.T) {
	const (
		alloy = `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]}
`
		otel = `collector: {kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc"]}
`
		one  = `collector: controller: "deployment"` + "\n"
		loki = `loki: {kind: "address", host: "loki.example.com"}` + "\n"
		prom = `prometheus: {kind: "address", host: "prometheus.example.com", port: 443, tls: true, remoteWrite: true}` + "\n"
	)
	filesHave(t, []fileCase{
		{"nothing that nobody asked for", alloy, "p/alloy/config.alloy",
			[]string{"traces = [otelcol.processor.batch.default.input]\n"}, []string{"memory_limiter", "k8sattributes", "sampl", "spanmetrics", "loki", "transform"}},
		{"nor in the other program", otel, "p/otel-collector/config.yaml",
			[]string{"processors:\n      - batch\n"}, []string{"memory_limiter", "k8sattributes", "sampl", "spanmetrics", "loki", "resource:", "http:"}},
		{"the chart's own is taken away", otel, "base/otel-collector/values.yaml",
			[]string{"debug: null\n", "http: null\n", "jaeger: null\n", "prometheus: null\n", "zipkin: null\n", "memory_limiter: null\n", "logs: null\n      metrics: null\n", "zipkin:\n    enabled: false\n", "hostPort: null\n"}, []string{"otlp: null", "health_check: null"}},
		{"no null where the chart has nothing", strings.Replace(otel, "0.170.0", "0.99.0", 1) + `collector: {memoryLimit: {unit: "MiB", limit: 9}}`, "base/otel-collector/values.yaml",
			[]string{"limit_mib: 9\n"}, []string{"limit_percentage"}},
		{"the percentages of the chart go", otel + `collector: {memoryLimit: {unit: "MiB", limit: 9}}`, "base/otel-collector/values.yaml",
			[]string{"limit_mib: 9\n", "limit_percentage: null\n", "spike_limit_percentage: null\n"}, []string{"spike_limit_mib"}},
		{"a deployment has a Service by itself", otel + one + `collector: replicas: 2`, "base/otel-collector/values.yaml",
			[]string{"mode: deployment\n", "replicaCount: 2\n"}, []string{"service:\n  enabled", "hostPort", "runAsUser", "extraEnvs"}},
		{"a daemonset asks for its node's pods", otel + `collector: kubernetesAttributes: true`, "base/otel-collector/values.yaml",
			[]string{"node_from_env_var: COLLECTOR_NODE_NAME\n", "extraEnvs:\n- name: COLLECTOR_NODE_NAME\n", "fieldPath: spec.nodeName\n"}, nil},
		{"a deployment for all", otel + one + `collector: kubernetesAttributes: true`, "base/otel-collector/values.yaml",
			[]string{"clusterRole:\n  create: true\n"}, []string{"COLLECTOR_NODE_NAME"}},
		{"metrics of every span", otel + one + prom + `collector: {spanMetrics: {}, sampling: {kind: "probabilistic", ratio: 0.07}}`, "p/otel-collector/config.yaml",
			[]string{"endpoint: https://prometheus.example.com/api/v1/write\n", "sampling_percentage: 7.0\n", "forward: {}\n",
				"traces:\n      receivers:\n      - otlp\n      processors: []\n      exporters:\n      - spanmetrics\n      - forward\n    traces/sampled:\n      receivers:\n      - forward\n      processors:\n      - probabilistic_sampler\n      - batch\n"}, nil},
		{"and of one way without sampling", otel + one + prom + `collector: spanMetrics: exemplars: false`, "p/otel-collector/config.yaml",
			[]string{"exporters:\n      - otlp/tempo\n      - spanmetrics\n", "exemplars:\n      enabled: false\n"}, []string{"forward"}},
		{"the same in Alloy", alloy + one + prom + `collector: {spanMetrics: {}, sampling: {kind: "probabilistic", ratio: 0.07}}`, "p/alloy/config.alloy",
			[]string{"traces = [otelcol.processor.probabilistic_sampler.default.input, otelcol.connector.spanmetrics.default.input]\n", "sampling_percentage = 7\n", `url = "https://prometheus.example.com/api/v1/write"`}, nil},
		{"what tail sampling keeps", otel + one + `collector: sampling: {kind: "tail", keepErrors: false, slowerThan: "0.2ms", ratio: 1}`, "p/otel-collector/config.yaml",
			[]string{"decision_wait: 10s\n", "threshold_ms: 1\n", "sampling_percentage: 100.0\n"}, []string{"ERROR"}},
		{"logs of a whole cluster", alloy + one + loki + `collector: logs: {}`, "p/alloy/config.alloy",
			[]string{`url = "http://loki.example.com:3100/loki/api/v1/push"`}, []string{"selectors", "namespaces {"}},
		{"logs of a node", strings.Replace(alloy, "1.11.1", "0.7.0", 1) + loki + `collector: logs: namespaces: ["a", "b"]`, "p/alloy/config.alloy",
			[]string{`names = ["a", "b"]`, `field = "spec.nodeName=" + env("HOSTNAME")`}, nil},
		{"logs over OTLP", otel + loki + `collector: logs: {}`, "p/otel-collector/config.yaml",
			[]string{"endpoint: http://loki.example.com:3100/otlp\n", "- /var/log/pods/*/*/*.log\n", "key: app.kubernetes.io/name\n"}, nil},
		{"logs that are off", otel + `collector: logs: enabled: false`, "p/otel-collector/config.yaml", nil, []string{"filelog"}},
		{"TLS where there can be", `collector: {kind: "otel-collector", chart: version: "0.170.0", receivers: ["otlp-grpc", "jaeger-thrift-compact"], tls: secret: "s"}`, "p/otel-collector/config.yaml",
			[]string{"thrift_compact:\n        endpoint: \"0.0.0.0:6831\"\nprocessors", "cert_file: /etc/collector/tls/tls.crt\n"}, nil},
		{"its Secret", otel + `collector: tls: secret: "s"`, "base/otel-collector/values.yaml",
			[]string{"extraVolumes:\n- name: receiver-tls\n  secret:\n    secretName: s\n", "- mountPath: /etc/collector/tls\n  name: receiver-tls\n  readOnly: true\n"}, nil},
		{"senders speak TLS, too", `collector: {kind: "alloy", chart: version: "1.11.1", tls: secret: "s"}` + traefik3, "base/traefik/values.yaml",
			[]string{"endpoint: https://alloy.observability.svc.cluster.local:4318/v1/traces\n"}, nil},
		{"Zipkin of an old ingress", `collector: {kind: "otel-collector", chart: version: "0.120.2"}
traefik: {chart: version: "18.1.0", export: protocol: "zipkin"}`, "base/traefik/values.yaml",
			[]string{"http://otel-collector-opentelemetry-collector.observability.svc.cluster.local:9411/api/v2/spans\n"}, nil},
		{"more destinations", alloy + `collector: exporters: lab: {protocol: "otlp-http", host: "10.0.0.7", port: 4318, tls: false}`, "p/alloy/config.alloy",
			[]string{"traces = [otelcol.exporter.otlp.tempo.input, otelcol.exporter.otlphttp.lab.input]\n", `endpoint = "http://10.0.0.7:4318"`}, nil},
		{"a destination that wants to know who sends", alloy + `collector: exporters: lab: {protocol: "otlp-grpc", host: "o.example.com", port: 443, header: secret: "lab"}`, "p/alloy/config.alloy",
			[]string{`headers  = {"authorization" = sys.env("EXPORTER_LAB")}` + "\n"}, nil},
		{"and its Secret", otel + `collector: {kubernetesAttributes: true, exporters: lab: {protocol: "otlp-grpc", host: "o.example.com", port: 443, header: {secret: "lab", key: "token"}}}`, "base/otel-collector/values.yaml",
			[]string{"authorization: ${env:EXPORTER_LAB}\n", "fieldPath: spec.nodeName\n- name: EXPORTER_LAB\n  valueFrom:\n    secretKeyRef:\n      key: token\n      name: lab\n"}, nil},
	})
}
