package tree

import (
	"strings"
	"unicode/utf8"
)

// A string stands plain if no reader of YAML 1.1 or 1.2 can take it for
// anything else. Else it is a literal block if it has lines that a block gives
// back exactly; else it is quoted, in single quotes if that saves escapes.
//
// Bytes that are not UTF-8 become U+FFFD, one each: YAML has no way to say
// them.

// class says what a byte may do to a string that it stands in.
var class = func() (t [256]byte) {
	for c := range t {
		if c < ' ' || c == 0x7f {
			t[c] = control
		} else if c >= utf8.RuneSelf {
			t[c] = wide
		}
	}
	t['\n'], t['\t'] = newline, tab
	t[':'], t['#'] = mark, mark
	t['"'], t['\\'] = quote, quote
	return t
}()

const (
	_       = iota
	control // must be escaped
	wide    // a byte of a longer rune
	newline
	tab
	mark  // ends a plain string next to a space
	quote // must be escaped in double quotes
)

// shape is what a look at each character of a string tells.
type shape struct {
	invalid bool // not UTF-8
	escape  bool // has characters that only escapes can say
	lines   bool // has line breaks
	tabs    bool
	marks   bool // has ": " or " #"
	quotes  bool // has characters that double quotes would escape
}

func shapeOf(s string) (f shape) {
	for i := 0; i < len(s); i++ {
		switch class[s[i]] {
		case 0:
		case control:
			f.escape = true
		case newline:
			f.lines = true
		case tab:
			f.tabs = true
		case quote:
			f.quotes = true
		case mark:
			if s[i] == ':' {
				f.marks = f.marks || i+1 == len(s) || s[i+1] == ' '
			} else {
				f.marks = f.marks || i == 0 || s[i-1] == ' '
			}
		case wide:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				f.invalid = true
			}
			f.escape = f.escape || invisible(r)
			i += size - 1
		}
	}
	return f
}

// appendString writes s. Lines of a block scalar are indented by indent; 0
// means that none may stand here.
func appendString(b []byte, s string, indent int) []byte {
	f := shapeOf(s)
	switch {
	case f.invalid:
		return appendString(b, string([]rune(s)), indent)
	case f.lines && !f.escape && indent > 0 && literal(s):
		return appendLiteral(b, s, indent)
	case f.escape || f.lines || f.tabs:
		return appendDouble(b, s)
	case !f.marks && plain(s):
		return append(b, s...)
	case f.quotes:
		b = append(b, '\'')
		for i := 0; i < len(s); i++ {
			if s[i] == '\'' {
				b = append(b, '\'')
			}
			b = append(b, s[i])
		}
		return append(b, '\'')
	}
	return appendDouble(b, s)
}

// plain reports whether s is a string without quotes. It looks only at what
// shapeOf does not: the ends, and what the whole could be taken for.
func plain(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	switch c := s[0]; c {
	case '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`':
		return false
	case '-':
		if s == "-" || s[1] == ' ' || strings.HasPrefix(s, "---") {
			return false
		}
	case '.':
		if strings.HasPrefix(s, "...") {
			return false
		}
	}
	return !word(s) && !numeric(s)
}

// word reports whether some reader takes s for a boolean, null, a float
// without digits, a merge or a default key. In any case: Norway has been here.
func word(s string) bool {
	if len(s) > 5 {
		return false
	}
	var lower [5]byte
	for i := range len(s) {
		lower[i] = s[i]
		if 'A' <= s[i] && s[i] <= 'Z' {
			lower[i] += 'a' - 'A'
		}
	}
	switch string(lower[:len(s)]) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<",
		".inf", "+.inf", "-.inf", ".nan", "+.nan", "-.nan":
		return true
	}
	return false
}

// numeric reports whether some reader may take s for a number or a time:
// decimal, octal, hexadecimal, binary, with underscores, by sixties, a date.
// It would rather quote too much, so 1d and 2.2.4 count, and 1h does not.
func numeric(s string) bool {
	i := 0
	if s[0] == '+' || s[0] == '-' {
		i = 1
		if len(s) == 1 || !digit(s[1]) && s[1] != '.' && s[1] != '_' {
			return false
		}
	} else if !digit(s[0]) && s[0] != '.' {
		return false
	}
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case digit(c), 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
		case strings.IndexByte("xXoO_.:,+-tTzZ ", c) >= 0:
		default:
			return false
		}
	}
	return true
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// literal reports whether a block gives s back: it must have more than line
// breaks, and no blanks at the end of a line, which editors like to remove.
func literal(s string) bool {
	last := s[len(s)-1]
	return last != ' ' && last != '\t' && strings.Trim(s, "\n") != "" &&
		!strings.Contains(s, " \n") && !strings.Contains(s, "\t\n")
}

func appendLiteral(b []byte, s string, indent int) []byte {
	b = append(b, '|')
	// Readers find the indentation by the first line that has something; if
	// that begins with a blank of its own, they must be told.
	if c := strings.TrimLeft(s, "\n")[0]; c == ' ' || c == '\t' {
		b = append(b, '2')
	}
	text, ends := strings.CutSuffix(s, "\n")
	switch {
	case !ends:
		b = append(b, '-')
	case strings.HasSuffix(text, "\n"):
		b = append(b, '+')
	}
	for line := range strings.SplitSeq(text, "\n") {
		b = append(b, '\n')
		if line != "" {
			b = appendSpaces(b, indent)
			b = append(b, line...)
		}
	}
	return b
}

func appendDouble(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		if class[s[i]] == quote {
			b = appendEscaped(b, s[start:i])
			b = append(b, '\\', s[i])
			start = i + 1
		}
	}
	b = appendEscaped(b, s[start:])
	return append(b, '"')
}
