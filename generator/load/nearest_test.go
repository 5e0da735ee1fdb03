package load

import "testing"

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
		if got := nearest(word, known); got != want {
			t.Errorf("nearest(%q) is %q, not %q", word, got, want)
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
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) is %d, not %d", c.a, c.b, got, c.want)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, keys := range [][]string{{"a"}, {"a", "b.c", "d"}, {"", "\"", "é\n"}, {"x-y", "0"}} {
		path := ""
		for _, k := range keys {
			path = join(path, k)
		}
		got, ok := split(path)
		if !ok || len(got) != len(keys) {
			t.Fatalf("split(%s) is %q", path, got)
		}
		for i := range keys {
			if got[i] != keys[i] {
				t.Errorf("split(%s) is %q", path, got)
			}
		}
	}
	if _, ok := split("a.b[0].c"); ok {
		t.Error("a path through a list is taken apart")
	}
}
