package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// edge is where a feature changes, and kubernetes what a Chart.yaml says.
type (
	edge       struct{ chart, feature, before, was, from, is string }
	kubernetes struct{ chart, version, constraint string }
)

// Each edge is tested on both sides: the last release before it, and the first
// with it. Lists are written as fmt prints them.
func TestEdges(t *testing.T) {
	for _, tc := range append([]edge{
		{"tempo-distributed", "name", "0.26.9", "tempo-distributed", "0.27.0", "tempo"},
		{"tempo-distributed", "httpPortName", "0.26.9", "http", "0.27.0", "http-metrics"},
		{"tempo-distributed", "httpPort", "1.40.9", "3100", "1.41.0", "3200"},
		{"tempo-distributed", "port.otlp-http", "0.21.2", "55681", "0.21.3", "4318"},
		{"tempo-distributed", "minioSubchart", "0.26.9", "none", "0.27.0", "legacy"},
		{"tempo-distributed", "minioSubchart", "1.4.9", "legacy", "1.4.10", "current"},
		{"tempo-distributed", "minioSubchart", "1.6.3", "current", "1.6.4", "legacy"},
		{"tempo-distributed", "minioSubchart", "1.6.6", "legacy", "1.6.7", "current"},
		{"tempo-distributed", "minioSubchart", "2.26.2", "current", "3.0.0", "none"},
		{"tempo-distributed", "minioVersion", "1.53.0", "4.0.12", "1.54.0", "4.1.0"},
		{"tempo-distributed", "minioUserKey", "1.6.6", "minio.accessKey", "1.6.7", "minio.rootUser"},
		{"tempo-distributed", "minioUserKey", "1.6.3", "minio.rootUser", "1.6.4", "minio.accessKey"},
		{"tempo-distributed", "minioUsersKey", "1.4.9", "", "1.4.10", "minio.users"},
		{"tempo-distributed", "minioDefaultEnabled", "0.26.9", "false", "0.27.0", "true"},
		{"tempo-distributed", "minioDefaultEnabled", "1.2.1", "true", "1.2.2", "false"},
		{"tempo-distributed", "receivers", "2.23.4", "[otlp-grpc otlp-http zipkin jaeger-thrift-compact jaeger-thrift-binary jaeger-thrift-http jaeger-grpc opencensus]", "2.23.5", "[otlp-grpc otlp-http zipkin jaeger-thrift-compact jaeger-thrift-binary jaeger-thrift-http jaeger-grpc]"},
		{"tempo-distributed", "key.opencensus", "2.23.4", "traces.opencensus", "2.23.5", ""},
		{"tempo-distributed", "storageComponents", "2.26.2", "[distributor ingester querier queryFrontend compactor metricsGenerator]", "3.0.0", "[distributor querier queryFrontend metricsGenerator backendScheduler backendWorker blockBuilder liveStore]"},
		{"tempo-distributed", "retentionKey", "2.26.2", "compactor.config.compaction.block_retention", "3.0.0", "backendScheduler.config.provider.compaction.compaction.block_retention"},
		{"tempo-distributed", "replicationFactorKey", "2.26.2", "ingester.config.replication_factor", "3.0.0", ""},
		{"tempo-distributed", "kafka", "2.26.2", "false", "3.0.0", "true"},
		{"tempo-distributed", "kafkaAddressKey", "2.26.2", "<nil>", "3.0.0", "ingest.kafka.address"},
		{"tempo-distributed", "logSpansKey", "0.24.1", "<nil>", "0.25.0", "distributor.config.log_received_spans"},
		{"tempo-distributed", "remoteWriteKey", "0.25.0", "metricsGenerator.config.storage_remote_write", "0.26.0", "metricsGenerator.config.storage.remote_write"},
		{"tempo-distributed", "reportingKey", "1.2.4", "<nil>", "1.2.5", "reportingEnabled"},
		{"tempo-distributed", "skipVerifyKey", "1.4.15", "insecure_skip_verify", "1.5.0", "tls_insecure_skip_verify"},
		{"tempo-distributed", "processorsKey", "1.32.7", "global_overrides.metrics_generator_processors", "1.33.0", "overrides.defaults.metrics_generator.processors"},
		{"tempo-distributed", "globalEnvKey", "1.18.1", "<nil>", "1.18.2", "global.extraEnv"},
		{"tempo-distributed", "streamOverHTTPKey", "1.58.0", "<nil>", "1.58.1", "streamOverHTTPEnabled"},
		{"tempo-distributed", "httpPortKeys", "0.20.4", "[server.httpListenPort]", "0.21.0", "[server.httpListenPort tempo.structuredConfig.server.http_listen_port]"},
		{"tempo-distributed", "httpPortKeys", "1.54.0", "[server.httpListenPort tempo.structuredConfig.server.http_listen_port]", "1.54.1", "[server.httpListenPort tempo.structuredConfig.server.http_listen_port queryFrontend.service.httpMetricsPort]"},
		{"tempo-distributed", "minKubernetes", "1.64.0", "<nil>", "2.0.0", "1.25"},

		{"tempo", "httpPort", "1.23.0", "3100", "1.23.1", "3200"},
		{"tempo", "skipVerifyKey", "1.3.1", "insecure_skip_verify", "1.4.0", "tls_insecure_skip_verify"},
		{"tempo", "key.opencensus", "2.2.0", "tempo.receivers.opencensus", "2.2.1", ""},
		{"tempo", "defaultReceivers", "2.2.1", "[otlp-grpc otlp-http jaeger-thrift-compact jaeger-thrift-binary jaeger-thrift-http jaeger-grpc opencensus]", "2.2.2", "[otlp-grpc otlp-http jaeger-thrift-compact jaeger-thrift-binary jaeger-thrift-http jaeger-grpc]"},

		{"traefik", "tracing", "10.28.0", "none", "10.29.0", "zipkin"},
		{"traefik", "tracing", "27.0.2", "zipkin", "28.0.0", "otlp"},
		{"traefik", "propagation", "27.0.2", "b3multi", "28.0.0", "w3c"},
		{"traefik", "propagatorsEnv", "27.0.2", "<nil>", "28.0.0", "OTEL_PROPAGATORS"},
		{"traefik", "sampleRateKey", "27.0.2", "tracing.zipkin.sampleRate", "28.0.0", ""},
		{"traefik", "sampleRateKey", "33.1.0", "", "33.2.0", "tracing.sampleRate"},
		{"traefik", "sampleRateZero", "36.3.0", "false", "37.0.0", "true"},
		{"traefik", "serviceNameKey", "33.1.0", "", "33.2.0", "tracing.serviceName"},
		{"traefik", "resourceAttributesKey", "33.2.1", "tracing.globalAttributes", "34.0.0", "tracing.resourceAttributes"},
		{"traefik", "schema", "31.0.0", "none", "31.1.0", "open"},
		{"traefik", "schema", "38.0.2", "open", "39.0.0", "strict"},
		{"traefik", "emptyTLSFlags", "38.0.2", "false", "39.0.0", "true"},
		{"traefik", "emptyTLSFlags", "39.0.0", "true", "39.0.1", "false"},
		{"traefik", "serviceTypeKey", "39.0.9", "service.type", "40.0.0", "service.spec.type"},
		{"traefik", "accessLogKey", "40.3.0", "logs.access", "41.0.0", "accessLog"},
		{"traefik", "accessLogFieldsKey", "40.3.0", "fields.general", "41.0.0", "fields"},
		{"traefik", "defaultModeKey", "40.3.0", "defaultmode", "41.0.0", "defaultMode"},
		{"traefik", "logTraceField", "32.1.1", "", "33.0.0", "TraceId"},
		{"traefik", "logTraceField", "39.0.5", "TraceId", "39.0.6", "trace_id"},
		{"traefik", "logTraceField", "39.1.0-ea.2", "TraceId", "40.0.0", "trace_id"},
		{"traefik", "logTraceHeader", "27.0.2", "X-B3-Traceid", "28.0.0", "Traceparent"},
		{"traefik", "logTraceHeader", "32.1.1", "Traceparent", "33.0.0", ""},

		{"traefik", "minKubernetes", "20.8.0", "<nil>", "21.0.0", "1.16"},
		{"traefik", "minKubernetes", "27.0.2", "1.16", "28.0.0-rc.1", "1.22"},
		{"traefik", "minKubernetes", "39.1.0-ea.2", "1.22", "40.0.0-ea.1", "1.25"},

		{"grafana", "minKubernetes", "10.5.15", "1.8", "11.0.0", "1.25"},
		{"grafana", "tracesToLogs", "6.51.5", "v1", "6.52.0", "v2"},
		{"grafana", "derivedFieldLabel", "7.2.5", "false", "7.3.0", "true"},
		{"grafana", "tracesToMetrics", "7.3.12", "toggle", "8.0.0", "on"},

		{"kube-prometheus-stack", "exemplarKey", "36.4.0", "<nil>", "36.5.0", "grafana.sidecar.datasources.exemplarTraceIdDestinations"},
		{"kube-prometheus-stack", "tracesToLogs", "45.9.1", "v1", "45.10.0", "v2"},
		{"kube-prometheus-stack", "derivedFieldLabel", "56.4.0", "false", "56.5.0", "true"},
		{"kube-prometheus-stack", "tracesToMetrics", "59.1.0", "toggle", "60.0.0", "on"},

		{"kube-prometheus-stack", "minKubernetes", "49.2.0", "1.16", "50.0.0", "1.19"},
		{"kube-prometheus-stack", "minKubernetes", "72.9.1", "1.19", "73.0.0", "1.25"},
		{"kube-prometheus-stack", "prometheusServiceKeys", "69.8.2", "[prometheus.enabled]", "70.0.0", "[prometheus.enabled prometheus.service.enabled]"},

		{"alloy", "namespaceKeys", "0.12.0", "<nil>", "0.12.1", "[namespaceOverride]"},

		{"minio", "servicePortKeys", "4.0.4", "[service.port minioAPIPort]", "4.0.5", "[service.port]"},
		{"minio", "policyCreate", "5.0.7", "add", "5.0.8", "create"},
		{"minio", "policyAttach", "5.0.7", "set", "5.0.8", "attach"},
	}, newEdges...) {
		expect(t, tc.chart, tc.before, tc.feature, tc.was)
		expect(t, tc.chart, tc.from, tc.feature, tc.is)
	}
}

// The versions that the profiles and the older documents pin.
func TestPins(t *testing.T) {
	for _, tc := range []struct{ chart, version, app, feature, want string }{
		{"tempo-distributed", "0.27.4", "1.5.0", "httpPort", "3100"},
		{"tempo-distributed", "0.27.4", "1.5.0", "minioSubchart", "legacy"},
		{"tempo-distributed", "1.32.7", "2.7.1", "httpPort", "3100"},
		{"tempo-distributed", "1.32.7", "2.7.1", "minioSubchart", "current"},
		{"tempo-distributed", "1.61.3", "2.9.0", "httpPort", "3200"},
		{"tempo-distributed", "3.3.0", "3.0.3", "kafka", "true"},
		{"tempo", "2.2.4", "2.10.8", "httpPort", "3200"},
		{"traefik", "18.1.0", "2.9.1", "tracing", "zipkin"},
		{"traefik", "34.4.1", "3.3.4", "logTraceField", "TraceId"},
		{"traefik", "39.0.7", "3.6.12", "logTraceField", "trace_id"},
		{"kube-prometheus-stack", "41.6.1", "0.60.1", "tracesToLogs", "v1"},
		{"kube-prometheus-stack", "88.5.3", "", "tracesToLogs", "v2"},
		{"loki", "3.3.0", "2.6.1", "gatewayPort", "80"},
		{"loki", "18.11.0", "3.7.6", "gatewayPort", "80"},
		{"alloy", "0.12.5", "1.7.4", "httpPort", "12345"},
		{"alloy", "1.11.1", "1.18.1", "portsKey", "alloy.extraPorts"},
		{"grafana", "8.10.4", "11.5.2", "tracesToLogs", "v2"},
		{"grafana", "12.11.1", "13.2.0", "servicePort", "80"},
		{"minio", "5.4.0", "RELEASE.2024-12-18T13-15-44Z", "policyAttach", "attach"},
	} {
		expect(t, tc.chart, tc.version, tc.feature, tc.want)
		if got := find(t, tc.chart).At(tc.version).App(); tc.app != "" && got != tc.app {
			t.Errorf("%s %s has the app version %q, want %q", tc.chart, tc.version, got, tc.app)
		}
	}
}

// What Chart.yaml says of Kubernetes in the versions that profiles, goldens and
// documents pin, and in each chart's newest: read there, not copied from the
// table. A dash means that it says nothing.
func TestKubernetes(t *testing.T) {
	known := map[string]bool{}
	for _, tc := range append([]kubernetes{
		{"alloy", "0.12.5", "-"},
		{"alloy", "1.11.1", "-"},
		{"grafana", "6.43.5", "^1.8.0-0"},
		{"grafana", "8.10.4", "^1.8.0-0"},
		{"grafana", "10.5.15", "^1.8.0-0"},
		{"grafana", "12.11.1", "^1.25.0-0"},
		{"kube-prometheus-stack", "41.6.1", ">=1.16.0-0"},
		{"kube-prometheus-stack", "69.8.2", ">=1.19.0-0"},
		{"kube-prometheus-stack", "88.5.3", ">=1.25.0-0"},
		{"loki", "3.3.0", "-"},
		{"loki", "6.27.0", "-"},
		{"loki", "18.11.0", ">=1.25.0-0"},
		{"minio", "4.0.0", "-"},
		{"minio", "5.4.0", "-"},
		{"tempo", "1.14.0", "-"},
		{"tempo", "1.24.0", "-"},
		{"tempo", "2.2.4", "-"},
		{"tempo-distributed", "0.27.4", "-"},
		{"tempo-distributed", "1.32.7", "-"},
		{"tempo-distributed", "1.61.3", "-"},
		{"tempo-distributed", "2.26.2", "^1.25.0-0"},
		{"tempo-distributed", "3.3.0", "^1.25.0-0"},
		{"traefik", "18.1.0", "-"},
		{"traefik", "27.0.2", ">=1.16.0-0"},
		{"traefik", "34.4.1", ">=1.22.0-0"},
		{"traefik", "39.0.7", ">=1.22.0-0"},
		{"traefik", "41.3.0", ">=1.25.0-0"},
	}, newKubernetes...) {
		want := strings.TrimSuffix(strings.TrimLeft(tc.constraint, "^>=-"), ".0-0")
		v, got := find(t, tc.chart).At(tc.version), ""
		if slices.Contains(v.Features(), "minKubernetes") {
			got = v.String("minKubernetes")
		}
		if got != want {
			t.Errorf("%s: the table says %q, Chart.yaml %q", v.Name(), got, tc.constraint)
		}
		if v.App() == "" {
			t.Errorf("%s is no release", v.Name())
		}
		known[tc.chart] = known[tc.chart] || tc.version == v.Chart().Newest()
	}
	for _, name := range Names() {
		if !known[name] {
			t.Errorf("what the newest %s says of Kubernetes was not read", name)
		}
	}
}

// Some edges follow from the software's version, and that is known of every
// release, so they can be compared throughout.
func TestEdgesFollowTheSoftware(t *testing.T) {
	for _, tc := range []struct{ chart, feature, app, before, from string }{
		{"tempo-distributed", "skipVerifyKey", "2.2.0", "insecure_skip_verify", "tls_insecure_skip_verify"},
		{"tempo", "skipVerifyKey", "2.2.0", "insecure_skip_verify", "tls_insecure_skip_verify"},
		{"tempo-distributed", "key.opencensus", "2.10.6", "traces.opencensus", ""},
		{"tempo", "key.opencensus", "2.10.6", "tempo.receivers.opencensus", ""},
		{"tempo-distributed", "kafka", "3.0.0", "false", "true"},
		{"traefik", "propagation", "3.0.0", "b3multi", "w3c"},
		{"grafana", "tracesToLogs", "9.4.0", "v1", "v2"},
		{"grafana", "derivedFieldLabel", "10.3.0", "false", "true"},
		{"grafana", "tracesToMetrics", "11.0.0", "toggle", "on"},
	} {
		c := find(t, tc.chart)
		for _, version := range c.Releases() {
			v := c.At(version)
			want := tc.before
			if compare(v.App(), tc.app) >= 0 {
				want = tc.from
			}
			expect(t, tc.chart, version, tc.feature, want)
		}
	}
}

func TestLogTraceFieldFollowsTraefik(t *testing.T) {
	c := find(t, "traefik")
	for _, version := range c.Releases() {
		want := ""
		switch app := c.At(version).App(); {
		case compare(app, "3.6.11") >= 0:
			want = "trace_id"
		case compare(app, "3.2.0") >= 0:
			want = "TraceId"
		}
		expect(t, "traefik", version, "logTraceField", want)
	}
}

func expect(t *testing.T, chart, version, feature, want string) {
	t.Helper()
	if got := fmt.Sprint(find(t, chart).At(version).Value(feature)); got != want {
		t.Errorf("%s %s: %s is %s, want %s", chart, version, feature, got, want)
	}
}

func find(t *testing.T, name string) *Chart {
	t.Helper()
	c, ok := Find(name)
	if !ok {
		t.Fatalf("no chart %s", name)
	}
	return c
}
