package tree

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"tracegen.dev/generator/fact"
)

// encode writes keys in the order of their maps, two spaces deep.
func (j JSON) encode(w *bytes.Buffer, _ string) {
	w.Write(append(appendJSON(w.AvailableBuffer(), j.Root, 0), '\n'))
}

func (j JSON) leaves(f func(path string, n Node, o fact.Origin)) { Walk(j.Root, "", f) }

func appendJSON(b []byte, n Node, column int) []byte {
	switch n := n.(type) {
	case *Map:
		if n.Len() == 0 {
			return append(b, "{}"...)
		}
		b = append(b, '{')
		for i, key := range n.keys {
			b = appendBreak(b, i, column+2)
			b = appendJSONString(b, key)
			b = append(b, ':', ' ')
			b = appendJSON(b, n.values[i], column+2)
		}
		b = append(b, '\n')
		return append(appendSpaces(b, column), '}')
	case *List:
		if len(n.Items) == 0 {
			return append(b, "[]"...)
		}
		b = append(b, '[')
		for i, item := range n.Items {
			b = appendBreak(b, i, column+2)
			b = appendJSON(b, item, column+2)
		}
		b = append(b, '\n')
		return append(appendSpaces(b, column), ']')
	case *Leaf:
		return appendJSONLeaf(b, n)
	}
	panic("tree: a node is missing")
}

// appendBreak goes to the line of element i.
func appendBreak(b []byte, i, column int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return appendSpaces(append(b, '\n'), column)
}

func appendJSONLeaf(b []byte, n *Leaf) []byte {
	switch v := n.Value.(type) {
	case nil:
		return append(b, "null"...)
	case string:
		return appendJSONString(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case bool:
		return strconv.AppendBool(b, v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			panic("tree: JSON has no infinity and no NaN")
		}
		return appendShortest(b, v)
	}
	panic(fmt.Sprintf("tree: a leaf cannot hold a %T", n.Value))
}

// appendJSONString leaves <, > and & as they are: nobody pastes this into
// HTML, and people read it.
func appendJSONString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r < ' ' || r == 0x7f || invisible(r):
			b = appendUTF16(b, r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// appendUTF16 writes r as \uNNNN, or as two of them.
func appendUTF16(b []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		b = appendUTF16(b, 0xd800+r>>10)
		r = 0xdc00 + r&0x3ff
	}
	return append(b, '\\', 'u', hex[r>>12&0xf], hex[r>>8&0xf], hex[r>>4&0xf], hex[r&0xf])
}
