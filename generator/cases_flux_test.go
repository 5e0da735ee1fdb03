package generator

import (
	"strings"
	"testing"

	"tracegen.dev/generator/plan"
)

var fluxCases = []ruleCase{
	{
		code: "TG063", name: "no registry",
		profile: `tempo: {
	mode: "monolithic"
	chart: {
		version: "2.2.4"
		source: "OCIRepository" // here
	}
}`,
		path:    "tempo.chart.source",
		message: []string{"no registry is known to hold tempo 2.2.4"},
		help:    []string{`repository: "oci://`},
	},
	{
		code: "TG063", name: "no address in a registry",
		profile: `traefik: {
	export: protocol: "otlp-http"
	chart: {
		version: "39.0.7"
		repository: "https://charts.example.com"
		source: "OCIRepository" // here
	}
}`,
		path:    "traefik.chart.source",
		message: []string{"https://charts.example.com is no oci:// address"},
		help:    []string{`repository: "oci://ghcr.io/traefik/helm"`},
	},
	{
		code: plan.CodeOldChart, name: "an old Flux",
		profile: `flux: {
	version: "2.2.0" // here
}`,
		path:    "flux.version",
		message: []string{"flux 2.2.0 is older"},
		help:    []string{"2.3.0"},
	},
}

// TestSources: what all profiles rest on is of one kind.
func TestSources(t *testing.T) {
	const traefik = "traefik: {export: protocol: \"otlp-http\", chart: {version: \"39.0.7\"%}}"
	helm, oci := complete(strings.Replace(traefik, "%", "", 1)), complete(strings.Replace(traefik, "%", ", source: \"OCIRepository\"", 1))
	old := oci + "\nflux: version: \"2.5.1\""
	for _, c := range []struct {
		name, a, b string
		path       string
		message    string
	}{
		{"two kinds", helm, oci, "traefik.chart.source", "a OCIRepository, and in the profile a from a HelmRepository"},
		{"two versions", oci, old, "flux.version", "source.toolkit.fluxcd.io/v1beta2, and that of the profile a as source.toolkit.fluxcd.io/v1"},
		{"one kind", oci, oci, "", ""},
		{"two versions of what did not change", helm, helm + "\nflux: version: \"2.5.1\"", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := workspace(t, map[string]string{"a": c.a, "b": c.b + "\nignore: TG064: \"never mind\""})
			_, diags, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range diags {
				if d.Code == "TG025" { // the code cannot be ignored
					continue
				}
				if d.Code != plan.CodeSources || d.Path != c.path || d.Position.File != "profiles/b/p.cue" || !strings.Contains(d.Message, c.message) || c.message == "" {
					t.Errorf("found:\n%s", text(s, diags))
				}
			}
			if want := 1; c.message != "" && len(diags) != want+1 {
				t.Errorf("found:\n%s", text(s, diags))
			}
		})
	}
}

// TestFlux looks into what Flux reads.
func TestFlux(t *testing.T) {
	const oci = `traefik: {export: protocol: "otlp-http", chart: {version: "39.0.7", source: "OCIRepository"}}`
	filesHave(t, []fileCase{
		{"an OCIRepository", oci, "base/traefik/source.yaml", []string{
			"apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\n", "tag: 0.0.0-set-by-overlay\n", "url: oci://ghcr.io/traefik/helm/traefik\n",
			"mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip\n    operation: copy\n"}, []string{"type:"}},
		{"its version", oci, "p/traefik/source.yaml", []string{"kind: OCIRepository\n", "tag: \"39.0.7\"\n"}, []string{"url"}},
		{"its release", oci, "base/traefik/helmrelease.yaml", []string{"chartRef:\n    kind: OCIRepository\n    name: traefik\n"}, []string{"sourceRef"}},
		{"has no version", oci, "p/traefik/helmrelease.yaml", []string{"releaseName: traefik\n"}, []string{"version", "39.0.7"}},
		{"and is patched", oci, "p/traefik/kustomization.yaml", []string{"- path: helmrelease.yaml\n- path: source.yaml\n"}, nil},
		{"at an older Flux", oci + "\nflux: version: \"2.5.1\"", "base/traefik/source.yaml", []string{"apiVersion: source.toolkit.fluxcd.io/v1beta2\n"}, nil},
		{"of a mirror", `traefik: {export: protocol: "otlp-http", chart: {version: "39.0.7", source: "OCIRepository", repository: "oci://mirror.example.com/charts/"}}`, "base/traefik/source.yaml",
			[]string{"url: oci://mirror.example.com/charts/traefik\n"}, nil},
		{"of a mirror, written out", `traefik: {export: protocol: "otlp-http", chart: {version: "39.0.7", source: "OCIRepository", repository: "oci://mirror.example.com/charts/traefik"}}`, "base/traefik/source.yaml",
			[]string{"url: oci://mirror.example.com/charts/traefik\n"}, nil},
		{"follows the values", "", "p/tempo/kustomization.yaml", []string{"reconcile.fluxcd.io/watch: Enabled\n"}, nil},
		{"where it can", "flux: version: \"2.6.4\"", "p/tempo/kustomization.yaml", nil, []string{"watch"}},
		{"what becomes of a failure", `flux: {retries: 0, remediation: "uninstall", crds: "Skip"}`, "base/tempo/helmrelease.yaml",
			[]string{"install:\n    crds: Skip\n    remediation:\n      retries: 0\n", "upgrade:\n    crds: Skip\n", "strategy: uninstall\n"}, nil},
	})
}
