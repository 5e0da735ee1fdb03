package write

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"unicode/utf8"
)

const context = 3 // lines around a difference

// Diff prints what a commit would change, as a unified diff for reading:
// control characters are escaped, so that nothing in a file can steer the
// terminal.
func (c *Changes) Diff(w io.Writer) error {
	root, err := os.OpenRoot(c.dir)
	if err == nil {
		defer root.Close()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return c.cannot("read", "", err)
	}
	b := bufio.NewWriter(w)
	for i := range c.changes {
		ch := &c.changes[i]
		var old []byte
		from, to := quote(c.display(ch.Path)), quote(c.display(ch.Path))
		switch {
		case ch.Kind == Create:
			from = "/dev/null"
		case !ch.seen.Mode().IsRegular():
			from += " (" + standing(ch.seen.Mode()) + ")"
		default:
			if old, err = root.ReadFile(ch.Path); err != nil {
				return c.cannot("read", ch.Path, err)
			}
		}
		if ch.Kind == Remove {
			to = "/dev/null"
		}
		if bytes.IndexByte(old, 0) >= 0 || bytes.IndexByte(ch.data, 0) >= 0 {
			fmt.Fprintf(b, "binary files %s and %s differ\n", from, to)
			continue
		}
		fmt.Fprintf(b, "--- %s\n+++ %s\n", from, to)
		unified(b, lines(old), lines(ch.data))
	}
	return b.Flush()
}

// lines splits text, keeping line breaks.
func lines(text []byte) []string {
	var all []string
	for l := range bytes.Lines(text) {
		all = append(all, string(l))
	}
	return all
}

// unified prints the hunks between two texts.
func unified(b *bufio.Writer, old, new []string) {
	edits := compareLines(old, new)
	for i := 0; i < len(edits); {
		// A hunk ends where more than twice the context is common.
		j := i + 1
		for j < len(edits) && edits[j].a-edits[j-1].aEnd <= 2*context {
			j++
		}
		first, last := edits[i], edits[j-1]
		before := min(context, first.a)
		after := min(context, len(old)-last.aEnd)
		fmt.Fprintf(b, "@@ -%s +%s @@\n",
			span(first.a-before, last.aEnd+after), span(first.b-before, last.bEnd+after))
		at := first.a - before
		for _, e := range edits[i:j] {
			printLines(b, ' ', old[at:e.a])
			printLines(b, '-', old[e.a:e.aEnd])
			printLines(b, '+', new[e.b:e.bEnd])
			at = e.aEnd
		}
		printLines(b, ' ', old[at:at+after])
		i = j
	}
}

// span gives lines start to end as a hunk's header does: from 1, except that
// an empty span names the line before it.
func span(start, end int) string {
	switch end - start {
	case 0:
		return strconv.Itoa(start) + ",0"
	case 1:
		return strconv.Itoa(start + 1)
	}
	return strconv.Itoa(start+1) + "," + strconv.Itoa(end-start)
}

func printLines(b *bufio.Writer, mark byte, lines []string) {
	for _, l := range lines {
		b.WriteByte(mark)
		text, broken := l, false
		if l[len(l)-1] == '\n' {
			text, broken = l[:len(l)-1], true
		}
		sanitise(b, text)
		b.WriteByte('\n')
		if !broken {
			b.WriteString("\\ No newline at end of file\n")
		}
	}
}

// sanitise prints text with everything that is not printable escaped, also
// what reorders text on the screen.
func sanitise(b *bufio.Writer, s string) {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(b, `\x%02x`, s[0])
		case r == '\t' || strconv.IsPrint(r):
			b.WriteString(s[:size])
		default:
			q := strconv.QuoteRune(r)
			b.WriteString(q[1 : len(q)-1])
		}
		s = s[size:]
	}
}
