package diag

import (
	"fmt"
	"strings"
)

// Summary counts the findings in words, such as "2 errors, 1 warning".
func Summary(ds []Diagnostic) string {
	var counts [Warning + 1]int
	for _, d := range ds {
		counts[d.Severity]++
	}
	var parts []string
	for s, n := range counts {
		word := Severity(s).String()
		switch {
		case n == 1:
			parts = append(parts, "1 "+word)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n, word))
		}
	}
	if parts == nil {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
