package write

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tracegen.dev/internal/unprivileged"
)

// A disk may be full at every step.
func TestFailure(t *testing.T) {
	defer func(s func(string, string) error) { step = s }(step)
	never := func(string, string) error { return nil }
	one := files{"a": "file", "b/c": "c", "keep": "k", "u/v": "old"}
	two := files{"a/x": "x", "keep": "k", "n/m": "new", "u/v": "new"}
	for n := 0; ; n++ {
		dir := t.TempDir()
		step = never
		build(t, dir, one)
		c, _ := compare(t, dir, two, false)
		k := 0
		step = func(op, p string) error {
			if k++; k > n {
				return syscall.ENOSPC
			}
			return nil
		}
		err := c.Commit()
		step = never
		if err == nil {
			if n < 15 {
				t.Errorf("only %d steps", n)
			}
			break
		}
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the next build makes the rest") ||
			!strings.HasPrefix(err.Error(), "cannot write out/") && !strings.HasPrefix(err.Error(), "cannot remove out/") {
			t.Error(err)
		}
		for p := range read(t, dir) {
			if strings.Contains(p, tempStart) {
				t.Errorf("step %d left %s", n, p)
			}
		}
		build(t, dir, two)
		expect(t, dir, two, nil)
	}
}

// No step is taken without need: the lock is written twice only if something
// that stood before must be known until the end.
func TestSteps(t *testing.T) {
	defer func(s func(string, string) error) { step = s }(step)
	dir := t.TempDir()
	for _, c := range []struct {
		want  files
		steps string
	}{
		{files{"a": "1", "d/b": "2"}, "create tracegen.lock, rename tracegen.lock, create a, rename a, mkdir d, create d/b, rename d/b"},
		{files{"a": "1", "d/b": "2"}, ""},
		{files{"a": "1", "d/b": "2", "d/c": "3"}, "create tracegen.lock, rename tracegen.lock, create d/c, rename d/c"},
		{files{"a": "1", "d/b": "9", "d/c": "3"},
			"create tracegen.lock, rename tracegen.lock, create d/b, rename d/b, create tracegen.lock, rename tracegen.lock"},
		{files{"a": "1"}, "remove d/b, remove d/c, rmdir d, create tracegen.lock, rename tracegen.lock"},
	} {
		var got []string
		step = func(op, p string) error { got = append(got, op+" "+p); return nil }
		build(t, dir, c.want)
		if strings.Join(got, ", ") != c.steps {
			t.Errorf("steps %q", got)
		}
	}
}

func TestFailedWrite(t *testing.T) {
	defer func(s func(*os.File, []byte) error) { store = s }(store)
	dir := t.TempDir()
	build(t, dir, small)
	c, _ := compare(t, dir, other, false)
	store = func(f *os.File, data []byte) error { f.Write(data[:1]); return syscall.ENOSPC }
	if err := c.Commit(); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "0 of 4") {
		t.Error(err)
	}
	expect(t, dir, small, nil)
}

func TestReadOnly(t *testing.T) {
	if !unprivileged.Test(t) {
		return
	}
	dir := t.TempDir()
	build(t, dir, small)
	os.Chmod(dir, 0o555)
	defer os.Chmod(dir, 0o755)
	c, _ := compare(t, dir, other, false)
	if err := c.Commit(); err == nil {
		t.Error("no error")
	}
	expect(t, dir, small, nil)
}

func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	name := ".tracegen-ABCDEFGHIJKLMNOPQRSTUVWX23.tmp"
	users := files{".tracegen-mine.tmp": "m", "kind/.tracegen-abcdefghijklmnopqrstuvwx23.tmp": "m", "own/" + name: "m"}
	for p, text := range users {
		put(t, dir, p, text)
	}
	put(t, dir, name, "half")
	put(t, dir, "kind/tempo/"+name, "half")
	os.Mkdir(filepath.Join(dir, "kind", name), 0o755)
	users["kind/"+name+"/"] = ""
	build(t, dir, other)
	expect(t, dir, other, users)
}

// Somebody else changes the directory between the comparison and the commit.
func TestChangedMeanwhile(t *testing.T) {
	third := files{"base/tempo/values.yaml": "a: 1\n", "third": "3"}
	for name, c := range map[string]struct {
		meanwhile func(t *testing.T, dir string)
		lost      string // what must be told, or ""
	}{
		"the same build":  {func(t *testing.T, dir string) { build(t, dir, other) }, ""},
		"another build":   {func(t *testing.T, dir string) { build(t, dir, third) }, ""},
		"removed":         {func(t *testing.T, dir string) { os.RemoveAll(dir) }, ""},
		"edited":          {func(t *testing.T, dir string) { put(t, dir, "base/tempo/values.yaml", "edit") }, "base/tempo/values.yaml"},
		"edited, to go":   {func(t *testing.T, dir string) { put(t, dir, "kind/tempo/values.yaml", "edit") }, "kind/tempo/values.yaml"},
		"file created":    {func(t *testing.T, dir string) { put(t, dir, "prod/values.yaml", "mine") }, "prod/values.yaml"},
		"user adds files": {func(t *testing.T, dir string) { put(t, dir, "kind/tempo/mine", "mine") }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			build(t, dir, small)
			ch, _ := compare(t, dir, other, false)
			c.meanwhile(t, dir)
			before := read(t, dir)
			err := ch.Commit()
			if c.lost != "" {
				if err == nil || !strings.Contains(err.Error(), c.lost) {
					t.Error(err)
				}
				same(t, read(t, dir), before)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			users := files{}
			if text, ok := before["kind/tempo/mine"]; ok {
				users["kind/tempo/mine"] = text
			}
			expect(t, dir, other, users)
		})
	}
}
