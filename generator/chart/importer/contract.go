package importer

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"tracegen.dev/generator/chart/keys"
)

// Contract tells which values the chart, and its subcharts, take.
func (c *Chart) Contract() (*keys.Contract, []Note, error) {
	r := &run{
		chart: c.Name, tree: newTree(), effects: effects(), defines: map[string]*define{},
		calls: map[string]*call{}, objects: map[objectKey]*object{}, made: map[parse.Node]int{},
	}
	r.tree.reading = true
	m, err := r.mountAt(c, r.tree.root, "")
	r.tree.reading = false
	if err != nil {
		return nil, nil, err
	}
	actions := 0
	if err := r.parse(m, "", &actions); err != nil {
		return nil, nil, err
	}
	for r.changed = true; r.changed && r.pass < maxPasses && r.err == nil; {
		r.changed, r.sunk = false, map[sunk]bool{}
		r.pass++
		r.renderAll(m, "")
	}
	if r.err != nil {
		return nil, nil, r.err
	}
	room := maxKeys
	root := build("", []*node{r.tree.root}, false, &room)
	if room < 0 {
		return nil, nil, fmt.Errorf("the chart reads more than %d value keys", maxKeys)
	}
	if root.Open != "" {
		// The root has no line of its own.
		root.Add(&keys.Key{Name: keys.EveryKey, Kinds: keys.Any, Open: root.Open})
	}
	refineAll(root, c.Name)
	out := &keys.Contract{Chart: c.Name, App: c.App, Versions: []string{c.Version}, Root: root}
	return out, r.tree.notes, nil
}

// build makes one key of the nodes that are it: its own, and those that stand
// for any key beside it. Below a key that is copied, open is true. There is room
// for so many keys.
func build(name string, nodes []*node, open bool, room *int) *keys.Key {
	*room--
	k := &keys.Key{Name: name, Kinds: kinds(nodes)}
	if open && !slices.ContainsFunc(nodes, func(n *node) bool { return n.declared }) {
		k.Kinds = keys.Any // that a template reads it bounds nothing, where it is copied as well
	}
	shut := false
	for _, n := range nodes {
		shut = shut || n.shut
		if n.copied && k.Open == "" {
			k.Open = n.open
		}
	}
	if k.Kinds&(keys.Map|keys.List) == 0 {
		k.Open = ""
		return k
	}
	names, each := below(nodes)
	k.Like, _ = shared(nodes)
	if shut {
		k.Open, k.Like = "", ""
	}
	if k.Open != "" {
		// What a template says of any key says nothing, where any may stand.
		each = slices.DeleteFunc(each, func(n *node) bool { return !n.declared })
	}
	if *room < 0 {
		return k
	}
	open = (open || k.Open != "") && !shut
	for _, name := range sortedKeys(names) {
		var below []*node
		for _, n := range nodes {
			b := n.kids[name]
			if b == nil && n.isValues && name == "global" {
				b = n.source.root.kids[name]
			}
			if b != nil && b != n {
				below = append(below, b)
			}
		}
		if len(below) > 0 {
			k.Add(build(name, append(below, each...), open, room))
		}
	}
	if len(each) == 0 {
		return k
	}
	if k.Kinds&keys.Map != 0 {
		k.Add(build(keys.EveryKey, each, open, room))
	}
	if k.Kinds&keys.List != 0 {
		item := build(keys.EveryItem, each, open, room)
		if item.Like != "" && k.Like == "" && k.Open == "" && len(item.Keys()) == 0 {
			k.Like, k.Open = item.Like, item.Open
			return k
		}
		k.Add(item)
	}
	return k
}

// below gives the names of the keys below, and the nodes that stand for any of
// them.
func below(nodes []*node) (names map[string]bool, each []*node) {
	names = map[string]bool{}
	for _, n := range nodes {
		if n.each != nil && n.each != n && !slices.Contains(each, n.each) {
			each = append(each, n.each)
		}
		for name := range n.kids {
			names[name] = true
		}
		if n.isValues && n.source.root.kids["global"] != nil {
			names["global"] = true // it stays for the subchart, where the chart above it has no such key
		}
	}
	return names, each
}

// kinds are those that the chart can take.
func kinds(nodes []*node) keys.Kind {
	var kind, hints keys.Kind
	var null, empty, fields, through, scalar, copied bool
	for _, n := range nodes {
		kind |= n.kind
		hints |= n.hints
		null = null || n.null
		empty = empty || n.empty
		fields = fields || n.fields
		through = through || n.through
		scalar = scalar || n.scalar
		copied = copied || n.copied
	}
	if kind == 0 {
		if shape, list := shared(nodes); copied && shape != "" {
			if list {
				return hints | keys.List
			}
			return hints | keys.Map
		}
		if null || copied {
			return keys.Any
		}
		if fields {
			kind |= keys.Map
		}
		if through && !fields {
			kind |= collection(nodes)
		}
		if scalar && !fields && !through {
			kind |= keys.Scalar
		}
		if kind |= hints; kind == 0 {
			return keys.Any
		}
		return kind
	}
	kind |= hints
	if scalar && empty && kind == keys.Map && !fields && !through && !copied {
		kind = keys.Any // {} says no more than that there is no default
	}
	if fields {
		kind |= keys.Map
	}
	if through && kind&(keys.List|keys.Map) == 0 {
		kind |= collection(nodes)
	}
	if copied && empty && kind == keys.String {
		return keys.Any
	}
	if shape, list := shared(nodes); shape != "" && empty {
		if list && kind == keys.Map {
			kind |= keys.List
		} else if !list && kind == keys.List {
			kind |= keys.Map
		}
	}
	return kind
}

// collection is what a range goes through: a list, where what it goes through
// is copied as an item of one.
func collection(nodes []*node) keys.Kind {
	for _, n := range nodes {
		if n.each == nil {
			continue
		}
		for _, p := range n.each.places {
			if strings.HasSuffix(p.path, "/[]") {
				return keys.List
			}
		}
	}
	return keys.List | keys.Map
}

// shared is the shape that a value has everywhere it is copied to, or empty. Of
// a list it is that of each item.
func shared(nodes []*node) (shape string, list bool) {
	for _, n := range nodes {
		if n.copied && len(n.places) == 0 {
			return "", false
		}
		for _, p := range n.places {
			s, ofList := shapeAt(p)
			switch {
			case s == "":
				return "", false
			case shape == "" || shape == s:
				shape, list = s, ofList
			case strings.HasSuffix(s, "SecurityContext") && strings.HasSuffix(shape, "SecurityContext"):
				shape = "k8s/AnySecurityContext"
			default:
				return "", false
			}
		}
	}
	return shape, list
}
