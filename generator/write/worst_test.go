package write

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"testing"

	"tracegen.dev/internal/bounded"
)

// TestWorst reads a megabyte of what takes longest, as a lock, as a file that a
// merge left, and as one that differs from what it should be.
func TestWorst(t *testing.T) {
	n := bounded.Megabyte
	numbers := func(from, step int) string {
		var b strings.Builder
		for i := from; b.Len() < n; i += step {
			fmt.Fprintln(&b, i)
		}
		return b.String()
	}
	one, other := numbers(0, 2), numbers(1, 2)
	for name, text := range map[string]string{
		"numbers": one, "empty lines": strings.Repeat("\n", n), "markers": strings.Repeat("<<<<<<< a\n", n/10),
		"sides": strings.Repeat("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", n/32), "open": strings.Repeat("<<<<<<< a\n=======\n", n/18),
		"entries": strings.Repeat("a "+hash("a")+"\n", n/67), "quotes": strings.Repeat(`"`, n), "NUL": strings.Repeat("\x00", n),
		"one line": strings.Repeat("x", n), "few": strings.Repeat("a\nb\n", n/4),
	} {
		t.Run(name, func(t *testing.T) {
			bounded.Run(t, len(text), func() {
				for _, lock := range []string{text, header + "\n" + text} {
					c := &comparison{}
					c.parseLock([]byte(lock))
				}
			})
			bounded.Run(t, len(text), func() { sides([]byte(text)) })
			for _, against := range []string{other, "", strings.Repeat("b\na\n", n/4)} {
				bounded.Run(t, len(text)+len(against), func() {
					w := bufio.NewWriter(io.Discard)
					unified(w, lines([]byte(text)), lines([]byte(against)))
					w.Flush()
				})
			}
		})
	}
}

// FuzzParseLock wants no panic, whatever stands in a lock or in a file of it.
func FuzzParseLock(f *testing.F) {
	entry := "a " + hash("a") + "\n"
	f.Add([]byte(header + "\n" + entry))
	f.Add([]byte(header + "\n<<<<<<< a\n" + entry + "||||||| b\n=======\n\"\\x00\" " + hash("b") + "\n>>>>>>> c\n"))
	f.Add([]byte(headerStart + "2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded.Run(t, len(data), func() {
			c := &comparison{}
			l := c.parseLock(data)
			again := c.parseLock(l.format())
			if len(again) != len(l) {
				t.Errorf("%q and %q", l, again)
			}
			sides(data)
		})
	})
}
