package write

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func diffOf(t *testing.T, dir string, want files) string {
	t.Helper()
	c, d := compare(t, dir, want, true)
	if len(d) > 0 {
		t.Fatal(d)
	}
	before := read(t, dir)
	var w bytes.Buffer
	if err := c.Diff(&w); err != nil {
		t.Fatal(err)
	}
	same(t, read(t, dir), before)
	return w.String()
}

func TestDiff(t *testing.T) {
	dir := t.TempDir()
	old := files{"gone": "g\n", "kind/v": "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13", "bin": "\x00a", "esc": "x\n"}
	build(t, dir, old)
	if s := diffOf(t, dir, old); s != "" {
		t.Errorf("a diff of nothing: %s", s)
	}
	put(t, dir, "esc", "a\x1b[31m\r\u202e\xff\t\n") // a hand edit, which the drift shows
	got := diffOf(t, dir, files{"bin": "\x00b", "kind/v": "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n13\n", "a b": "new\n", "esc": "x\n"})
	got = got[:strings.Index(got, "--- out/tracegen.lock")]
	want := `--- /dev/null
+++ "out/a b"
@@ -0,0 +1 @@
+new
binary files out/bin and out/bin differ
--- out/esc
+++ out/esc
@@ -1 +1 @@
-a\x1b[31m\r\u202e\xff	
+x
--- out/gone
+++ /dev/null
@@ -1 +0,0 @@
-g
--- out/kind/v
+++ out/kind/v
@@ -1,3 +1,4 @@
+0
 1
 2
 3
@@ -9,5 +10,4 @@
 9
 10
 11
-12
-13
\ No newline at end of file
+13
`
	if got != want {
		t.Errorf("have:\n%s\nwant:\n%s", got, want)
	}
}

func TestDiffWithoutDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if s := diffOf(t, dir, files{}); s != "--- /dev/null\n+++ out/tracegen.lock\n@@ -0,0 +1 @@\n+tracegen.lock format 1\n" {
		t.Error(s)
	}
}

func diffOfLink(t *testing.T, to string) string {
	dir := t.TempDir()
	link(t, to, dir, "x")
	return diffOf(t, dir, files{"x": "text\n"})
}

func TestDiffOfLink(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := "--- out/x (a symbolic link)\n+++ out/x\n@@ -0,0 +1 @@\n+text\n"
	if s := diffOfLink(t, secret); !strings.HasSuffix(s, want) {
		t.Error(s)
	}
}

// Applying the edits gives the new text, and there are not more of them than
// the longest common subsequence demands.
func TestEdits(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		s := make([]string, rnd.IntN(12))
		for i := range s {
			s[i] = string(rune('a' + rnd.IntN(4)))
		}
		return s
	}
	for range 20000 {
		a, b := text(), text()
		checkEdits(t, a, b, lcs(a, b))
	}
	// More differences than are searched for.
	var a, b []string
	for i := range 3000 {
		a, b = append(a, fmt.Sprint(i)), append(b, fmt.Sprint(-i))
	}
	checkEdits(t, a, b, 1)
}

func checkEdits(t *testing.T, a, b []string, common int) {
	t.Helper()
	var got []string
	at, kept := 0, 0
	for i, e := range compareLines(a, b) {
		if i > 0 && e.a <= at {
			t.Fatalf("%v %v: edits touch", a, b)
		}
		got = append(append(got, a[at:e.a]...), b[e.b:e.bEnd]...)
		kept += e.a - at
		at = e.aEnd
	}
	kept += len(a) - at
	got = append(got, a[at:]...)
	if strings.Join(got, "\n") != strings.Join(b, "\n") || kept != common {
		t.Fatalf("%v to %v gave %v, %d kept of %d", a, b, got, kept, common)
	}
}

func lcs(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			row[j+1] = max(row[j+1], row[j])
			if x == y {
				row[j+1] = diagonal + 1
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// No text can make a hunk that a reader miscounts.
func FuzzUnified(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nc")
	f.Add("", "\x1b[2J")
	f.Fuzz(func(t *testing.T, a, b string) {
		var w bytes.Buffer
		buf := bufio.NewWriter(&w)
		unified(buf, lines([]byte(a)), lines([]byte(b)))
		buf.Flush()
		if (w.Len() == 0) != (a == b) {
			t.Errorf("%q %q: %q", a, b, w.String())
		}
		if strings.ContainsFunc(w.String(), func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
			t.Errorf("control characters in %q", w.String())
		}
	})
}
