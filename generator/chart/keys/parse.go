package keys

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Open reads the head of a contract. Its keys are read when they are asked for,
// so that a faulty line among them is found then: see [Parse].
func Open(text string) (*Contract, error) {
	c := &Contract{}
	line := 0
	for {
		var head string
		head, text, _ = strings.Cut(text, "\n")
		line++
		if head == "" {
			break
		}
		word, rest, _ := strings.Cut(head, " ")
		switch {
		case word == "#":
		case word == "chart" && c.Chart == "":
			c.Chart = rest
		case word == "app" && c.App == "":
			c.App = rest
		case word == "versions" && c.Versions == nil:
			c.Versions = strings.Split(rest, " ")
		default:
			return nil, fmt.Errorf("line %d: %q is not a line of a contract's head", line, head)
		}
	}
	if c.Chart == "" || len(c.Versions) == 0 || slices.Contains(c.Versions, "") {
		return nil, fmt.Errorf("line %d: the head of a contract names its chart and versions", line)
	}
	c.Root = &Key{Kinds: Map, text: text, line: line, file: c}
	return c, nil
}

// Parse reads a contract and checks every line of it.
func Parse(text string) (*Contract, error) {
	c, err := Open(text)
	if err != nil {
		return nil, err
	}
	var all func(k *Key)
	all = func(k *Key) {
		for _, k := range k.Keys() {
			all(k)
		}
	}
	all(c.Root)
	if c.err != nil {
		return nil, c.err
	}
	return c, nil
}

// Err is the first fault that was met in the keys.
func (c *Contract) Err() error { return c.err }

func (c *Contract) fault(line int, format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
	}
}

// expand reads the lines of the keys right below k, and leaves theirs alone.
func (c *Contract) expand(k *Key) {
	text, line := k.text, k.line
	k.text = ""
	var last *Key
	below := "" // what is left of text where last's own lines begin
	end := func() {
		if last != nil {
			last.text = below[:len(below)-len(text)]
		}
	}
	for text != "" {
		row, rest, _ := strings.Cut(text, "\n")
		line++
		switch depth := len(row) - len(strings.TrimLeft(row, " ")); {
		case depth > k.deep && last != nil:
			text = rest
			continue
		case depth != k.deep || row == "":
			c.fault(line, "%q is indented by %d, not by %d", row, depth, k.deep)
			return
		}
		end()
		next, err := parseLine(row[k.deep:])
		if err != nil {
			c.fault(line, "%v", err)
			return
		}
		next.file, next.line, next.deep = c, line, k.deep+1
		if err := c.known(next.Spans); err != nil {
			c.fault(line, "%v", err)
			return
		}
		if last != nil && last.Name > next.Name {
			c.fault(line, "%s stands after %s", next.Name, last.Name)
			return
		}
		k.keys = append(k.keys, next)
		last, text, below = next, rest, rest
	}
	end()
}

// parseLine reads one key, without its indentation.
func parseLine(row string) (*Key, error) {
	k := &Key{}
	if strings.HasPrefix(row, `"`) {
		quoted, err := strconv.QuotedPrefix(row)
		if err != nil {
			return nil, fmt.Errorf("%q is no quoted name", row)
		}
		k.Name, _ = strconv.Unquote(quoted)
		row = row[len(quoted):]
		if row != "" && row[0] != ' ' {
			return nil, fmt.Errorf("%q follows a name", row)
		}
		row = strings.TrimPrefix(row, " ")
	} else {
		k.Name, row, _ = strings.Cut(row, " ")
	}
	for row != "" {
		var word string
		word, row, _ = strings.Cut(row, " ")
		attribute, value, isAttribute := strings.Cut(word, ":")
		switch {
		case attribute == "open" && value != "":
			k.Open = value
		case attribute == "like" && value != "":
			k.Like = value
		case strings.HasPrefix(word, "@"):
			for span := range strings.SplitSeq(word[1:], ",") {
				from, to, isRange := strings.Cut(span, "..")
				if !isRange {
					to = from
				}
				k.Spans = append(k.Spans, Span{from, to})
			}
		case !isAttribute && k.Kinds == 0:
			kinds, ok := parseKinds(word)
			if !ok {
				return nil, fmt.Errorf("%q is no kind of value", word)
			}
			k.Kinds = kinds
		default:
			return nil, fmt.Errorf("%q is no attribute of a key", word)
		}
	}
	if k.Kinds == 0 {
		k.Kinds = Map
	}
	return k, nil
}

func parseKinds(word string) (Kind, bool) {
	if word == "any" {
		return Any, true
	}
	var kinds Kind
	for name := range strings.SplitSeq(word, ",") {
		i := slices.Index(kindNames[:], name)
		if i < 0 {
			return 0, false
		}
		kinds |= 1 << i
	}
	return kinds, true
}

// known demands that the spans name versions of the contract, in order.
func (c *Contract) known(spans []Span) error {
	for _, s := range spans {
		if from, to := c.ends(s); from < 0 || to < from {
			return fmt.Errorf("%s..%s is no range of the contract's versions", s.From, s.To)
		}
	}
	return nil
}
