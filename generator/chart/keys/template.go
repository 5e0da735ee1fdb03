package keys

import (
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
)

// read is a key that a template in a value reads: charts run many values as
// templates, and what such a template takes from the values is a key that does
// something, though no template of the chart has it.
type read struct {
	names []string // below .Values; none means all that there is
	above []string // where the template stands, in the values of the chart or of a subchart
}

// deepestChart is how many charts above it the values of one can stand below.
const deepestChart = 2

// reads gathers what the templates in the values read.
func reads(v Value) []read {
	var out []read
	var look func(v Value, at []string)
	look = func(v Value, at []string) {
		if strings.Contains(v.Text, "{{") {
			for _, names := range valuesIn(v.Text) {
				out = append(out, read{names, slices.Clone(at[:min(len(at), deepestChart)])})
			}
		}
		for i, below := range v.Below {
			if v.Kind == Map {
				look(below, append(at, v.Names[i]))
				continue
			}
			look(below, at)
		}
	}
	look(v, nil)
	return out
}

// valuesIn finds each .Values.a.b of a text.
func valuesIn(text string) [][]string {
	var out [][]string
	for {
		_, rest, ok := strings.Cut(text, ".Values")
		if !ok {
			return out
		}
		var names []string
		for strings.HasPrefix(rest, ".") {
			end := 1 + strings.IndexFunc(rest[1:], func(r rune) bool { return !isWord(r) })
			if end == 0 {
				end = len(rest)
			}
			if end == 1 {
				break
			}
			names, rest = append(names, rest[1:end]), rest[end:]
		}
		out = append(out, names)
		text = rest
	}
}

func isWord(r rune) bool {
	return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// reads reports whether a template in the values reads the key of a path, or
// what stands above or below it.
func (w *walker) reads(path string) bool {
	for _, r := range w.read {
		for deep := 0; deep <= len(r.above); deep++ {
			at := ""
			for _, name := range slices.Concat(r.above[:deep], r.names) {
				at = diag.JoinKey(at, name)
			}
			if diag.Within(at, path) || diag.Within(path, at) {
				return true
			}
		}
	}
	return false
}
