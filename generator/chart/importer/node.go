package importer

import (
	"slices"

	"tracegen.dev/generator/chart/keys"
)

// node is a key of the values, and what is known of its use so far.
type node struct {
	id     int
	name   string
	up     *node
	depth  int
	kids   map[string]*node
	each   *node // any key of the map, or any item of the list
	source *tree

	declared bool      // values.yaml, a schema or Chart.yaml names it
	kind     keys.Kind // of the default and of the schema, or 0
	null     bool      // the default is null
	template string    // a default that holds a template
	empty    bool      // the default is {}, [] or ""
	shut     bool      // the schema forbids other keys

	isValues                        bool // a subchart's values
	fields, through, scalar, copied bool
	hints                           keys.Kind // kinds that a template asks for
	open                            string
	places                          []place
	holds                           bool // a template puts what stands above in its place, or merges it in
	also                            val  // what a template has put in its place
}

// place is where in a manifest something is copied to.
type place struct {
	path string // such as spec/template/spec/containers/[]/resources
	kind string // of the manifest, or empty
}

// tree is the values of the outermost chart, which hold those of all others.
type tree struct {
	root  *node
	void  *node // a key that nobody can set, which has no place in the tree
	count int
	notes []Note
	lost  map[Note]bool

	reading bool // of what names keys itself, and not of templates
}

func newTree() *tree {
	t := &tree{lost: map[Note]bool{}}
	t.root = t.node(nil, "")
	t.root.kind = keys.Map
	t.void = t.node(nil, "")
	return t
}

// maxKeys bounds the keys of a chart. Those of kube-prometheus-stack 88.5.3,
// with its subcharts, are 6000.
const maxKeys = 200000

func (t *tree) node(up *node, name string) *node {
	t.count++
	n := &node{id: t.count, name: name, up: up, source: t}
	if up != nil {
		n.depth = up.depth + 1
	}
	return n
}

// deepest is how deep a template is followed into the values.
const deepest = 30

// full reports whether nothing is told apart below the key, whose values are
// then taken as copied.
func (t *tree) full(n *node) bool {
	if n.depth < deepest && t.count < maxKeys {
		return false
	}
	n.copyTo("values.yaml", nowhere)
	return true
}

// kid is the key of that name, made where there is none. Below what is too deep
// nothing is told apart any more.
func (n *node) kid(name string) *node {
	if k := n.kids[name]; k != nil {
		return k
	}
	if n == n.source.void || !n.source.reading && n.endless(name) {
		return n.source.void
	}
	if n.source.full(n) {
		return n.source.void
	}
	if n.kids == nil {
		n.kids = map[string]*node{}
	}
	k := n.source.node(n, name)
	n.kids[name] = k
	return k
}

// endless reports whether a key of that name stands above already, where a
// template puts values into themselves: it would be found there for ever.
func (n *node) endless(name string) bool {
	count, most := 0, 2
	for ; n != nil; n = n.up {
		if n.name == name {
			count++
		}
		if n.holds {
			most = 0
		}
	}
	return count > most
}

// every is the key that stands for any key, or for each item.
func (n *node) every() *node {
	if n.each == nil {
		if n == n.source.void || n.source.full(n) {
			return n.source.void
		}
		n.each = n.source.node(n, keys.EveryKey)
	}
	return n.each
}

// path is where the key stands, such as a.b.c.
func (n *node) path() string {
	if n.up == nil {
		return ""
	}
	if p := n.up.path(); p != "" {
		return p + "." + n.name
	}
	return n.name
}

// below reports whether the key stands below another.
func (n *node) below(other *node) bool {
	for ; n != nil; n = n.up {
		if n == other {
			return true
		}
	}
	return false
}

// copyTo records that the value goes somewhere as it is.
func (n *node) copyTo(file string, at place) {
	n.copied = true
	if n.open == "" {
		n.open = file
	}
	if at.path != "" && !slices.Contains(n.places, at) && len(n.places) < 16 {
		n.places = append(n.places, at)
	}
}

// maxNotes bounds what is told of one chart.
const maxNotes = 100

// lose takes the value as copied, because it cannot be followed.
func (n *node) lose(file string, line int, why string) {
	n.copyTo(file, nowhere)
	note := Note{file, line, n.path() + " is taken as it is: " + why}
	if n.up == nil {
		note.Text = "all values are taken as they are: " + why
	}
	at := Note{file, line, why}
	if !n.source.lost[at] && len(n.source.lost) < maxNotes {
		n.source.lost[at] = true
		n.source.notes = append(n.source.notes, note)
	}
}

// templates are the defaults of the key, and below it, that hold a template.
func (n *node) templates(out []*node, depth int) []*node {
	if depth > 6 || len(out) > 64 {
		return out
	}
	if n.template != "" {
		out = append(out, n)
	}
	for _, name := range sortedKeys(n.kids) {
		out = n.kids[name].templates(out, depth+1)
	}
	if n.each != nil {
		out = n.each.templates(out, depth+1)
	}
	if n.up != nil && n.up.each == n && depth == 0 {
		for _, name := range sortedKeys(n.up.kids) {
			out = n.up.kids[name].templates(out, depth+1)
		}
	}
	return out
}
