package verify

import (
	"fmt"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart/keys"
)

// reader reads the YAML that tracegen writes: blocks, and no more than an empty
// map or list in one line. It shares nothing with the encoder, and refuses what
// it does not know, so that nothing is passed over in silence.
type reader struct {
	lines []string
	at    int
}

// readYAML reads a file of one document.
func readYAML(data []byte) (v keys.Value, err error) {
	r := &reader{lines: strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")}
	defer func() {
		if e, ok := recover().(fault); ok {
			err = fmt.Errorf("line %d: %s", e.line, e.message)
		} else if e := recover(); e != nil {
			panic(e)
		}
	}()
	for r.at < len(r.lines) && strings.HasPrefix(r.lines[r.at], "#") {
		r.at++
	}
	if r.at < len(r.lines) && strings.TrimSpace(r.lines[r.at]) == "{}" {
		v = keys.Value{Kind: keys.Map, Mark: r.at + 1}
		r.at++
	} else {
		v = r.block(0)
	}
	if r.at < len(r.lines) {
		r.fail("%q follows the document", r.lines[r.at])
	}
	return v, nil
}

type fault struct {
	line    int
	message string
}

func (r *reader) fail(format string, args ...any) {
	panic(fault{r.at + 1, fmt.Sprintf(format, args...)})
}

// indent gives the column of the line that is to be read, or -1 at the end.
func (r *reader) indent() int {
	if r.at == len(r.lines) {
		return -1
	}
	line := r.lines[r.at]
	return len(line) - len(strings.TrimLeft(line, " "))
}

// deepest is the last column at which a block may begin: each in the line of the
// one around it copies that line.
const deepest = 800

// block reads a map or a list at a column.
func (r *reader) block(column int) keys.Value {
	if column > deepest {
		r.fail("it stands deeper than column %d", deepest)
	}
	if r.indent() != column {
		r.fail("nothing stands at column %d", column+1)
	}
	if isItem(r.lines[r.at][column:]) {
		return r.list(column)
	}
	return r.mapping(column)
}

// longKey begins a key that is too long for the line of its value.
const longKey = "? "

func isItem(text string) bool { return strings.HasPrefix(text, "- ") }

func (r *reader) list(column int) keys.Value {
	v := keys.Value{Kind: keys.List, Mark: r.at + 1}
	for r.indent() == column && isItem(r.lines[r.at][column:]) {
		text := r.lines[r.at][column+2:]
		if _, _, isEntry := cutKey(text); isEntry || isItem(text) || strings.HasPrefix(text, longKey) {
			// The rest of the line is a block's first line.
			r.lines[r.at] = strings.Repeat(" ", column+2) + text
			v.Below = append(v.Below, r.block(column+2))
			continue
		}
		v.Below = append(v.Below, r.scalar(text, column))
	}
	return v
}

func (r *reader) mapping(column int) keys.Value {
	v := keys.Value{Kind: keys.Map, Mark: r.at + 1}
	for r.indent() == column && !isItem(r.lines[r.at][column:]) {
		text := r.lines[r.at][column:]
		if long, ok := strings.CutPrefix(text, longKey); ok {
			r.at++
			if r.indent() != column || r.lines[r.at][column] != ':' {
				r.fail("a long key has no value")
			}
			text = long + r.lines[r.at][column:]
		}
		name, rest, ok := cutKey(text)
		if !ok {
			r.fail("%q is no key with a value", text)
		}
		v.Names = append(v.Names, name)
		if rest != "" {
			v.Below = append(v.Below, r.scalar(rest, column))
			continue
		}
		r.at++
		switch next := r.indent(); {
		case next == column && isItem(r.lines[r.at][column:]):
			v.Below = append(v.Below, r.list(column))
		case next == column+2:
			v.Below = append(v.Below, r.block(next))
		default:
			r.at--
			r.fail("%s has no value", name)
		}
	}
	if len(v.Names) == 0 {
		r.fail("%q is no key with a value", r.lines[r.at])
	}
	return v
}

// cutKey takes the key off a line, and the space behind its colon.
func cutKey(text string) (name, rest string, ok bool) {
	if isQuoted(text) {
		end := closing(text)
		if end < 0 || !strings.HasPrefix(text[end:], ":") {
			return "", "", false
		}
		name, ok = unquote(text[:end])
		rest = text[end:]
	} else if i := strings.Index(text, ": "); i >= 0 {
		name, rest, ok = text[:i], text[i:], true
	} else if strings.HasSuffix(text, ":") {
		name, rest, ok = text[:len(text)-1], ":", true
	}
	if !ok || rest != ":" && !strings.HasPrefix(rest, ": ") {
		return "", "", false
	}
	return name, strings.TrimPrefix(rest[1:], " "), true
}

func isQuoted(text string) bool { return text != "" && (text[0] == '"' || text[0] == '\'') }

// closing is the index behind the quote that ends the text's first one, or -1.
func closing(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\':
			i++
		case text[0] == '\'' && strings.HasPrefix(text[i:], "''"):
			i++
		case text[i] == text[0]:
			return i + 1
		}
	}
	return -1
}

// unquote reads a quoted text. The escapes of YAML's double quotes are Go's, but
// for these.
func unquote(text string) (string, bool) {
	if text[0] == '\'' {
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'"), true
	}
	text = strings.NewReplacer(`\\`, `\\`, `\0`, `\x00`, `\e`, `\x1b`, `\x`, `\u00`, `\/`, `/`, `\N`, `\u0085`, `\_`, `\u00a0`, `\L`, `\u2028`, `\P`, `\u2029`).Replace(text)
	s, err := strconv.Unquote(text)
	return s, err == nil
}

// scalar reads what stands behind a key or a dash at a column, and the lines
// that belong to it.
func (r *reader) scalar(text string, column int) keys.Value {
	v := keys.Value{Mark: r.at + 1}
	switch {
	case text == "{}":
		v.Kind = keys.Map
	case text == "[]":
		v.Kind = keys.List
	case text == "null":
	case text == "true", text == "false":
		v.Kind = keys.Bool
	case strings.HasPrefix(text, "|"):
		v.Kind = keys.String
		first := r.at + 1
		for r.at++; r.at < len(r.lines) && (strings.TrimSpace(r.lines[r.at]) == "" || r.indent() > column); {
			r.at++
		}
		v.Text = strings.Join(r.lines[first:r.at], "\n") // indented still
		return v
	case isQuoted(text):
		if closing(text) != len(text) {
			r.fail("%s is no quoted text", text)
		}
		v.Kind = keys.String
		v.Text, _ = unquote(text)
	case text == "" || strings.ContainsAny(text[:1], "'{[&*!>%@`|,?#"):
		r.fail("%q is nothing that tracegen writes", text)
	default:
		v.Kind, v.Text = keys.String, text
		if isNumber(text) {
			v.Kind, v.Text = keys.Number, ""
		}
	}
	r.at++
	return v
}

func isNumber(text string) bool {
	if text == ".inf" || text == "-.inf" || text == ".nan" {
		return true
	}
	if !strings.ContainsAny(text[:1], "+-.0123456789") {
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}
