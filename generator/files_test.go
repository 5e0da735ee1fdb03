package generator

import (
	"slices"
	"testing"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// TestFiles looks for lines in the files of small profiles.
func TestFiles(t *testing.T) {
	const inCluster = `store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: {kind: "secret", kustomization: "own-secrets"}, rootSecret: "root"}`
	filesHave(t, []fileCase{
		{"Tempo waits for Minio and the Secret", inCluster, "p/flux/tempo.yaml",
			[]string{"- name: tracing-namespaces\n", "- name: tracing-minio\n", "- name: own-secrets\n"}, []string{"tracing-tempo\n  - name"}},
		{"Minio waits for the Secret", inCluster, "p/flux/minio.yaml",
			[]string{"- name: own-secrets\n"}, []string{"- name: tracing-tempo"}},
		{"nobody waits for pods that wait for the bucket", `cluster: kind: "kind"
store: {kind: "minio", placement: "subchart", bucket: "traces", credentials: kind: "inline"}
tempo: {mode: "distributed", chart: version: "1.32.7"}`, "base/tempo/helmrelease.yaml",
			[]string{"install:\n    crds: CreateReplace\n    remediation:\n      retries: 3\n    disableWait: true\n"}, nil},
		{"a namespace of Kubernetes or Flux has its owner", alloy1 + "\ncollector: namespace: \"kube-system\"" + traefik3 + "\ntraefik: namespace: \"flux-system\"", "p/namespaces/namespaces.yaml",
			[]string{"name: observability\n"}, []string{"kube-system", "flux-system"}},
		{"a sender waits for nobody", alloy1 + traefik3, "p/flux/traefik.yaml",
			[]string{"- name: tracing-namespaces\n"}, []string{"tracing-alloy", "tracing-tempo"}},
		{"namespaces wait for the user's own", `flux: dependsOn: ["crds"]`, "p/flux/namespaces.yaml",
			[]string{"- name: crds\n"}, nil},
		{"and so nobody else has to", `flux: dependsOn: ["crds"]`, "p/flux/tempo.yaml",
			[]string{"- name: tracing-namespaces\n"}, []string{"crds"}},
		{"unless there are none", "namespaces: observability: create: false\nflux: dependsOn: [\"crds\"]", "p/flux/tempo.yaml",
			[]string{"- name: crds\n"}, []string{"tracing-namespaces"}},
		{"a Kustomization waits longer than its release", `flux: {timeout: "90s", path: "./clusters/home", source: {name: "home", namespace: "sources"}}`, "p/flux/tempo.yaml",
			[]string{"timeout: 2m30s\n", "path: ./clusters/home/p/tempo\n", "name: home\n    namespace: sources\n"}, nil},
		{"by a minute", ``, "p/flux/tempo.yaml", []string{"timeout: 6m\n", "path: ./out/p/tempo\n"}, nil},
		{"for hours", `flux: timeout: "59m"`, "p/flux/tempo.yaml", []string{"timeout: 1h\n"}, nil},
		{"a namespace with labels", `namespaces: observability: {labels: team: "a", annotations: "b.c/d": "e"}`, "p/namespaces/namespaces.yaml",
			[]string{"name: observability\n", "team: a\n", "b.c/d: e\n", "kustomize.toolkit.fluxcd.io/prune: disabled\n"}, nil},
		{"only those that are to be made", "namespaces: {observability: create: false, traefik: {}}" + traefik3, "p/namespaces/namespaces.yaml",
			[]string{"name: traefik\n"}, []string{"name: observability\n"}},
		{"credentials are announced", `cluster: {kind: "k3s", throwaway: true}
store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: {kind: "inline", secretKey: "open-sesame"}}`, "base/tempo/values.yaml",
			[]string{"# Holds throw-away credentials in plain text", "secret_key: open-sesame\n"}, nil},
		{"and only where they are", ``, "base/tempo/values.yaml", []string{"# " + emit.Header}, []string{"plain text"}},
		{"a region of its own", `store: {kind: "minio", placement: "external", host: "10.0.0.1", port: 443, region: "eu-1", alias: "site", bucket: "traces", credentials: kind: "secret"}`, "p/minio/bootstrap.sh",
			[]string{"mc alias set site https://10.0.0.1 ACCESS_KEY", "\nregion=eu-1\n", `--region "$region"`}, nil},
		{"the default region", ``, "p/minio/bootstrap.sh", []string{"mc alias set minio https://s3.example.com:9000 ACCESS"}, []string{"region"}},
		{"the four actions", `store: {kind: "minio", placement: "external", host: "s3.example.com", policy: "minimal", bucket: "traces", credentials: kind: "secret"}`, "p/minio/policy.json",
			[]string{`"s3:DeleteObject"`, `"arn:aws:s3:::traces/*"`}, []string{"Tagging"}},
		{"a port that is not its scheme's", grafana12 + "\n" + `loki: {kind: "address", host: "loki.example.com", port: 80, tls: true}`, "p/grafana/datasources.yaml",
			[]string{"url: https://loki.example.com:80\n"}, nil},
		{"braces in a query", grafana12 + "\n" + `prometheus: {kind: "address", host: "p.example.com", queries: "{{ a }} $b": "rate(x{y=\"{{ $z }}\"}[5m])"}`, "base/grafana/values.yaml",
			[]string{"{{`{{`}} a }} $$b", "{{`{{`}} $$z }}"}, []string{`"{{ $`}},
		{"an OCI repository", `tempo: {mode: "monolithic", chart: {version: "2.2.4", repository: "oci://registry.example.com/charts"}}`, "base/tempo/source.yaml",
			[]string{"type: oci\n", "url: oci://registry.example.com/charts\n"}, nil},
		{"the nodes of kind", `cluster: {kind: "kind", nodes: [{name: "a", role: "control-plane"}, {name: "b"}]}`, "p/kind/cluster.yaml",
			[]string{"name: x\n", "- role: control-plane\n- role: worker\n"}, nil},
		{"values for a release that the user has", `tempo: {mode: "monolithic", chart: version: "2.2.4", release: "traces", delivery: {kind: "component", namespace: "apps"}}`, "p/tempo/kustomization.yaml",
			[]string{"kind: Component\n", "- name: tempo-tracing-values\n  namespace: apps\n", "- tracing.yaml=values.yaml\n", "name: traces\n", "spec.valuesFrom.[valuesKey=tracing.yaml].name\n", "metadata.annotations.[tracegen.dev/helmrelease]\n"}, []string{"../../base"}},
		{"nobody waits for what is not in the tree", `cluster: {kind: "k3s", throwaway: true}
store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline", delivery: kind: "none"}`, "p/flux/tempo.yaml",
			nil, []string{"tracing-minio"}},
		{"nor is it applied with the rest", traefik3 + "\ntraefik: delivery: kind: \"none\"", "p/kustomization.yaml", []string{"- tempo\n"}, []string{"traefik"}},
		{"values for a person", traefik3 + "\ntraefik: delivery: kind: \"none\"", "p/traefik/values.yaml", []string{"endpoint: http"}, nil},
		{"what a release says of itself", `tempo: {mode: "monolithic", chart: version: "2.2.4", delivery: {kind: "release", suspend: true, timeout: "2m", interval: "5m", dependsOn: ["crds"]}}`, "base/tempo/helmrelease.yaml",
			[]string{"interval: 5m\n", "timeout: 2m\n", "suspend: true\n"}, nil},
		{"and its Kustomization", `tempo: {mode: "monolithic", chart: version: "2.2.4", delivery: {kind: "release", timeout: "2m", dependsOn: ["crds"], healthChecks: [{apiVersion: "v1", kind: "Secret", name: "s"}]}}`, "p/flux/tempo.yaml",
			[]string{"timeout: 3m\n", "wait: false\n", "- name: crds\n", "kind: HelmRelease\n    name: tempo\n    namespace: observability\n", "kind: Secret\n    name: s\n    namespace: observability\n"}, nil},
		{"one node at least", `cluster: kind: "kind"`, "p/kind/cluster.yaml", []string{"nodes:\n- role: control-plane\n"}, nil},
	})
}

// TestNoSuchFile: what a profile has no use for is not made.
func TestNoSuchFile(t *testing.T) {
	filesLack(t, map[string]string{
		"p/kind/cluster.yaml":             ``,
		"p/minio/policy.json":             subchartProfile("1.61.3"),
		"p/minio/kustomization.yaml":      ``, // it lies outside
		"base/tempo/values.yaml":          `tempo: {mode: "monolithic", chart: version: "2.2.4", delivery: kind: "component"}`,
		"p/flux/tempo.yaml":               `tempo: {mode: "monolithic", chart: version: "2.2.4", delivery: kind: "component"}`,
		"p/tempo/kustomization.yaml":      `tempo: {mode: "monolithic", chart: version: "2.2.4", delivery: kind: "none"}`,
		"p/namespaces/kustomization.yaml": `namespaces: observability: create: false`,
		"p/tempo/externalsecret.yaml": `store: {kind: "minio", placement: "cluster", bucket: "traces", rootSecret: "root",
			credentials: {kind: "external-secret", store: name: "vault", remote: "tempo"}}`, // Minio's is in the same namespace
	})
}

// TestWhy wants the origin of a value to name each line that it rests on.
func TestWhy(t *testing.T) {
	out := emitted(t, `traefik: {chart: version: "39.0.7", export: {protocol: "otlp-grpc", to: "tempo"}}`)
	for _, c := range []struct{ component, path, want string }{
		{"tempo", "tempo.receivers.otlp.protocols.grpc.endpoint", "traefik.export.protocol"},
		{"tempo", "tempo.receivers.otlp.protocols.grpc.endpoint", "traefik.export.to"},
		{"tempo", "tempo.storage.trace.s3.bucket", "store.bucket"},
		{"tempo", "tempo.storage.trace.s3.endpoint", "store.host"},
		{"tempo", "tempo.storage.trace.s3.endpoint", "store.port"},
		{"traefik", "tracing.otlp.grpc.endpoint", "tempo.release"},
		{"traefik", "tracing.otlp.grpc.endpoint", "tempo.namespace"},
		{"traefik", "tracing.otlp.grpc.endpoint", "cluster.domain"},
	} {
		leaf, ok := out.Values[c.component].Lookup(c.path).(*tree.Leaf)
		if !ok || !slices.ContainsFunc(leaf.Origin.Inputs, func(in fact.Input) bool { return in.Path == c.want }) {
			t.Errorf("%s does not come from %s: %v", c.path, c.want, leaf)
		}
	}
}
