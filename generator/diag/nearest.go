package diag

import "strings"

// Nearest gives the known word that the user most likely meant, or "".
func Nearest(word string, known []string) string {
	best, bestDistance := "", len(word)/3+2
	for _, k := range known {
		if strings.EqualFold(k, word) {
			return k
		}
		if d := Distance(word, k); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// AllNearest gives the known words that are as near as the nearest, in their
// order.
func AllNearest(word string, known []string) []string {
	nearest := Nearest(word, known)
	switch {
	case nearest == "":
		return nil
	case strings.EqualFold(nearest, word):
		return []string{nearest}
	}
	var all []string
	for _, k := range known {
		if Distance(word, k) == Distance(word, nearest) {
			all = append(all, k)
		}
	}
	return all
}

// Distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b.
func Distance(a, b string) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
