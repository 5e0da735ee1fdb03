package kustomize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// renaming is a patch, since name prefixes leave Namespaces alone.
const renaming = `patches:
- target: {kind: Namespace, name: traefik}
  options: {allowNameChange: true}
  patch: '[{"op": "replace", "path": "/metadata/name", "value": "x"}]'
`

// broken has a way to break out/ for each check, and what the check says then.
// A check that nobody has seen fail may check nothing.
var broken = []struct {
	name     string
	file     string
	old, new string // new "-" removes the file
	want     string
}{
	{"unknown field", "base/tempo/kustomization.yaml", "resources:", "resourcez:", `unknown field "resourcez"`},
	{"missing resource", "kind/kustomization.yaml", "- tempo\n", "- tempoo\n", "kind: kustomize build:"},
	{"component missing from the whole", "kind/kustomization.yaml", "- tempo\n", "", "HelmRelease/tempo is missing from the whole profile"},
	{"name changed in the whole", "kind/kustomization.yaml", "kind: Kustomization\n", "kind: Kustomization\nnameSuffix: -x\n", "of the whole profile is of no directory"},
	{"unlisted object", "picluster/tempo/kustomization.yaml", "- externalsecret.yaml\n", "", "ExternalSecret/tempo-s3 is in externalsecret.yaml, which"},
	{"Component", "kind/alloy/kustomization.yaml", "kind: Kustomization", "kind: Component", "adds values to no release"},
	{"unknown kind", "picluster/tempo/externalsecret.yaml", "kind: ExternalSecret", "kind: PodMonitor", "the kind is not in this test's table"},

	{"no namespace", "kind/tempo/kustomization.yaml", "namespace: observability\n", "", "HelmRelease/tempo has no namespace"},
	{"renamed Namespace", "kind/namespaces/kustomization.yaml", "resources:", renaming + "resources:", "the Namespaces [observability traefik] became [observability x]"},
	{"namespaced Namespace", "kind/namespaces/kustomization.yaml", "resources:", "namespace: x\nresources:", "namespace transformation produces ID conflict"},
	{"foreign object", "kind/namespaces/namespaces.yaml", "kind: Namespace", "kind: ConfigMap", "ConfigMap/observability is no Namespace"},
	{"prunable Namespace", "kind/namespaces/namespaces.yaml", "toolkit.fluxcd.io/prune: disabled", "toolkit.fluxcd.io/prune: enabled", "can be pruned"},
	{"homeless", "kind/namespaces/namespaces.yaml", "name: observability", "name: other", "lies in namespace observability, which nothing makes"},

	{"no nameref", "base/tempo/kustomization.yaml", "configurations:\n- nameref.yaml\n", "", "valuesFrom[0] names ConfigMap/tempo-values, not ConfigMap/tempo-values-"},
	{"no hash", "base/tempo/kustomization.yaml", "  options:\n", "  options:\n    disableNameSuffixHash: true\n", "ConfigMap/tempo-values is not tempo-values with a hash"},
	{"replace", "kind/tempo/kustomization.yaml", "behavior: merge", "behavior: replace", `has no key "base.yaml"`},
	{"no behavior", "kind/tempo/kustomization.yaml", "  behavior: merge\n", "", "behavior must be merge or replace"},
	{"other key", "kind/tempo/kustomization.yaml", "overlay.yaml=", "base.yaml=", `has no key "overlay.yaml"`},
	{"order of keys", "base/tempo/helmrelease.yaml", "valuesKey: base.yaml", "valuesKey: overlay.yaml", `valuesFrom[0] reads the key "overlay.yaml"`},
	{"third entry", "base/tempo/helmrelease.yaml", "  valuesFrom:\n", "  valuesFrom:\n  - kind: ConfigMap\n    name: more\n", "has 3 entries in valuesFrom"},
	{"inline values", "kind/tempo/helmrelease.yaml", "spec:\n", "spec:\n  values: {a: 1}\n", "has inline values"},
	{"substituted", "base/tempo/kustomization.yaml", "substitute: disabled", "substitute: enabled", "does not opt out of substitution"},
	{"unwatched", "kind/tempo/kustomization.yaml", "watch: Enabled", "watch: Disabled", "is not watched"},

	{"releaseName", "kind/tempo/helmrelease.yaml", "  releaseName: tempo\n", "", "has no releaseName"},
	{"placeholder", "kind/tempo/helmrelease.yaml", "      version: \"2.2.4\"\n", "", `has the chart version "0.0.0-set-by-overlay"`},
	{"range of versions", "kind/tempo/helmrelease.yaml", "2.2.4", "2.x", `has the chart version "2.x"`},
	{"chart", "kind/tempo/helmrelease.yaml", "chart: tempo\n", "chart: \"\"\n", "has no chart"},
	{"source", "base/tempo/source.yaml", "name: tempo", "name: grafana", "takes its chart from HelmRepository/tempo, which is not there"},
	{"url", "base/tempo/source.yaml", "https://", "ftp://", "has the url"},
	{"oci", "base/tempo/source.yaml", "https://", "oci://", `has type "" and the url oci://`},

	{"a value", "base/traefik/values.yaml", "format: json", "format: common", "logs/access/format: string common, not string json"},
	{"its type", "base/traefik/values.yaml", "enabled: true", `enabled: "true"`, "logs/access/enabled: string true, not bool true"},
	{"a key too many", "kind/traefik/values.yaml", "service:", "extra: 1\nservice:", "extra: int 1 is too much"},
	{"YAML 1.1", "kind/traefik/values.yaml", "service:", "y: 1\nservice:", "overlay.yaml is read differently by Helm"},

	{"config.alloy", "kind/alloy/config.alloy", "{", "(", "config.alloy:"},
	{"a dollar that nothing is said of", "kind/alloy/config.alloy", "// Made", "// ${x} Made", "alloy/config.alloy is changed by Flux's substitution"},
	{"a note that is not there", "kind/grafana/datasources.yaml", "must be written twice", "stays", "grafana/datasources.yaml is changed by Flux's substitution"},
	{"format of config.alloy", "kind/alloy/config.alloy", "level =", "level  =", "is not as Alloy's formatter writes it"},
	{"other config.alloy", "kind/alloy/config.alloy", "info", "debug", "becomes something else than config.alloy"},

	{"flux path", "kind/flux/tempo.yaml", "path: ./out/kind/tempo", "path: ./out/kind/temp", "applies ./out/kind/temp, which is not there"},
	{"flux prefix", "kind/flux/tempo.yaml", "path: ./out/kind", "path: ./kind", "applies ./kind/tempo, which is not there"},
	{"flux name", "kind/flux/tempo.yaml", "name: tracing-tempo", "name: kind-tempo", "is not named after its directory"},
	{"flux twice", "kind/flux/tempo.yaml", "path: ./out/kind/tempo", "path: ./out/kind/alloy", "2 Kustomizations apply alloy/"},
	{"flux nowhere", "kind/flux/kustomization.yaml", "- tempo.yaml\n", "", "0 Kustomizations apply tempo/"},
	{"flux dependency", "kind/flux/tempo.yaml", "- name: tracing-namespaces", "- name: tracing-nothing", "depends on tracing-nothing, which nobody makes"},
	{"flux cycle", "kind/flux/namespaces.yaml", "spec:\n", "spec:\n  dependsOn:\n  - name: tracing-tempo\n", "depends on itself"},
	{"flux decryption", "kind/flux/tempo.yaml", "spec:\n", "spec:\n  decryption:\n    provider: sops\n", "decrypts ./out/kind/tempo, which is part of the tree"},
	{"flux timeout", "kind/flux/tempo.yaml", "timeout: 6m", "timeout: 5m", "HelmRelease/tempo up to 5m"},

	{"lost file", "kind/kustomization.yaml", "", "-", "unable to find one of 'kustomization.yaml'"},
}

func TestBroken(t *testing.T) {
	whole := committed(t)
	for _, b := range broken {
		t.Run(b.name, func(t *testing.T) {
			tr := whole
			tr.dir = filepath.Join(t.TempDir(), "out")
			if err := os.CopyFS(tr.dir, os.DirFS(whole.dir)); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(tr.dir, filepath.FromSlash(b.file))
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), b.old) {
				t.Fatalf("%s has no %q to break", b.file, b.old)
			}
			if b.new == "-" {
				err = os.Remove(file)
			} else {
				err = os.WriteFile(file, []byte(strings.Replace(string(text), b.old, b.new, 1)), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(tr.problems(), "\n"); !strings.Contains(all, b.want) {
				t.Errorf("broken, and no problem says %q:\n%s", b.want, all)
			}
		})
	}
}

// brokenGoldens breaks what out/ does not have.
var brokenGoldens = []struct {
	golden   string
	name     string
	file     string
	old, new string
	want     string
}{
	{"component", "no nameref", "component/traefik/kustomization.yaml", "configurations:\n- nameref.yaml\n", "", "the release reads"},
	{"component", "no guard", "component/traefik/kustomization.yaml", "- source:\n    group: helm", "- source:\n    group: x", "nothing selected"},
	{"component", "a value", "component/traefik/values.yaml", "format: json", "format: common", "not those of `tracegen values`"},
	{"component", "substituted", "component/grafana/kustomization.yaml", "substitute: disabled", "substitute: enabled", "does not opt out of substitution"},
	{"component", "no such file", "component/apps/emojivoto/kustomization.yaml", "- ingress.yaml", "- ingres.yaml", "beside the user's own workloads"},
	{"component", "another container", "component/apps/emojivoto/kustomization.yaml", "[name=web-svc]", "[name=web]", "beside the user's own workloads"},
	{"component", "another variable", "component/apps/emojivoto/kustomization.yaml", "    name: web\n- path", "    name: emoji\n- path", "Deployment/web has OTEL_EXPORTER_OTLP_ENDPOINT"},
	{"oci", "tag", "oci/traefik/source.yaml", "39.0.7", "39.x", `has the tag "39.x"`},
	{"oci", "url", "base/traefik/source.yaml", "oci://", "https://", "has the url \"https://"},
	{"oci", "layer", "base/traefik/source.yaml", "operation: copy", "operation: extract", "does not take the chart's layer"},
	{"oci", "kind", "base/traefik/helmrelease.yaml", "kind: OCIRepository", "kind: HelmRepository", "which is not there"},
	{"oci", "both", "base/traefik/helmrelease.yaml", "  chartRef:", "  chart: {spec: {chart: x}}\n  chartRef:", "both chart and chartRef"},
	{"domain", "kind", "domain/kind/cluster.yaml", "hostPort:", "hostport2:", "unknown field"},
	{"network", "policy", "network/tempo/kustomization.yaml", "- networkpolicy.yaml\n", "", "NetworkPolicy/tracing-tempo is in networkpolicy.yaml, which"},
}

func TestBrokenGoldens(t *testing.T) {
	for _, b := range brokenGoldens {
		t.Run(b.golden+" "+b.name, func(t *testing.T) {
			at := filepath.Join(root, "golden", b.golden)
			tr := tree{name: b.golden, dir: filepath.Join(t.TempDir(), "out"), profiles: []profile{{name: b.golden, arg: "golden/" + b.golden, source: source(t, at)}}}
			if err := os.CopyFS(tr.dir, os.DirFS(filepath.Join(at, "want"))); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(tr.dir, filepath.FromSlash(b.file))
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), b.old) {
				t.Fatalf("%s has no %q to break", b.file, b.old)
			}
			if err := os.WriteFile(file, []byte(strings.Replace(string(text), b.old, b.new, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(tr.problems(), "\n"); !strings.Contains(all, b.want) {
				t.Errorf("broken, and no problem says %q:\n%s", b.want, all)
			}
		})
	}
}

// Some things cannot be broken in a tree without breaking it at another place
// first.
func TestBrokenObjects(t *testing.T) {
	config := func(text string) object {
		return object{"kind": "ConfigMap", "metadata": map[string]any{"name": "x"}, "data": map[string]any{"a": text}}
	}
	alloy := func(content string) map[string]any {
		return map[string]any{"alloy": map[string]any{"configMap": map[string]any{"content": content}}}
	}
	tr := committed(t)
	p := tr.profiles[0]
	for _, b := range []struct {
		name  string
		check func(*report)
		want  string
	}{
		{"two dollars", func(r *report) { checkSubstitution(r, []object{config("$${__value.raw}")}) }, "substitution changes it"},
		{"variable", func(r *report) { checkSubstitution(r, []object{config("${NOTSET}")}) }, "variable not set"},
		{"cluster-scoped", func(r *report) {
			checkObjects(r, []object{{"kind": "Namespace", "metadata": map[string]any{"namespace": "x"}}})
		}, "lies outside namespaces"},
		{"template", func(r *report) { checkAlloy(r, tr, p, "alloy", alloy("{{")) }, "is no template"},
		{"function", func(r *report) { checkAlloy(r, tr, p, "alloy", alloy("{{ .Values.x }}")) }, "map has no entry"},
		{"datasources", func(r *report) {
			checkTemplated(r, tr, p, "grafana", map[string]any{"grafana": map[string]any{"additionalDataSources": []any{"{{ fail `x` }}"}}})
		}, "is no template"},
		{"other datasources", func(r *report) {
			checkTemplated(r, tr, p, "grafana", map[string]any{"grafana": map[string]any{"additionalDataSources": []any{map[string]any{"name": "x"}}}})
		}, "becomes something else than grafana/datasources.yaml"},
		{"syntax", func(r *report) { checkAlloy(r, tr, p, "alloy", alloy("logging {")) }, "content:"},
	} {
		t.Run(b.name, func(t *testing.T) {
			var r report
			b.check(&r)
			if all := strings.Join(r.problems, "\n"); !strings.Contains(all, b.want) {
				t.Errorf("no problem says %q:\n%s", b.want, all)
			}
		})
	}
}

// TestMerge holds the merge to what Helm was seen to do.
func TestMerge(t *testing.T) {
	var r report
	under := values(&r, "under", []byte("m: {a: 1, b: 2}\nl: [1, 2]\nz: 1\nx: {a: 1}\ny1: 1\n"))
	over := values(&r, "over", []byte("m: {b: 3, c: 4}\nl: [3]\nz: null\nx: 1\n"))
	want := values(&r, "want", []byte("m: {a: 1, b: 3, c: 4}\nl: [3]\nz: null\nx: 1\ny1: 1\n"))
	if d := differences("", merge(under, over), want); d != "" || len(r.problems) > 0 {
		t.Error(d, r.problems)
	}
}
