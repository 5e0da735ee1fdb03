package write

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/tree"
)

// files is a tree, or what stands in a directory.
type files map[string]string

func (f files) tree() tree.Tree {
	var t tree.Tree
	for _, p := range slices.Sorted(maps.Keys(f)) {
		t = append(t, tree.Output{Path: p, Data: []byte(f[p])})
	}
	return t
}

// lockOf gives the lock of a tree, by other means than the package's.
func (f files) lockOf() string {
	s := "tracegen.lock format 1\n"
	for _, p := range slices.Sorted(maps.Keys(f)) {
		s += p + " " + hash(f[p]) + "\n"
	}
	return s
}

func hash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// read gives every file below dir, links as what they point to, and empty
// directories with a slash at the end.
func read(t testing.TB, dir string) files {
	t.Helper()
	f := files{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if p == dir && errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		rel = filepath.ToSlash(rel)
		switch {
		case e.IsDir():
			if inside, err := os.ReadDir(p); err != nil || len(inside) == 0 {
				f[rel+"/"] = ""
			}
		case e.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(p)
			f[rel] = "-> " + to
			return err
		default:
			b, err := os.ReadFile(p)
			f[rel] = string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func put(t testing.TB, dir, p, text string) {
	t.Helper()
	at := filepath.Join(dir, filepath.FromSlash(p))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func link(t testing.TB, to, dir, p string) {
	t.Helper()
	if err := os.Symlink(to, filepath.Join(dir, p)); err != nil {
		t.Fatal(err)
	}
}

func compare(t testing.TB, dir string, want files, force bool) (*Changes, []diag.Diagnostic) {
	t.Helper()
	c, d, err := Compare(dir, want.tree(), Options{Force: force, Display: "out"})
	if err != nil {
		t.Fatal(err)
	}
	if (c == nil) != (len(d) > 0) {
		t.Fatalf("changes %v beside diagnostics %v", c, d)
	}
	return c, d
}

func build(t testing.TB, dir string, want files) {
	t.Helper()
	commit(t, dir, want, false)
}

func commit(t testing.TB, dir string, want files, force bool) {
	t.Helper()
	c, d := compare(t, dir, want, force)
	if len(d) > 0 {
		t.Fatalf("diagnostics: %+v", d)
	}
	if err := c.Commit(); err != nil {
		t.Fatal(err)
	}
	if c, d := compare(t, dir, want, false); len(d) > 0 || !c.Empty() {
		t.Fatalf("after a commit there are still %v %v", changeList(c), d)
	}
}

// changeList prints changes.
func changeList(c *Changes) string {
	var s []string
	for _, ch := range c.List() {
		s = append(s, ch.Kind.String()+" "+ch.Path)
	}
	return strings.Join(s, ", ")
}

// expect demands that dir holds the tree, its lock, and the user's files, and
// nothing else.
func expect(t testing.TB, dir string, want, users files) {
	t.Helper()
	all := maps.Clone(want)
	maps.Copy(all, users)
	all[LockName] = want.lockOf()
	same(t, read(t, dir), all)
}

func same(t testing.TB, got, want files) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	for p, text := range want {
		if g, ok := got[p]; !ok || g != text {
			t.Errorf("%s: have %q (%v), want %q", p, g, ok, text)
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok {
			t.Errorf("%s should not be there", p)
		}
	}
	t.FailNow()
}

// refused demands exactly these diagnostics, each given as "CODE path", and
// that nothing changed.
func refused(t testing.TB, dir string, want files, diags ...string) []diag.Diagnostic {
	t.Helper()
	before := read(t, dir)
	_, d := compare(t, dir, want, false)
	var got []string
	for _, d := range d {
		got = append(got, d.Code+" "+d.Path)
		if d.Position.Line < 1 || d.Position.Column != 1 || d.Message == "" || d.Help == "" ||
			d.Position.File != strings.TrimSuffix("out/"+d.Path, "/") {
			t.Errorf("not a whole diagnostic: %+v", d)
		}
	}
	if !slices.Equal(got, diags) {
		t.Fatalf("diagnostics %q, want %q", got, diags)
	}
	same(t, read(t, dir), before)
	return d
}
