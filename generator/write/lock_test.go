package write

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLockBytes(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, files{"b": "2", "a/c": "1", "a b": "", "ä\"\n": "3"})
	want := "tracegen.lock format 1\n" +
		"\"a b\" e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n" +
		"a/c 6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\n" +
		"b d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35\n" +
		`"ä\"\n" 4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce` + "\n"
	if got := read(t, dir)[LockName]; got != want {
		t.Errorf("lock:\n%swant:\n%s", got, want)
	}
}

// A lock knows every path that may stand in a tree.
func FuzzLock(f *testing.F) {
	for _, p := range []string{"a/b", "a b", `"`, `a"b`, "ü", "<<<<<<< HEAD", "a\nb", "\u202e", headerStart + "2"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if checkPath(p) != nil {
			return
		}
		l := lock{p: {sum{1}, sum{2}}, "z": {sum{3}}}
		c := &comparison{}
		back := c.parseLock(l.format())
		if c.diags.Len() > 0 || len(back) != len(l) || len(back[p]) != len(l[p]) {
			t.Errorf("%q: %v %v", p, back, c.diags.Sorted())
		}
	})
}

func TestLockConflict(t *testing.T) {
	for name, base := range map[string]string{"merge": "", "diff3": "||||||| 1234567\nv " + hash("base") + "\n"} {
		t.Run(name, func(t *testing.T) {
			lock := "tracegen.lock format 1\na " + hash("a") + "\n<<<<<<< HEAD\nv " + hash("ours") + "\nw " + hash("w") +
				"\n" + base + "=======\nv " + hash("theirs") + "\n>>>>>>> branch\n"
			for _, stands := range []string{"ours", "theirs", "base"} {
				dir := t.TempDir()
				put(t, dir, LockName, lock)
				put(t, dir, "a", "a")
				put(t, dir, "v", stands)
				put(t, dir, "w", "w")
				want := files{"a": "a", "v": "new"}
				if stands == "base" && base == "" {
					refused(t, dir, want, "TG900 v")
					continue
				}
				build(t, dir, want)
				expect(t, dir, want, nil)
			}
		})
	}
}

// Files that both sides of a merge added have markers around the whole lock.
func TestLockConflictAround(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, LockName, "<<<<<<< HEAD\r\n"+strings.ReplaceAll(files{"a": "1"}.lockOf(), "\n", "\r\n")+"=======\n"+
		files{"b": "2"}.lockOf()+">>>>>>> branch with spaces\n")
	put(t, dir, "a", "1")
	put(t, dir, "b", "2")
	build(t, dir, files{"c": "3"})
	expect(t, dir, files{"c": "3"}, nil)
}

func TestFileConflict(t *testing.T) {
	ours, theirs := "top\nours 1\nmid\nours 2\nend\n", "top\ntheirs 1\nmid\nend\n"
	marked := "top\n<<<<<<< HEAD\nours 1\n=======\ntheirs 1\n>>>>>>> b\nmid\n<<<<<<< HEAD\nours 2\n=======\n>>>>>>> b\nend\n"
	diff3 := "top\n<<<<<<< HEAD\nours 1\n||||||| 12ab\nbase\n=======\ntheirs 1\n>>>>>>> b\nmid\n<<<<<<< HEAD\nours 2\n|||||||\n=======\n>>>>>>> b\nend\n"
	lockOf := func(versions ...string) string {
		s := header + "\n"
		for _, v := range versions {
			s += "v " + hash(v) + "\n"
		}
		return s
	}
	for _, c := range []struct {
		name, file, lock, want string
		heals                  bool
	}{
		{"both known", marked, lockOf(ours, theirs), "new\n", true},
		{"diff3", diff3, lockOf(ours, theirs), "new\n", true},
		{"one is new", marked, lockOf(theirs), ours, true},
		{"one unknown", marked, lockOf(ours), "new\n", false},
		{"edited outside", strings.Replace(marked, "mid", "my edit", 1), lockOf(ours, theirs), "new\n", false},
		{"edited inside", strings.Replace(marked, "theirs 1", "my edit", 1), lockOf(ours, theirs), "new\n", false},
		{"unfinished", strings.TrimSuffix(marked, ">>>>>>> b\nend\n"), lockOf(ours, theirs), "new\n", false},
		{"unfinished, else known", strings.TrimSuffix(marked, ">>>>>>> b\nend\n"),
			lockOf(strings.TrimSuffix(ours, "end\n"), strings.TrimSuffix(theirs, "end\n")), "new\n", false},
		{"out of order", strings.Replace(marked, "=======", ">>>>>>> b", 1), lockOf(ours, theirs), "new\n", false},
		{"not in the lock", marked, header + "\n", ours, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, LockName, c.lock)
			put(t, dir, "v", c.file)
			want := files{"v": c.want}
			if !c.heals {
				refused(t, dir, want, "TG900 v")
				return
			}
			build(t, dir, want)
			expect(t, dir, want, nil)
			put(t, dir, LockName, c.lock)
			put(t, dir, "v", c.file)
			if !strings.Contains(c.lock, hash(ours)) {
				return
			}
			build(t, dir, files{}) // the same for a file that goes
			expect(t, dir, files{}, nil)
		})
	}
}

func TestHostileLock(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	put(t, parent, "x", "outside")
	abs := filepath.Join(parent, "x")
	put(t, dir, LockName, header+"\n../x "+hash("outside")+"\n"+abs+" "+hash("outside")+"\n"+
		"a/../../x "+hash("outside")+"\n\"..\\\\x\" "+hash("outside")+"\nold "+hash("old")+"\nold "+hash("old")+"\n"+
		"rubbish\n\"unclosed\nshort abcd\n"+LockName+" "+hash("")+"\n\n")
	put(t, dir, "old", "old")
	d := refused(t, dir, small, "TG902 tracegen.lock", "TG902 tracegen.lock", "TG902 tracegen.lock", "TG902 tracegen.lock",
		"TG902 tracegen.lock", "TG902 tracegen.lock", "TG902 tracegen.lock", "TG902 tracegen.lock", "TG902 tracegen.lock")
	for i, line := range []int{2, 3, 4, 5, 8, 9, 10, 11, 12} {
		if d[i].Position.Line != line || !strings.Contains(d[i].Help, "delete") || !strings.Contains(d[i].Help, "--force") {
			t.Errorf("%+v, want line %d", d[i], line)
		}
	}
	commit(t, dir, small, true)
	expect(t, dir, small, nil)
	if b, err := os.ReadFile(abs); string(b) != "outside" {
		t.Error(string(b), err)
	}
}

func TestOtherLocks(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	put(t, dir, LockName, "# a lock of somebody else's\n")
	refused(t, dir, small, "TG902 tracegen.lock")
	commit(t, dir, small, true)
	for _, s := range []string{"tracegen.lock format 2\nwhatever\n", "<<<<<<< a\ntracegen.lock format 10\n=======\n" + header + "\n>>>>>>> b\n"} {
		put(t, dir, LockName, s)
		d := refused(t, dir, small, "TG903 tracegen.lock")
		if !strings.Contains(d[0].Help, "newer tracegen") {
			t.Error(d[0].Help)
		}
		if _, d := compare(t, dir, small, true); len(d) != 1 {
			t.Error("force dropped the lock of a newer tracegen", d)
		}
	}
}
