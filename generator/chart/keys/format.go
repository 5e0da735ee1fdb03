package keys

import (
	"slices"
	"strconv"
	"strings"
)

// Format writes the contract as the text that it is read from.
func (c *Contract) Format() string {
	var b strings.Builder
	b.WriteString("chart " + c.Chart + "\n")
	if c.App != "" {
		b.WriteString("app " + c.App + "\n")
	}
	b.WriteString("versions " + strings.Join(c.Versions, " ") + "\n\n")
	format(&b, c.Root, 0)
	return b.String()
}

func format(b *strings.Builder, k *Key, depth int) {
	for _, k := range k.Keys() {
		for range depth {
			b.WriteByte(' ')
		}
		b.WriteString(quoted(k.Name))
		if k.Kinds != Map {
			b.WriteString(" " + k.Kinds.String())
		}
		if k.Like != "" {
			b.WriteString(" like:" + k.Like)
		}
		if k.Open != "" && k.Like == "" {
			b.WriteString(" open:" + k.Open)
		}
		for i, s := range k.Spans {
			b.WriteString([]string{" @", ","}[min(i, 1)] + s.From)
			if s.From != s.To {
				b.WriteString(".." + s.To)
			}
		}
		b.WriteByte('\n')
		format(b, k, depth+1)
	}
}

// quoted is the name as it stands in a line.
func quoted(name string) string {
	odd := strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == '"' || r > '~' })
	if name == "" || odd {
		return strconv.Quote(name)
	}
	return name
}

// sortKeys sorts by name, and those of one name by what sets them apart.
func sortKeys(keys []*Key) { slices.SortFunc(keys, byName) }

func byName(a, b *Key) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(identity(a), identity(b))
}

// identity is what two versions of a key must share to be one line.
func identity(k *Key) string {
	open := "closed"
	if k.Copied() {
		open = "open"
	}
	return k.Kinds.String() + " " + k.Like + " " + open
}
