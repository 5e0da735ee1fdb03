package keys_test

import (
	"strings"
	"testing"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/internal/bounded"
)

// TestWorst reads a megabyte of what takes longest.
func TestWorst(t *testing.T) {
	n := bounded.Megabyte
	const head = "chart x\nversions 1.0.0\n\n"
	var stairs strings.Builder
	for i := 0; stairs.Len() < n; i++ {
		stairs.WriteString(strings.Repeat("  ", i) + "a\n")
	}
	for name, text := range map[string]string{
		"stairs": stairs.String(), "tabs": strings.Repeat("\t", n), "dots": strings.Repeat("a.", n/2) + "a bool\n",
		"keys": strings.Repeat("a bool\n", n/7), "quotes": strings.Repeat(`"`, n), "kinds": "a " + strings.Repeat("bool,", n/5),
		"ranges": "a bool " + strings.Repeat("@1.0.0 ", n/7), "wide": "a " + strings.Repeat("x", n) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			bounded.Run(t, len(text), func() {
				if c, err := keys.Parse(head + text); err == nil {
					_ = c.Format()
				}
				_, _ = keys.Parse(text)
				_, _ = keys.Open(head + text)
			})
		})
	}
	t.Run("versions", func(t *testing.T) {
		text := "chart x\nversions" + strings.Repeat(" 1.0.0", n/6) + "\n\na bool\n"
		bounded.Run(t, len(text), func() { _, _ = keys.Parse(text) })
	})
}
