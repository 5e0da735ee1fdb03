package generator

import (
	"strings"
	"testing"

	"tracegen.dev/generator/plan"
)

// The rules about where Flux takes charts from.
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
