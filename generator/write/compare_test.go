package write

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	small = files{"base/tempo/values.yaml": "a: 1\n", "kind/kustomization.yaml": "k\n", "kind/tempo/values.yaml": "b: 2\n"}
	other = files{"base/tempo/values.yaml": "a: 3\n", "kind/kustomization.yaml": "k\n", "prod/values.yaml": "c\n"}
)

func TestBuilds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "out")
	users := files{"README.md": "mine", "kind/secret.sops.yaml": "mine"}
	build(t, dir, small)
	for p, text := range users {
		put(t, dir, p, text)
	}
	expect(t, dir, small, users)

	c, _ := compare(t, dir, other, false)
	want := "update base/tempo/values.yaml, remove kind/tempo/values.yaml, create prod/values.yaml, update tracegen.lock"
	if changeList(c) != want {
		t.Errorf("changes %q", changeList(c))
	}
	build(t, dir, other)
	expect(t, dir, other, users) // and kind/tempo is gone

	build(t, dir, files{})
	expect(t, dir, files{}, users)
	os.Remove(filepath.Join(dir, "README.md"))
	os.RemoveAll(filepath.Join(dir, "kind"))
	build(t, dir, small)
	build(t, dir, files{})
	expect(t, dir, files{}, nil) // the root stays
}

func TestCompareWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	compare(t, dir, small, true)
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("the directory was made")
	}
}

func TestUntouched(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	long := time.Now().Add(-time.Hour)
	names := []string{"base/tempo/values.yaml", "kind/kustomization.yaml", "kind/tempo/values.yaml", LockName, "kind"}
	before := map[string]os.FileInfo{}
	for _, p := range names {
		os.Chtimes(filepath.Join(dir, p), long, long)
		before[p], _ = os.Stat(filepath.Join(dir, p))
	}
	touched := func() string {
		s := ""
		for _, p := range names {
			info, err := os.Stat(filepath.Join(dir, p))
			if err != nil || !os.SameFile(info, before[p]) || !info.ModTime().Equal(before[p].ModTime()) {
				s += " " + p
			}
		}
		return s
	}
	build(t, dir, small)
	if s := touched(); s != "" {
		t.Error("a build that changes nothing touched", s)
	}
	build(t, dir, files{"base/tempo/values.yaml": "a: 9\n", "kind/kustomization.yaml": "k\n", "kind/tempo/values.yaml": "b: 2\n"})
	if s := touched(); s != " base/tempo/values.yaml tracegen.lock" {
		t.Error("a build that changes one file touched", s)
	}
}

func TestModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	build(t, dir, small)
	for p, want := range map[string]os.FileMode{"kind": 0o755, "kind/tempo/values.yaml": 0o644, LockName: 0o644} {
		info, err := os.Stat(filepath.Join(dir, p))
		if err != nil || info.Mode().Perm()&^want != 0 || info.Mode().Perm()&0o600 != 0o600 {
			t.Errorf("%s: %v %v", p, info.Mode(), err)
		}
	}
}

func TestForeign(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	put(t, dir, "prod/values.yaml", "mine")
	refused(t, dir, other, "TG900 prod/values.yaml")
	os.RemoveAll(filepath.Join(dir, "prod"))
	put(t, dir, "kind/tempo/values.yaml", "edited")
	put(t, dir, "base/tempo/values.yaml", "edited, too")
	d := refused(t, dir, small, "TG900 base/tempo/values.yaml", "TG900 kind/tempo/values.yaml")
	if !strings.Contains(d[0].Message, "changed since") || !strings.Contains(d[0].Message, "overwrite") {
		t.Error(d[0].Message)
	}
	if !strings.HasSuffix(d[0].Help, "; `tracegen build --force` overwrites it") {
		t.Error(d[0].Help)
	}
	d = refused(t, dir, files{"base/tempo/values.yaml": "edited, too"}, "TG900 kind/tempo/values.yaml")
	if !strings.Contains(d[0].Message, "remove it") || !strings.HasSuffix(d[0].Help, "--force` removes it") {
		t.Error(d[0])
	}
	// The edit of a file is no edit if it is what the tree says now.
	build(t, dir, files{"base/tempo/values.yaml": "edited, too", "kind/tempo/values.yaml": "edited"})

	put(t, dir, "kind/tempo/values.yaml", "edited again")
	put(t, dir, "note", "mine")
	commit(t, dir, other, true)
	expect(t, dir, other, files{"note": "mine"})
}

// Without a lock, what is as it should be is adopted.
func TestAdopted(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	os.Remove(filepath.Join(dir, LockName))
	refused(t, dir, other, "TG904 tracegen.lock")
	c, _ := compare(t, dir, small, false)
	if changeList(c) != "create tracegen.lock" {
		t.Error(changeList(c))
	}
	build(t, dir, small)
	expect(t, dir, small, nil)
}

// What a power cut may leave.
func TestEmptyFiles(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	put(t, dir, "base/tempo/values.yaml", "")
	put(t, dir, "kind/tempo/values.yaml", "")
	build(t, dir, other)
	expect(t, dir, other, nil)
	put(t, dir, LockName, "")
	put(t, dir, "prod/values.yaml", "")
	build(t, dir, other)
	expect(t, dir, other, nil)
	put(t, dir, "kind/mine", "")
	build(t, dir, files{})
	expect(t, dir, files{}, files{"kind/mine": ""})
	refused(t, dir, files{"kind/mine/x": "x"}, "TG900 kind/mine")
}

func TestLostFilesComeBack(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	os.RemoveAll(filepath.Join(dir, "kind"))
	build(t, dir, small)
	expect(t, dir, small, nil)
	os.RemoveAll(filepath.Join(dir, "kind", "tempo"))
	build(t, dir, other) // what it should remove is gone already
	expect(t, dir, other, nil)
}

func TestFileAndDirectorySwap(t *testing.T) {
	one := files{"a": "file", "b/c/d": "deep", "b/e": "e"}
	two := files{"a/x/y": "now below", "a/z": "z", "b": "now a file"}
	dir := t.TempDir()
	for range 2 {
		build(t, dir, one)
		expect(t, dir, one, nil)
		build(t, dir, two)
		expect(t, dir, two, nil)
	}
	put(t, dir, "a/x/mine", "mine")
	put(t, dir, "b", "edited")
	d := refused(t, dir, one, "TG901 a", "TG900 b")
	if !strings.Contains(d[0].Message, "out/a/x") {
		t.Error(d[0].Message)
	}
	if _, d := compare(t, dir, one, true); len(d) != 1 || d[0].Code != CodeBlocked {
		t.Error("force took a directory", d)
	}
	os.Remove(filepath.Join(dir, "a/x/mine"))
	commit(t, dir, one, true)
	expect(t, dir, one, nil)
}

func TestForeignKeepsDirectory(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, files{"a/b/c": "1", "a/b/d/e": "2", "f/g": "3"})
	put(t, dir, "a/b/mine", "m")
	os.Mkdir(filepath.Join(dir, "f", "empty"), 0o755)
	build(t, dir, files{})
	expect(t, dir, files{}, files{"a/b/mine": "m", "f/empty/": ""})
}
