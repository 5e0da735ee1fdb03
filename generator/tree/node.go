// Package tree holds what emitters make: ordered values whose leaves are
// facts, the files that they stand in, and the encoders that turn them into
// bytes.
//
// The YAML encoder is ours because it costs a small part of a library's
// (BenchmarkYAML); a fuzzed round trip against go.yaml.in/yaml/v3 holds it to
// account.
package tree

import (
	"fmt"
	"slices"
	"sort"
	"strconv"

	"tracegen.dev/generator/fact"
)

// Node is a *Map, a *List or a *Leaf.
type Node interface{ node() }

// Leaf is a scalar: string, int64, float64, bool, or nil for YAML's null.
type Leaf struct {
	Value    any
	Origin   fact.Origin
	Poisoned bool // it rests on input that load found bad: the value means nothing
}

// Any gives the bare value, and Source where it comes from: a leaf is a fact.
func (l *Leaf) Any() any { return l.Value }

// Source gives the origin, and whether the leaf is poisoned.
func (l *Leaf) Source() (fact.Origin, bool) { return l.Origin, l.Poisoned }

// List is a sequence.
type List struct {
	Items  []Node
	Origin fact.Origin // why it is there, which an empty list must be able to say
}

// Map is a mapping in the order in which its keys were set.
type Map struct {
	keys   []string
	values []Node         // in the order of keys
	index  map[string]int // where keys are, once there are more than a look over them finds
	Origin fact.Origin    // why it is there, which an empty map must be able to say
}

// fewKeys is how many keys are faster to look over than to hash; nearly all
// maps have fewer.
const fewKeys = 16

func (*Leaf) node() {}
func (*List) node() {}
func (*Map) node()  {}

// NewMap gives an empty map.
func NewMap() *Map { return &Map{} }

// Len counts the keys.
func (m *Map) Len() int { return len(m.keys) }

// Keys gives the keys in order. The caller must not change them.
func (m *Map) Keys() []string { return m.keys }

// find gives the place of a key, or -1.
func (m *Map) find(key string) int {
	if m.index == nil {
		return slices.Index(m.keys, key)
	}
	if i, ok := m.index[key]; ok {
		return i
	}
	return -1
}

// Get gives the value of a key, or nil.
func (m *Map) Get(key string) Node {
	if i := m.find(key); i >= 0 {
		return m.values[i]
	}
	return nil
}

// Put sets a key to a node; a new key goes to the end.
func (m *Map) Put(key string, n Node) {
	if i := m.find(key); i >= 0 {
		m.values[i] = n
		return
	}
	m.keys, m.values = append(m.keys, key), append(m.values, n)
	switch {
	case m.index != nil:
		m.index[key] = len(m.keys) - 1
	case len(m.keys) > fewKeys:
		m.reindex()
	}
}

func (m *Map) reindex() {
	m.index = make(map[string]int, len(m.keys))
	for i, k := range m.keys {
		m.index[k] = i
	}
}

// byKey orders a map's keys with their values.
type byKey Map

func (m *byKey) Len() int           { return len(m.keys) }
func (m *byKey) Less(i, j int) bool { return m.keys[i] < m.keys[j] }
func (m *byKey) Swap(i, j int) {
	m.keys[i], m.keys[j] = m.keys[j], m.keys[i]
	m.values[i], m.values[j] = m.values[j], m.values[i]
}

// SortKeys sorts the keys of m and of every map below it.
func SortKeys(n Node) {
	switch n := n.(type) {
	case *Map:
		if !slices.IsSorted(n.keys) {
			sort.Sort((*byKey)(n))
			if n.index != nil {
				n.reindex()
			}
		}
		for _, v := range n.values {
			SortKeys(v)
		}
	case *List:
		for _, v := range n.Items {
			SortKeys(v)
		}
	}
}

// Scalar makes a leaf of a fact.
func Scalar(f fact.Any) *Leaf {
	o, poisoned := f.Source()
	return &Leaf{Value: scalar(f.Any()), Origin: o, Poisoned: poisoned}
}

// scalar brings Go's types down to those that a Leaf holds.
func scalar(v any) any {
	switch v := v.(type) {
	case nil, string, bool, int64, float64:
		return v
	case int:
		return int64(v)
	}
	panic(fmt.Sprintf("tree: a leaf cannot hold a %T", v))
}

// Strings makes a list of string facts.
func Strings(fs ...fact.String) *List {
	l := &List{}
	for _, f := range fs {
		l.Items = append(l.Items, Scalar(f))
	}
	return l
}

// Set puts a fact at a path such as `storage.trace.s3.bucket`,
// `datasources."datasources.yaml".apiVersion` or `env[0].name`. Maps and list
// items on the way are made. It panics when the path runs through a scalar or
// skips a list item: that is a mistake of the emitter, not of the user.
func (m *Map) Set(path string, f fact.Any) { m.SetNode(path, Scalar(f)) }

// SetNode is Set for a whole node.
func (m *Map) SetNode(path string, n Node) {
	var few [8]Step // on the stack: emitters set a thousand paths for a profile
	steps := appendPath(few[:0], path)
	if len(steps) == 0 {
		panic("tree: nothing is set at an empty path")
	}
	var at Node = m
	for i, s := range steps {
		next := n
		if i < len(steps)-1 {
			next = child(at, s)
			if next == nil {
				next = container(steps[i+1])
			}
		}
		switch at := at.(type) {
		case *Map:
			if s.Index >= 0 {
				panic("tree: " + path + " counts the items of a map")
			}
			at.Put(s.Key, next)
		case *List:
			if s.Index < 0 {
				panic("tree: " + path + " names an item of a list")
			}
			if s.Index > len(at.Items) {
				panic("tree: " + path + " skips a list item")
			}
			if s.Index == len(at.Items) {
				at.Items = append(at.Items, nil)
			}
			at.Items[s.Index] = next
		default:
			panic("tree: " + path + " runs through a scalar")
		}
		at = next
	}
}

// Lookup gives the node at a path, or nil.
func (m *Map) Lookup(path string) Node {
	var at Node = m
	for _, s := range ParsePath(path) {
		if at = child(at, s); at == nil {
			return nil
		}
	}
	return at
}

// Plain gives the map as a decoder of YAML would, without origins.
func (m *Map) Plain() map[string]any {
	out := make(map[string]any, len(m.keys))
	for i, k := range m.keys {
		out[k] = bare(m.values[i])
	}
	return out
}

func bare(n Node) any {
	switch n := n.(type) {
	case *Map:
		return n.Plain()
	case *List:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = bare(item)
		}
		return out
	case *Leaf:
		return n.Value
	}
	return nil
}

// child gives what stands one step below n, or nil.
func child(n Node, s Step) Node {
	switch n := n.(type) {
	case *Map:
		if s.Index < 0 {
			return n.Get(s.Key)
		}
	case *List:
		if s.Index >= 0 && s.Index < len(n.Items) {
			return n.Items[s.Index]
		}
	}
	return nil
}

func container(next Step) Node {
	if next.Index >= 0 {
		return &List{}
	}
	return NewMap()
}

// Walk calls f for every leaf below n, and for every empty map and list, with
// its path and origin.
func Walk(n Node, path string, f func(path string, n Node, o fact.Origin)) {
	switch n := n.(type) {
	case *Leaf:
		f(path, n, n.Origin)
	case *Map:
		if n.Len() == 0 {
			f(path, n, n.Origin)
		}
		for i, k := range n.keys {
			Walk(n.values[i], JoinKey(path, k), f)
		}
	case *List:
		if len(n.Items) == 0 {
			f(path, n, n.Origin)
		}
		for i, v := range n.Items {
			Walk(v, path+"["+strconv.Itoa(i)+"]", f)
		}
	}
}
