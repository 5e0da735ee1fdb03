package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	tabStop = 4
	reach   = 60 // how many cells of a long line are shown on either side of the caret
)

// escape shows what a terminal would act on instead of print: control
// characters, marks that turn the direction of text, bytes that are not UTF-8.
func escape(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for s != "" {
		shown, _, size := cell(s)
		b.WriteString(shown)
		s = s[size:]
	}
	return b.String()
}

// cell gives the first character of s as it is shown, how many cells of a
// terminal it takes, and how many bytes of s it is.
func cell(s string) (shown string, cells, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		shown = fmt.Sprintf(`\x%02x`, s[0])
	case r == '\n':
		shown = `\n`
	case r == '\r':
		shown = `\r`
	case r == '\t':
		shown = `\t`
	case unicode.IsPrint(r):
		return s[:size], cellsOf(r), size
	case r < 0x100:
		shown = fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		shown = fmt.Sprintf(`\u%04x`, r)
	default:
		shown = fmt.Sprintf(`\U%08x`, r)
	}
	return shown, len(shown), size
}

// cellsOf is how wide terminals draw a rune.
func cellsOf(r rune) int {
	if r < utf8.RuneSelf {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// excerpt gives a line as it is shown, and how many cells of it stand before
// the character at a column. A long line is cut on either side of that.
func excerpt(line string, column int) (shown string, caret int) {
	at := min(max(column-1, 0), len(line))
	var b strings.Builder
	start := at - fit(line[:at], true)
	if start > 0 {
		b.WriteString("…")
		caret++
	}
	end := at + fit(line[at:], false)
	for cells := caret; start < end; {
		s, n, size := cell(line[start:])
		if line[start] == '\t' {
			n = tabStop - cells%tabStop
			s = strings.Repeat(" ", n)
		}
		b.WriteString(s)
		cells += n
		start += size
		if start <= at { // the caret stands before a character that at is inside of
			caret = cells
		}
	}
	if end < len(line) {
		b.WriteString("…")
	}
	return b.String(), caret
}

// fit counts the bytes of s, from its end or from its start, that are within
// reach. A character without width counts as one cell, for they can be many.
func fit(s string, fromEnd bool) (size int) {
	for cells := 0; size < len(s); {
		rest := s[size:]
		if fromEnd {
			_, n := utf8.DecodeLastRuneInString(s[:len(s)-size])
			rest = s[len(s)-size-n:]
		}
		_, n, step := cell(rest)
		if rest[0] == '\t' {
			n = tabStop
		}
		if cells += max(n, 1); cells > reach {
			break
		}
		size += step
	}
	return size
}
