package path

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// leaf is a place in the output, and what stands there.
type leaf struct {
	at      string // such as traefik/values.yaml#tracing.otlp.http.endpoint
	node    tree.Node
	release *plan.Release // whose values it is in; nil in a file
}

// there reports whether anything stands at the place.
func (l leaf) there() bool { return l.node != nil }

// text is the scalar as text; empty where there is none.
func (l leaf) text() string {
	if n, ok := l.node.(*tree.Leaf); ok && n.Value != nil {
		return fmt.Sprint(n.Value)
	}
	return ""
}

// origin is what the scalar rests on.
func (l leaf) origin() fact.Origin {
	if n, ok := l.node.(*tree.Leaf); ok {
		return n.Origin
	}
	return fact.Origin{}
}

// poisoned reports whether it rests on input that is bad.
func (l leaf) poisoned() (bad bool) {
	tree.Walk(l.node, "", func(_ string, n tree.Node, _ fact.Origin) {
		leaf, ok := n.(*tree.Leaf)
		bad = bad || ok && leaf.Poisoned
	})
	return bad
}

// blame is the line to edit.
func (l leaf) blame() topology.Place {
	if l.release != nil {
		return inspect.Blame(l.release, l.node)
	}
	if in := l.origin().Inputs; len(in) > 0 {
		return topology.Place(in[0])
	}
	return topology.Place{}
}

// overridden reports whether the user's values say it.
func (l leaf) overridden() bool {
	return l.release != nil && l.node != nil && strings.HasPrefix(l.blame().Path, l.release.Values.Path+".")
}

// value gives what the values of a release say at a path.
func (f *follower) value(r *plan.Release, path string) leaf {
	l := leaf{at: r.Component + "/values.yaml#" + path, release: r}
	if values := f.out.Values[r.Component]; values != nil && path != "" {
		if n := values.Lookup(path); n != nil {
			l.node = n
		}
	}
	return l
}

// keyed is value for a path that a feature of the chart names.
func (f *follower) keyed(r *plan.Release, feature, rest string) leaf {
	if r.Chart == nil || !r.Knows(feature) {
		return leaf{release: r}
	}
	key := r.Str(feature).Value
	if key == "" {
		return leaf{release: r}
	}
	return f.value(r, key+rest)
}

// file gives what a file of YAML or JSON says at a path.
func (f *follower) file(name, path string) leaf {
	l := leaf{at: name + "#" + path}
	if root := f.root(name); root != nil {
		if n := root.Lookup(path); n != nil {
			l.node = n
		}
	}
	return l
}

// root is the first document of a file.
func (f *follower) root(name string) *tree.Map {
	for _, file := range f.out.Files {
		if file.Path != name {
			continue
		}
		switch body := file.Body.(type) {
		case tree.YAML:
			root, _ := body[0].(*tree.Map)
			return root
		case tree.JSON:
			root, _ := body.Root.(*tree.Map)
			return root
		}
	}
	return nil
}

// plain brings a tree down to what a decoder of YAML would give.
func plain(n tree.Node) any {
	switch n := n.(type) {
	case *tree.Map:
		out := make(map[string]any, n.Len())
		for _, k := range n.Keys() {
			out[k] = plain(n.Get(k))
		}
		return out
	case *tree.List:
		out := make([]any, 0, len(n.Items))
		for _, item := range n.Items {
			out = append(out, plain(item))
		}
		return out
	case *tree.Leaf:
		return n.Value
	}
	return nil
}

// items are those of a list in the values, or none.
func items(l leaf) []tree.Node {
	if n, ok := l.node.(*tree.List); ok {
		return n.Items
	}
	return nil
}

// under gives what stands below an item of a list.
func under(l leaf, i int, path string) leaf {
	out := leaf{at: fmt.Sprintf("%s[%d].%s", l.at, i, path), release: l.release}
	if m, ok := items(l)[i].(*tree.Map); ok {
		if n := m.Lookup(path); n != nil {
			out.node = n
		}
	}
	return out
}

// address is a host with its port, and what a URL has beside them.
type address struct {
	scheme string // empty without one
	host   string
	port   int
	path   string
}

// parse reads host:port or a URL. Without a port it is that of the scheme.
func parse(text string) (address, error) {
	var a address
	rest := text
	if scheme, after, ok := strings.Cut(text, "://"); ok {
		a.scheme, rest = scheme, after
		switch scheme {
		case "http":
			a.port = 80
		case "https":
			a.port = 443
		default:
			return a, fmt.Errorf("%q has the scheme %s, which nobody here speaks", text, scheme)
		}
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			rest, a.path = rest[:i], rest[i:]
		}
	}
	host, port, given := strings.Cut(rest, ":")
	if given {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 || strconv.Itoa(n) != port {
			return a, fmt.Errorf("%q has no port from 1 to 65535", text)
		}
		a.port = n
	}
	if a.host = host; host == "" || strings.ContainsAny(host, "/ \"{}") {
		return a, fmt.Errorf("%q is no address", text)
	}
	return a, nil
}

func (a address) String() string { return a.host + ":" + strconv.Itoa(a.port) }

// known tells an origin for people: the places of the input, and the chart's facts.
func known(origins ...fact.Origin) []string {
	var out []string
	add := func(s string) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, o := range origins {
		for _, feature := range o.Features {
			add(feature)
		}
		for _, in := range o.Inputs {
			add(said(topology.Place(in)))
		}
		if len(o.Features) == 0 && len(o.Inputs) == 0 {
			add(reason(o.Reason))
		}
	}
	return out
}

// reason is that of a constant, without who writes it.
func reason(text string) string {
	if who, why, ok := strings.Cut(text, ": "); ok && (who == "plan" || strings.HasPrefix(who, "emit/")) {
		return why
	}
	return text
}

// said is a place of the input.
func said(at topology.Place) string {
	if !at.Position.IsValid() {
		return ""
	}
	return fmt.Sprintf("%s (%s:%d)", at.Path, at.Position.File, at.Position.Line)
}

// environment finds a variable of a container in the values: its value.
func (f *follower) environment(list leaf, name string) leaf { return f.variable(list, name, "value") }

// variable is environment for any field of the variable.
func (f *follower) variable(list leaf, name, field string) leaf {
	for i := range items(list) {
		if under(list, i, "name").text() == name {
			return under(list, i, field)
		}
	}
	return leaf{at: list.at, release: list.release}
}

// quoted is a key as a path has it.
func quoted(key string) string { return tree.JoinKey("", key) }
