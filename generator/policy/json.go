package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"unicode/utf8"

	"tracegen.dev/generator/diag"
)

// maxDepth is how deep a document may nest; a policy needs six levels.
const maxDepth = 16

// MaxSize is how large a document may be: Minio's limit for what its
// administrator sends (cmd/admin-handlers.go, maxEConfigJSONSize). Amazon's is
// far below it.
const MaxSize = 262272

type kind uint8

const (
	objectKind kind = iota
	listKind
	stringKind
	numberKind
	boolKind
	nullKind
)

func (k kind) String() string {
	return [...]string{"an object", "a list", "a string", "a number", "true or false", "null"}[k]
}

// value is a piece of JSON with its place.
type value struct {
	kind   kind
	at     diag.Position
	text   string // of a scalar: what it says
	fields []field
	items  []*value
}

type field struct {
	name  string
	at    diag.Position
	value *value
}

// scanner reads JSON as RFC 8259 has it, from bytes.
type scanner struct {
	file  string
	data  []byte
	i     int
	lines []int // where lines begin
}

// syntaxError is what makes the whole of a document unreadable.
type syntaxError struct {
	offset int
	what   string
}

func (e *syntaxError) Error() string { return e.what }

// parse reads a whole file.
func parse(file string, data []byte) (*value, *Fault) {
	s := &scanner{file: file, data: data, lines: []int{0}}
	for i, b := range data {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	v, err := s.document()
	if err != nil {
		return nil, &Fault{At: s.position(err.offset), Message: "the policy is not JSON: " + err.what, Help: "write JSON: names and texts in double quotes, a comma between two and none behind the last, no comments"}
	}
	return v, nil
}

func (s *scanner) document() (*value, *syntaxError) {
	if !utf8.Valid(s.data) {
		for i := 0; i < len(s.data); {
			r, n := utf8.DecodeRune(s.data[i:])
			if r == utf8.RuneError && n == 1 {
				return nil, &syntaxError{i, "it is not UTF-8"}
			}
			i += n
		}
	}
	if bytes.HasPrefix(s.data, []byte("\xef\xbb\xbf")) {
		return nil, &syntaxError{0, "it begins with a byte order mark"}
	}
	v, err := s.value(0)
	if err != nil {
		return nil, err
	}
	if s.space(); s.i < len(s.data) {
		return nil, s.unexpected("the end")
	}
	return v, nil
}

// position makes a place of an offset.
func (s *scanner) position(offset int) diag.Position {
	line := sort.SearchInts(s.lines, offset+1)
	return diag.Position{File: s.file, Line: line, Column: offset - s.lines[line-1] + 1}
}

func (s *scanner) space() {
	for s.i < len(s.data) {
		switch s.data[s.i] {
		case ' ', '\t', '\r', '\n':
			s.i++
		default:
			return
		}
	}
}

func (s *scanner) unexpected(want string) *syntaxError {
	if s.i >= len(s.data) {
		return &syntaxError{len(s.data), "it ends where " + want + " should be"}
	}
	r, _ := utf8.DecodeRune(s.data[s.i:])
	return &syntaxError{s.i, fmt.Sprintf("%q stands where %s should be", r, want)}
}

func (s *scanner) value(depth int) (*value, *syntaxError) {
	if depth > maxDepth {
		return nil, &syntaxError{s.i, fmt.Sprintf("it is nested more than %d deep", maxDepth)}
	}
	s.space()
	v := &value{at: s.position(s.i)}
	if s.i >= len(s.data) {
		return nil, s.unexpected("a value")
	}
	switch c := s.data[s.i]; {
	case c == '{':
		return v, s.object(v, depth)
	case c == '[':
		return v, s.list(v, depth)
	case c == '"':
		v.kind = stringKind
		var err *syntaxError
		v.text, err = s.str()
		return v, err
	case c == '-' || '0' <= c && c <= '9':
		v.kind = numberKind
		start := s.i
		for s.i < len(s.data) && bytes.IndexByte([]byte("+-.eE0123456789"), s.data[s.i]) >= 0 {
			s.i++
		}
		if v.text = string(s.data[start:s.i]); !json.Valid(s.data[start:s.i]) {
			return nil, &syntaxError{start, v.text + " is not a number"}
		}
		return v, nil
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(s.data[s.i:], []byte(word)) {
			if v.kind, v.text = boolKind, word; word == "null" {
				v.kind = nullKind
			}
			s.i += len(word)
			return v, nil
		}
	}
	return nil, s.unexpected("a value")
}

// str reads a string; the scanner stands at its first quote.
func (s *scanner) str() (string, *syntaxError) {
	start := s.i
	for s.i++; s.i < len(s.data); s.i++ {
		switch c := s.data[s.i]; {
		case c == '\\':
			s.i++
		case c < ' ':
			return "", &syntaxError{s.i, "a text is not closed on its line"}
		case c == '"':
			s.i++
			var out string
			if err := json.Unmarshal(s.data[start:s.i], &out); err != nil {
				return "", &syntaxError{start, "a text has an escape that JSON does not know"}
			}
			return out, nil
		}
	}
	return "", &syntaxError{start, "a text is not closed"}
}

func (s *scanner) list(v *value, depth int) *syntaxError {
	v.kind = listKind
	s.i++
	if s.space(); s.i < len(s.data) && s.data[s.i] == ']' {
		s.i++
		return nil
	}
	for {
		item, err := s.value(depth + 1)
		if err != nil {
			return err
		}
		v.items = append(v.items, item)
		if s.space(); s.i < len(s.data) && s.data[s.i] == ',' {
			s.i++
			continue
		}
		if s.i < len(s.data) && s.data[s.i] == ']' {
			s.i++
			return nil
		}
		return s.unexpected(`"," or "]"`)
	}
}

func (s *scanner) object(v *value, depth int) *syntaxError {
	v.kind = objectKind
	s.i++
	if s.space(); s.i < len(s.data) && s.data[s.i] == '}' {
		s.i++
		return nil
	}
	for {
		s.space()
		if s.i >= len(s.data) || s.data[s.i] != '"' {
			return s.unexpected("a name in double quotes")
		}
		f := field{at: s.position(s.i)}
		var err *syntaxError
		if f.name, err = s.str(); err != nil {
			return err
		}
		if s.space(); s.i >= len(s.data) || s.data[s.i] != ':' {
			return s.unexpected(`":"`)
		}
		s.i++
		if f.value, err = s.value(depth + 1); err != nil {
			return err
		}
		v.fields = append(v.fields, f)
		if s.space(); s.i < len(s.data) && s.data[s.i] == ',' {
			s.i++
			continue
		}
		if s.i < len(s.data) && s.data[s.i] == '}' {
			s.i++
			return nil
		}
		return s.unexpected(`"," or "}"`)
	}
}
