package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// forget drops the shapes that no root leads to.
func (w *walker) forget() {
	kept := map[string]bool{}
	var keep func(n *node)
	keep = func(n *node) {
		shape, ok := strings.CutPrefix(n.like, w.name+"/")
		if ok && w.shapes[shape] != nil && !kept[shape] {
			kept[shape] = true
			keep(w.shapes[shape])
		}
		for _, n := range n.below {
			keep(n)
		}
	}
	for name, n := range w.shapes {
		if w.isRoot(name) {
			kept[name] = true
			keep(n)
		}
	}
	maps.DeleteFunc(w.shapes, func(name string, _ *node) bool { return !kept[name] })
}

func (w *walker) isRoot(shape string) bool {
	for _, r := range w.roots {
		if _, name := split(r.types[0]); r.shape == shape || r.shape == "" && name == shape {
			return true
		}
	}
	return false
}

// write gives the lines of some keys.
func write(b *strings.Builder, below map[string]*node, depth int) {
	for _, name := range slices.Sorted(maps.Keys(below)) {
		n := below[name]
		b.WriteString(strings.Repeat(" ", depth))
		if strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == '"' || r > '~' }) || name == "" {
			name = strconv.Quote(name)
		}
		b.WriteString(name)
		for _, word := range []struct{ before, text string }{{"", n.kinds}, {"like:", n.like}, {"open:", n.open}} {
			if word.text != "" {
				b.WriteString(" " + word.before + word.text)
			}
		}
		b.WriteByte('\n')
		write(b, n.below, depth+1)
	}
}
