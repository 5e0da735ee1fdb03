package generator

import "testing"

// fronts are what stands behind and in front of Tempo: all channels, and Loki
// and Prometheus of all ages.
var fronts = [][]string{
	{`cluster: {kind: "k3s", domain: "cluster.example", throwaway: true}`, `cluster: kind: "kind"`},
	{
		`tempo: {mode: "monolithic", chart: version: "2.2.4"}`,
		`tempo: {mode: "distributed", chart: version: "0.27.4", receivers: ["otlp-http"]}`,
		`tempo: {mode: "distributed", chart: version: "1.61.3", release: "tracing", namespace: "tempo"}`,
	},
	{
		`collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-http"]}`,
		`collector: {kind: "alloy", chart: version: "1.11.1", controller: "deployment", replicas: 1, receivers: ["otlp-http"], spanMetrics: {}}`,
	},
	{
		``,
		`traefik: {chart: version: "27.0.2", export: {protocol: "zipkin", to: "tempo"}}`,
		`traefik: {chart: version: "41.3.0", export: protocol: "otlp-grpc", release: "ingress"}`,
	},
	{
		`grafana: {kind: "grafana", chart: version: "12.11.1", anonymous: true}`,
		`grafana: {kind: "grafana", chart: version: "6.43.5", datasources: "sidecar"}`,
		`grafana: {kind: "grafana", chart: version: "8.10.4", datasources: "sidecar", ingress: {host: "g.example.com", tlsSecret: "g"}, adminSecret: "admin"}`,
		`grafana: {kind: "grafana", chart: version: "8.10.4", delivery: kind: "component"}`,
		`grafana: {kind: "grafana-operator", instanceSelector: {"a.b/c": "y"}, crossNamespace: true}`,
		`grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", uids: loki: "logs", ingress: host: "g.example.com"}`,
		`grafana: {kind: "kube-prometheus-stack", chart: version: "41.6.1", release: "kps", delivery: kind: "component"}`,
	},
	{
		``,
		`loki: {kind: "chart", chart: version: "3.3.0", release: "logs", namespace: "logs", retention: "24h"}`,
		`loki: {kind: "chart", chart: version: "5.0.0", release: "logs", delivery: kind: "none"}`,
		`loki: {kind: "chart", chart: version: "6.27.0", release: "logs", retention: "24h", logs: shape: "nested"}`,
		`loki: {kind: "chart", chart: version: "18.11.0", size: "1Gi"}`,
	},
	{
		``,
		`prometheus: kind: "kube-prometheus-stack"`,
		`prometheus: {kind: "prometheus", chart: version: "29.27.0", namespace: "metrics"}`,
		`prometheus: {kind: "prometheus", chart: version: "15.0.0", release: "metrics", retention: "24h"}`,
		`prometheus: {kind: "address", host: "prometheus.example.com", remoteWrite: true, queries: "a {{ $b }} of ${c}": "rate(x{y=\"{{ $z }}\"}[5m])"}`,
	},
	{`store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`},
}

// TestRandomFronts is [TestRandomProfiles] for Grafana, Loki and Prometheus.
func TestRandomFronts(t *testing.T) { randomProfiles(t, fronts, 60, 20) }
