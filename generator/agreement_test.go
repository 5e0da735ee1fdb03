package generator

import (
	"bytes"
	"slices"
	"testing"

	"tracegen.dev/generator/tree"
)

// TestAgreement reads the bytes of each profile as a cluster would, and demands
// that whatever two files say of one address, port, bucket, uid, header or
// Secret is the same. It knows the charts by itself, and nothing of the plan.
func TestAgreement(t *testing.T) {
	for _, s := range suites(t) {
		files := s.compile(t)
		for _, p := range s.profiles {
			t.Run(p.Name, func(t *testing.T) {
				r := read(files, p.Name)
				for _, fault := range r.faults {
					t.Error(fault)
				}
				if r.compared < 5 {
					t.Errorf("only %d things were compared", r.compared)
				}
			})
		}
	}
}

// TestDisagreement changes one of two places that must agree, in bytes, and
// wants that to be seen.
func TestDisagreement(t *testing.T) {
	trees := map[string]tree.Tree{}
	compiled := func(profile string) tree.Tree {
		if trees[profile] == nil {
			dirs := []string{"golden/" + profile}
			if profile == "picluster" || profile == "kind" {
				dirs = nil // one of those that are shipped
			}
			trees[profile] = open(t, profile, "..", dirs...).compile(t)
		}
		return trees[profile]
	}
	for _, c := range []struct{ profile, file, from, to string }{
		{"picluster", "base/traefik/values.yaml", ":4318", ":4317"},
		{"picluster", "base/traefik/values.yaml", "alloy.observability", "alloy.other"},
		{"picluster", "picluster/traefik/flags.txt", "4318", "4319"},
		{"picluster", "picluster/traefik/flags.txt", "--accesslog=true\n", ""},
		{"picluster", "base/traefik/values.yaml", "defaultmode: drop", "defaultMode: drop"},
		{"picluster", "picluster/alloy/values.yaml", "port: 4318", "port: 4319"},
		{"picluster", "picluster/alloy/config.alloy", "tempo-distributor.tempo", "tempo-distributor.observability"},
		{"picluster", "picluster/alloy/values.yaml", "tempo-distributor", "tempo-gateway"},
		{"picluster", "picluster/tempo/values.yaml", "grpc:\n      enabled: true", "http:\n      enabled: true"},
		{"picluster", "picluster/tempo/values.yaml", "k3s-tempo", "k3s-loki"},
		{"picluster", "picluster/tempo/values.yaml", ":9091", ":9000"},
		{"picluster", "picluster/tempo/values.yaml", "region: eu-west-1", "region: eu-west-2"},
		{"picluster", "picluster/tempo/values.yaml", "key: secret_key", "key: secret-key"},
		{"picluster", "picluster/tempo/externalsecret.yaml", "target:\n    name: tempo-s3", "target:\n    name: tempo"},
		{"picluster", "picluster/tempo/externalsecret.yaml", "secretKey: secret_key", "secretKey: key"},
		{"picluster", "picluster/minio/policy.json", "k3s-tempo/*", "k3s-tempo"},
		{"picluster", "picluster/minio/bootstrap.sh", "bucket=k3s-tempo", "bucket=tempo"},
		{"picluster", "picluster/grafana/datasources-configmap.yaml", ":3200", ":3100"},
		{"picluster", "picluster/grafana/datasources-configmap.yaml", "datasourceUid: loki", "datasourceUid: loki2"},
		{"picluster", "picluster/grafana/values.yaml", "datasourceUid: tempo\n        traceIdLabelName", "datasourceUid: trace\n        traceIdLabelName"},
		{"picluster", "picluster/grafana/datasources.yaml", "uid: loki\n  access", "uid: loki2\n  access"},
		{"picluster", "picluster/grafana/datasources-configmap.yaml", `"trace_id"`, `"TraceId"`},
		{"picluster-2022", "base/grafana/values.yaml", `Traceid\\*"`, `Traceid"`},
		{"picluster", "picluster/grafana/datasources-configmap.yaml", "grafana_datasource", "grafana_dashboard"},
		{"picluster", "picluster/grafana/datasources-configmap.yaml", "namespace: monitoring", "namespace: observability"},
		{"picluster", "picluster/grafana/datasources-configmap.yaml", "$${__value", "${__value"},
		{"picluster", "picluster/flux/tempo.yaml", "out/picluster/tempo", "out/picluster/tempo2"},
		{"picluster", "picluster/flux/tempo.yaml", "- name: tracing-namespaces", "- name: tracing-namespace"},
		{"picluster", "picluster/flux/namespaces.yaml", "  path:", "  dependsOn: [{name: tracing-tempo}]\n  path:"},
		{"kind", "kind/tempo/values.yaml", "secret_key: throw-away", "secret_key: another"},
		{"kind", "kind/tempo/values.yaml", "minio.observability", "minio.default"},
		{"kind", "kind/tempo/values.yaml", "0.0.0.0:4317", "0.0.0.0:4319"},
		{"kind", "base/minio/values.yaml", "name: tempo-traces", "name: traces"},
		{"kind", "base/minio/values.yaml", "policy: tempo", "policy: other"},
		{"kind", "base/minio/values.yaml", "tempo-traces/*", "traces/*"},
		{"kind", "kind/grafana/dashboards/tracing.json", `"uid": "tempo"`, `"uid": "tempo2"`},
		{"picluster", "picluster/grafana/dashboard-configmap.yaml", "traceql", "nativeSearch"},
		{"kind", "base/loki/values.yaml", "gateway:\n  enabled: true", "gateway:\n  enabled: false"},
		{"kind", "base/loki/values.yaml", "read:\n  replicas: 0", "read:\n  replicas: 3"},
		{"kind", "base/loki/values.yaml", "replication_factor: 1", "replication_factor: 3"},
		{"kind", "kind/grafana/datasources.yaml", "prometheus-server", "prometheus"},
		{"kind", "kind/grafana/datasources.yaml", "loki-gateway.observability", "loki-gateway.logging"},
		{"network", "network/tempo/networkpolicy.yaml", "port: 4317", "port: 4318"},
		{"network", "network/tempo/networkpolicy.yaml", "name: observability", "name: monitoring"},
		{"network", "network/tempo/networkpolicy.yaml", "instance: alloy", "instance: other"},
		{"network", "network/alloy/networkpolicy.yaml", "instance: traefik-traefik", "instance: traefik"},
		{"network", "network/alloy/networkpolicy.yaml", "port: 12345", "port: 12346"},
		{"mesh-policies", "mesh-policies/otel-collector/networkpolicy.yaml", "port: 4143", "port: 4142"},
		{"network", "network/apps/emojivoto/deployment-web-web-svc.yaml", ":55678", ":4317"},
		{"network", "network/apps/emojivoto/deployment-web-web-svc.yaml", "tempo-distributor", "tempo-gateway"},
		{"network", "network/apps/emojivoto/smoke.js", "emojivoto.example.com", "emojivoto.example.org"},
		{"network", "network/apps/emojivoto/ingress.yaml", "ingressClassName: traefik", "ingressClassName: nginx"},
		{"network", "network/tempo/networkpolicy.yaml", "metadata.name: emojivoto", "metadata.name: voting"},
		{"network", "network/minio/networkpolicy.yaml", "app: minio", "app: minio2"},
		{"network", "base/traefik/values.yaml", "alloy.observability.svc.cluster.local:4318", "tempo-distributor.tempo.svc.cluster.local:4318"},
		{"picluster-2022", "base/traefik/values.yaml", "X-B3-Traceid: keep", "X-B3-Spanid: keep"},
		{"picluster-2022", "base/traefik/values.yaml", "sampleRate: 1.0", "sampleRate: 0.1"},
		{"picluster-2022", "base/tempo/values.yaml", "zipkin:\n    enabled: true", "zipkin:\n    enabled: false"},
		{"picluster-2022", "base/grafana/values.yaml", "X-B3-Traceid", "X-Trace"},
		{"picluster-2022", "base/grafana/values.yaml", ":3100", ":3200"},
		{"tempo3-kafka", "base/tempo/values.yaml", "default_partitions: 2", "default_partitions: 3"},
		{"tempo3-kafka", "base/tempo/values.yaml", "api/v1/write", "api/v1/push"},
		{"tempo3-kafka", "base/tempo/values.yaml", "processors:", "processor:"},
		{"tempo3-kafka", "base/tempo/values.yaml", "key: access_key", "key: access-key"},
		{"tempo3-kafka", "tempo3-kafka/s3/bootstrap.sh", "bucket=traces", "bucket=tempo"},
		{"gcs", "base/tempo/values.yaml", "backend: gcs", "backend: s3"},
		{"gcs", "base/tempo/values.yaml", "  annotations:", "  labels:"},
		{"azure", "base/tempo/values.yaml", "        container_name", "        use_federated_token: true\n        container_name"},
		{"local-disk", "base/tempo/values.yaml", "backend: local", "backend: s3"},
		{"garage", "base/tempo/values.yaml", "name: tempo-garage", "name: tempo"},
		{"aws", "base/tempo/values.yaml", "region: eu-central-1", "region: eu-central-2"},
		{"aws", "aws/s3/policy.json", "example-traces/*", "example/*"},
		{"sops", "sops/flux/tempo.yaml", "- name: tracing-secrets", "- name: tracing-minio"},
		{"sops", "sops/flux/secrets.yaml", "prune: false", "prune: true"},
		{"kind-2024", "base/tempo/values.yaml", "loki-prometheus-server", "prometheus-server"},
		{"kind-2024", "base/grafana/values.yaml", ":3100", ":3200"},
		{"otel-collector", "base/otel-collector/values.yaml", "endpoint: \"0.0.0.0:9411\"", "endpoint: \"0.0.0.0:9412\""},
		{"otel-collector", "base/otel-collector/values.yaml", "servicePort: 4317", "servicePort: 4319"},
		{"otel-collector", "base/otel-collector/values.yaml", "protocol: UDP", "protocol: TCP"},
		{"otel-collector", "base/otel-collector/values.yaml", "service:\n  enabled: true", "service:\n  enabled: false"},
		{"otel-collector", "base/otel-collector/values.yaml", "- probabilistic_sampler\n", ""},
		{"otel-collector", "base/otel-collector/values.yaml", "clusterRole:\n  create: true", "clusterRole:\n  create: false"},
		{"otel-collector", "base/otel-collector/values.yaml", "runAsUser: 0", "runAsUser: 10001"},
		{"otel-collector", "base/otel-collector/values.yaml", "logsCollection:\n    enabled: true", "logsCollection:\n    enabled: false"},
		{"otel-collector", "otel-collector/otel-collector/config.yaml", "timeout: 2s", "timeout: 3s"},
		{"otel-collector", "otel-collector/otel-collector/config.yaml", "- memory_limiter\n      - k8sattributes\n", "- k8sattributes\n      - memory_limiter\n"},
		{"otel-collector", "otel-collector/grafana/datasources.yaml", "loki-gateway.logging", "loki-gateway.logs"},
		{"otel-collector", "otel-collector/grafana/datasources.yaml", "{service_name=", "{app="},
		{"otlp-tls", "base/traefik/values.yaml", "insecure: false", "insecure: true"},
		{"otlp-tls", "otlp-tls/apps/shop/deployment-web-web.yaml", "value: https:", "value: http:"},
		{"otlp-tls", "otlp-tls/apps/shop/deployment-web-web.yaml", "mountPath: /etc/tracing-ca", "mountPath: /etc/ca"},
		{"otlp-tls", "base/traefik/values.yaml", "mountPath: /etc/tracing-ca", "mountPath: /etc/ca"},
		{"otlp-tls", "base/alloy/values.yaml", "mountPath: /etc/collector/tls", "mountPath: /etc/tls"},
		{"otlp-tls", "base/alloy/values.yaml", "name: receiver-tls\n      secret", "name: tls\n      secret"},
		{"otlp-tls", "otlp-tls/grafana/datasources.yaml", "{app=", "{job="},
		{"sampling", "base/alloy/values.yaml", "protocol: UDP", "protocol: TCP"},
		{"sampling", "sampling/alloy/config.alloy", "api/v1/write", "api/v1/push"},
		{"linkerd-2-12", "base/linkerd/values.yaml", ":55678", ":4317"},
		{"linkerd-2-12", "base/linkerd/values.yaml", "collectorSvcAccount: tempo", "collectorSvcAccount: collector"},
		{"linkerd-2-12", "base/linkerd/values.yaml", "jaeger:\n  enabled: false", "jaeger:\n  enabled: true"},
		{"linkerd-2-12", "base/tempo/values.yaml", "opencensus:\n    enabled: true", "opencensus:\n    enabled: false"},
		{"linkerd-2-12", "linkerd-2-12/namespaces/namespaces.yaml", "linkerd.io/inject: enabled", "linkerd.io/inject: disabled"},
		{"linkerd-2-12", "linkerd-2-12/namespaces/namespaces.yaml", "linkerd.io/extension: jaeger", "linkerd.io/extension: viz"},
		{"linkerd-2-12", "base/traefik/values.yaml", "linkerd.io/inject: ingress", "linkerd.io/inject: disabled"},
		{"linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", "namespace: tracing", "namespace: observability"},
		{"linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", "serviceAccountName: alloy", "serviceAccountName: tempo"},
		{"linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", "enabled: true", "enabled: false"},
		{"linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", ":4317", ":4318"},
		{"linkerd-2-19", "linkerd-2-19/traefik/flags.txt", "capturedRequestHeaders=User-Agent", "capturedRequestHeaders=Accept"},
		{"ingress-nginx", "base/ingress-nginx/values.yaml", `"4317"`, `"4318"`},
		{"ingress-nginx", "base/ingress-nginx/values.yaml", "tempo.observability", "tempo.other"},
		{"ingress-nginx", "base/ingress-nginx/values.yaml", "opentelemetry_trace_id", "opentracing_context_x_b3_traceid"},
		{"ingress-nginx", "base/ingress-nginx/values.yaml", `"trace_id"`, `"traceID"`},
		{"ingress-nginx", "base/ingress-nginx/values.yaml", `enable-opentelemetry: "true"`, `enable-opentelemetry: true`},
		{"ingress-nginx", "ingress-nginx/kind/cluster.yaml", "containerPort: 443", "containerPort: 8443"},
		{"ingress-nginx", "ingress-nginx/kind/cluster.yaml", "ingress-ready:", "ready:"},
		{"linkerd-b3-traefik3", "base/traefik/values.yaml", "b3multi", "tracecontext"},
		{"picluster", "picluster/tempo/values.yaml", "replication_factor: 1", "replication_factor: 3"},
		{"picluster", "picluster/tempo/values.yaml", "insecure: false", "insecure: true"},
		{"picluster", "picluster/tempo/values.yaml", "- service-graphs\n      - span-metrics", "- none"},
		{"picluster", "picluster/tempo/values.yaml", "block_retention: 48h", "block_retention: 12h"},
		{"picluster", "picluster/grafana/values.yaml", "enableRemoteWriteReceiver: true", "enableRemoteWriteReceiver: false"},
		{"picluster", "picluster/grafana/values.yaml", "- exemplar-storage", "- native-histograms"},
		{"picluster", "picluster/alloy/values.yaml", "otelcol.exporter.otlp.tempo.input", "otelcol.exporter.otlp.other.input"},
		{"kind", "base/tempo/source.yaml", "grafana-community.github.io", "grafana.github.io"},
		{"kind", "kind/tempo/values.yaml", "backend: s3", "backend: local"},
		{"kind", "kind/tempo/values.yaml", "insecure: true", "insecure: false"},
		{"kind", "kind/tempo/values.yaml", "retention: 24h", "retention: 12h"},
		{"kind", "kind/traefik/values.yaml", "nodePort: 30080", "nodePort: 30081"},
		{"kind", "kind/traefik/values.yaml", "type: NodePort", "type: ClusterIP"},
		{"kind", "kind/grafana/values.yaml", "ingressClassName: traefik", "ingressClassName: nginx"},
		{"kind", "kind/grafana/values.yaml", "  - grafana.localhost", "  - grafana.local"},
		{"sampling", "base/alloy/values.yaml", "replicas: 1", "replicas: 2"},
		{"sampling", "base/alloy/values.yaml", "type: deployment", "type: daemonset"},
		{"picluster-2022", "base/tempo/values.yaml", "querier:\n  extraEnv:\n  - name: AWS_ACCESS_KEY_ID", "querier:\n  extraEnv:\n  - name: OTHER"},
		{"picluster-2022", "base/traefik/values.yaml", "format: json", "format: common"},
	} {
		broken, found := slices.Clone(compiled(c.profile)), false
		for i, f := range broken {
			if f.Path == c.file && bytes.Contains(f.Data, []byte(c.from)) {
				broken[i].Data, found = bytes.Replace(f.Data, []byte(c.from), []byte(c.to), 1), true
			}
		}
		if !found {
			t.Errorf("%s does not have %q", c.file, c.from)
		} else if r := read(broken, c.profile); len(r.faults) == 0 {
			t.Errorf("%s: nobody misses %q in place of %q", c.file, c.from, c.to)
		}
	}
}
