package chart

import (
	"slices"
	"strings"
	"testing"
)

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
// table. A dash means that it says nothing, as of a
// product that is no chart.
func TestKubernetes(t *testing.T) {
	known := map[string]bool{}
	for _, tc := range []struct{ chart, version, constraint string }{
		{"alloy", "0.12.5", "-"},
		{"alloy", "1.11.1", "-"},
		{"flux", "2.9.5", "-"},
		{"grafana", "6.43.5", "^1.8.0-0"},
		{"grafana", "8.10.4", "^1.8.0-0"},
		{"grafana", "10.5.15", "^1.8.0-0"},
		{"grafana", "12.11.1", "^1.25.0-0"},
		{"ingress-nginx", "4.0.0", ">=1.19.0-0"},
		{"ingress-nginx", "4.8.3", ">=1.20.0-0"},
		{"ingress-nginx", "4.15.1", ">=1.21.0-0"},
		{"kube-prometheus-stack", "41.6.1", ">=1.16.0-0"},
		{"kube-prometheus-stack", "69.8.2", ">=1.19.0-0"},
		{"kube-prometheus-stack", "88.5.3", ">=1.25.0-0"},
		{"linkerd", "2.12.2", ">=1.21.0-0"},
		{"linkerd", "2.14.10", ">=1.21.0-0"},
		{"linkerd", "2.20.0", ">=1.31.0-0"},
		{"linkerd-control-plane", "1.9.4", ">=1.21.0-0"},
		{"linkerd-control-plane", "2025.10.7", ">=1.23.0-0"},
		{"linkerd-control-plane", "2026.8.3", ">=1.31.0-0"},
		{"linkerd-viz", "30.3.4", ">=1.21.0-0"},
		{"linkerd-viz", "2025.4.4", ">=1.23.0-0"},
		{"linkerd-viz", "2026.8.3", ">=1.31.0-0"},
		{"promtail", "6.17.1", "-"},
		{"grafana-agent", "0.44.2", "-"},
		{"linkerd-jaeger", "30.4.4", ">=1.21.0-0"},
		{"linkerd-jaeger", "2025.4.4", ">=1.23.0-0"},
		{"linkerd-jaeger", "2025.9.4", ">=1.23.0-0"},
		{"loki", "3.3.0", "-"},
		{"loki", "6.27.0", "-"},
		{"loki", "18.11.0", ">=1.25.0-0"},
		{"minio", "4.0.0", "-"},
		{"minio", "5.4.0", "-"},
		{"opentelemetry-collector", "0.80.0", "-"},
		{"opentelemetry-collector", "0.170.0", "-"},
		{"prometheus", "15.0.0", "-"},
		{"prometheus", "19.0.1", ">=1.16.0-0"},
		{"prometheus", "25.0.0", ">=1.19.0-0"},
		{"prometheus", "29.27.0", ">=1.19.0-0"},
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
	} {
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
