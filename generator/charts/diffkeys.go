package charts

import (
	"cmp"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
)

// KeysDiff is what changes about the keys of the values. Where those of a
// version are not known, it has the renames that are known, and nothing else.
type KeysDiff struct {
	Unknown []string      `json:"unknown"` // versions whose keys are not known
	Renamed []RenamedKey  `json:"renamed"`
	Removed []ChangedKey  `json:"removed"`
	Added   []ChangedKey  `json:"added"`
	Changed []NarrowedKey `json:"changed"`
}

// RenamedKey is a key with another name.
type RenamedKey struct {
	From     string `json:"from"`
	To       string `json:"to"`
	At       string `json:"at"` // the version that renamed it
	Reshaped bool   `json:"reshaped,omitempty"`
	Source   string `json:"source,omitempty"`
}

// ChangedKey is a key that comes or goes.
type ChangedKey struct {
	Path  string `json:"path"`
	Kinds string `json:"kinds"`
	Below int    `json:"below"` // how many keys come or go with it
}

// NarrowedKey is a key that does not take all values any more.
type NarrowedKey struct {
	Path string `json:"path"` // at the new version
	Old  string `json:"old"`  // the kinds, and whether any key may stand below
	New  string `json:"new"`
}

// diffKeys compares the contracts of two versions.
func (k *Knowledge) diffKeys(from, to Subject) KeysDiff {
	d := KeysDiff{Unknown: []string{}, Renamed: []RenamedKey{}, Removed: []ChangedKey{}, Added: []ChangedKey{}, Changed: []NarrowedKey{}}
	for _, s := range []Subject{from, to} {
		if !s.Keys && !s.Product() && !slices.Contains(d.Unknown, s.Number) {
			d.Unknown = append(d.Unknown, s.Number)
		}
	}
	there, back := still, still
	if from.At != nil && to.At != nil {
		there, back = from.At.Mover(to.At), to.At.Mover(from.At)
		d.Renamed = tableRenames(from.At, to.At)
		slices.SortFunc(d.Renamed, func(a, b RenamedKey) int { return strings.Compare(a.From, b.From) })
	}
	if !from.Keys || !to.Keys {
		return d
	}
	old, new := flatten(from.keys), flatten(to.keys)
	// Those below an open key stand in no contract.
	d.Renamed = slices.DeleteFunc(d.Renamed, func(r RenamedKey) bool { return old.has(r.From) || !old.open(r.From) || !new.open(r.To) })
	d.Removed = outer(old, func(path string) (bool, bool) {
		now, _ := there(path)
		// Of any key, or any item, the new one says as much by being open. That one of
		// the defaults is gone is told: what reads it there may know it no more.
		return new.has(now), new.open(now) && (now != path || patterned(path))
	})
	d.Added = outer(new, func(path string) (bool, bool) {
		before, _ := back(path)
		return old.has(before), before != path && old.open(before)
	})
	for _, path := range old.paths {
		now, used := there(path)
		if now != path && exactly(path, used) && new.open(now) {
			last := used[len(used)-1]
			d.Renamed = append(d.Renamed, RenamedKey{path, now, last.At, last.Reshaped, last.Source})
		}
		if !new.has(now) {
			continue
		}
		if a, b := old.nodes[path], new.nodes[now]; narrower(a.Key(), b.Key()) {
			d.Changed = append(d.Changed, NarrowedKey{now, takes(a), takes(b)})
		}
	}
	slices.SortFunc(d.Renamed, func(a, b RenamedKey) int { return strings.Compare(a.From, b.From) })
	return d
}

// patterned reports whether a part of a path stands for many.
func patterned(path string) bool {
	return strings.Contains(path, keys.EveryKey) || strings.Contains(path, keys.EveryItem)
}

func still(path string) (string, []chart.Rename) { return path, nil }

// exactly reports whether the renames are of that very path, and not of one
// above it.
func exactly(path string, used []chart.Rename) bool {
	return slices.ContainsFunc(used, func(r chart.Rename) bool { return r.From == path || r.To == path })
}

// tableRenames are those between two versions.
func tableRenames(from, to *chart.Version) []RenamedKey {
	out := []RenamedKey{}
	move := from.Mover(to)
	seen := map[string]bool{}
	for _, r := range to.Chart().Renames() {
		for _, path := range []string{r.From, r.To} {
			now, used := move(path)
			if len(used) == 0 || now == path || seen[path] || !exactly(path, used) {
				continue
			}
			seen[path] = true
			last := used[len(used)-1]
			out = append(out, RenamedKey{path, now, last.At, last.Reshaped, last.Source})
		}
	}
	return out
}

// flat is every key of a version, by path.
type flat struct {
	root  keys.Node
	paths []string // a key before those below it
	nodes map[string]keys.Node
}

func (f flat) has(path string) bool { _, ok := f.nodes[path]; return ok }

func flatten(root keys.Node) flat {
	f := flat{root: root, nodes: map[string]keys.Node{}}
	var walk func(n keys.Node, path string)
	walk = func(n keys.Node, path string) {
		for _, c := range n.Children() {
			at := join(path, c.Key().Name)
			f.paths = append(f.paths, at)
			f.nodes[at] = c
			walk(c, at)
		}
	}
	walk(root, "")
	return f
}

// open reports whether a path can stand in the values: as a key, or below one
// that is open, however far above that is.
func (f flat) open(path string) bool {
	names, err := parsePath(path)
	for i := len(names); err == nil && i > 0; i-- {
		n, ok := f.nodes[joined(names[:i])]
		if ok && (i == len(names) || n.Key().Copied() || n.Key().Kinds == keys.Any) {
			return true
		}
	}
	return false
}

// outer gives the keys that have no partner, each with how many go with it. One
// mostly above keys that move is left out: it lives on in them.
func outer(f flat, partner func(path string) (there, moved bool)) []ChangedKey {
	out := []ChangedKey{}
	type count struct{ lonely, moved int }
	var walk func(n keys.Node, path string) (count, []ChangedKey)
	walk = func(n keys.Node, path string) (c count, list []ChangedKey) {
		for _, child := range n.Children() {
			below, more := walk(child, join(path, child.Key().Name))
			c = count{c.lonely + below.lonely, c.moved + below.moved}
			list = append(list, more...)
		}
		there, moved := partner(path)
		switch {
		case moved:
			c.moved++
		case there: // and so is what it stands in
		default:
			if c.moved <= c.lonely {
				list = []ChangedKey{{path, takes(n), c.lonely}}
			}
			c.lonely++
		}
		return c, list
	}
	for _, c := range f.root.Children() {
		_, list := walk(c, join("", c.Key().Name))
		out = append(out, list...)
	}
	slices.SortFunc(out, func(a, b ChangedKey) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// narrower reports whether some value that the old key took is none for the new
// one. A key that takes anything is one of which nothing better is known, and
// templates print texts and numbers alike.
func narrower(old, new *keys.Key) bool {
	takes := new.Kinds
	if takes&(keys.Number|keys.String) != 0 {
		takes |= keys.Scalar
	}
	if old.Kinds != keys.Any && old.Kinds&^takes != 0 {
		return true
	}
	return old.Open != "" && new.Open == "" && new.Kinds != keys.Any && old.Kinds&new.Kinds&(keys.List|keys.Map) != 0
}

// takes says what a key takes, in one line.
func takes(n keys.Node) string {
	k := n.Key()
	out := k.Kinds.String()
	if k.Like != "" {
		out += " of " + k.Like
	}
	if k.Open != "" {
		out += ", open"
	}
	return out
}
