package importer

import (
	"errors"
	"slices"
	"strings"
	"text/template/parse"
)

// sunk is an object that was copied somewhere in this pass.
type sunk struct {
	o  *object
	at place
}

// nowhere is a place that says nothing of what is copied there.
var nowhere = place{path: "?"}

// maxSunk is how deep the maps are that templates make.
const maxSunk = 1000

// sink copies a value to a place.
func (r *run) sink(v val, file string, at place, depth int) {
	if depth > 8 || strings.Contains(at.path, "|") {
		at = nowhere
	}
	if depth > maxSunk && r.err == nil {
		r.err = errors.New("the templates make maps in maps that are too deep to be followed")
	}
	if !r.spend(1 + v.size()) {
		return
	}
	v = v.all()
	for _, n := range v.nodes {
		if n != r.tree.root || echoes()[r.chart] != file {
			n.copyTo(file, at)
			r.sinkReplaced(n, file, at, depth)
		}
	}
	for _, o := range v.objs {
		key := sunk{o, at}
		if r.sunk[key] || o.chart != nil && at != nowhere {
			continue // a context is printed by mistake: no program reads what is in it
		}
		r.sunk[key] = true
		below := func(name string) place {
			if at == nowhere {
				return at
			}
			return place{path: strings.TrimPrefix(at.path+"/"+name, "/"), kind: at.kind}
		}
		for _, name := range sortedKeys(o.fields) {
			at := below(name)
			if o.list {
				at = below("[]")
			}
			r.sink(o.fields[name], file, at, depth+1)
		}
		r.sink(o.each, file, below("[]"), depth+1)
	}
	for _, p := range v.pieces {
		r.sink(p.of, p.file, nowhere, depth+1)
	}
}

// sinkReplaced copies what templates have put in the place of keys below one
// that is copied.
func (r *run) sinkReplaced(n *node, file string, at place, depth int) {
	for _, below := range r.replaced {
		if below == n || !below.below(n) {
			continue
		}
		to := at
		if at != nowhere {
			names := []string{}
			for b := below; b != n; b = b.up {
				names = append(names, b.name)
			}
			slices.Reverse(names)
			to.path = strings.TrimPrefix(at.path+"/"+strings.Join(names, "/"), "/")
		}
		for _, n := range below.also.nodes {
			n.copyTo(file, to)
		}
		r.sink(val{objs: below.also.objs}, file, to, depth+1)
	}
}

// lose gives up on a value.
func (r *run) lose(f *frame, n parse.Node, why string, v val) {
	line := lineOf(f.tree, n)
	var all func(v val, depth int)
	all = func(v val, depth int) {
		if depth > 4 || !r.spend(1+v.weight()) {
			return
		}
		for _, n := range v.nodes {
			n.lose(f.file, line, why)
		}
		for _, o := range v.objs {
			if o.chart != nil {
				continue
			}
			for _, name := range sortedKeys(o.fields) {
				all(o.fields[name], depth+1)
			}
			all(o.each, depth+1)
		}
		for _, p := range v.pieces {
			all(p.of, depth+1)
		}
	}
	all(v, 0)
}

// scalars marks what is printed as it is.
func (r *run) scalars(v val) {
	for _, n := range v.all().nodes {
		n.scalar = true
	}
}

// maxSelf is how often a template may call itself before it is taken to go
// through all that there is, however deep.
const maxSelf = 3

// walked takes as copied what a template goes through by calling itself.
func (r *run) walked(d *define, dot val) {
	inner := dot.handed()
	for _, v := range d.active {
		for _, n := range v.handed() {
			if !r.spend(1 + len(inner)) {
				return
			}
			above := func(i *node) bool { return i != n && i.below(n) }
			if slices.ContainsFunc(inner, above) && n.up != nil && !n.isValues {
				n.copyTo(d.file, nowhere)
			}
		}
	}
	for _, n := range inner {
		n.copyTo(d.file, nowhere)
	}
}

// handed are the keys that a template is called with, as dot or in a map.
func (v val) handed() []*node {
	out := slices.Clone(v.nodes)
	for _, o := range v.objs {
		for _, name := range sortedKeys(o.fields) {
			for _, n := range o.fields[name].nodes {
				if n.up != nil && !n.isValues {
					out = append(out, n)
				}
			}
		}
	}
	return out
}
