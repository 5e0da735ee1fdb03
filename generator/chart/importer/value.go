package importer

import (
	"slices"
	"strconv"
	"strings"
)

// val is what an expression may stand for: any of its parts.
type val struct {
	nodes  []*node   // keys of the values
	objs   []*object // maps and lists that templates make
	words  []string  // constants
	pieces []piece   // values in a text that was rendered from them
	files  []string  // contents of the chart's own files
	rest   bool      // something that the values have no say in, or a part of
	number string    // the constant, if it is one number
}

// object is a map or a list that a template makes, or the context that one is
// started with.
type object struct {
	id     int
	fields map[string]val // by name, or of a list by number
	each   val            // under a key that is not known, or an item
	list   bool
	loose  bool
	chart  *Chart // of a context
}

// piece is a value within a text, as YAML or JSON.
type piece struct {
	of   val    // nodes and objects
	path string // of keys in the text, above the value
	col  int    // column in which the path, or the value, begins
	nl   bool   // indent or nindent has set the column
	kind string // of the manifest that the text is, or empty
	file string // where it was rendered
}

// many bounds the parts of a value, beyond which they are not told apart.
const many = 48

// manyNodes bounds the keys that one value may be: beyond, they are taken as
// copied. Those of opentelemetry-collector 0.170.0 are up to 115.
const manyNodes = 1000

func unknown() val       { return val{rest: true} }
func word(s string) val  { return val{words: []string{s}} }
func only(n *node) val   { return val{nodes: []*node{n}} }
func made(o *object) val { return val{objs: []*object{o}} }
func (v val) empty() bool {
	return !v.rest && !v.whole() && len(v.words)+len(v.pieces)+len(v.files) == 0
}

// whole reports whether it may be a map or a list.
func (v val) whole() bool { return len(v.nodes)+len(v.objs) > 0 }

// join is one or the other.
func join(vals ...val) val {
	if len(vals) == 1 {
		return vals[0]
	}
	var out val
	for _, v := range vals {
		out.rest = out.rest || v.rest
		out.nodes = union(out.nodes, v.nodes, func(n *node) int { return n.id })
		out.objs = union(out.objs, v.objs, func(o *object) int { return o.id })
		for _, w := range v.words {
			if i, ok := slices.BinarySearch(out.words, w); !ok {
				out.words = slices.Insert(slices.Clip(out.words), i, w)
			}
		}
		for _, f := range v.files {
			if !slices.Contains(out.files, f) {
				out.files = append(slices.Clip(out.files), f)
			}
		}
		out.pieces = joinPieces(out.pieces, v.pieces)
	}
	if len(out.words) > many {
		out.words, out.rest = nil, true
	}
	if len(out.nodes) > manyNodes {
		for _, n := range out.nodes {
			n.copyTo("values.yaml", nowhere)
		}
		out.nodes, out.rest = nil, true
	}
	return out
}

// union merges two lists in the order of their numbers.
func union[T comparable](a, b []T, number func(T) int) []T {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	case len(b) == 1: // mostly it is there
		if _, ok := slices.BinarySearchFunc(a, number(b[0]), func(x T, id int) int { return number(x) - id }); ok {
			return a
		}
	}
	out := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch x, y := number(a[0]), number(b[0]); {
		case x < y:
			out, a = append(out, a[0]), a[1:]
		case x > y:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

func joinPieces(a, b []piece) []piece {
	if len(a) == 0 {
		return b
	}
	for _, p := range b {
		same := func(q piece) bool {
			return p.path == q.path && p.col == q.col && p.nl == q.nl && p.kind == q.kind && p.of.key() == q.of.key()
		}
		if !slices.ContainsFunc(a, same) {
			a = append(slices.Clip(a), p)
		}
	}
	return a
}

// size is how many parts it has.
func (v val) size() int {
	return len(v.nodes) + len(v.objs) + len(v.words) + len(v.pieces) + len(v.files)
}

// weight is what it takes to go through the value and what is right below.
func (v val) weight() int {
	w := v.size()
	for _, n := range v.nodes {
		w += len(n.kids)
	}
	for _, o := range v.objs {
		w += len(o.fields)
	}
	return w
}

// key tells values apart.
func (v val) key() string {
	if len(v.nodes) == 1 && len(v.objs)+len(v.words)+len(v.pieces)+len(v.files) == 0 && !v.rest {
		return "n" + strconv.Itoa(v.nodes[0].id)
	}
	var b strings.Builder
	for _, n := range v.nodes {
		b.WriteByte('n')
		b.WriteString(strconv.Itoa(n.id))
	}
	for _, o := range v.objs {
		b.WriteByte('o')
		b.WriteString(strconv.Itoa(o.id))
	}
	for _, w := range v.words {
		b.WriteString(strconv.Quote(w))
	}
	for _, p := range v.pieces {
		b.WriteByte('p')
		b.WriteString(strconv.Quote(p.path + " " + p.kind))
		b.WriteString(strconv.Itoa(p.col))
		b.WriteString(p.of.key())
		b.WriteByte(';')
	}
	for _, f := range v.files {
		b.WriteString("f" + strconv.Itoa(len(f)))
	}
	if v.rest {
		b.WriteByte('?')
	}
	return b.String()
}

// grow adds to what stands somewhere, and reports whether it was new.
func grow(at *val, v val) bool {
	next := join(*at, v)
	same := next.rest == at.rest && next.size() == at.size() && len(next.words) == len(at.words)
	if !same {
		*at = next
	}
	return !same
}

// field is what a field of that name may be.
func (v val) field(name string) val {
	v = v.all()
	out := val{rest: v.rest}
	for _, n := range v.nodes {
		n.fields = true
		out = join(out, only(n.field(name)))
		if n.each != nil {
			out = join(out, n.each.also)
		}
	}
	for _, o := range v.objs {
		got, ok := o.fields[name]
		out = join(out, got, o.each)
		if !ok && o.loose {
			out.rest = true
		}
	}
	return out
}

// all adds what templates have put in the places of keys.
func (v val) all() val {
	if !slices.ContainsFunc(v.nodes, func(n *node) bool { return !n.also.empty() }) {
		return v
	}
	seen := map[*node]bool{}
	todo := slices.Clone(v.nodes)
	out := v
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[n] || n.also.empty() {
			continue
		}
		seen[n] = true
		todo = append(todo, n.also.nodes...)
		out = join(out, n.also)
	}
	return out
}

// field is the key below, of the chart that reads it: what stands below global
// is one for all charts.
func (n *node) field(name string) *node {
	if name == "global" && n.isValues {
		return n.source.root.kid("global")
	}
	return n.kid(name)
}

// items are what a range goes through.
func (v val) items() val {
	v = v.all()
	out := val{rest: v.rest}
	for _, n := range v.nodes {
		n.through = true
		out = join(out, only(n.every()))
		for _, name := range sortedKeys(n.kids) {
			out = join(out, n.kids[name].also)
		}
	}
	for _, o := range v.objs {
		out = join(out, o.each)
		for _, name := range sortedKeys(o.fields) {
			out = join(out, o.fields[name])
		}
	}
	if out.empty() {
		out.rest = true
	}
	return out
}
