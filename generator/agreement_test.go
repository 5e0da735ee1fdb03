package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

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
	shipped := open(t, "profiles", "..").compile(t)
	old := open(t, "old", "..", "golden/picluster-2022").compile(t)
	golden := func(name string) tree.Tree { return open(t, name, "..", "golden/"+name).compile(t) }
	otel := open(t, "otel", "..", "golden/otel-collector").compile(t)
	tls := open(t, "tls", "..", "golden/otlp-tls").compile(t)
	sampling := open(t, "sampling", "..", "golden/sampling").compile(t)
	extension := open(t, "extension", "..", "golden/linkerd-2-12").compile(t)
	control := open(t, "control", "..", "golden/linkerd-2-19").compile(t)
	nginx := open(t, "nginx", "..", "golden/ingress-nginx").compile(t)
	b3 := open(t, "b3", "..", "golden/linkerd-b3-traefik3").compile(t)
	network := open(t, "network", "..", "golden/network").compile(t)
	for _, c := range []struct {
		files         tree.Tree
		profile, file string
		from, to      string
	}{
		{shipped, "picluster", "base/traefik/values.yaml", ":4318", ":4317"},
		{shipped, "picluster", "base/traefik/values.yaml", "alloy.observability", "alloy.other"},
		{shipped, "picluster", "picluster/traefik/flags.txt", "4318", "4319"},
		{shipped, "picluster", "picluster/traefik/flags.txt", "--accesslog=true\n", ""},
		{shipped, "picluster", "base/traefik/values.yaml", "defaultmode: drop", "defaultMode: drop"},
		{shipped, "picluster", "picluster/alloy/values.yaml", "port: 4318", "port: 4319"},
		{shipped, "picluster", "picluster/alloy/config.alloy", "tempo-distributor.tempo", "tempo-distributor.observability"},
		{shipped, "picluster", "picluster/alloy/values.yaml", "tempo-distributor", "tempo-gateway"},
		{shipped, "picluster", "picluster/tempo/values.yaml", "grpc:\n      enabled: true", "http:\n      enabled: true"},
		{shipped, "picluster", "picluster/tempo/values.yaml", "k3s-tempo", "k3s-loki"},
		{shipped, "picluster", "picluster/tempo/values.yaml", ":9091", ":9000"},
		{shipped, "picluster", "picluster/tempo/values.yaml", "region: eu-west-1", "region: eu-west-2"},
		{shipped, "picluster", "picluster/tempo/values.yaml", "key: secret_key", "key: secret-key"},
		{shipped, "picluster", "picluster/tempo/externalsecret.yaml", "target:\n    name: tempo-s3", "target:\n    name: tempo"},
		{shipped, "picluster", "picluster/tempo/externalsecret.yaml", "secretKey: secret_key", "secretKey: key"},
		{shipped, "picluster", "picluster/minio/policy.json", "k3s-tempo/*", "k3s-tempo"},
		{shipped, "picluster", "picluster/minio/bootstrap.sh", "bucket=k3s-tempo", "bucket=tempo"},
		{shipped, "picluster", "picluster/grafana/datasources-configmap.yaml", ":3200", ":3100"},
		{shipped, "picluster", "picluster/grafana/datasources-configmap.yaml", "datasourceUid: loki", "datasourceUid: loki2"},
		{shipped, "picluster", "picluster/grafana/values.yaml", "datasourceUid: tempo\n        traceIdLabelName", "datasourceUid: trace\n        traceIdLabelName"},
		{shipped, "picluster", "picluster/grafana/datasources.yaml", "uid: loki\n  access", "uid: loki2\n  access"},
		{shipped, "picluster", "picluster/grafana/datasources-configmap.yaml", `"trace_id"`, `"TraceId"`},
		{old, "picluster-2022", "base/grafana/values.yaml", `Traceid\\*"`, `Traceid"`},
		{shipped, "picluster", "picluster/grafana/datasources-configmap.yaml", "grafana_datasource", "grafana_dashboard"},
		{shipped, "picluster", "picluster/grafana/datasources-configmap.yaml", "namespace: monitoring", "namespace: observability"},
		{shipped, "picluster", "picluster/grafana/datasources-configmap.yaml", "$${__value", "${__value"},
		{shipped, "picluster", "picluster/flux/tempo.yaml", "out/picluster/tempo", "out/picluster/tempo2"},
		{shipped, "picluster", "picluster/flux/tempo.yaml", "- name: tracing-namespaces", "- name: tracing-namespace"},
		{shipped, "picluster", "picluster/flux/namespaces.yaml", "  path:", "  dependsOn: [{name: tracing-tempo}]\n  path:"},
		{shipped, "kind", "kind/tempo/values.yaml", "secret_key: throw-away", "secret_key: another"},
		{shipped, "kind", "kind/tempo/values.yaml", "minio.observability", "minio.default"},
		{shipped, "kind", "kind/tempo/values.yaml", "0.0.0.0:4317", "0.0.0.0:4319"},
		{shipped, "kind", "base/minio/values.yaml", "name: tempo-traces", "name: traces"},
		{shipped, "kind", "base/minio/values.yaml", "policy: tempo", "policy: other"},
		{shipped, "kind", "base/minio/values.yaml", "tempo-traces/*", "traces/*"},
		{shipped, "kind", "kind/grafana/dashboards/tracing.json", `"uid": "tempo"`, `"uid": "tempo2"`},
		{shipped, "picluster", "picluster/grafana/dashboard-configmap.yaml", "traceql", "nativeSearch"},
		{shipped, "kind", "base/loki/values.yaml", "gateway:\n  enabled: true", "gateway:\n  enabled: false"},
		{shipped, "kind", "base/loki/values.yaml", "read:\n  replicas: 0", "read:\n  replicas: 3"},
		{shipped, "kind", "base/loki/values.yaml", "replication_factor: 1", "replication_factor: 3"},
		{shipped, "kind", "kind/grafana/datasources.yaml", "prometheus-server", "prometheus"},
		{shipped, "kind", "kind/grafana/datasources.yaml", "loki-gateway.observability", "loki-gateway.logging"},
		{network, "network", "network/tempo/networkpolicy.yaml", "port: 4317", "port: 4318"},
		{network, "network", "network/tempo/networkpolicy.yaml", "name: observability", "name: monitoring"},
		{network, "network", "network/tempo/networkpolicy.yaml", "instance: alloy", "instance: other"},
		{network, "network", "network/alloy/networkpolicy.yaml", "instance: traefik-traefik", "instance: traefik"},
		{network, "network", "network/alloy/networkpolicy.yaml", "port: 12345", "port: 12346"},
		{golden("mesh-policies"), "mesh-policies", "mesh-policies/otel-collector/networkpolicy.yaml", "port: 4143", "port: 4142"},
		{network, "network", "network/apps/emojivoto/deployment-web-web-svc.yaml", ":55678", ":4317"},
		{network, "network", "network/apps/emojivoto/deployment-web-web-svc.yaml", "tempo-distributor", "tempo-gateway"},
		{network, "network", "network/apps/emojivoto/smoke.js", "emojivoto.example.com", "emojivoto.example.org"},
		{network, "network", "network/apps/emojivoto/ingress.yaml", "ingressClassName: traefik", "ingressClassName: nginx"},
		{network, "network", "network/tempo/networkpolicy.yaml", "metadata.name: emojivoto", "metadata.name: voting"},
		{network, "network", "network/minio/networkpolicy.yaml", "app: minio", "app: minio2"},
		{network, "network", "base/traefik/values.yaml", "alloy.observability.svc.cluster.local:4318", "tempo-distributor.tempo.svc.cluster.local:4318"},
		{old, "picluster-2022", "base/traefik/values.yaml", "X-B3-Traceid: keep", "X-B3-Spanid: keep"},
		{old, "picluster-2022", "base/traefik/values.yaml", "sampleRate: 1.0", "sampleRate: 0.1"},
		{old, "picluster-2022", "base/tempo/values.yaml", "zipkin:\n    enabled: true", "zipkin:\n    enabled: false"},
		{old, "picluster-2022", "base/grafana/values.yaml", "X-B3-Traceid", "X-Trace"},
		{old, "picluster-2022", "base/grafana/values.yaml", ":3100", ":3200"},
		{golden("tempo3-kafka"), "tempo3-kafka", "base/tempo/values.yaml", "default_partitions: 2", "default_partitions: 3"},
		{golden("tempo3-kafka"), "tempo3-kafka", "base/tempo/values.yaml", "api/v1/write", "api/v1/push"},
		{golden("tempo3-kafka"), "tempo3-kafka", "base/tempo/values.yaml", "processors:", "processor:"},
		{golden("tempo3-kafka"), "tempo3-kafka", "base/tempo/values.yaml", "key: access_key", "key: access-key"},
		{golden("tempo3-kafka"), "tempo3-kafka", "tempo3-kafka/s3/bootstrap.sh", "bucket=traces", "bucket=tempo"},
		{golden("gcs"), "gcs", "base/tempo/values.yaml", "backend: gcs", "backend: s3"},
		{golden("gcs"), "gcs", "base/tempo/values.yaml", "  annotations:", "  labels:"},
		{golden("azure"), "azure", "base/tempo/values.yaml", "        container_name", "        use_federated_token: true\n        container_name"},
		{golden("local-disk"), "local-disk", "base/tempo/values.yaml", "backend: local", "backend: s3"},
		{golden("garage"), "garage", "base/tempo/values.yaml", "name: tempo-garage", "name: tempo"},
		{golden("aws"), "aws", "base/tempo/values.yaml", "region: eu-central-1", "region: eu-central-2"},
		{golden("aws"), "aws", "aws/s3/policy.json", "example-traces/*", "example/*"},
		{golden("sops"), "sops", "sops/flux/tempo.yaml", "- name: tracing-secrets", "- name: tracing-minio"},
		{golden("sops"), "sops", "sops/flux/secrets.yaml", "prune: false", "prune: true"},
		{golden("kind-2024"), "kind-2024", "base/tempo/values.yaml", "loki-prometheus-server", "prometheus-server"},
		{golden("kind-2024"), "kind-2024", "base/grafana/values.yaml", ":3100", ":3200"},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "endpoint: \"0.0.0.0:9411\"", "endpoint: \"0.0.0.0:9412\""},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "servicePort: 4317", "servicePort: 4319"},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "protocol: UDP", "protocol: TCP"},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "service:\n  enabled: true", "service:\n  enabled: false"},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "- probabilistic_sampler\n", ""},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "clusterRole:\n  create: true", "clusterRole:\n  create: false"},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "runAsUser: 0", "runAsUser: 10001"},
		{otel, "otel-collector", "base/otel-collector/values.yaml", "logsCollection:\n    enabled: true", "logsCollection:\n    enabled: false"},
		{otel, "otel-collector", "otel-collector/otel-collector/config.yaml", "timeout: 2s", "timeout: 3s"},
		{otel, "otel-collector", "otel-collector/otel-collector/config.yaml", "- memory_limiter\n      - k8sattributes\n", "- k8sattributes\n      - memory_limiter\n"},
		{otel, "otel-collector", "otel-collector/grafana/datasources.yaml", "loki-gateway.logging", "loki-gateway.logs"},
		{otel, "otel-collector", "otel-collector/grafana/datasources.yaml", "{service_name=", "{app="},
		{tls, "otlp-tls", "base/traefik/values.yaml", "insecure: false", "insecure: true"},
		{tls, "otlp-tls", "otlp-tls/apps/shop/deployment-web-web.yaml", "value: https:", "value: http:"},
		{tls, "otlp-tls", "otlp-tls/apps/shop/deployment-web-web.yaml", "mountPath: /etc/tracing-ca", "mountPath: /etc/ca"},
		{tls, "otlp-tls", "base/traefik/values.yaml", "mountPath: /etc/tracing-ca", "mountPath: /etc/ca"},
		{tls, "otlp-tls", "base/alloy/values.yaml", "mountPath: /etc/collector/tls", "mountPath: /etc/tls"},
		{tls, "otlp-tls", "base/alloy/values.yaml", "name: receiver-tls\n      secret", "name: tls\n      secret"},
		{tls, "otlp-tls", "otlp-tls/grafana/datasources.yaml", "{app=", "{job="},
		{sampling, "sampling", "base/alloy/values.yaml", "protocol: UDP", "protocol: TCP"},
		{sampling, "sampling", "sampling/alloy/config.alloy", "api/v1/write", "api/v1/push"},
		{extension, "linkerd-2-12", "base/linkerd/values.yaml", ":55678", ":4317"},
		{extension, "linkerd-2-12", "base/linkerd/values.yaml", "collectorSvcAccount: tempo", "collectorSvcAccount: collector"},
		{extension, "linkerd-2-12", "base/linkerd/values.yaml", "jaeger:\n  enabled: false", "jaeger:\n  enabled: true"},
		{extension, "linkerd-2-12", "base/tempo/values.yaml", "opencensus:\n    enabled: true", "opencensus:\n    enabled: false"},
		{extension, "linkerd-2-12", "linkerd-2-12/namespaces/namespaces.yaml", "linkerd.io/inject: enabled", "linkerd.io/inject: disabled"},
		{extension, "linkerd-2-12", "linkerd-2-12/namespaces/namespaces.yaml", "linkerd.io/extension: jaeger", "linkerd.io/extension: viz"},
		{extension, "linkerd-2-12", "base/traefik/values.yaml", "linkerd.io/inject: ingress", "linkerd.io/inject: disabled"},
		{control, "linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", "namespace: tracing", "namespace: observability"},
		{control, "linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", "serviceAccountName: alloy", "serviceAccountName: tempo"},
		{control, "linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", "enabled: true", "enabled: false"},
		{control, "linkerd-2-19", "linkerd-2-19/linkerd/values.yaml", ":4317", ":4318"},
		{control, "linkerd-2-19", "linkerd-2-19/traefik/flags.txt", "capturedRequestHeaders=User-Agent", "capturedRequestHeaders=Accept"},
		{nginx, "ingress-nginx", "base/ingress-nginx/values.yaml", `"4317"`, `"4318"`},
		{nginx, "ingress-nginx", "base/ingress-nginx/values.yaml", "tempo.observability", "tempo.other"},
		{nginx, "ingress-nginx", "base/ingress-nginx/values.yaml", "opentelemetry_trace_id", "opentracing_context_x_b3_traceid"},
		{nginx, "ingress-nginx", "base/ingress-nginx/values.yaml", `"trace_id"`, `"traceID"`},
		{nginx, "ingress-nginx", "base/ingress-nginx/values.yaml", `enable-opentelemetry: "true"`, `enable-opentelemetry: true`},
		{nginx, "ingress-nginx", "ingress-nginx/kind/cluster.yaml", "containerPort: 443", "containerPort: 8443"},
		{nginx, "ingress-nginx", "ingress-nginx/kind/cluster.yaml", "ingress-ready:", "ready:"},
		{b3, "linkerd-b3-traefik3", "base/traefik/values.yaml", "b3multi", "tracecontext"},
	} {
		broken, found := slices.Clone(c.files), false
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

type object = map[string]any

// reading is a profile as it is read from bytes.
type reading struct {
	profile  string
	text     map[string]string // files of the profile and of base/
	values   map[string]object // effective, by component
	releases map[string]release
	faults   []string
	compared int

	listens map[string]string // service.namespace:port, and what speaks there
	domain  string            // of the cluster
}

type release struct {
	chart, version, name, namespace string
	full                            string // the full name, where the values say it
}

func read(files tree.Tree, profile string) *reading {
	r := &reading{
		profile: profile, text: map[string]string{}, values: map[string]object{},
		releases: map[string]release{}, listens: map[string]string{},
	}
	for _, f := range files {
		if dir, _, _ := strings.Cut(f.Path, "/"); dir == profile || dir == "base" {
			r.text[f.Path] = string(f.Data)
		}
	}
	for name := range r.text {
		component := path.Base(path.Dir(name))
		if name != profile+"/"+component+"/helmrelease.yaml" {
			continue
		}
		spec := merged(r.yaml("base/"+component+"/helmrelease.yaml"), r.yaml(name))
		r.releases[component] = release{
			chart:     str(spec, "spec", "chart", "spec", "chart"),
			version:   str(spec, "spec", "chart", "spec", "version"),
			name:      str(spec, "spec", "releaseName"),
			namespace: str(r.yaml(profile+"/"+component+"/kustomization.yaml"), "namespace"),
		}
		if str(spec, "spec", "chartRef", "kind") != "" {
			r.fromRegistry(component, spec)
		}
		r.values[component] = merged(r.yaml("base/"+component+"/values.yaml"), r.yaml(profile+"/"+component+"/values.yaml"))
		if full := str(r.values[component], "fullnameOverride"); full != "" {
			rel := r.releases[component]
			rel.full = full
			r.releases[component] = rel
		}
	}
	r.services()
	r.senders()
	r.otel()
	r.mesh()
	r.authority()
	r.nginx()
	r.flags()
	r.store()
	r.metrics()
	r.queue()
	r.datasources()
	r.traceField()
	r.order()
	r.policies()
	return r
}

func (r *reading) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// same demands that two places say the same.
func (r *reading) same(what string, a, b any) {
	r.compared++
	if fmt.Sprint(a) != fmt.Sprint(b) {
		r.fault("%s: %v, and %v elsewhere", what, a, b)
	}
}

// yaml reads a file of one document.
func (r *reading) yaml(name string) object {
	text, ok := r.text[name]
	if !ok {
		r.fault("%s is not there", name)
		return nil
	}
	out := object{}
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		r.fault("%s: %v", name, err)
	}
	return out
}

func (r *reading) json(name string) object {
	out := object{}
	if err := json.Unmarshal([]byte(r.text[name]), &out); err != nil {
		r.fault("%s: %v", name, err)
	}
	return out
}

// merged is what Helm makes of two files of values.
func merged(base, over object) object {
	out := object{}
	for k, v := range base {
		out[k] = v
	}
	for k, v := range over {
		b, bok := out[k].(object)
		o, ook := v.(object)
		if bok && ook {
			v = merged(b, o)
		}
		out[k] = v
	}
	return out
}

// at walks down keys and indices. What is not there is nil.
func at(v any, way ...any) any {
	for _, step := range way {
		switch s := step.(type) {
		case string:
			m, _ := v.(object)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

func str(v any, way ...any) string {
	if v = at(v, way...); v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// fullname is the rule of Helm's usual helper.
func (rel release) fullname(name string) string {
	if rel.full != "" {
		return rel.full
	}
	if strings.Contains(rel.name, name) {
		return rel.name
	}
	return rel.name + "-" + name
}

// scalars gives every scalar below v with its keys.
func scalars(v any, at string, f func(at string, v any)) {
	switch v := v.(type) {
	case object:
		for k, e := range v {
			scalars(e, path.Join(at, k), f)
		}
	case []any:
		for i, e := range v {
			scalars(e, path.Join(at, fmt.Sprint(i)), f)
		}
	case nil:
	default:
		f(at, v)
	}
}
