package generator

import "testing"

// TestPodFiles looks for what holds for every chart's pods, in each one's values.
func TestPodFiles(t *testing.T) {
	const all = `cluster: {
	kind: "k3s", registry: "mirror.example.com:5000/hub", storageClass: "fast", nodeSelector: "kubernetes.io/arch": "arm64"
	tolerations: [{key: "a", value: "b", effect: "NoExecute", seconds: 60}, {operator: "Exists"}], priorityClass: "high", throwaway: true
}
store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"}`
	const stacked = stack + "\ncluster: kind: \"k3s\""
	valuesHave(t, []valueCase{
		{"Tempo in one process", all, "tempo", map[string]string{
			"tempo.registry":                    "mirror.example.com:5000/hub",
			`nodeSelector."kubernetes.io/arch"`: "arm64",
			"tolerations[0].key":                "a",
			"tolerations[0].value":              "b",
			"tolerations[0].effect":             "NoExecute",
			"tolerations[0].tolerationSeconds":  "60",
			"tolerations[1].operator":           "Exists",
			"tolerations[1].key":                "",
			"priorityClassName":                 "high",
			"persistence.storageClassName":      "fast",
			"serviceMonitor.enabled":            "",
		}},
		{"an image whose name has a registry", all, "minio", map[string]string{
			"image.repository":                          "mirror.example.com:5000/hub/minio/minio",
			"mcImage.repository":                        "mirror.example.com:5000/hub/minio/mc",
			"persistence.storageClass":                  "fast",
			`postJob.nodeSelector."kubernetes.io/arch"`: "arm64",
		}},
		{"Tempo in parts", all + "\n" + `tempo: {mode: "distributed", chart: version: "1.61.3"}`, "tempo", map[string]string{
			"global.image.registry":                     "mirror.example.com:5000/hub",
			`querier.nodeSelector."kubernetes.io/arch"`: "arm64",
			"memcached.tolerations[0].key":              "a",
			"global.priorityClassName":                  "high",
			"global.storageClass":                       "fast",
		}},
		{"each pod of the stack, and the Jobs that its release waits for", all + "\n" + stack, "grafana", map[string]string{
			`kube-state-metrics.nodeSelector."kubernetes.io/arch"`:          "arm64",
			"kube-state-metrics.tolerations[0].key":                         "a",
			"kube-state-metrics.priorityClassName":                          "high",
			"prometheusOperator.admissionWebhooks.patch.tolerations[0].key": "a",
			"prometheusOperator.priorityClassName":                          "high",
		}},
		{"a claim that nobody asks for", stack + "\ncluster: {kind: \"k3s\", storageClass: \"fast\"}", "grafana", map[string]string{
			"prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName": "",
		}},
		{"root, to be another", restricted + alloy1[1:], "alloy", map[string]string{
			"global.podSecurityContext.runAsNonRoot":                  "true",
			"global.podSecurityContext.runAsUser":                     "473",
			"global.podSecurityContext.seccompProfile.type":           "RuntimeDefault",
			"alloy.securityContext.allowPrivilegeEscalation":          "false",
			"configReloader.securityContext.capabilities.drop[0]":     "ALL",
			"configReloader.securityContext.runAsUser":                "",
			"alloy.securityContext.seccompProfile.type":               "",
			"alloy.securityContext.readOnlyRootFilesystem":            "",
			"configReloader.securityContext.capabilities.drop[1]":     "",
			"configReloader.securityContext.allowPrivilegeEscalation": "false",
		}},
		{"only what is lacking", restricted + `tempo: {mode: "distributed", chart: version: "1.61.3"}`, "tempo", map[string]string{
			"tempo.podSecurityContext.seccompProfile.type": "RuntimeDefault",
			"tempo.podSecurityContext.runAsNonRoot":        "",
			"tempo.securityContext.capabilities.drop[0]":   "",
		}},
		{"nothing at all", restricted + traefik3[1:], "traefik", map[string]string{
			"podSecurityContext.seccompProfile.type": "", "podSecurityContext.runAsNonRoot": "",
		}},
		{"not under baseline", "cluster: {kind: \"k3s\", podSecurity: \"baseline\"}" + alloy1, "alloy", map[string]string{
			"global.podSecurityContext.runAsNonRoot": "",
		}},
		{"not where the namespace has another", restricted + "namespaces: observability: labels: \"pod-security.kubernetes.io/enforce\": \"privileged\"" + alloy1, "alloy", map[string]string{
			"global.podSecurityContext.runAsNonRoot": "",
		}},
		{"ServiceMonitors for the stack", stacked + alloy1, "alloy", map[string]string{
			"serviceMonitor.enabled":                  "true",
			"serviceMonitor.additionalLabels.release": "kube-prometheus-stack",
		}},
		{"but none that no operator would select", stack + "\ncluster: {kind: \"k3s\", throwaway: true}\n" + `store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"}`, "minio", map[string]string{
			"metrics.serviceMonitor.enabled": "", "metrics.serviceMonitor.additionalLabels.release": "",
		}},
		{"unless one says no", stack + "\ncluster: {kind: \"k3s\", serviceMonitors: false}" + alloy1, "alloy", map[string]string{
			"serviceMonitor.enabled": "",
		}},
		{"or for another operator", "cluster: {kind: \"k3s\", serviceMonitors: true}" + traefik3, "traefik", map[string]string{
			"metrics.prometheus.serviceMonitor.enabled":                  "true",
			"metrics.prometheus.serviceMonitor.additionalLabels.release": "",
		}},
		{"a full name of one's own", `tempo: {mode: "monolithic", chart: {version: "2.2.4", fullname: "traces"}}` + "\n" + grafana12, "tempo", map[string]string{
			"fullnameOverride": "traces",
		}},
		{"that all follow", `tempo: {mode: "monolithic", chart: {version: "2.2.4", fullname: "traces"}}` + "\n" + grafana12, "grafana", map[string]string{
			`datasources."datasources.yaml".datasources[0].url`: "http://traces.observability.svc.cluster.local:3200",
		}},
	})
	filesHave(t, []fileCase{
		{"a namespace's standard", restricted, "p/namespaces/namespaces.yaml", []string{"pod-security.kubernetes.io/enforce: restricted\n"}, nil},
		{"or its own", restricted + "namespaces: observability: labels: \"pod-security.kubernetes.io/enforce\": \"privileged\"", "p/namespaces/namespaces.yaml",
			[]string{"pod-security.kubernetes.io/enforce: privileged\n"}, []string{"restricted"}},
		{"a ServiceMonitor needs its definition", stacked + traefik3, "p/flux/traefik.yaml", []string{"- name: tracing-grafana\n"}, nil},
		{"the stack waits for nobody", stacked + traefik3, "p/flux/grafana.yaml", nil, []string{"tracing-tempo", "tracing-grafana\n  - "}},
	})
}
