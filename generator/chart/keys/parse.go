package keys

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Open reads the head of a contract. Its keys are read when they are asked for,
// and a faulty line among them is not told of: for texts that others write there
// is [Parse].
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
			if err := c.known(k.Spans); err != nil {
				c.fault(k.line, "%v", err)
			}
			all(k)
		}
	}
	all(c.Root)
	if c.err != nil {
		return nil, c.err
	}
	return c, nil
}

func (c *Contract) fault(line int, format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
	}
}

// expand reads the names of the keys right below k, and leaves their lines alone.
func (c *Contract) expand(k *Key) {
	text, line := k.text, k.line
	k.text = ""
	last := ""
	for text != "" {
		head, rest := text, ""
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			head, rest = text[:end], text[end+1:]
		}
		line++
		// Every line here is indented by k.deep at least.
		if len(head) <= k.deep || head[k.deep] == ' ' {
			c.fault(line, "%q is indented by %d, not by %d", head, len(head)-len(strings.TrimLeft(head, " ")), k.deep)
			return
		}
		name, attributes, err := cutName(head[k.deep:])
		if err != nil {
			c.fault(line, "%v", err)
			return
		}
		if last > name {
			c.fault(line, "%s stands after %s", name, last)
			return
		}
		size, lines := extent(rest, k.deep+1)
		k.rows = append(k.rows, row{name: name, attributes: attributes, text: rest[:size], line: line})
		last, text, line = name, rest[size:], line+lines
	}
}

// extent measures the lines at the start of a text that are indented by so much
// at least. All of its lines are indented by one less.
func extent(text string, deep int) (size, lines int) {
	for size+deep <= len(text) && text[size+deep-1] == ' ' {
		lines++
		end := strings.IndexByte(text[size:], '\n')
		if end < 0 {
			return len(text), lines
		}
		size += end + 1
	}
	return size, lines
}

// cutName takes the name off a line without its indentation.
func cutName(row string) (name, attributes string, err error) {
	if !strings.HasPrefix(row, `"`) {
		name, attributes, _ = strings.Cut(row, " ")
		return name, attributes, nil
	}
	quoted, err := strconv.QuotedPrefix(row)
	if err != nil {
		return "", "", fmt.Errorf("%q is no quoted name", row)
	}
	name, _ = strconv.Unquote(quoted)
	rest := row[len(quoted):]
	if rest != "" && rest[0] != ' ' {
		return "", "", fmt.Errorf("%q follows a name", rest)
	}
	return name, strings.TrimPrefix(rest, " "), nil
}

// read makes a key of its line.
func (c *Contract) read(r *row, deep int) *Key {
	k := &Key{Name: r.name, file: c, line: r.line, text: r.text, deep: deep}
	words := r.attributes
	for words != "" {
		var word string
		word, words, _ = strings.Cut(words, " ")
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
				c.fault(k.line, "%q is no kind of value", word)
			}
			k.Kinds = kinds
		default:
			c.fault(k.line, "%q is no attribute of a key", word)
		}
	}
	if k.Kinds == 0 {
		k.Kinds = Map
	}
	return k
}

func parseKinds(word string) (Kind, bool) {
	switch word {
	case "any":
		return Any, true
	case "scalar":
		return Scalar, true
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
