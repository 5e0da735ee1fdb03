// Package keys knows which values a Helm chart reads, by version.
//
// Most charts ignore a key that they do not know: a typing mistake, or a key
// that a release has removed, does nothing, and says nothing. A [Contract] has
// the keys of a chart, and at which of its releases each of them exists.
//
// It is a text, with one line for each key and one space of indentation for
// each level, so that a change of a chart shows as a change of lines:
//
//	chart tempo
//	versions 2.2.3 2.2.4
//
//	persistence
//	 accessModes list like:k8s/AccessModes
//	 enabled bool
//	 enableStatefulSetAutoDeletePVC bool @2.2.4..
//	tempo
//	 extraEnv list like:k8s/EnvVar
//	 structuredConfig open:_helpers.tpl
//
// The head, up to an empty line, may have an app, which is the software's version,
// and comments that begin with "# ". After a key's name stand the kinds of value,
// an attribute, and the releases:
//
//	bool,string   what the chart takes: one of these, "scalar" for any but a
//	              list and a map, or "any"; a map, where there is none
//	open:FILE     what stands below is copied into something else, in the
//	              template FILE, and any key may stand there
//	like:SHAPE    what it is copied into has keys of its own: those of the shape,
//	              see [Library.Shape]; {type} in it is the text of the key type
//	              beside. With it, open is not written
//	@A..B,C       the releases that have the key, both ends included; without A
//	              from the first on, without B up to the last
//
// The name * is any key of a map, NAME/* any that begins with NAME and a slash,
// and [] is each item of a list. A name that is not a plain word is quoted as in
// Go.
package keys

import (
	"slices"
	"sort"
	"strings"
)

// Kind is a set of kinds of values.
type Kind uint8

// The kinds. Null is a value of each: it takes the chart's default away.
const (
	Bool Kind = 1 << iota
	Number
	String
	List
	Map

	Scalar = Bool | Number | String
	Any    = Scalar | List | Map
)

var kindNames = [...]string{"bool", "number", "string", "list", "map"}

// String lists the kinds, such as "bool,string", and has words for many.
func (k Kind) String() string {
	switch k {
	case Any:
		return "any"
	case Scalar:
		return "scalar"
	}
	var names []string
	for i, name := range kindNames {
		if k&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// Names that stand for more than one key.
const (
	EveryKey  = "*"  // any key of a map
	EveryItem = "[]" // each item of a list
)

// Key is a key of the values, or the root of them all, which has no name.
type Key struct {
	Name  string
	Kinds Kind

	// Open is where the chart copies what stands below, which makes any key
	// good there. Like is the shape of what it is copied into, such as
	// k8s/EnvVar, where that has keys of its own: of a list, the shape is that of
	// an item. Both are empty where the keys below are all that there are.
	Open, Like string

	// Spans are the releases that have the key. None means all of them.
	Spans []Span

	keys []*Key // sorted by name
	file *Contract
	line int // of the key, in the file

	// What nobody has asked for yet.
	text string // the lines of keys
	rows []row  // these lines, cut up; instead of keys
	deep int    // their indentation
}

// row is the line of a key, with the lines of what is below it.
type row struct {
	name, attributes, text string
	line                   int
	key                    *Key // if somebody has asked for it
}

// Copied reports whether the chart copies what stands below as it is.
func (k *Key) Copied() bool { return k.Open != "" || k.Like != "" }

// Span is a range of releases, both ends included. An empty end is open.
type Span struct{ From, To string }

// Keys are the keys below, sorted by name. Those of other releases are among
// them; two of one name are of different releases.
func (k *Key) Keys() []*Key {
	if n := k.count(); k.rows != nil {
		k.keys = make([]*Key, n)
		for i := range k.keys {
			k.keys[i] = k.at(i)
		}
		k.rows = nil
	}
	return k.keys
}

// count is how many keys there are below.
func (k *Key) count() int {
	if k.text != "" {
		k.file.expand(k)
	}
	return max(len(k.rows), len(k.keys))
}

// name is that of a key below, which need not be read for it.
func (k *Key) name(i int) string {
	if k.rows != nil {
		return k.rows[i].name
	}
	return k.keys[i].Name
}

// at is a key below.
func (k *Key) at(i int) *Key {
	if k.rows == nil {
		return k.keys[i]
	}
	r := &k.rows[i]
	if r.key == nil {
		r.key = k.file.read(r, k.deep+1)
	}
	return r.key
}

// Contract has the keys of a chart.
type Contract struct {
	Chart    string
	App      string   // the software's version, of a contract of one release; or empty
	Versions []string // ascending
	Root     *Key
	err      error // the first fault of the text
}

// Has reports whether the contract covers a version.
func (c *Contract) Has(version string) bool { return slices.Contains(c.Versions, version) }

// At gives the keys at a version that the contract covers.
func (c *Contract) At(version string) (Node, bool) {
	i := slices.Index(c.Versions, version)
	return Node{key: c.Root, c: c, at: i}, i >= 0
}

// Node is a key at one version.
type Node struct {
	key *Key
	c   *Contract
	at  int // index of the version
}

// Key is what the contract says of it.
func (n Node) Key() *Key { return n.key }

// Children are the keys below that exist at this version, sorted by name.
func (n Node) Children() []Node {
	var out []Node
	for _, k := range n.key.Keys() {
		if n.c.holds(k.Spans, n.at) {
			out = append(out, Node{k, n.c, n.at})
		}
	}
	return out
}

// Child is the key of that very name at this version.
func (n Node) Child(name string) (Node, bool) {
	count := n.key.count()
	i := sort.Search(count, func(i int) bool { return n.key.name(i) >= name })
	for ; i < count && n.key.name(i) == name; i++ {
		if k := n.key.at(i); n.c.holds(k.Spans, n.at) {
			return Node{k, n.c, n.at}, true
		}
	}
	return Node{}, false
}

// Elsewhere are the releases at which a key of that name stands here, if this
// one has none.
func (n Node) Elsewhere(name string) []Span {
	var out []Span
	for _, k := range n.key.Keys() {
		if k.Name == name {
			out = append(out, k.Spans...)
		}
	}
	return n.c.join(out)
}

// Releases gives the spans in words, such as "1.33.0 to 1.61.3" or "from 3.0.0".
func (c *Contract) Releases(spans []Span) string {
	var out []string
	for _, s := range spans {
		switch {
		case s.From == s.To:
			out = append(out, s.From)
		case s.From == "":
			out = append(out, "up to "+s.To)
		case s.To == "":
			out = append(out, "from "+s.From)
		default:
			out = append(out, s.From+" to "+s.To)
		}
	}
	return strings.Join(out, ", ")
}

// holds reports whether the version of that index lies in one of the spans.
func (c *Contract) holds(spans []Span, at int) bool {
	if len(spans) == 0 {
		return true
	}
	return slices.ContainsFunc(spans, func(s Span) bool {
		from, to := c.ends(s)
		return from <= at && at <= to
	})
}

// ends are the indices of the first and the last version of a span.
func (c *Contract) ends(s Span) (from, to int) {
	from, to = 0, len(c.Versions)-1
	if s.From != "" {
		from = slices.Index(c.Versions, s.From)
	}
	if s.To != "" {
		to = slices.Index(c.Versions, s.To)
	}
	return from, to
}
