package generator

import (
	"math/rand/v2"
	"testing"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// choices are sections of a topology, of which each random profile takes one
// per row.
var choices = [][]string{
	{
		`cluster: {kind: "k3s", domain: "cluster.example"}`,
		`cluster: kind: "kind"`,
		`cluster: {kind: "kubernetes", throwaway: true}`,
	},
	{
		`store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`,
		`store: {kind: "minio", placement: "external", host: "10.0.0.11", port: 443, bucket: "k3s-tempo", region: "eu-west-1", user: "tracing", credentials: {kind: "external-secret", store: name: "vault", remote: "tempo", secretKey: "key"}}`,
		`store: {kind: "minio", placement: "external", host: "s3.example.com", tls: false, port: 80, bucket: "traces", credentials: kind: "inline"}`,
		`store: {kind: "minio", placement: "cluster", bucket: "traces", policy: "minimal", credentials: {kind: "secret", name: "s3", kustomization: "secrets"}, rootSecret: "root"}`,
		`store: {kind: "minio", placement: "cluster", namespace: "storage", release: "s3", region: "eu-1", bucket: "traces", credentials: {kind: "external-secret", store: name: "vault", remote: "tempo"}, rootSecret: "root"}`,
		`store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"}`,
		`store: {kind: "minio", placement: "subchart", bucket: "traces", user: "grafana-tempo", credentials: kind: "inline"}`,
		`store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: {kind: "sops", path: "./secrets"}, rootSecret: "root"}`,
		`store: {kind: "s3", provider: "garage", host: "garage.example.com", bucket: "traces", credentials: {kind: "secret", kustomization: "secrets"}}`,
		`store: {kind: "s3", provider: "rustfs", host: "10.0.0.12", tls: false, bucket: "traces", credentials: {kind: "external-secret", store: name: "vault", remote: "tempo"}}`,
		`store: {kind: "s3", provider: "other", host: "s3.example.com", bucket: "traces", credentials: {kind: "inline", accessKey: "abc", secretKey: "open-sesame"}}`,
		`store: {kind: "aws", region: "cn-north-1", bucket: "traces", credentials: {kind: "role", arn: "arn:aws-cn:iam::123456789012:role/tempo"}}`,
		`store: {kind: "gcs", bucket: "traces", credentials: kind: "secret"}`,
		`store: {kind: "azure", container: "traces", account: "traces", credentials: {kind: "workload-identity", clientID: "01234567-89ab-cdef-0123-456789abcdef"}}`,
		`store: kind: "local"`,
	},
	{
		`tempo: {mode: "monolithic", chart: version: "2.2.4"}`,
		`tempo: {mode: "monolithic", chart: version: "1.24.4", release: "traces", namespace: "tracing", receivers: ["zipkin"]}`,
		`tempo: {mode: "distributed", chart: version: "0.27.4", receivers: ["opencensus", "otlp-http"]}`,
		`tempo: {mode: "distributed", chart: version: "1.32.7", release: "my-tempo"}`,
		`tempo: {mode: "distributed", chart: version: "1.61.3", release: "tracing", namespace: "tempo"}`,
		`tempo: {mode: "distributed", chart: version: "2.26.2"}`,
		`tempo: {mode: "distributed", chart: version: "3.3.0", streaming: true, kafka: {host: "kafka.example.com", partitions: 5}, components: backendWorker: replicas: 2}`,
		`tempo: {mode: "monolithic", chart: version: "1.14.0", size: "5Gi", receivers: ["opencensus"], limits: traceSize: 1000000}`,
	},
	{
		``,
		``,
		`tempo: metricsGenerator: {}`,
		`tempo: metricsGenerator: dimensions: ["http.method"]`,
	},
	{
		``,
		`collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-http"]}`,
		`collector: {kind: "alloy", chart: version: "0.12.5", release: "collector", namespace: "collect", export: protocol: "otlp-http", receivers: ["otlp-grpc"]}`,
		`collector: {kind: "otel-collector", chart: version: "0.170.0", receivers: ["zipkin", "jaeger-thrift-binary"], export: protocol: "otlp-http"}`,
		`collector: {kind: "otel-collector", chart: version: "0.93.0", controller: "deployment", receivers: ["otlp-grpc"], kubernetesAttributes: true, sampling: {kind: "tail", ratio: 0.1}}`,
		`collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["jaeger-grpc"], tls: secret: "tls", attributes: "a.b": "c d", sampling: {kind: "probabilistic", ratio: 0.5}}`,
		`collector: {kind: "alloy", chart: version: "0.12.5", controller: "statefulset", receivers: ["opencensus"], memoryLimit: {unit: "MiB", limit: 300}, exporters: other: {protocol: "otlp-http", host: "o.example.com", port: 443}, kubernetesAttributes: true}`,
	},
	{
		``,
		`traefik: {chart: version: "18.1.0", export: {protocol: "zipkin", to: "tempo"}, sampling: 0.1}`,
		`traefik: {chart: version: "27.0.2", export: {protocol: "zipkin", to: "tempo"}, accessLog: keepHeaders: ["Accept"]}`,
		`traefik: {chart: version: "34.4.1", export: protocol: "otlp-http", internals: true}`,
		`traefik: {chart: version: "39.0.7", export: {protocol: "otlp-grpc", to: "tempo"}, propagation: "b3multi", serviceName: "edge"}`,
		`traefik: {chart: version: "41.3.0", export: protocol: "otlp-grpc", release: "ingress", sampling: 0.25}`,
		`ingressNginx: {chart: version: "4.15.1", export: to: "tempo", sampling: 0.5}
ignore: {TG028: "random", TG072: "random"}`,
		`ingressNginx: {chart: version: "4.8.3", export: {protocol: "zipkin", to: "tempo"}, serviceName: "traefik", class: "edge"}
ignore: {TG028: "random", TG072: "random"}`,
	},
	{
		``,
		``,
		``,
		`linkerd: {version: "2.12.2", skipOutboundPorts: [443]}`,
		`linkerd: {version: "2.18.0", to: "tempo", trustDomain: "mesh.example"}`,
		`linkerd: {version: "2.19.0", opaquePorts: [7946, 4444]}`,
	},
	{
		``,
		`grafana: {kind: "grafana", chart: version: "12.11.1"}`,
		`grafana: {kind: "grafana", chart: version: "6.43.5", uids: {tempo: "t", loki: "l", prometheus: "p"}}`,
		`grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", uids: loki: "logs"}`,
		`grafana: {kind: "kube-prometheus-stack", chart: version: "41.6.1", release: "kps", datasources: "values"}`,
	},
	{
		``,
		`loki: {kind: "chart", chart: version: "6.27.0"}`,
		`loki: {kind: "address", host: "loki.example.com", logs: {shape: "nested", streamValue: "x"}}`,
		`loki: {kind: "chart", chart: version: "18.11.0", logs: shape: "label"}`,
	},
	{
		``,
		`prometheus: kind: "kube-prometheus-stack"`,
		`prometheus: {kind: "address", host: "prometheus.example.com", tls: true, remoteWrite: true, queries: "a {{ $b }} of ${c}": "rate(x{y=\"{{ $z }}\"}[5m])"}`,
	},
	{
		``,
		`cluster: networkPolicies: true`,
		`cluster: {networkPolicies: true, serviceMonitors: false, registry: "mirror.example.com", nodeSelector: "a/b": "c", tolerations: [{key: "x"}]}`,
		`cluster: {storageClass: "fast", podSecurity: "baseline"}` + "\n" + `namespaces: monitoring: labels: "pod-security.kubernetes.io/enforce": "privileged"` + "\n" + `namespaces: {observability: {}, traefik: {}, tracing: {}, tempo: {}, collect: {}, storage: {}, logging: {}}`,
	},
	{
		``,
		`apps: shop: {namespace: "shop", protocol: "otlp-grpc", workloads: [{name: "a", container: "b"}]}`,
		`apps: {shop: {namespace: "shop", protocol: "otlp-http", to: "tempo", workloads: [{name: "a", container: "b"}]}, cart: {namespace: "cart", protocol: "zipkin", to: "tempo", workloads: [{name: "a", container: "b"}]}}`,
	},
	{
		``,
		`flux: {path: "./clusters/home", namespace: "flux", dependsOn: ["crds"], timeout: "90s"}`,
	},
}

// TestRandomProfiles holds the promise of the whole: what is accepted agrees
// with itself, whatever it is made of, and says where it comes from.
func TestRandomProfiles(t *testing.T) { randomProfiles(t, choices, 150, 60) }

// randomProfiles makes pairs of profiles, of which a number must be accepted.
func randomProfiles(t *testing.T, choices [][]string, pairs, least int) {
	r := rand.New(rand.NewPCG(7, 7))
	accepted := 0
	for range pairs {
		profiles := map[string]string{}
		for _, name := range []string{"a", "b"} {
			profile := `name: "x"`
			for _, row := range choices {
				profile += "\n" + row[r.IntN(len(row))]
			}
			profiles[name] = profile
		}
		s := workspace(t, profiles)
		plans, diags := s.analyse(t)
		for i := range plans {
			// One that is refused must not take the other with it.
			one := suite{w: s.w, profiles: s.profiles[i : i+1]}
			if _, found := one.analyse(t); len(found) == 0 {
				accepted++
				agrees(t, one, profiles)
			}
		}
		if len(diags) == 0 {
			agrees(t, s, profiles)
		}
	}
	if accepted < least {
		t.Errorf("only %d profiles were accepted", accepted)
	}
}

func agrees(t *testing.T, s suite, sources map[string]string) {
	t.Helper()
	out := s.compile(t)
	for _, p := range s.profiles {
		for _, fault := range read(out, p.Name).faults {
			t.Errorf("%s\n%s: %s", sources[p.Name], p.Name, fault)
		}
	}
	for _, f := range s.files(t) {
		f.Leaves(func(path string, n tree.Node, o fact.Origin) {
			for _, fault := range originFaults(o) {
				t.Errorf("%s#%s: %s", f.Path, path, fault)
			}
		})
	}
}
