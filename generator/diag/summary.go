package diag

import (
	"fmt"
	"strings"
)

// Summary counts the findings in words, such as "2 errors, 1 warning,
// 3 ignored".
func Summary(ds []Diagnostic) string {
	var counts [Warning + 1]int
	ignored := 0
	for _, d := range ds {
		if d.Ignored != "" {
			ignored++
		} else {
			counts[d.Severity]++
		}
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
		parts = append(parts, "no findings")
	}
	if ignored > 0 {
		parts = append(parts, fmt.Sprintf("%d ignored", ignored))
	}
	return strings.Join(parts, ", ")
}
