package generator

import "testing"

// TestGrafanaFiles looks for lines of Grafana's, Loki's and Prometheus' files.
func TestGrafanaFiles(t *testing.T) {
	const (
		operator = `grafana: {kind: "grafana-operator", namespace: "front", instanceSelector: "a.b/c": "yes"}`
		stack    = `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3"}`
		v2       = "\n" + `traefik: {chart: version: "31.0.0", export: protocol: "otlp-http"}`
	)
	loki := func(version, more string) string {
		return grafana12 + "\n" + `loki: {kind: "chart", chart: version: "` + version + `", release: "logs"` + more + `}`
	}
	filesHave(t, []fileCase{
		{"an object of the operator", operator, "p/grafana/datasource-tempo.yaml",
			[]string{"name: tracing-tempo\n  namespace: front\n", "matchLabels:\n      a.b/c: \"yes\"\n", "  uid: tempo\n  datasource:\n    name: Tempo\n"}, []string{"    uid:", "allowCross"}},
		{"nothing expands a variable on its way", operator + traefik3 + "\n" + `loki: {kind: "address", host: "loki.example.com"}`, "p/grafana/datasource-loki.yaml",
			[]string{"url: ${__value.raw}\n"}, nil},
		{"Grafana elsewhere", operator + "\n" + `grafana: crossNamespace: true`, "p/grafana/datasource-tempo.yaml",
			[]string{"allowCrossNamespaceImport: true\n"}, nil},
		{"every Grafana", `grafana: {kind: "grafana-operator", instanceSelector: {}}`, "p/grafana/datasource-tempo.yaml",
			[]string{"spec:\n  instanceSelector: {}\n"}, nil},
		{"the machine's port", `cluster: {kind: "kind", hostPorts: {http: 8080, https: 8443}}` + traefik3 + "\n" + grafana12 + "\n" + `grafana: ingress: host: "g.example.com"`, "base/grafana/values.yaml",
			[]string{"root_url: http://g.example.com:8080\n"}, nil},
		{"which Flux applies", operator, "p/flux/grafana.yaml", []string{"path: ./out/p/grafana\n"}, nil},
		{"and whose namespace is not the tree's", operator, "p/namespaces/namespaces.yaml", []string{"name: observability\n"}, []string{"front"}},
		{"the stack's sidecar looks in its own namespace", stack, "p/grafana/datasources-configmap.yaml",
			[]string{"namespace: monitoring\n", "grafana_datasource: \"1\"\n", "  tracing.yaml: |\n    apiVersion: 1\n"}, []string{"Prometheus"}},
		{"also beside the user's own", stack + "\n" + `grafana: delivery: kind: "component"`, "p/grafana/kustomization.yaml",
			[]string{"kind: Component\n", "- datasources-configmap.yaml\n"}, nil},
		{"and beside what others install", stack + "\n" + `grafana: delivery: kind: "none"`, "p/grafana/kustomization.yaml",
			[]string{"kind: Kustomization\nnamespace: monitoring\nresources:\n- datasources-configmap.yaml\n"}, nil},
		{"a file of our own beside the user's", grafana12 + "\n" + `grafana: delivery: kind: "component"`, "p/grafana/values.yaml",
			[]string{"datasources:\n  tracing.yaml:\n    apiVersion: 1\n"}, []string{"datasources.yaml"}},
		{"the chart's sidecar is off by default", grafana12 + "\n" + `grafana: datasources: "sidecar"`, "base/grafana/values.yaml",
			[]string{"  datasources:\n    enabled: true\n    label: grafana_datasource\n", "  dashboards:\n    enabled: true\n"}, []string{"apiVersion"}},
		{"a dashboard for a sidecar", stack + traefik3 + "\n" + `loki: {kind: "address", host: "l.example.com"}`, "p/grafana/dashboard-configmap.yaml",
			[]string{"namespace: monitoring\n", "grafana_dashboard: \"1\"\n", "  tracing.json: |\n    {\n", `"queryType": "traceql"`, `"expr": "{app=\"traefik\"}"`}, []string{"Spans per second"}},
		{"and for the operator", operator, "p/grafana/dashboard-tracing.yaml",
			[]string{"kind: GrafanaDashboard\n", "name: tracing-dashboard\n", "  json: |\n", `"title": "Traces"`}, []string{"Access log"}},
		{"without TraceQL", `grafana: {kind: "grafana", chart: version: "6.43.5"}` + traefik3 + "\n" + `loki: {kind: "address", host: "l.example.com"}`, "p/grafana/dashboards/tracing.json",
			[]string{`"title": "Access log of the ingress"`}, []string{"traceql"}},

		{"a way in for people", grafana12 + traefik3 + "\n" + `traefik: release: "edge"
grafana: {ingress: {host: "g.example.com", tlsSecret: "g-tls"}, adminSecret: "admin", resources: limits: memory: "1Gi"}`, "base/grafana/values.yaml",
			[]string{"ingressClassName: edge-traefik\n", "  hosts:\n  - g.example.com\n", "  - hosts:\n    - g.example.com\n    secretName: g-tls\n", "grafana.ini:\n  server:\n    root_url: https://g.example.com\n", "existingSecret: admin\n", "memory: 1Gi\n"}, []string{"anonymous"}},
		{"a way in by ingress-nginx", grafana12 + "\n" + `ingressNginx: {chart: version: "4.11.3", export: protocol: "otlp-grpc", class: "edge"}
grafana: ingress: host: "g.example.com"
ignore: TG072: "a test"`, "base/grafana/values.yaml", []string{"ingressClassName: edge\n"}, nil},
		{"into the stack, without a class", stack + "\n" + `traefik: {chart: version: "18.1.0", export: protocol: "zipkin"}
grafana: ingress: host: "g.example.com"`, "base/grafana/values.yaml",
			[]string{"grafana:\n  grafana.ini:\n    server:\n      root_url: http://g.example.com\n  ingress:\n    enabled: true\n    hosts:\n    - g.example.com\n"}, []string{"ingressClassName", "tls"}},
		{"a class of one's own", grafana12 + traefik3 + "\n" + `grafana: ingress: {host: "g.example.com", class: "other"}`, "base/grafana/values.yaml",
			[]string{"ingressClassName: other\n"}, nil},
		{"no login in a throw-away cluster", grafana12 + "\n" + `cluster: kind: "kind"` + "\n" + `grafana: anonymous: true`, "base/grafana/values.yaml",
			[]string{"auth.anonymous:\n    enabled: true\n    org_role: Editor\n"}, nil},

		{"a nested line with W3C's header", grafana12 + v2 + "\n" + `loki: {kind: "address", host: "l.example.com", logs: shape: "nested"}`, "p/grafana/datasources.yaml",
			[]string{`'"request_Traceparent\\*": ?\\*"00-(\w+)-'`}, nil},

		{"the pod of an old Loki, called by the chart alone", loki("3.3.0", ""), "p/grafana/datasources.yaml",
			[]string{"url: http://loki.logging.svc.cluster.local:3100\n"}, nil},
		{"which has a schema, and no mode", loki("3.3.0", `, retention: "24h"`), "base/loki/values.yaml",
			[]string{"retention_period: 24h\n", "retention_enabled: true\n", "dashboards:\n    enabled: false\n"}, []string{"deploymentMode", "schemaConfig", "delete_request_store", "gateway"}},
		{"somebody's old Loki", loki("3.3.0", `, delivery: kind: "none"`), "p/grafana/datasources.yaml",
			[]string{"url: http://loki-gateway.logging.svc.cluster.local\n"}, nil},
		{"the gateway of the chart alone", loki("5.0.0", ""), "p/grafana/datasources.yaml",
			[]string{"url: http://loki-gateway.logging.svc.cluster.local\n"}, nil},
		{"the gateway of the release", loki("6.0.0", ""), "p/grafana/datasources.yaml",
			[]string{"url: http://logs-loki-gateway.logging.svc.cluster.local\n"}, nil},
		{"a Loki of a middle age", loki("6.27.0", `, retention: "24h", resources: limits: memory: "1Gi"`), "base/loki/values.yaml",
			[]string{"deploymentMode: SingleBinary\n", "schema: v13\n", "delete_request_store: filesystem\n", "memory: 1Gi\n", "clusterDomain: cluster.local\n"}, nil},
		{"the newest", loki("18.11.0", ""), "base/loki/values.yaml",
			[]string{"deploymentMode: Monolithic\n", "size: 10Gi\n"}, []string{"retention"}},

		{"Prometheus alone", `prometheus: {kind: "prometheus", chart: version: "29.27.0", retention: "72h", size: "1Gi"}`, "base/prometheus/values.yaml",
			[]string{"kube-state-metrics:\n  enabled: false\n", "retention: 72h\n", "size: 1Gi\n"}, []string{"extraFlags"}},
		{"written to by the collector", grafana12 + alloy1 + "\n" + `collector: {controller: "deployment", replicas: 1, spanMetrics: {}}
prometheus: {kind: "prometheus", chart: version: "29.27.0"}`, "base/prometheus/values.yaml",
			[]string{"- web.enable-lifecycle\n  - enable-feature=exemplar-storage\n  - web.enable-remote-write-receiver\n"}, nil},
		{"an old one, written to", alloy1 + "\n" + `collector: {controller: "deployment", replicas: 1, spanMetrics: {}}
prometheus: {kind: "prometheus", chart: version: "15.0.0"}`, "base/prometheus/values.yaml",
			[]string{"- enable-feature=remote-write-receiver\n"}, nil},
		{"the stack's own, written to", stack + alloy1 + "\n" + `collector: {controller: "deployment", replicas: 1, spanMetrics: {}}
prometheus: kind: "kube-prometheus-stack"`, "base/grafana/values.yaml",
			[]string{"enableRemoteWriteReceiver: true\n"}, nil},
		{"metrics beside a span", grafana12 + alloy1 + "\n" + `collector: {controller: "deployment", replicas: 1, spanMetrics: {}}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`, "p/grafana/datasources.yaml",
			[]string{"name: Rate\n", "traces_span_metrics_calls_total{$$__tags}"}, []string{"serviceMap"}},
		{"an old one, with Grafana beside it", grafana12 + "\n" + `prometheus: {kind: "prometheus", chart: version: "15.0.0"}`, "base/prometheus/values.yaml",
			[]string{"nodeExporter:\n  enabled: false\n", "- web.enable-lifecycle\n  - enable-feature=exemplar-storage\n"}, nil},
	})
}
