package generator

import (
	"strings"
	"testing"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
)

// TestRefused: a Prometheus that takes no metrics is told of at its own line.
func TestRefused(t *testing.T) {
	s := workspace(t, map[string]string{"p": complete(`tempo: {mode: "monolithic", chart: version: "2.2.4", metricsGenerator: {}}
prometheus: {kind: "address", host: "p.example.com"}`)})
	plans, _ := s.analyse(t)
	p := plans[0]
	p.Prometheus.Refused = []fact.Any{p.Tempo.Generator.On}
	var diags diag.List
	check.Run(p, &diags)
	found := diags.Sorted()
	if len(found) != 1 || found[0].Code != "TG042" || found[0].Path != "prometheus" || !strings.Contains(found[0].Help, "remoteWrite: true") {
		t.Errorf("found:\n%s", text(s, found))
	}
}
