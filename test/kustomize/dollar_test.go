package kustomize

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/fluxcd/pkg/envsubst"
)

// TestDollars looks at the cases that are full of dollars: each object with one
// opts out of Flux's substitution, which would have changed it or failed.
func TestDollars(t *testing.T) {
	var r report
	var with []object
	for _, name := range []string{"substitution", "escaping"} {
		for _, o := range build(&r, filepath.Join(root, "golden", name, "want", name)) {
			if strings.Contains(o.text(), "$") {
				with = append(with, o)
			}
		}
	}
	checkSubstitution(&r, with)
	for _, p := range r.problems {
		t.Error(p)
	}
	for _, text := range []string{"$${__value.raw}", "$${__trace.traceId}", "{$$__tags", "[$$__rate_interval]", "^5..$$", "5$$ or $$$$, $${env:HOME}", "$$(POD_NAME), $${HOME}", "${1} and {{ .x }}"} {
		found := false
		for _, o := range with {
			found = found || strings.Contains(o.text(), text)
			after, err := envsubst.Eval(o.text(), func(string) (string, bool) { return "", false })
			if err == nil && after == o.text() {
				t.Errorf("%s would pass the substitution unchanged, and proves nothing", o)
			}
		}
		if !found {
			t.Errorf("nothing has %s", text)
		}
	}
}
