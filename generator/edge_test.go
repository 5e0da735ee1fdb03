package generator

import (
	"testing"

	"tracegen.dev/generator/override"
	"tracegen.dev/generator/plan"
)

// TestAccepted has profiles that only just keep a rule.
func TestAccepted(t *testing.T) {
	for name, profile := range map[string]string{
		"the oldest Kubernetes":     `cluster: {kind: "k3s", kubernetes: "1.25"}` + "\n" + `tempo: {mode: "distributed", chart: version: "2.26.2"}`,
		"a later Kubernetes":        `cluster: {kind: "k3s", kubernetes: "1.100"}` + "\n" + `tempo: {mode: "distributed", chart: version: "2.26.2"}`,
		"one name, two namespaces":  alloy1 + "\n" + `collector: {release: "tempo", namespace: "collect"}`,
		"as many as hold each":      `tempo: {mode: "distributed", chart: version: "1.61.3", replicationFactor: 3}`,
		"the oldest chart":          `traefik: {chart: version: "10.29.0", export: protocol: "zipkin"}`,
		"the newest chart":          `traefik: {chart: version: "41.3.0", export: protocol: "otlp-http"}`,
		"the last with Minio":       subchartProfile("2.26.2"),
		"the last repository":       `tempo: {mode: "monolithic", chart: {version: "1.24.4", repository: "https://grafana.github.io/helm-charts"}}`,
		"a mirror":                  `tempo: {mode: "monolithic", chart: {version: "2.2.4", repository: "https://mirror.example.com/charts"}}`,
		"an override that agrees":   `tempo: {mode: "monolithic", chart: version: "2.2.4", values: tempo: storage: trace: s3: bucket: "traces"}`,
		"an override of one's own":  `tempo: {mode: "monolithic", chart: version: "2.2.4", values: tempo: storage: trace: s3: prefix: "tempo"}`,
		"a log that nobody links":   traefik3 + "\n" + `traefik: accessLog: enabled: false`,
		"throw-away credentials":    `cluster: {kind: "k3s", throwaway: true}` + "\n" + `store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"}`,
		"v2 that speaks B3":         `traefik: {chart: version: "27.0.2", export: protocol: "zipkin", propagation: "b3multi"}`,
		"a namespace that is there": "namespaces: observability: create: false",
	} {
		t.Run(name, func(t *testing.T) {
			workspace(t, map[string]string{"p": complete(profile)}).compile(t)
		})
	}
}

// TestNotIgnorable: what leaves a reference dangling, or two files at odds,
// stops the build whatever the profile says.
func TestNotIgnorable(t *testing.T) {
	for code, profile := range map[string]string{
		plan.CodeDangling: `prometheus: kind: "kube-prometheus-stack"`,
		plan.CodeOldChart: `collector: {kind: "alloy", chart: version: "0.0.1", receivers: ["otlp-grpc"]}`,
	} {
		s := workspace(t, map[string]string{"p": complete(profile + "\nignore: " + code + `: "never mind"`)})
		if _, diags := s.analyse(t); len(diags) != 2 {
			t.Errorf("ignoring %s leaves:\n%s", code, text(s, diags))
		}
	}
	s := workspace(t, map[string]string{"p": complete(`tempo: {mode: "monolithic", chart: version: "2.2.4", values: tempo: storage: trace: s3: bucket: "other"}` +
		"\nignore: " + override.Code + `: "never mind"`)})
	if out, diags, err := Compile(s.w, s.profiles); err != nil || out != nil || len(diags) != 2 {
		t.Errorf("%v; ignoring %s leaves:\n%s", err, override.Code, text(s, diags))
	}
}

// TestIgnoredDoubts: link's doubts about a chart can be ignored.
func TestIgnoredDoubts(t *testing.T) {
	for code, profile := range map[string]string{
		plan.CodeNewChart:   `collector: {kind: "alloy", chart: version: "99.0.0", receivers: ["otlp-grpc"]}`,
		plan.CodeRepository: `tempo: {mode: "monolithic", chart: {version: "2.2.4", repository: "https://grafana.github.io/helm-charts"}}`,
	} {
		workspace(t, map[string]string{"p": complete(profile + "\nignore: " + code + `: "we know better"`)}).compile(t)
	}
}
