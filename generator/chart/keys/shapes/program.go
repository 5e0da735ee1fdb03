package main

import (
	"maps"
	"strings"
)

// program is how a program writes and reads its configuration.
type program struct {
	source  string   // what the types are of, for the head of the contract
	modules []string // what to call it with, for the head too

	tag       string              // of a field: json, yaml or mapstructure
	untagged  func(string) string // the key of a field without a tag
	embeds    bool                // an embedded struct without a tag is inline
	unmarshal string              // the method of a type that reads itself
	plain     bool                // each type is a shape, and called as it
	shared    map[string]string   // otherwise: the types that are shapes, as client.Config, or with the whole path
	texts     bool                // each value is a text
	newest    bool                // the contract has one version
	skip      func(key string) bool

	roots []root
	types map[string]func() *node        // those that are not what they look like, as client.Config
	usual map[string]bool                // those that read themselves, but as their fields say
	more  func(w *walker) error          // gives types keys that no field tells
	also  map[string]string              // a type that another one is read as too
	drop  map[string]string              // a key of a type that it never takes
	refs  func(full string) string       // the shape, of another program, that a type is
	extra map[string]func(*walker) *node // further shapes
}

// root is a shape that charts refer to.
type root struct {
	shape string   // or the name of the type
	types []string // full names, of which the first that is there counts
	since string   // not all versions have it
}

// of is a root that is called as its type.
func of(path string, names ...string) []root {
	var out []root
	for _, name := range names {
		out = append(out, root{types: []string{path + "." + name}})
	}
	return out
}

// own is what the table says of a type, or nil.
func (p *program) own(full string, direct bool) *node {
	if p.refs != nil && !direct {
		if like := p.refs(full); like != "" {
			return &node{like: like}
		}
	}
	path, name := split(full)
	if n := p.types[packageName(path)+"."+name]; n != nil {
		return n()
	}
	return nil
}

// kind gives a type that is written as a value of these kinds.
func kind(kinds string) func() *node { return func() *node { return leaf(kinds) } }

// free gives a type with keys of which nothing is known, for a reason.
func free(reason string) func() *node { return func() *node { return &node{open: reason} } }

// listOf gives a list whose items are of some kinds.
func listOf(kinds string) func() *node {
	return func() *node { return &node{kinds: "list", below: map[string]*node{"[]": leaf(kinds)}} }
}

// texts gives a map of any names to texts.
func texts(kinds string) func() *node {
	return func() *node { return &node{below: map[string]*node{"*": leaf(kinds)}} }
}

// both has the keys of several shapes.
func both(shapes ...string) func(*walker) *node {
	return func(w *walker) *node {
		n := &node{below: map[string]*node{}}
		for _, s := range shapes {
			maps.Copy(n.below, w.shapes[s].below)
		}
		return n
	}
}

// join makes one table of several.
func join[V any](tables ...map[string]V) map[string]V {
	out := map[string]V{}
	for _, t := range tables {
		maps.Copy(out, t)
	}
	return out
}

// programs are those whose configuration is known.
func programs() map[string]*program {
	all := map[string]*program{
		"grafana":       grafana(),
		"ingress-nginx": ingressNginx(),
		"k8s":           kubernetes(),
		"monitoring":    monitoring(),
		"otelcol":       otelcol(),
		"prometheus":    prometheus(),
		"tempo":         tempo(),
		"loki":          loki(),
	}
	for _, p := range all {
		if p.untagged == nil {
			p.untagged = strings.ToLower
		}
	}
	return all
}
