package write

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func many() files {
	f := files{}
	for i := range 20 {
		f[fmt.Sprintf("kind/part%02d/values.yaml", i)] = fmt.Sprintf("# made\na: %d\n", i)
	}
	return f
}

// A lost lock is one finding, however many files it was about.
func TestLostLock(t *testing.T) {
	next := many()
	for p := range next {
		next[p] += "changed: true\n"
	}
	for message, lose := range map[string]func(dir string){
		"there is no tracegen.lock, so": func(dir string) { os.Remove(filepath.Join(dir, LockName)) },
		"tracegen.lock is empty, so":    func(dir string) { os.Truncate(filepath.Join(dir, LockName), 0) },
	} {
		dir := t.TempDir()
		build(t, dir, many())
		lose(dir)
		d := refused(t, dir, next, "TG904 tracegen.lock")
		if !strings.HasPrefix(d[0].Message, message) || !strings.Contains(d[0].Message, "20 files") || len(d[0].Related) != 5 {
			t.Errorf("%+v", d[0])
		}
		commit(t, dir, next, true)
		expect(t, dir, next, nil)
	}
	dir := t.TempDir()
	build(t, dir, many())
	put(t, dir, LockName, "not a lock\n")
	refused(t, dir, next, "TG902 tracegen.lock")
	put(t, dir, LockName, headerStart+"2\n")
	refused(t, dir, next, "TG903 tracegen.lock")
}

// Git may convert the line ends of a whole tree.
func TestLineEnds(t *testing.T) {
	next := many()
	next["kind/part03/values.yaml"] = "changed\n"
	delete(next, "kind/part04/values.yaml")
	dir := t.TempDir()
	build(t, dir, many())
	for p, text := range read(t, dir) {
		put(t, dir, p, strings.ReplaceAll(text, "\n", "\r\n"))
	}
	d := refused(t, dir, next, "TG905 kind/part00/values.yaml")
	if !strings.Contains(d[0].Message, "of 20 files") || !strings.Contains(d[0].Help, "`/out/** -text`") ||
		!strings.Contains(d[0].Help, "`tracegen build --force`") {
		t.Errorf("%+v", d[0])
	}
	put(t, dir, "kind/part07/values.yaml", "edited\r\n")
	refused(t, dir, next, "TG905 kind/part00/values.yaml", "TG900 kind/part07/values.yaml")
	commit(t, dir, next, true)
	expect(t, dir, next, nil)
}

func TestDanglingOutput(t *testing.T) {
	dir := t.TempDir()
	link(t, filepath.Join(dir, "nowhere"), dir, "out")
	_, d := compare(t, filepath.Join(dir, "out"), small, true)
	if len(d) != 1 || d[0].Code != CodeBlocked || !strings.Contains(d[0].Message, "a symbolic link to nothing") {
		t.Error(d)
	}
	link(t, "nowhere", dir, "a")
	c, _ := compare(t, filepath.Join(dir, "a", "out"), small, false)
	if err := c.Commit(); err == nil || err.Error() != "cannot make out: file exists" {
		t.Error(err)
	}
}

// Errors name what the user knows: neither system calls nor temporary files.
func TestPlainErrors(t *testing.T) {
	defer func(s func(string, string) error) { step = s }(step)
	for op, failure := range map[string]error{
		"create": &fs.PathError{Op: "openat", Path: tempName(), Err: syscall.EACCES},
		"rename": &os.LinkError{Op: "renameat", Old: tempName(), New: "values.yaml", Err: syscall.EACCES},
	} {
		dir := t.TempDir()
		c, _ := compare(t, dir, small, false)
		step = func(o, p string) error {
			if o == op && p == "base/tempo/values.yaml" {
				return failure
			}
			return nil
		}
		err := c.Commit()
		step = func(string, string) error { return nil }
		if err == nil || !strings.HasPrefix(err.Error(), "cannot write out/base/tempo/values.yaml: permission denied; 0 of 4") {
			t.Error(err)
		}
	}
}

func TestLockOnly(t *testing.T) {
	lock := small.lockOf()
	for stands, want := range map[string]string{
		lock: "",
		"":   "is empty",
		lock + "kind/tempo/values.yaml " + hash("other") + "\n": "lists more than it should",
		lock + "gone/values.yaml " + hash("gone") + "\n":        "lists more than it should",
		header + "\n":                          "is not as tracegen writes it",
		strings.ReplaceAll(lock, "\n", "\r\n"): "is not as tracegen writes it",
	} {
		dir := t.TempDir()
		build(t, dir, small)
		put(t, dir, LockName, stands)
		if c, _ := compare(t, dir, small, false); c.LockOnly() != want {
			t.Errorf("with %q: %q, want %q", stands, c.LockOnly(), want)
		}
	}
	dir := t.TempDir()
	build(t, dir, small)
	if c, _ := compare(t, dir, other, false); c.LockOnly() != "" {
		t.Error(c.LockOnly())
	}
	os.Remove(filepath.Join(dir, LockName))
	if c, _ := compare(t, dir, small, false); c.LockOnly() != "is missing" {
		t.Error(c.LockOnly())
	}
}

func TestOwned(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if got := Owned(dir); got != nil {
		t.Error(got)
	}
	build(t, dir, files{"base/a": "1", "kind/b/c": "2", "top": "3"})
	put(t, dir, "mine/x", "x")
	if got := Owned(dir); !slices.Equal(got, []string{"base", "kind"}) {
		t.Error(got)
	}
}
