package verify

import (
	"strings"
	"testing"

	"tracegen.dev/internal/bounded"
)

// TestWorst reads a megabyte of what takes longest.
func TestWorst(t *testing.T) {
	n := bounded.Megabyte
	stairs := func() string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat("  ", i) + "a:\n")
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"stairs": stairs(), "dashes": strings.Repeat("- ", n/2) + "a\n", "keys": strings.Repeat("a: 1\n", n/5),
		"quotes": "a: " + strings.Repeat(`"`, n), "escapes": `a: "` + strings.Repeat(`\\`, n/2) + "\"\n",
		"spaces": strings.Repeat(" ", n), "lines": strings.Repeat("\n", n), "block": "a: |\n" + strings.Repeat("  x\n", n/4),
		"brackets": "a: " + strings.Repeat("[", n), "documents": strings.Repeat("---\n", n/4), "NUL": strings.Repeat("\x00", n),
	} {
		t.Run(name, func(t *testing.T) {
			bounded.Run(t, len(text), func() { _, _ = readYAML([]byte(text)) })
		})
	}
}
