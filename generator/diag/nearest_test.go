package diag_test

import (
	"testing"

	"tracegen.dev/generator/diag"
)

func TestNearest(t *testing.T) {
	known := []string{"mode", "chart", "release", "namespace", "receivers", "retention", "tls", "to", "TempoUser"}
	for word, want := range map[string]string{
		"mod":             "mode",      // a letter short
		"modee":           "mode",      // one too many
		"chrat":           "chart",     // two swapped
		"Chart":           "chart",     // the case
		"tempouser":       "TempoUser", // the case, where the distance is large
		"name_space":      "namespace",
		"retantion":       "retention",
		"":                "",
		"x":               "",
		"prometheus":      "",
		"completelyother": "",
		"ön":              "",
	} {
		if got := diag.Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) is %q, not %q", word, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "ab", 2}, {"ab", "", 2}, {"ab", "ab", 0},
		{"ab", "ba", 1}, {"abc", "axc", 1}, {"abc", "ac", 1}, {"ac", "abc", 1}, {"abcd", "badc", 2}, {"kitten", "sitting", 3},
	} {
		if got := diag.Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) is %d, not %d", c.a, c.b, got, c.want)
		}
	}
}
