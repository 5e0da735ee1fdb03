package tree

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/fact"
)

// maxKey is how long a key may be, with its quotes, to stand before a colon.
// Readers look no further ahead (YAML 1.2.2, section 7.4.2); a longer key takes
// the explicit form `? key`.
const maxKey = 1024

// encode writes block style, two spaces deep, lists level with their key as
// kubectl and Kustomize write them. Every scalar means the same to readers of
// YAML 1.1 and 1.2.
func (y YAML) encode(w *bytes.Buffer, comment string) {
	b := appendHeader(w.AvailableBuffer(), comment)
	for i, doc := range y {
		if i > 0 {
			b = append(b, "---\n"...)
		}
		switch n := doc.(type) {
		case *Map:
			if n.Len() > 0 {
				b = appendMap(b, n, 0, false)
				continue
			}
		case *List:
			if len(n.Items) > 0 {
				b = appendList(b, n, 0, false)
				continue
			}
		}
		// No block scalar here: what its indentation counts from at the root,
		// readers do not agree on.
		b = append(appendFlow(b, doc, 0), '\n')
	}
	w.Write(b)
}

// leaves puts [i] before the path if there is more than one document.
func (y YAML) leaves(f func(path string, n Node, o fact.Origin)) {
	for i, doc := range y {
		path := ""
		if len(y) > 1 {
			path = "[" + strconv.Itoa(i) + "]"
		}
		Walk(doc, path, f)
	}
}

// appendHeader writes each line of the comment behind a comment mark.
func appendHeader(b []byte, comment string) []byte {
	comment = strings.TrimRight(comment, "\n")
	if comment == "" {
		return b
	}
	for line := range strings.SplitSeq(comment, "\n") {
		b = append(b, '#')
		if line = strings.TrimRight(line, " \t\r"); line != "" {
			b = append(b, ' ')
			b = appendEscaped(b, line)
		}
		b = append(b, '\n')
	}
	return b
}

// appendMap writes a map that has keys, at a column. With inline, the cursor
// stands at the first key already.
func appendMap(b []byte, m *Map, column int, inline bool) []byte {
	for i, key := range m.keys {
		if !inline {
			b = appendSpaces(b, column)
		}
		inline = false
		start := len(b)
		b = appendString(b, key, 0)
		if len(b)-start > maxKey {
			b = slices.Insert(b, start, '?', ' ')
			b = append(b, '\n')
			b = appendSpaces(b, column)
		}
		b = append(b, ':')
		switch n := m.values[i].(type) {
		case *Map:
			if n.Len() > 0 {
				b = append(b, '\n')
				b = appendMap(b, n, column+2, false)
				continue
			}
		case *List:
			if len(n.Items) > 0 {
				b = append(b, '\n')
				b = appendList(b, n, column, false)
				continue
			}
		}
		b = append(b, ' ')
		b = append(appendFlow(b, m.values[i], column+2), '\n')
	}
	return b
}

// appendList writes a list that has items, at a column. With inline, the
// cursor stands at the first dash already.
func appendList(b []byte, l *List, column int, inline bool) []byte {
	for _, item := range l.Items {
		if !inline {
			b = appendSpaces(b, column)
		}
		inline = false
		b = append(b, '-', ' ')
		switch n := item.(type) {
		case *Map:
			if n.Len() > 0 {
				b = appendMap(b, n, column+2, true)
				continue
			}
		case *List:
			if len(n.Items) > 0 {
				b = appendList(b, n, column+2, true)
				continue
			}
		}
		b = append(appendFlow(b, item, column+2), '\n')
	}
	return b
}

// appendFlow writes a leaf, or an empty map or list. Lines of a block scalar
// are indented by indent; 0 means that none may stand here.
func appendFlow(b []byte, n Node, indent int) []byte {
	switch n := n.(type) {
	case *Map:
		return append(b, "{}"...)
	case *List:
		return append(b, "[]"...)
	case *Leaf:
		switch v := n.Value.(type) {
		case nil:
			return append(b, "null"...)
		case string:
			return appendString(b, v, indent)
		case int64:
			return strconv.AppendInt(b, v, 10)
		case bool:
			return strconv.AppendBool(b, v)
		case float64:
			return appendFloat(b, v)
		}
		panic(fmt.Sprintf("tree: a leaf cannot hold a %T", n.Value))
	}
	panic("tree: a node is missing")
}

// appendFloat writes a number that every reader takes for a float: YAML 1.1
// wants a point in it, and a sign in its exponent.
func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, ".nan"...)
	case math.IsInf(f, 1):
		return append(b, ".inf"...)
	case math.IsInf(f, -1):
		return append(b, "-.inf"...)
	}
	start := len(b)
	b = appendShortest(b, f)
	if bytes.IndexByte(b[start:], '.') >= 0 {
		return b
	}
	if e := bytes.IndexByte(b[start:], 'e'); e >= 0 {
		return slices.Insert(b, start+e, '.', '0')
	}
	return append(b, ".0"...)
}

// appendShortest writes the fewest digits that give f back, with an exponent
// only for what is very large or very small.
func appendShortest(b []byte, f float64) []byte {
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, f, format, -1, 64)
}

func appendSpaces(b []byte, n int) []byte {
	const spaces = "                                                                "
	for n > len(spaces) {
		b = append(b, spaces...)
		n -= len(spaces)
	}
	return append(b, spaces[:n]...)
}
