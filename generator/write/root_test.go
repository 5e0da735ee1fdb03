package write

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/tree"
)

func TestPaths(t *testing.T) {
	for _, p := range []string{"", ".", "..", "../x", "a/../b", "/x", "a//b", "a/", "./a", `a\b`, `..\x`, "a\x00", "a/\xff",
		LockName, tempName(), "a/" + tempName()} {
		dir := filepath.Join(t.TempDir(), "out")
		if _, _, err := Compare(dir, tree.Tree{{Path: p}}, Options{}); err == nil {
			t.Errorf("%q was taken", p)
		}
	}
	for _, tr := range []tree.Tree{
		{{Path: "a"}, {Path: "a"}}, {{Path: "a"}, {Path: "a/b"}}, {{Path: "a/b/c"}, {Path: "a/b"}}, {{Path: "a/b/c"}, {Path: "a"}},
	} {
		if _, _, err := Compare(t.TempDir(), tr, Options{}); err == nil {
			t.Errorf("%v was taken", tr)
		}
	}
	odd := files{"a b": "1", "ä\n": "2", `"q"`: "3", "<<<<<<< x": "4", "=======": "5", "-": "6", ".hidden": "7", "...": "8", "a\x1b[1m": "9"}
	dir := t.TempDir()
	build(t, dir, odd)
	build(t, dir, files{})
	expect(t, dir, files{}, nil)
}

func TestOutputIsFile(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "out", "mine")
	_, d := compare(t, filepath.Join(dir, "out"), small, true)
	if len(d) != 1 || d[0].Code != CodeBlocked || d[0].Position.File != "out" {
		t.Error(d)
	}
}

func TestSymlinks(t *testing.T) {
	outside := files{"values.yaml": "theirs", "d/values.yaml": "theirs"}
	setup := func(t *testing.T) (dir, out string) {
		out = t.TempDir()
		for p, text := range outside {
			put(t, out, p, text)
		}
		return t.TempDir(), out
	}
	want := files{"kind/values.yaml": "theirs"} // the same bytes, so that following would adopt

	t.Run("file", func(t *testing.T) {
		dir, out := setup(t)
		os.Mkdir(filepath.Join(dir, "kind"), 0o755)
		link(t, filepath.Join(out, "values.yaml"), dir, "kind/values.yaml")
		refused(t, dir, want, "TG901 kind/values.yaml")
		commit(t, dir, want, true)
		expect(t, dir, want, nil)
		same(t, read(t, out), outside)
	})
	t.Run("directory", func(t *testing.T) {
		dir, out := setup(t)
		link(t, filepath.Join(out, "d"), dir, "kind")
		refused(t, dir, want, "TG901 kind")
		commit(t, dir, want, true)
		expect(t, dir, want, nil)
		same(t, read(t, out), outside)
	})
	t.Run("inside", func(t *testing.T) {
		dir, _ := setup(t)
		put(t, dir, "mine/values.yaml", "mine")
		link(t, "mine", dir, "kind")
		refused(t, dir, want, "TG901 kind")
		commit(t, dir, want, true)
		expect(t, dir, want, files{"mine/values.yaml": "mine"})
	})
	t.Run("prune", func(t *testing.T) {
		dir, out := setup(t)
		build(t, dir, files{"d/values.yaml": "theirs", "values.yaml": "theirs"})
		os.RemoveAll(filepath.Join(dir, "d"))
		os.Remove(filepath.Join(dir, "values.yaml"))
		link(t, filepath.Join(out, "d"), dir, "d")
		link(t, filepath.Join(out, "values.yaml"), dir, "values.yaml")
		build(t, dir, files{})
		same(t, read(t, out), outside)
		expect(t, dir, files{}, files{"d": "-> " + filepath.Join(out, "d"), "values.yaml": "-> " + filepath.Join(out, "values.yaml")})
	})
	t.Run("lock", func(t *testing.T) {
		dir, out := setup(t)
		link(t, filepath.Join(out, "values.yaml"), dir, LockName)
		refused(t, dir, want, "TG901 "+LockName)
		commit(t, dir, want, true)
		expect(t, dir, want, nil)
		same(t, read(t, out), outside)
	})
	t.Run("planted after the comparison", func(t *testing.T) {
		dir, out := setup(t)
		c, _ := compare(t, dir, want, false)
		link(t, filepath.Join(out, "d"), dir, "kind")
		if err := c.Commit(); err == nil || !strings.Contains(err.Error(), "a symbolic link stands") {
			t.Error(err)
		}
		same(t, read(t, out), outside)
	})
	t.Run("root", func(t *testing.T) { // the output directory itself may be a link
		dir, out := setup(t)
		link(t, out, dir, "out")
		build(t, filepath.Join(dir, "out"), want)
		expect(t, out, want, outside)
	})
}

func TestLockIsDirectory(t *testing.T) {
	dir := t.TempDir()
	os.Mkdir(filepath.Join(dir, LockName), 0o755)
	refused(t, dir, small, "TG901 "+LockName)
	if _, d := compare(t, dir, small, true); len(d) != 1 {
		t.Error("force took a directory", d)
	}
}
