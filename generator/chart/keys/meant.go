package keys

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/diag"
)

// unknown reports a key that the chart does not read, and what to write instead.
func (w *walker) unknown(p place, v Value, path, name string) {
	f := Finding{Path: path, Mark: v.Mark, Unknown: true, Message: fmt.Sprintf("%s has no key %s", w.release, path)}
	names := p.names(name)
	near := w.meant(path, name, names)
	var elsewhere []Span
	if p.own != nil {
		elsewhere = p.own.Elsewhere(name)
	}
	now, rename, renamed := w.renamed(path)
	switch {
	case renamed && strings.HasPrefix(now, rename.To):
		f.Message += fmt.Sprintf(", which is called %s from %s on", now, rename.At)
		f.Help = "write " + now + " instead"
	case renamed:
		f.Message += fmt.Sprintf(", which is called %s before %s", now, rename.At)
		f.Help = "write " + now + " instead"
	case len(elsewhere) > 0:
		f.Message += ", which is a key of the releases " + w.root.c.Releases(elsewhere)
		f.Help = "leave it out, or pin a release that has it"
		if len(near) > 0 {
			f.Help = fmt.Sprintf("write %s instead, if that is meant; or leave it out", strings.Join(near, " or "))
		}
	case len(near) > 0:
		f.Help = "did you mean " + strings.Join(near, " or ") + "?"
	default:
		f.Help = "leave it out: it would be ignored"
		if p.shape != nil {
			f.Help = "leave it out"
		}
		if len(names) > 0 && len(names) <= 12 {
			f.Help += "; here stand " + strings.Join(names, ", ")
		}
	}
	w.found = append(w.found, f)
}

// meant gives the paths that a key may stand for: one that is a slip away, or one
// of that very name elsewhere, or one that is like it, or that only goes on.
func (w *walker) meant(path, name string, names []string) []string {
	near := diag.AllNearest(name, names)
	slip := len(near) > 0 && (strings.EqualFold(near[0], name) || diag.Distance(near[0], name) <= slips)
	if !slip {
		if others := w.find(path, name); len(others) > 0 {
			return others
		}
	}
	if len(near) == 0 && len(name) >= few {
		for _, n := range names {
			if strings.HasPrefix(n, name) {
				near = append(near, n)
			}
		}
		if len(near) > few {
			return nil
		}
	}
	for i, n := range near {
		near[i] = sibling(path, name, n)
	}
	return near
}

// slips is how many letters a slip of the fingers gets wrong.
const slips = 2

// renamed gives what the release calls a path that another one has.
func (w *walker) renamed(path string) (string, chart.Rename, bool) {
	c, ok := chart.Find(w.release.Chart)
	if !ok {
		return "", chart.Rename{}, false
	}
	return c.At(w.release.Version).Instead(path)
}

// doubt reports a key of those that may be anything, if it is but a letter away
// from one that is listed.
func (w *walker) doubt(p place, v Value, path, name string) {
	var near []string
	for _, n := range p.names(name) {
		if strings.EqualFold(n, name) || diag.Distance(n, name) == 1 {
			near = append(near, sibling(path, name, n))
		}
	}
	if len(near) > 0 {
		w.found = append(w.found, Finding{
			Path: path, Mark: v.Mark, Unknown: true, Doubt: true,
			Message: fmt.Sprintf("%s passes %s on as it is, but no such key is known where it goes", w.release, path),
			Help:    "did you mean " + strings.Join(near, " or ") + "?",
		})
	}
}

// sibling is the path with its last key replaced.
func sibling(path, name, near string) string {
	return diag.JoinKey(strings.TrimSuffix(strings.TrimSuffix(path, diag.JoinKey("", name)), "."), near)
}

// names lists the keys that may stand at a place, in the place of another name:
// of the pattern traces/*, that is the key with the same rest.
func (p place) names(name string) []string {
	_, rest, parted := strings.Cut(name, "/")
	var out []string
	for _, n := range []*Node{p.own, p.shape} {
		if n == nil {
			continue
		}
		for _, c := range n.Children() {
			start, isPattern := strings.CutSuffix(c.Key().Name, EveryKey)
			switch {
			case c.Key().Name == EveryItem:
			case !isPattern:
				out = append(out, start)
			case parted && strings.HasSuffix(start, "/"):
				out = append(out, start+rest)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// few is how many places of a key a help line names.
const few = 3

// find gives the paths at which a key of that name stands elsewhere, if they are
// few: a key that slipped out of its map. Those below the same parent are
// meant first.
func (w *walker) find(path, name string) []string {
	if w.paths == nil {
		w.paths = map[string][]string{}
		var look func(n Node, path string)
		look = func(n Node, path string) {
			for _, c := range n.Children() {
				name := c.Key().Name
				at := diag.JoinKey(path, name)
				w.paths[name] = append(w.paths[name], at)
				look(c, at)
			}
		}
		look(w.root, "")
	}
	out := w.paths[name]
	parent := strings.TrimSuffix(path, diag.JoinKey("", name))
	here := slices.DeleteFunc(slices.Clone(out), func(other string) bool { return !strings.HasPrefix(other, parent) })
	if len(here) > 0 {
		out = here
	}
	if len(out) > few {
		return nil
	}
	return out
}
