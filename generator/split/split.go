// Package split divides what the profiles of a workspace say of a component
// into a base, which all of them agree on, and an overlay for each.
//
// Merging the overlay into the base gives back exactly what the profile says,
// by the rules that Helm and Flux merge values with: maps merge, lists replace,
// null is kept (fluxcd/pkg MergeMaps; tried with helm-controller 1.4.3). So an
// overlay never takes a leaf of the base back: a leaf is in the base only if
// every profile that has the component says the same.
package split

import (
	"tracegen.dev/generator/tree"
)

// Base is what all documents added so far agree on. The zero Base is ready to
// use. It holds no more than the first document, however many are added.
type Base struct {
	root  *tree.Map
	empty bool // whether some document has nothing at all in common
}

// Add takes another profile's document into account.
func (b *Base) Add(doc *tree.Map) {
	if b.root == nil && !b.empty {
		b.root = doc // intersect makes maps of its own
		return
	}
	if b.root != nil {
		b.root = intersect(b.root, doc)
		b.empty = b.root == nil
	}
}

// Root gives the agreed document; it is empty where nothing is agreed.
func (b *Base) Root() *tree.Map {
	if b.root == nil || b.root.Len() == 0 {
		return nothing("split: the profiles agree on nothing")
	}
	return b.root
}

// Overlay gives what the base lacks of doc, which must have been added.
func (b *Base) Overlay(doc *tree.Map) *tree.Map {
	rest := doc
	if b.root != nil {
		rest = subtract(doc, b.root)
	}
	if rest == nil || rest.Len() == 0 {
		return nothing("split: the base has everything")
	}
	return rest
}

// nothing is an empty document, and why it is one.
func nothing(reason string) *tree.Map {
	m := tree.NewMap()
	m.Origin.Reason = reason
	return m
}

// intersect gives the leaves that a and b share, or nil for none. An empty map
// is a leaf of its own.
func intersect(a, b *tree.Map) *tree.Map {
	if a.Len() == 0 && b.Len() == 0 {
		return a
	}
	var out *tree.Map
	for _, k := range a.Keys() {
		shared := shared(a.Get(k), b.Get(k))
		if shared == nil {
			continue
		}
		if out == nil {
			out = tree.NewMap()
			out.Origin = a.Origin
		}
		out.Put(k, shared)
	}
	return out
}

func shared(a, b tree.Node) tree.Node {
	am, aok := a.(*tree.Map)
	bm, bok := b.(*tree.Map)
	if aok && bok {
		if m := intersect(am, bm); m != nil {
			return m
		}
		return nil
	}
	if b == nil || !Equal(a, b) {
		return nil
	}
	return a
}

// subtract gives the leaves of doc that base lacks, or nil for none.
func subtract(doc, base *tree.Map) *tree.Map {
	var out *tree.Map
	put := func(k string, n tree.Node) {
		if out == nil {
			out = tree.NewMap()
			out.Origin = doc.Origin
		}
		out.Put(k, n)
	}
	for _, k := range doc.Keys() {
		d, b := doc.Get(k), base.Get(k)
		if b == nil {
			put(k, d)
			continue
		}
		// What the base has of k, doc has too: a map stays a map, and any other
		// leaf is the same.
		dm, ok := d.(*tree.Map)
		if !ok {
			continue
		}
		if rest := subtract(dm, b.(*tree.Map)); rest != nil {
			put(k, rest)
		}
	}
	return out
}

// Merge puts an overlay over a base, as Helm and Flux do.
func Merge(base, overlay *tree.Map) *tree.Map {
	out := tree.NewMap()
	out.Origin = base.Origin
	for _, k := range base.Keys() {
		out.Put(k, base.Get(k))
	}
	for _, k := range overlay.Keys() {
		o := overlay.Get(k)
		bm, bok := out.Get(k).(*tree.Map)
		om, ook := o.(*tree.Map)
		if bok && ook {
			o = Merge(bm, om)
		}
		out.Put(k, o)
	}
	return out
}

// Equal reports whether two nodes say the same. The order of a map's keys does
// not count.
func Equal(a, b tree.Node) bool {
	switch a := a.(type) {
	case *tree.Leaf:
		b, ok := b.(*tree.Leaf)
		return ok && a.Value == b.Value
	case *tree.List:
		b, ok := b.(*tree.List)
		if !ok || len(a.Items) != len(b.Items) {
			return false
		}
		for i := range a.Items {
			if !Equal(a.Items[i], b.Items[i]) {
				return false
			}
		}
		return true
	case *tree.Map:
		b, ok := b.(*tree.Map)
		if !ok || a.Len() != b.Len() {
			return false
		}
		for _, k := range a.Keys() {
			if b.Get(k) == nil || !Equal(a.Get(k), b.Get(k)) {
				return false
			}
		}
		return true
	}
	return a == nil && b == nil
}
