package generator

import (
	"strings"
	"testing"
)

// meshApp is an application of the user's.
const meshApp = "\n" + `apps: shop: {
	namespace: "shop", protocol: "otlp-grpc"
	workloads: [{name: "web", container: "web"}]
	ingress: {host: "shop.example.com", service: "web"}
}`

// TestMeshFiles looks for lines in the files of meshed profiles.
func TestMeshFiles(t *testing.T) {
	const (
		tempo2022 = "\n" + `tempo: {mode: "distributed", chart: version: "0.27.4", namespace: "tracing"}`
		traefik2  = "\n" + `traefik: {chart: version: "18.1.0", export: protocol: "zipkin"}`
		control   = "\n" + `linkerd: version: "2.19.0"`
	)
	filesHave(t, []fileCase{
		{"the extension sends OpenCensus to Tempo", `linkerd: version: "2.12.2"` + tempo2022, "base/linkerd/values.yaml",
			[]string{"collector:\n  enabled: false\n", "jaeger:\n  enabled: false\n", "collectorSvcAddr: tempo-distributor.tracing.svc.cluster.local:55678\n", "collectorSvcAccount: tempo\n"},
			[]string{"Protocol", "clusterDomain"}},
		{"for which Tempo listens", `linkerd: version: "2.12.2"` + tempo2022, "base/tempo/values.yaml", []string{"opencensus:\n    enabled: true\n"}, nil},
		{"in a release of its own", `linkerd: version: "2.12.2"` + tempo2022, "p/linkerd/helmrelease.yaml", []string{"releaseName: linkerd-jaeger\n", `version: "30.4.4"`}, nil},
		{"from the edge", `linkerd: version: "2.15.0"` + tempo2022, "base/linkerd/source.yaml", []string{"url: https://helm.linkerd.io/edge\n"}, nil},
		{"OTLP where the extension speaks it", `linkerd: version: "2.17.0"`, "base/linkerd/values.yaml",
			[]string{"collectorSvcAddr: tempo.observability.svc.cluster.local:4317\n", "collectorTraceProtocol: opentelemetry\n"}, nil},
		{"to the collector where there is one", `linkerd: version: "2.18.0"` + "\n" + alloy1, "base/linkerd/values.yaml",
			[]string{"collectorSvcAddr: alloy.observability.svc.cluster.local:4317\n", "collectorSvcAccount: alloy\n"}, nil},
		{"not to one that has no receiver for it", `linkerd: version: "2.12.2"` + tempo2022 + "\n" + alloy1 + "\ncollector: receivers: [\"otlp-grpc\"]", "base/linkerd/values.yaml",
			[]string{"collectorSvcAddr: tempo-distributor.tracing"}, nil},
		{"OTLP where both would do", `linkerd: version: "2.17.0"` + oldTempo, "base/linkerd/values.yaml",
			[]string{":4317\n", "collectorTraceProtocol: opentelemetry\n"}, nil},
		{"a domain of its own", `linkerd: {version: "2.17.0", trustDomain: "mesh.example"}`, "base/linkerd/values.yaml", []string{"clusterDomain: mesh.example\n"}, nil},
		{"the cluster's", `linkerd: version: "2.17.0"` + "\n" + `cluster: {kind: "k3s", domain: "home.example"}`, "base/linkerd/values.yaml", []string{"clusterDomain: home.example\n"}, nil},
		{"the control plane's own settings", control[1:], "p/linkerd/values.yaml",
			[]string{"endpoint: tempo.observability.svc.cluster.local:4317\n", "meshIdentity:\n        namespace: observability\n        serviceAccountName: tempo\n", "enabled: true\n"}, nil},
		{"go into the user's own release", control[1:], "p/linkerd/kustomization.yaml",
			[]string{"kind: Component\n", "name: linkerd-control-plane\n", "namespace: linkerd\n"}, nil},
		{"the receiver is meshed", control[1:], "p/namespaces/namespaces.yaml", []string{"name: observability\n", "linkerd.io/inject: enabled\n"}, []string{"opaque-ports", "linkerd.io/extension"}},
		{"with the ports by which Tempo's parts gossip", "linkerd: version: \"2.19.0\"" + distributed, "p/namespaces/namespaces.yaml",
			[]string{`config.linkerd.io/opaque-ports: "25,587,3306,4444,5432,6379,7946,9300,11211"`}, nil},
		{"ports of the user's own", `linkerd: {version: "2.19.0", opaquePorts: [26], skipInboundPorts: [443, 80], skipOutboundPorts: [443]}`, "p/namespaces/namespaces.yaml",
			[]string{`opaque-ports: "25,26,587,`, `skip-inbound-ports: "80,443"`, `skip-outbound-ports: "443"`}, nil},
		{"the extension's namespace", `linkerd: version: "2.12.2"` + tempo2022, "p/namespaces/namespaces.yaml", []string{"name: linkerd-jaeger\n", "linkerd.io/extension: jaeger\n"}, nil},
		{"namespaces that the input lists", `linkerd: {version: "2.19.0", inject: ["traefik"]}` + traefik3, "p/namespaces/namespaces.yaml",
			[]string{"name: traefik\n  annotations:\n    kustomize.toolkit.fluxcd.io/substitute: disabled\n    kustomize.toolkit.fluxcd.io/prune: disabled\n    linkerd.io/inject: enabled\n"}, nil},
		{"the ingress is meshed by its pods", `linkerd: {version: "2.12.2", skipOutboundPorts: [443]}` + tempo2022 + traefik2, "base/traefik/values.yaml",
			[]string{"podAnnotations:\n    config.linkerd.io/skip-outbound-ports: \"443\"\n    linkerd.io/inject: ingress\n"}, nil},
		{"or as the user says", `linkerd: {version: "2.19.0", ingress: "enabled"}` + traefik3, "base/traefik/values.yaml", []string{"linkerd.io/inject: enabled\n"}, nil},
		{"and comes after the mesh", `linkerd: version: "2.12.2"` + tempo2022 + traefik2, "p/flux/traefik.yaml", []string{"- name: tracing-linkerd\n"}, nil},
		{"which waits for nobody", `linkerd: version: "2.12.2"` + tempo2022 + traefik2, "p/flux/linkerd.yaml", []string{"- name: tracing-namespaces\n"}, []string{"tracing-tempo", "tracing-traefik"}},
		{"a control plane of the user's own is not waited for", control[1:], "p/flux/tempo.yaml", nil, []string{"tracing-linkerd"}},
		{"B3 before a mesh that knows nothing else", `linkerd: version: "2.12.2"` + tempo2022 + traefik3, "base/traefik/values.yaml", []string{"name: OTEL_PROPAGATORS\n  value: b3multi\n"}, nil},
		{"or loses the parent otherwise", `linkerd: version: "2.13.0"` + tempo2022 + traefik3, "base/traefik/values.yaml", []string{"value: b3multi\n"}, nil},
		{"else W3C", control[1:] + traefik3, "base/traefik/values.yaml", nil, []string{"OTEL_PROPAGATORS"}},
		{"where the log has no field of Traefik's own, B3's header is kept", `linkerd: version: "2.12.2"` + tempo2022 + "\n" + `traefik: {chart: version: "31.0.0", export: protocol: "otlp-grpc"}`, "base/traefik/values.yaml",
			[]string{"X-B3-Traceid: keep\n", "value: b3multi\n"}, []string{"Traceparent"}},
		{"no proxy in a Job", `cluster: {kind: "k3s", throwaway: true}
store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"}` + control, "base/minio/values.yaml", []string{"postJob:\n  podAnnotations:\n    linkerd.io/inject: disabled\n"}, nil},
		{"ingress-nginx by OTLP", `ingressNginx: {chart: version: "4.15.1", sampling: 0.25, serviceName: "edge"}` + nginxRetired, "base/ingress-nginx/values.yaml",
			[]string{"enable-opentelemetry: \"true\"\n", "otlp-collector-host: tempo.observability.svc.cluster.local\n", "otlp-collector-port: \"4317\"\n", "otel-service-name: edge\n",
				"otel-sampler: TraceIdRatioBased\n", "otel-sampler-ratio: \"0.25\"\n", "otel-sampler-parent-based: \"true\"\n", `"trace_id":"$opentelemetry_trace_id"}`}, []string{"opentelemetry:\n", "hostPort", "type:"}},
		{"all of it", `ingressNginx: chart: version: "4.15.1"` + nginxRetired, "base/ingress-nginx/values.yaml", []string{"otel-sampler: AlwaysOn\n"}, []string{"sampler-ratio"}},
		{"with the module of older charts", `ingressNginx: chart: version: "4.11.8"` + nginxRetired, "base/ingress-nginx/values.yaml", []string{"opentelemetry:\n    enabled: true\n"}, nil},
		{"by Zipkin before", `ingressNginx: {chart: version: "4.4.2", export: protocol: "zipkin", sampling: 0.5}` + nginxRetired, "base/ingress-nginx/values.yaml",
			[]string{"enable-opentracing: \"true\"\n", "zipkin-collector-host: tempo.observability.svc.cluster.local\n", "zipkin-collector-port: \"9411\"\n", "zipkin-sample-rate: \"0.5\"\n", "$opentracing_context_x_b3_traceid"}, []string{"otel", "otlp"}},
		{"without its log", `ingressNginx: {chart: version: "4.15.1", accessLog: enabled: false, class: "edge"}` + nginxRetired, "base/ingress-nginx/values.yaml",
			[]string{"disable-access-log: \"true\"\n", "ingressClassResource:\n    name: edge\n"}, []string{"log-format"}},
		{"meshed as any pod", `linkerd: version: "2.19.0"
ingressNginx: chart: version: "4.15.1"` + nginxRetired, "base/ingress-nginx/values.yaml", []string{"podAnnotations:\n    linkerd.io/inject: enabled\n"}, nil},
		{"by the node's ports on kind", `cluster: {kind: "kind", hostPorts: {http: 8080, https: 8443}, nodes: [{name: "w"}, {name: "c", role: "control-plane"}]}
ingressNginx: chart: version: "4.15.1"` + nginxRetired, "p/kind/cluster.yaml",
			[]string{"- role: worker\n- role: control-plane\n  labels:\n", "ingress-ready: \"true\"\n", "- containerPort: 80\n    hostPort: 8080\n"}, nil},
		{"and else by ports of the Service", `cluster: kind: "kind"
ingressNginx: chart: version: "4.15.1"` + nginxRetired, "base/ingress-nginx/values.yaml", []string{"type: NodePort\n"}, []string{"hostPort", "ingress-ready"}},
		{"an application behind ingress-nginx in the mesh", `linkerd: version: "2.19.0"
ingressNginx: {chart: version: "4.15.1", class: "edge"}` + nginxRetired + meshApp, "p/apps/shop/ingress.yaml",
			[]string{"ingressClassName: edge\n", "nginx.ingress.kubernetes.io/service-upstream: \"true\"\n"}, nil},
		{"an application in a mesh that knows B3 alone", `linkerd: version: "2.12.2"` + tempo2022 + strings.Replace(meshApp, "ingress:", "//", 1), "p/apps/shop/deployment-web-web.yaml",
			[]string{"OTEL_PROPAGATORS", "b3multi"}, nil},
	})
}
