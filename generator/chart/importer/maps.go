package importer

import (
	"slices"
	"strings"
	"text/template/parse"
)

// dict makes a map of names and values by turns.
func dict(r *run, f *frame, n parse.Node, args []val) val {
	var o *object
	if len(args) == 0 {
		o = r.objectIn(f, n, "") // it is filled later on, and each call has its own
	} else {
		o = r.object(n, keyOfAll(args))
	}
	for i := 0; i+1 < len(args); i += 2 {
		r.putAt(o, args[i], args[i+1])
	}
	return made(o)
}

// keyOfAll tells lists of values apart.
func keyOfAll(vals []val) string {
	var b strings.Builder
	for _, v := range vals {
		b.WriteString(v.key())
		b.WriteByte(' ')
	}
	return b.String()
}

// isMap records that the value cannot be a list.
func (v val) isMap() {
	for _, n := range v.nodes {
		n.fields = true
	}
}

// putAt sets the field that a value names, or any.
func (r *run) putAt(o *object, name, v val) {
	for _, w := range name.words {
		r.put(o, w, v)
	}
	if name.rest || len(name.nodes) > 0 || len(name.pieces) > 0 {
		r.putEach(o, v)
	}
}

// set changes a map in place, and gives it.
func set(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) < 3 {
		return unknown()
	}
	args[0].isMap()
	for _, o := range args[0].objs {
		r.putAt(o, args[1], args[2])
	}
	for _, m := range args[0].nodes {
		for _, w := range args[1].words {
			r.replace(m.field(w), args[2])
		}
		if args[1].rest || len(args[1].nodes) > 0 {
			r.replace(m.every(), args[2])
		}
	}
	return args[0]
}

// replace puts a value in the place of a key, for whoever reads it later.
func (r *run) replace(n *node, v val) {
	v = val{nodes: v.nodes, objs: v.objs, words: v.words, rest: v.rest}
	v.nodes = slices.DeleteFunc(slices.Clone(v.nodes), func(same *node) bool { return same == n })
	if v.empty() || n == r.tree.void {
		return
	}
	n.holds = n.holds || slices.ContainsFunc(v.nodes, func(above *node) bool { return n.below(above) })
	r.steps += (len(n.also.nodes) + len(v.nodes)) / 8
	if n.also.empty() {
		r.replaced = append(r.replaced, n)
	}
	if grow(&n.also, v) {
		r.changed = true
	}
}

// merge puts the later maps into the first.
func merge(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) == 0 {
		return unknown()
	}
	for _, a := range args {
		a.isMap()
	}
	others := join(append([]val{{}}, args[1:]...)...)
	for _, o := range args[0].objs {
		for _, x := range others.objs {
			if x == o || !r.spend(1+len(x.fields)) {
				continue
			}
			for _, name := range sortedKeys(x.fields) {
				r.put(o, name, x.fields[name])
			}
			r.putEach(o, x.each)
			if o.chart == nil {
				o.chart = x.chart
			}
			o.loose = o.loose || x.loose
		}
	}
	all := join(args...)
	for _, n := range all.nodes {
		n.holds = n.holds || slices.ContainsFunc(all.nodes, func(above *node) bool { return above != n && n.below(above) })
	}
	return all
}

// fieldsOf is what stands below a map under a name, or under some name.
func (r *run) fieldsOf(m, name val) val {
	var out val
	for _, w := range name.words {
		out = join(out, m.field(w))
	}
	if item, ok := m.item(name.number); ok {
		return item
	}
	if name.rest || len(name.nodes) > 0 || len(name.pieces) > 0 {
		r.scalars(name)
		out = join(out, m.items())
	}
	return out
}

// index takes names, or numbers, one after the other.
func index(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) == 0 {
		return unknown()
	}
	v := args[0]
	for _, name := range args[1:] {
		if v.whole() && (name.rest || len(name.nodes) > 0) {
			for _, m := range v.nodes {
				if m.up == nil || m.isValues {
					m.lose(f.file, lineOf(f.tree, n), "a template takes a key of it by a name that is not constant")
				}
			}
		}
		v = r.fieldsOf(v, name)
	}
	return v
}

// dig takes names, then a default, then the map.
func dig(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) < 3 {
		return unknown()
	}
	v := last(args)
	for _, name := range args[:len(args)-2] {
		v.isMap()
		v = r.fieldsOf(v, name)
	}
	return join(v, args[len(args)-2])
}

// item is the one at a number, of a list that a template makes of known ones.
func (v val) item(number string) (val, bool) {
	if number == "" || len(v.nodes) > 0 || v.rest {
		return val{}, false
	}
	var out val
	for _, o := range v.objs {
		x, ok := o.fields[number]
		if !ok || !o.list {
			return val{}, false
		}
		out = join(out, x, o.each)
	}
	return out, len(v.objs) > 0
}

// list makes a list of items by turns.
func list(r *run, f *frame, n parse.Node, args []val) val {
	var o *object
	if len(args) == 0 {
		o = r.objectIn(f, n, "")
	} else {
		o = r.object(n, keyOfAll(args))
	}
	o.list = true
	for i, a := range args {
		r.put(o, itoa(i), a)
	}
	return made(o)
}

func (r *run) listOf(n parse.Node, items val) val {
	o := r.object(n, items.key())
	r.putEach(o, items)
	return made(o)
}

// lengthen adds items to a list.
func (r *run) lengthen(n parse.Node, args []val) val {
	if len(args) < 2 {
		return unknown()
	}
	items := join(append([]val{{}}, args[1:]...)...)
	if len(args[0].objs) == 0 {
		o := r.object(n, "")
		r.putEach(o, items)
		return join(args[0], made(o))
	}
	// The list that a loop lengthens stays the same, or it would never end.
	for _, o := range args[0].objs {
		r.putEach(o, items)
	}
	return args[0]
}
