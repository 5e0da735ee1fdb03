package split_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"tracegen.dev/generator/split"
	"tracegen.dev/generator/tree"
)

// TestRandom holds the promise of the package for random profiles: each gets
// back exactly what it said, the base has a leaf if and only if all agree, and
// nobody's document is changed on the way.
func TestRandom(t *testing.T) {
	for seed := range uint64(4000) {
		docs := profiles(seed)
		before := make([]string, len(docs))
		for i, d := range docs {
			before[i] = encode(d)
		}
		var base split.Base
		for _, d := range docs {
			base.Add(d)
		}
		for i, d := range docs {
			overlay := base.Overlay(d)
			back := split.Merge(base.Root(), overlay)
			if !split.Equal(back, d) || sorted(back) != sorted(d) {
				t.Fatalf("seed %d, profile %d: base\n%soverlay\n%smerge to\n%snot to\n%s",
					seed, i, encode(base.Root()), encode(overlay), sorted(back), sorted(d))
			}
			if len(docs) == 1 && encode(overlay) != "{}\n" {
				t.Fatalf("seed %d: one profile alone has the overlay\n%s", seed, encode(overlay))
			}
		}
		if got, want := leaves(base.Root()), agreed(docs); !slices.Equal(got, want) {
			t.Fatalf("seed %d: the base has\n%q\nand the profiles agree on\n%q", seed, got, want)
		}
		for i, d := range docs {
			if encode(d) != before[i] {
				t.Fatalf("seed %d: profile %d was changed from\n%sto\n%s", seed, i, before[i], encode(d))
			}
		}
	}
}

// TestOrderOfProfiles demands that the base does not depend on which profile
// comes first.
func TestOrderOfProfiles(t *testing.T) {
	for seed := range uint64(2000) {
		docs := profiles(seed)
		var forward, backward split.Base
		for i := range docs {
			forward.Add(docs[i])
			backward.Add(docs[len(docs)-1-i])
		}
		a, b := split.Merge(tree.NewMap(), forward.Root()), split.Merge(tree.NewMap(), backward.Root())
		if sorted(a) != sorted(b) {
			t.Fatalf("seed %d: one way\n%sthe other\n%s", seed, sorted(a), sorted(b))
		}
	}
}

// TestEdges are the shapes in which a map, a list, a scalar and nothing could
// be taken for each other.
func TestEdges(t *testing.T) {
	null := func() tree.Node { return &tree.Leaf{} }
	one := func() tree.Node { return &tree.Leaf{Value: int64(1)} }
	none := func() tree.Node { return tree.NewMap() }
	with := func(n tree.Node) *tree.Map {
		m := tree.NewMap()
		m.Put("k", n)
		return m
	}
	for name, c := range map[string]struct{ a, b, base, overlay tree.Node }{
		"same null":           {with(null()), with(null()), with(null()), none()},
		"null and nothing":    {with(null()), none(), none(), with(null())},
		"null and empty":      {with(null()), with(none()), none(), with(null())},
		"empty and empty":     {with(none()), with(none()), with(none()), none()},
		"empty and full":      {with(none()), with(with(one())), none(), with(none())},
		"full and empty":      {with(with(one())), with(none()), none(), with(with(one()))},
		"empty list and map":  {with(&tree.List{}), with(none()), none(), with(&tree.List{})},
		"list and longer":     {with(&tree.List{Items: []tree.Node{one()}}), with(&tree.List{Items: []tree.Node{one(), one()}}), none(), with(&tree.List{Items: []tree.Node{one()}})},
		"map and scalar":      {with(with(one())), with(one()), none(), with(with(one()))},
		"integer and decimal": {with(one()), with(&tree.Leaf{Value: 1.0}), none(), with(one())},
		"number and string":   {with(one()), with(&tree.Leaf{Value: "1"}), none(), with(one())},
		"nothing at all":      {none(), none(), none(), none()},
	} {
		var base split.Base
		base.Add(c.a.(*tree.Map))
		base.Add(c.b.(*tree.Map))
		if got := encode(base.Root()); got != encode(c.base) {
			t.Errorf("%s: the base is\n%snot\n%s", name, got, encode(c.base))
		}
		if got := encode(base.Overlay(c.a.(*tree.Map))); got != encode(c.overlay) {
			t.Errorf("%s: the overlay is\n%snot\n%s", name, got, encode(c.overlay))
		}
	}
}

// TestOverlayBeforeAdd: without profiles there is nothing to take away.
func TestOverlayBeforeAdd(t *testing.T) {
	var base split.Base
	if base.Root().Len() != 0 {
		t.Error("a base of nothing has something in it")
	}
	m := tree.NewMap()
	m.Put("k", &tree.Leaf{Value: "v"})
	if got := encode(base.Overlay(m)); got != "k: v\n" {
		t.Errorf("the overlay over nothing is %q", got)
	}
}

// profiles makes one to four documents that are alike in much, as profiles of
// one workspace are.
func profiles(seed uint64) []*tree.Map {
	r := rand.New(rand.NewPCG(seed, 1))
	first := randomMap(r, 3)
	docs := []*tree.Map{first}
	for range r.IntN(4) {
		docs = append(docs, mutate(r, first, 3).(*tree.Map))
	}
	return docs
}

func randomMap(r *rand.Rand, depth int) *tree.Map {
	m := tree.NewMap()
	for _, i := range r.Perm(4)[:r.IntN(5)] {
		m.Put(string(rune('a'+i)), random(r, depth-1))
	}
	return m
}

func random(r *rand.Rand, depth int) tree.Node {
	switch n := r.IntN(10); {
	case n < 4 && depth > 0:
		return randomMap(r, depth)
	case n == 4:
		l := &tree.List{}
		for range r.IntN(3) {
			l.Items = append(l.Items, random(r, depth-1))
		}
		return l
	case n == 5:
		return &tree.Leaf{}
	case n == 6:
		return tree.NewMap()
	}
	values := []any{int64(1), int64(2), 1.0, true, "1", "", "null"}
	return &tree.Leaf{Value: values[r.IntN(len(values))]}
}

// mutate copies a node, with small differences, and its keys in another order.
func mutate(r *rand.Rand, n tree.Node, depth int) tree.Node {
	if depth < 3 && r.IntN(8) == 0 {
		return random(r, depth)
	}
	switch n := n.(type) {
	case *tree.Map:
		m := tree.NewMap()
		for _, i := range r.Perm(n.Len()) {
			k := n.Keys()[i]
			if r.IntN(10) > 0 {
				m.Put(k, mutate(r, n.Get(k), depth-1))
			}
		}
		return m
	case *tree.List:
		l := &tree.List{}
		for _, item := range n.Items {
			l.Items = append(l.Items, mutate(r, item, depth-1))
		}
		return l
	case *tree.Leaf:
		return &tree.Leaf{Value: n.Value}
	}
	panic("unknown node")
}

// agreed works out by brute force what the base must have: the leaves that
// stand in every document. A list is a leaf as a whole.
func agreed(docs []*tree.Map) []string {
	count := map[string]int{}
	for _, d := range docs {
		for _, l := range leaves(d) {
			count[l]++
		}
	}
	var out []string
	for l, n := range count {
		if n == len(docs) {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}

func leaves(m *tree.Map) []string {
	var out []string
	var walk func(n tree.Node, path string)
	walk = func(n tree.Node, path string) {
		sub, ok := n.(*tree.Map)
		if !ok || sub.Len() == 0 {
			if path != "" {
				out = append(out, fmt.Sprintf("%s=%s", path, sorted(n)))
			}
			return
		}
		for _, k := range sub.Keys() {
			walk(sub.Get(k), path+"/"+k)
		}
	}
	walk(m, "")
	slices.Sort(out)
	return out
}

// sorted encodes a copy of n, in order of keys.
func sorted(n tree.Node) string {
	n = duplicate(n)
	tree.SortKeys(n)
	return encode(n)
}

func duplicate(n tree.Node) tree.Node {
	switch n := n.(type) {
	case *tree.Map:
		m := tree.NewMap()
		for _, k := range n.Keys() {
			m.Put(k, duplicate(n.Get(k)))
		}
		return m
	case *tree.List:
		l := &tree.List{}
		for _, item := range n.Items {
			l.Items = append(l.Items, duplicate(item))
		}
		return l
	}
	return n
}

func encode(n tree.Node) string {
	return string((&tree.File{Body: tree.YAML{n}}).Encode())
}
