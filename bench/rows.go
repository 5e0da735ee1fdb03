package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// rows are the commands.
func (b *bench) rows(many int) []*row {
	two := b.workspace(2)
	rows := []*row{
		{name: "tracegen version", args: []string{b.tracegen, "version"}},
		{name: "cue version", args: []string{b.cue, "version"}},
		{name: "tracegen build, cold", args: []string{b.tracegen, "-C", two, "build"}, fresh: true, profiles: 2},
		{name: "tracegen build, nothing changed", args: []string{b.tracegen, "-C", two, "build"}, profiles: 2},
		{name: "tracegen vet", args: []string{b.tracegen, "-C", two, "vet"}, profiles: 2},
		// CUE finds the schema in cue.mod, where init put it.
		{name: "cue export, the topologies alone", args: []string{b.cue, "export", "./profiles/kind", "./profiles/picluster"}, dir: two, profiles: 2},
		{name: "cue export, the documents too", args: []string{b.cue, "export", "./profiles/kind", "./profiles/picluster"}, dir: b.derived(), profiles: 2},
		{name: "jsonnet, two small documents", args: []string{b.jsonnet, "tiny.jsonnet"}},
		{name: "helm template, a tiny chart", args: []string{b.helm, "template", "tiny", "chart"}},
		{name: "kustomize build, one component", args: []string{b.kustomize, "build", filepath.Join(two, "out", "kind", "tempo")}},
	}
	for _, n := range []int{many / 10, many} {
		dir := b.workspace(n)
		rows = append(rows,
			&row{name: name("vet", n), args: []string{b.tracegen, "-C", dir, "vet"}, profiles: n, heavy: true},
			&row{name: name("build, cold", n), args: []string{b.tracegen, "-C", dir, "build"}, fresh: true, profiles: n, heavy: true},
			&row{name: name("build, nothing changed", n), args: []string{b.tracegen, "-C", dir, "build"}, profiles: n, heavy: true},
		)
	}
	return rows
}

func name(what string, profiles int) string { return fmt.Sprintf("%s, %d profiles", what, profiles) }

func selected(rows []*row, only string) []*row {
	var out []*row
	for _, r := range rows {
		if strings.Contains(r.name, only) {
			out = append(out, r)
		}
	}
	return out
}

// limit is what one measure may be at most.
type limit struct {
	name string
	row  string
	than string // the row to compare with; none for a plain limit
	most float64
	of   func(*row) float64
}

func limits(many int) []limit {
	cpu, each := (*row).ms, (*row).each
	megabytes := func(r *row) float64 { return float64(r.rss) / 1e6 }
	all := []limit{
		{"bare start, of cue's", "tracegen version", "cue version", 1.3, cpu},
		{"cold build, of cue export of the same documents", "tracegen build, cold", "cue export, the documents too", 0.5, cpu},
		{"build that changes nothing, of a bare start", "tracegen build, nothing changed", "tracegen version", 3, cpu},
	}
	for _, what := range []string{"build, cold", "build, nothing changed"} {
		all = append(all, limit{"MB, " + name(what, many), name(what, many), "", 100, megabytes})
	}
	for _, what := range []string{"vet", "build, cold", "build, nothing changed"} {
		all = append(all, limit{fmt.Sprintf("CPU per profile, %s, of that with %d", name(what, many), many/10),
			name(what, many), name(what, many/10), 1.2, each})
	}
	return all
}

// judge holds the rows to the limits, and reports whether all are kept.
func judge(rows []*row, limits []limit) bool {
	find := func(name string) *row {
		for _, r := range rows {
			if r.name == name {
				return r
			}
		}
		panic("no row " + name)
	}
	ok := true
	for _, l := range limits {
		got := l.of(find(l.row))
		if l.than != "" {
			got /= l.of(find(l.than))
		}
		verdict := "PASS"
		if !(got <= l.most) { // so that a NaN fails
			verdict, ok = "FAIL", false
		}
		fmt.Printf("%s  %8.2f, at most %6.2f  %s\n", verdict, got, l.most, l.name)
	}
	return ok
}
