package keys

import (
	"slices"

	"tracegen.dev/generator/chart"
)

// Merge makes one contract of two of the same chart. What b says of a version
// that both cover replaces what a says.
func Merge(a, b *Contract) *Contract {
	out := &Contract{Chart: b.Chart, Versions: slices.Concat(a.Versions, b.Versions)}
	slices.SortFunc(out.Versions, chart.Compare)
	out.Versions = slices.Compact(out.Versions)

	kept := make([]bool, len(a.Versions))
	for i, v := range a.Versions {
		kept[i] = !b.Has(v)
	}
	m := merger{out, []source{newSource(a, out), newSource(b, out)}}
	out.Root = m.merge(side{0, a.Root, kept}, side{1, b.Root, all(len(b.Versions))}, all(len(out.Versions)))
	return out
}

func all(n int) []bool {
	set := make([]bool, n)
	for i := range set {
		set[i] = true
	}
	return set
}

type merger struct {
	out  *Contract
	from []source
}

// source is one of the two contracts.
type source struct {
	*Contract
	place []int // of each of its versions, among those of the merged one
}

func newSource(c, out *Contract) source {
	s := source{Contract: c}
	for _, v := range c.Versions {
		s.place = append(s.place, slices.Index(out.Versions, v))
	}
	return s
}

// side is a key of a source, or nil, and the versions of the source that its
// parent is taken for.
type side struct {
	source int
	key    *Key
	above  []bool
}

// here are the versions of the source that the side's key is taken for.
func (m *merger) here(s side) []bool {
	if s.key == nil {
		return make([]bool, len(s.above))
	}
	if len(s.key.Spans) == 0 {
		return s.above
	}
	set := make([]bool, len(s.above))
	for _, span := range s.key.Spans {
		from, to := m.from[s.source].ends(span)
		copy(set[from:to+1], s.above[from:to+1])
	}
	return set
}

// merge joins two keys that are one line. The parent is there at the versions
// of above, and so a key with these needs no spans.
func (m *merger) merge(a, b side, above []bool) *Key {
	main := b.key
	if main == nil {
		main = a.key
	}
	ofA, ofB := m.here(a), m.here(b)
	here := make([]bool, len(above))
	for i, in := range ofA {
		here[m.from[a.source].place[i]] = in
	}
	for i, in := range ofB {
		here[m.from[b.source].place[i]] = in || here[m.from[b.source].place[i]]
	}
	if !slices.Contains(here, true) {
		return nil
	}
	k := &Key{Name: main.Name, Kinds: main.Kinds, Open: main.Open, Like: main.Like, file: m.out}
	if !slices.Equal(here, above) {
		k.Spans = m.out.spans(here, above)
	}

	add := func(x, y *Key) {
		if child := m.merge(side{a.source, x, ofA}, side{b.source, y, ofB}, here); child != nil {
			k.keys = append(k.keys, child)
		}
	}
	rest := slices.Clone(b.key.below())
	for _, x := range a.key.below() {
		i := slices.IndexFunc(rest, func(y *Key) bool { return y.Name == x.Name && identity(x) == identity(y) })
		if i < 0 {
			add(x, nil)
			continue
		}
		add(x, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	for _, y := range rest {
		add(nil, y)
	}
	sortKeys(k.keys)
	return k
}

// below are the keys below a key, or below none.
func (k *Key) below() []*Key {
	if k == nil {
		return nil
	}
	return k.Keys()
}

// spans writes a set of versions. It may run on through versions at which the
// parent is missing, which keeps it short.
func (c *Contract) spans(here, above []bool) []Span {
	var out []Span
	first := slices.Index(above, true)
	for i := 0; i < len(here); i++ {
		if !here[i] {
			continue
		}
		last := i
		for j := i + 1; j < len(here) && (here[j] || !above[j]); j++ {
			if here[j] {
				last = j
			}
		}
		s := Span{c.Versions[i], c.Versions[last]}
		if i == first {
			s.From = ""
		}
		if !slices.Contains(above[last+1:], true) {
			s.To = ""
		}
		out = append(out, s)
		i = last
	}
	return out
}

// join makes one list of spans of several, for somebody to read.
func (c *Contract) join(spans []Span) []Span {
	set := make([]bool, len(c.Versions))
	for _, s := range spans {
		from, to := c.ends(s)
		for i := from; i <= to; i++ {
			set[i] = true
		}
	}
	return c.spans(set, all(len(set)))
}
