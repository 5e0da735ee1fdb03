package generator

import "testing"

// TestAppFiles looks into what is added to the user's applications.
func TestAppFiles(t *testing.T) {
	told := func(protocol, more string) string {
		return `tempo: {mode: "distributed", chart: version: "1.61.3"}
apps: web: {namespace: "shop", workloads: [{name: "web", container: "main"}], protocol: "` + protocol + `"` + more + `}`
	}
	const file = "p/apps/web/deployment-web-main.yaml"
	const host = "tempo-distributor.observability.svc.cluster.local"
	ingress := told("otlp-grpc", `, ingress: {host: "shop.example.com", service: "web", port: 8080, annotations: "a.b/c": "d"}, smoke: {path: "/api", vus: 2, duration: "1m"}`)
	secure := told("otlp-grpc", `, ingress: {host: "shop.localhost", service: "web", entryPoint: "websecure", class: "edge"}, smoke: {}`)
	const kind = "\n" + `cluster: {kind: "kind", hostPorts: {http: 8080, https: 8443}}`
	filesHave(t, []fileCase{
		{"OTLP by gRPC", told("otlp-grpc", ""), file, []string{
			"kind: Deployment\n", "namespace: shop\n", "- name: main\n",
			"- name: OTEL_EXPORTER_OTLP_ENDPOINT\n          value: http://" + host + ":4317\n",
			"- name: OTEL_EXPORTER_OTLP_PROTOCOL\n          value: grpc\n"}, []string{"PROPAGATORS"}},
		{"OTLP by HTTP", told("otlp-http", `, propagators: ["tracecontext", "b3multi"]`), file, []string{
			"value: http://" + host + ":4318\n", "value: http/protobuf\n", "- name: OTEL_PROPAGATORS\n          value: tracecontext,b3multi\n"}, nil},
		{"pods that join the mesh", told("otlp-grpc", ", mesh: true") + "\n" + `linkerd: {version: "2.19.0", skipOutboundPorts: [443]}`, file, []string{
			"metadata:\n      annotations:\n        linkerd.io/inject: enabled\n        config.linkerd.io/skip-outbound-ports: \"443\"\n"}, nil},
		{"Zipkin", told("zipkin", ""), file, []string{
			"- name: OTEL_EXPORTER_ZIPKIN_ENDPOINT\n          value: http://" + host + ":9411/api/v2/spans\n", "- name: OTEL_TRACES_EXPORTER\n          value: zipkin\n"}, nil},
		{"Jaeger", told("jaeger-thrift-http", ""), file, []string{
			"- name: OTEL_EXPORTER_JAEGER_ENDPOINT\n          value: http://" + host + ":14268/api/traces\n", "value: http/thrift.binary\n"}, nil},
		{"OpenCensus", told("opencensus", ""), file, []string{"- name: OC_AGENT_HOST\n          value: " + host + ":55678\n"}, []string{"OTEL"}},
		{"and its receiver", told("opencensus", ""), "base/tempo/values.yaml", []string{"opencensus:\n    enabled: true\n"}, nil},
		{"a variable of its own", told("otlp-http", `, variable: "TRACES"`), file, []string{"- name: TRACES\n          value: http://" + host + ":4318\n"}, []string{"OTEL"}},
		{"an authority to trust", told("otlp-grpc", "") + "\n" + `collector: {kind: "alloy", chart: version: "1.11.1", tls: {secret: "tls", caSecret: "ca"}}`, file, []string{
			"value: https://alloy.observability.svc.cluster.local:4317\n", "- name: OTEL_EXPORTER_OTLP_CERTIFICATE\n          value: /etc/tracing-ca/ca.crt\n",
			"mountPath: /etc/tracing-ca\n", "- name: tracing-ca\n        secret:\n          secretName: ca\n"}, nil},
		{"what the ingress speaks", told("otlp-http", "") + "\n" + `traefik: {chart: version: "39.0.7", export: protocol: "otlp-http", propagation: "b3multi"}`, file,
			[]string{"- name: OTEL_PROPAGATORS\n          value: b3multi\n"}, nil},
		{"the Component", ingress + traefik3, "p/apps/web/kustomization.yaml", []string{
			"kind: Component\n", "- ingress.yaml\n", "- path: deployment-web-main.yaml\n  target:\n    kind: Deployment\n    name: web\n",
			"fieldPath: spec.template.spec.containers.[name=main].image\n"}, nil},
		{"its Ingress", ingress + traefik3, "p/apps/web/ingress.yaml", []string{
			"traefik.ingress.kubernetes.io/router.entrypoints: web\n", "a.b/c: d\n", "ingressClassName: traefik\n", "host: shop.example.com\n", "name: web\n            port:\n              number: 8080\n"}, []string{"tls"}},
		{"a class of its own", secure + traefik3, "p/apps/web/ingress.yaml", []string{
			"router.entrypoints: websecure\n", "router.tls: \"true\"\n", "ingressClassName: edge\n"}, nil},
		{"no class before there was one", ingress + "\n" + `traefik: {chart: version: "18.1.0", export: {protocol: "zipkin", to: "tempo"}}`, "p/apps/web/ingress.yaml",
			nil, []string{"ingressClassName"}},
		{"the script", ingress + traefik3, "p/apps/web/smoke.js", []string{`{ vus: 2, duration: "1m" };`, `http.get("http://shop.example.com/api")`}, nil},
		{"on the machine's port", ingress + traefik3 + kind, "p/apps/web/smoke.js", []string{`http.get("http://shop.example.com:8080/api")`, `hosts: { "shop.example.com": "127.0.0.1" } };`}, nil},
		{"by HTTPS", secure + traefik3 + kind, "p/apps/web/smoke.js", []string{`http.get("https://shop.localhost:8443/")`, `insecureSkipTLSVerify: true };`}, nil},
		{"the machine's names", ingress + traefik3 + kind, "p/kind/hosts", []string{"127.0.0.1 shop.example.com\n"}, nil},
		{"is no part of the whole", ingress + traefik3, "p/kustomization.yaml", nil, []string{"apps"}},
	})
	filesLack(t, map[string]string{
		"p/kind/hosts": secure + traefik3 + kind, // localhost leads to the machine without
	})
}
