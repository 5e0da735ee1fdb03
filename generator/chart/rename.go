package chart

import (
	"cmp"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
)

// Rename is a path of values that a release of a chart renamed.
type Rename struct {
	From, To string
	At       string // the first version with the new path, and without the old one
	Reshaped bool   // the keys below have other names, too
	Source   string // where it was read, or what happens otherwise; or empty
}

// isPath begins the doc of each feature whose value is a path of values.
const isPath = "the values path "

// Renames lists them, in ascending order of version and of the old path: what
// the steps of a feature tell whose value is a path, and what the data has
// besides.
func (c *Chart) Renames() []Rename {
	out := slices.Clone(c.renames)
	for _, f := range c.features {
		if !strings.HasPrefix(f.doc, isPath) {
			continue
		}
		for i := 1; i < len(f.steps); i++ {
			s := f.steps[i]
			from, _ := f.steps[i-1].value.(string)
			to, _ := s.value.(string)
			if from != "" && to != "" && !s.beside {
				out = append(out, Rename{From: from, To: to, At: s.from, Source: s.source})
			}
		}
	}
	slices.SortFunc(out, func(a, b Rename) int {
		return cmp.Or(Compare(a.At, b.At), strings.Compare(a.From, b.From))
	})
	return out
}

// Mover gives a function that says what a path of this version's values is called
// at another version of the chart, older or newer, and the renames on the way.
func (v *Version) Mover(to *Version) func(path string) (string, []Rename) {
	all := v.chart.Renames()
	if Compare(v.version, to.version) <= 0 {
		return func(path string) (string, []Rename) { return follow(path, all, v.version, to.version) }
	}
	slices.Reverse(all)
	for i, r := range all {
		all[i].From, all[i].To = r.To, r.From
	}
	return func(path string) (string, []Rename) {
		path, used := follow(path, all, to.version, v.version)
		for i, r := range used {
			used[i].From, used[i].To = r.To, r.From
		}
		return path, used
	}
}

// Instead gives what to write for a path that this version does not have: what
// the path of an older version is called now, or else that of a newer one was
// called before. The rename is the one that is nearest to this version.
func (v *Version) Instead(path string) (string, Rename, bool) {
	for _, end := range []string{v.chart.oldest, v.chart.newest} {
		now, used := v.chart.At(end).Mover(v)(path)
		if len(used) == 0 || now == path {
			continue
		}
		last := used[len(used)-1]
		// An old name that means something else now is not what was meant.
		taken := slices.ContainsFunc(v.chart.Renames(), func(r Rename) bool { return r.At == last.At && diag.Within(r.To, last.From) })
		if end == v.chart.oldest && taken {
			continue
		}
		return now, last, true
	}
	return "", Rename{}, false
}

// follow applies the renames of the versions after one and up to another. Those
// of one version do not build upon each other: the longest path that fits counts.
func follow(path string, all []Rename, after, until string) (string, []Rename) {
	var used []Rename
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(r Rename) bool { return r.At != all[0].At })
		if n < 0 {
			n = len(all)
		}
		var best Rename
		for _, r := range all[:n] {
			if diag.Within(path, r.From) && len(r.From) > len(best.From) {
				best = r
			}
		}
		if best.From != "" && Compare(best.At, after) > 0 && Compare(best.At, until) <= 0 {
			rest := path[len(best.From):]
			if best.Reshaped {
				rest = ""
			}
			path, used = best.To+rest, append(used, best)
		}
		all = all[n:]
	}
	return path, used
}
