package generator

import "testing"

// TestFluxFiles looks into what Flux reads.
func TestFluxFiles(t *testing.T) {
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
