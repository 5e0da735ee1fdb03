package keys

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/diag"
)

// Release is what takes a values file.
type Release struct {
	Chart, Version string
	App            string // the software's version; empty where it is not known
}

// String names it, such as "tempo 2.2.4".
func (r Release) String() string { return r.Chart + " " + r.Version }

// Finding is a value that does nothing, or that the chart cannot take, or that
// looks like it.
type Finding struct {
	Path    string // in the values, such as traces.otlp.grpc
	Mark    int    // of the value
	Unknown bool   // whether there is no such key; else it takes another kind of value
	Doubt   bool   // whether it may do what is meant: a key where not all are known, or the text "true"
	Message string
	Help    string // what to write instead
}

// Value is what somebody gives a chart: its kind, and what is below. Null has no
// kind.
type Value struct {
	Kind  Kind
	Mark  int      // by which the caller knows it again, such as its line
	Text  string   // of a text
	Names []string // of a map, by value
	Below []Value  // of a map or a list
}

// Check compares each key of the values, which may be in several parts, with what
// the chart reads. It reports one finding for a key, and none for what stands
// below it; known is false where the library has no contract for the release. A
// key that a template in the values reads, such as {{ .Values.global.domain }}, is
// one that does something.
func (l *Library) Check(r Release, parts ...Value) (found []Finding, known bool) {
	root, ok := l.At(r.Chart, r.Version)
	if !ok {
		return nil, false
	}
	w := &walker{library: l, release: r, root: root}
	for _, v := range parts {
		w.read = append(w.read, reads(v)...)
	}
	for _, v := range parts {
		w.below(v, place{own: &root}, "")
	}
	return w.found, true
}

type walker struct {
	library *Library
	release Release
	root    Node
	paths   map[string][]string // of all keys, by name; nil as long as nobody needs them
	read    []read              // by templates in the values
	found   []Finding
}

// place is where a value stands: at a key of the contract, or of a shape, or of
// both.
type place struct {
	own   *Node // the chart's
	shape *Node // that of what the chart copies it into
	open  bool  // whether the chart copies it
	kinds Kind
	other bool // whether there is a shape, and neither it nor the chart lists the name
}

// child is the place of a name below another one.
func (w *walker) child(p place, v Value, name string) (place, bool) {
	own, shape := p.own.named(name), p.shape.named(name)
	c := w.place(own, shape, p.open, v.text)
	listed := own != nil && own.Key().Name != EveryKey
	known := shape != nil && (shape.Key().Name != EveryKey || shape.Key().Open == "")
	c.other = !listed && p.shape != nil && !known
	return c, own != nil || shape != nil
}

// text is that of a key of a map.
func (v Value) text(key string) string {
	if i := slices.Index(v.Names, key); i >= 0 {
		return v.Below[i].Text
	}
	return ""
}

// item is the place of a list's items. The shape of a list is that of an item.
func (w *walker) item(p place) place {
	shape := p.shape
	if n := shape.named(EveryItem); n != nil {
		shape = n
	}
	return w.place(p.own.named(EveryItem), shape, p.open, Value{}.text)
}

// place is made of what the chart and the shape say of it, below something that
// the chart copies, or not; beside gives the texts of the keys beside it.
func (w *walker) place(own, shape *Node, open bool, beside func(string) string) place {
	p := place{own: own, shape: shape, open: open, kinds: Any}
	switch {
	// What the chart's defaults look like binds nobody where it copies.
	case own != nil && (!open || own.Key().Copied()):
		p.kinds = own.Key().Kinds
	case shape != nil:
		p.kinds = shape.Key().Kinds
	}
	if own != nil {
		p.open = open || own.Key().Copied()
		if like := own.Key().Like; like != "" {
			p.shape = w.shape(ShapeFor(like, beside), shape)
			return p
		}
	}
	if shape != nil && shape.Key().Like != "" {
		p.shape = w.shape(ShapeFor(shape.Key().Like, beside), shape)
	}
	return p
}

// shape resolves a reference, and those that it leads to. A contract of a later
// tracegen may have one that is not known: then it is the other one.
func (w *walker) shape(like string, other *Node) *Node {
	s, ok := w.library.Shape(like, w.release.App)
	if !ok {
		return other
	}
	return &s
}

// named is the child of that name, or one that stands for it.
func (n *Node) named(name string) *Node {
	if n == nil {
		return nil
	}
	c, ok := n.Match(name)
	if !ok || name == EveryItem && c.Key().Name != EveryItem {
		return nil
	}
	return &c
}

// free reports whether any key may stand below.
func (p place) free() bool {
	if p.shape != nil {
		return p.shape.Key().Copied() || p.shape.Key().Kinds == Any
	}
	return p.open || p.own == nil || p.own.Key().Kinds == Any
}

func (w *walker) below(v Value, p place, path string) {
	switch v.Kind {
	case Map:
		for i, name := range v.Names {
			at := diag.JoinKey(path, name)
			c, ok := w.child(p, v, name)
			switch {
			case ok:
				if c.other {
					w.doubt(p, v.Below[i], at, name)
				}
				w.check(v.Below[i], c, at)
			case p.free():
				w.doubt(p, v.Below[i], at, name)
			case w.reads(at):
			default:
				w.unknown(p, v.Below[i], at, name)
			}
		}
	case List:
		c := w.item(p)
		for i, v := range v.Below {
			w.check(v, c, fmt.Sprintf("%s[%d]", path, i))
		}
	}
}

// check compares the kind of a value, and goes on below it.
func (w *walker) check(v Value, p place, path string) {
	if v.Kind == 0 || fits(v.Kind, p.kinds) {
		w.below(v, p, path)
		return
	}
	w.found = append(w.found, Finding{
		Path: path, Mark: v.Mark,
		Doubt:   v.Text == "true" && p.kinds&Bool != 0, // most templates take it for what it says
		Message: fmt.Sprintf("%s of %s takes %s, not %s", path, w.release, articles(p.kinds), articles(v.Kind)),
		Help:    "write " + instead(v, p.kinds),
	})
}

// instead says what to write for a value of another kind, and gives it where the
// value tells.
func instead(v Value, kinds Kind) string {
	switch {
	case v.Kind == String && kinds == Bool && (v.Text == "true" || v.Text == "false"):
		return v.Text + ", without quotes"
	case v.Kind == String && kinds == List && v.Text != "":
		return "a list, such as [" + strconv.Quote(v.Text) + "]"
	case v.Kind == Map && kinds == List:
		return "a list, such as [{…}]"
	}
	return articles(kinds)
}

// fits says whether a chart can do with a value of that kind. Templates print
// numbers and texts alike; but the text "false" is true to them.
func fits(kind, kinds Kind) bool {
	switch {
	case kind&kinds != 0:
		return true
	case kind&Scalar == 0:
		return false
	}
	return kinds&(Number|String) != 0
}

var words = [...]string{"true or false", "a number", "a text", "a list", "a map"}

// articles gives the kinds in words, such as "a number or a text".
func articles(kinds Kind) string {
	var out []string
	for i, word := range words {
		if kinds&(1<<i) != 0 {
			out = append(out, word)
		}
	}
	return strings.Join(out, " or ")
}
