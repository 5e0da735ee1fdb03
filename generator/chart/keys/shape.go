package keys

import "strings"

// deepest is how many shapes may refer to each other in a row.
const deepest = 8

// follow goes down from a shape: part by part, and where a key refers to another
// shape, there. What it ends at has its keys right below it.
func (l *Library) follow(n Node, parts []string, app string, deep int) (Node, bool) {
	if deep > deepest {
		return Node{}, false
	}
	if len(parts) > 0 {
		if below, ok := n.Child(parts[0]); ok {
			return l.follow(below, parts[1:], app, deep)
		}
		if n.key.Like == "" {
			return Node{}, false
		}
		next, ok := l.shape(n.key.Like, app, deep+1)
		if !ok {
			return Node{}, false
		}
		if parts[0] == EveryItem { // of a list, the shape is that of an item
			parts = parts[1:]
		}
		return l.follow(next, parts, app, deep+1)
	}
	if n.key.Like != "" && len(n.Children()) == 0 {
		return l.shape(n.key.Like, app, deep+1)
	}
	if item, ok := n.Child(EveryItem); ok && n.key.Kinds == List {
		return l.follow(item, nil, app, deep)
	}
	return n, true
}

// Match is the key that a name stands for at this version: the one of that very
// name, or of a pattern such as "otlp/*", or any key.
func (n Node) Match(name string) (Node, bool) {
	if k, ok := n.Child(name); ok {
		return k, true
	}
	best, found := Node{}, false
	for i := range n.key.count() {
		pattern := n.key.name(i)
		prefix, isPattern := strings.CutSuffix(pattern, EveryKey)
		if !isPattern || !strings.HasPrefix(name, prefix) || found && len(pattern) <= len(best.key.Name) {
			continue
		}
		if k := n.key.at(i); n.c.holds(k.Spans, n.at) {
			best, found = Node{k, n.c, n.at}, true
		}
	}
	return best, found
}

// ShapeFor is a shape's name where it depends on a key beside: {type} in it
// stands for the text of the key type.
func ShapeFor(like string, beside func(key string) string) string {
	before, rest, ok := strings.Cut(like, "{")
	key, after, closed := strings.Cut(rest, "}")
	if !ok || !closed {
		return like
	}
	return before + beside(key) + after
}
