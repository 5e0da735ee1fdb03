package charts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/diag"
)

// Key is a key of a chart's values.
type Key struct {
	Name  string `json:"name"` // of the key that was asked for, its path
	Kinds string `json:"kinds"`
	Open  string `json:"open,omitempty"`  // where the chart copies what stands below, so that any key is good
	Shape string `json:"shape,omitempty"` // what stands below is, such as k8s/EnvVar
	More  int    `json:"more,omitempty"`  // how many keys stand below that are left out
	Keys  []Key  `json:"keys,omitempty"`
}

// Tree gives the keys at a path, such as storage.trace, down to a depth; with a
// depth below zero all of them. An error says that there is no such path.
func (k *Knowledge) Tree(s Subject, path string, depth int) (*Key, error) {
	if s.Product() {
		return nil, fmt.Errorf("%s is no chart, and has no values", s.Name)
	}
	if !s.Keys {
		return nil, fmt.Errorf("which values %s %s reads is not known; `tracegen charts import` on its archive makes it so", s.Name, s.Number)
	}
	names, err := parsePath(path)
	if err != nil {
		return nil, err
	}
	r := resolver{k: k, app: k.app(s)}
	at := r.at(s.keys)
	for i, name := range names {
		next, ok := r.child(at, name)
		if !ok {
			return nil, k.noKey(s, r, at, names[:i+1], joined(names))
		}
		at = r.at(next)
	}
	top := r.tree(at, joined(names), depth)
	return &top, nil
}

// resolver follows the shapes.
type resolver struct {
	k   *Knowledge
	app string // the software's version, which chooses among those of a shape
}

// spot is a key, and the shape of what stands below it.
type spot struct {
	key    keys.Node
	shape  keys.Node
	shaped bool
}

func (r resolver) at(n keys.Node) spot {
	s := spot{key: n}
	if like := n.Key().Like; like != "" {
		s.shape, s.shaped = r.k.Library.Shape(like, r.app)
	}
	return s
}

func (s spot) children() []keys.Node {
	out := s.key.Children()
	if s.shaped {
		out = append(out, s.shape.Children()...)
	}
	return out
}

// child finds a key below, by its name or by that which stands for any. The
// items of a list of a shape are of that shape.
func (r resolver) child(s spot, name string) (keys.Node, bool) {
	item := strings.HasPrefix(name, "[")
	names := []string{name, keys.EveryKey}
	if item {
		names = []string{keys.EveryItem}
	}
	for _, name := range names {
		if n, ok := s.key.Child(name); ok {
			return n, true
		}
		if s.shaped {
			if n, ok := s.shape.Child(name); ok {
				return n, true
			}
		}
	}
	if item && s.shaped {
		return s.shape, true
	}
	return keys.Node{}, false
}

// tree gives a key with those below. A shape within a shape is named only: some
// hold themselves.
func (r resolver) tree(s spot, name string, depth int) Key {
	k := s.key.Key()
	out := Key{Name: name, Kinds: k.Kinds.String(), Open: k.Open, Shape: k.Like}
	if s.shaped && s.shape.Key().Open != "" {
		out.Open = s.shape.Key().Open
	}
	below := s.children()
	if depth == 0 {
		out.More = len(below)
		return out
	}
	inShape := len(s.key.Children())
	for i, n := range below {
		if i >= inShape && n.Key().Like != "" {
			c := n.Key()
			out.Keys = append(out.Keys, Key{Name: c.Name, Kinds: c.Kinds.String(), Open: c.Open, Shape: c.Like})
			continue
		}
		out.Keys = append(out.Keys, r.tree(r.at(n), n.Key().Name, depth-1))
	}
	return out
}

// noKey says what there is instead of the last key of a path.
func (k *Knowledge) noKey(s Subject, r resolver, at spot, names []string, whole string) error {
	path, last := joined(names), names[len(names)-1]
	text := fmt.Sprintf("%s %s has no key %s", s.Name, s.Number, path)
	if s.At != nil {
		if now, rename, ok := s.At.Instead(whole); ok {
			return fmt.Errorf("%s; it is %s: %s renamed %s to %s", text, now, rename.At, rename.From, rename.To)
		}
	}
	if at.key.Key().Open != "" {
		return fmt.Errorf("%s of its own: %s copies what stands at %s, so any key may stand there", text, at.key.Key().Open, joined(names[:len(names)-1]))
	}
	if known := k.Library.Known(s.Name); known != nil && !s.Own {
		if spans := at.key.Elsewhere(last); len(spans) > 0 {
			return fmt.Errorf("%s, which is a key of the releases %s", text, known.Releases(spans))
		}
	}
	var siblings []string
	for _, n := range at.children() {
		siblings = append(siblings, n.Key().Name)
	}
	if near := diag.Nearest(last, siblings); near != "" {
		return fmt.Errorf("%s; did you mean %s?", text, joined(append(slices.Clone(names[:len(names)-1]), near)))
	}
	if len(siblings) == 0 {
		return fmt.Errorf("%s: nothing stands below %s", text, joined(names[:len(names)-1]))
	}
	slices.Sort(siblings)
	return fmt.Errorf("%s; there are: %s", text, strings.Join(slices.Compact(siblings), ", "))
}

// parsePath reads a path of values as people write one: names with dots between
// them, those that hold a dot in quotes, and items of lists in brackets.
func parsePath(path string) ([]string, error) {
	var out []string
	for rest := path; rest != ""; {
		switch {
		case rest[0] == '"':
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, fmt.Errorf("the path %s has an open quote", path)
			}
			name, _ := strconv.Unquote(quoted)
			out, rest = append(out, name), rest[len(quoted):]
		case rest[0] == '[':
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, fmt.Errorf("the path %s has an open bracket", path)
			}
			out, rest = append(out, keys.EveryItem), rest[end+1:]
		default:
			end := strings.IndexAny(rest, ".[")
			if end < 0 {
				end = len(rest)
			}
			if end == 0 {
				return nil, fmt.Errorf("the path %s has a dot too many", path)
			}
			out, rest = append(out, rest[:end]), rest[end:]
		}
		if dot, ok := strings.CutPrefix(rest, "."); ok {
			if rest = dot; rest == "" {
				return nil, fmt.Errorf("the path %s has a dot too many", path)
			}
		} else if rest != "" && rest[0] != '[' {
			return nil, fmt.Errorf("the path %s lacks a dot", path)
		}
	}
	return out, nil
}

// joined is a path of names.
func joined(names []string) string {
	out := ""
	for _, name := range names {
		out = join(out, name)
	}
	return out
}

func join(path, name string) string {
	switch name {
	case keys.EveryItem:
		return path + name
	case keys.EveryKey:
		return strings.TrimPrefix(path+"."+name, ".")
	}
	return diag.JoinKey(path, name)
}
