//go:build linux

package stamp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tree makes files, and a witness that has seen all of them.
func tree(t *testing.T) (dir string, w *Witness) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir, w = t.TempDir(), New()
	write(t, dir, "profiles/kind.cue", "a: 1\n")
	write(t, dir, "elsewhere.cue", "b: 1\n")
	if err := os.Symlink("../elsewhere.cue", filepath.Join(dir, "profiles", "link.cue")); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"profiles", "profiles/kind.cue", "profiles/link.cue", "absent", "profiles/kind.cue/below"} {
		w.See(filepath.Join(dir, p))
	}
	w.Find(filepath.Join(dir, ".git"))
	return dir, w
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// later is a build that began when everything was old.
func later() time.Time { return time.Now().Add(2 * margin) }

func TestUnchanged(t *testing.T) {
	dir, w := tree(t)
	if _, ok := Result(dir); ok {
		t.Error("there is a result before there is a stamp")
	}
	w.Save(dir, "fine", later())
	if got, ok := Result(dir); !ok || got != "fine" {
		t.Errorf("%q, %t", got, ok)
	}
	if _, ok := Result(dir + "x"); ok {
		t.Error("another workspace has the result")
	}
}

// TestChanged changes each thing that was seen, in every way that a file system
// tells.
func TestChanged(t *testing.T) {
	for name, change := range map[string]func(dir string) error{
		"content of the same size and time": func(dir string) error {
			file := filepath.Join(dir, "profiles/kind.cue")
			info, err := os.Stat(file)
			if err != nil {
				return err
			}
			if err := os.WriteFile(file, []byte("a: 2\n"), 0o666); err != nil {
				return err
			}
			return os.Chtimes(file, info.ModTime(), info.ModTime())
		},
		"another file in its place": func(dir string) error {
			return os.Rename(filepath.Join(dir, "elsewhere.cue"), filepath.Join(dir, "profiles/kind.cue"))
		},
		"the mode":    func(dir string) error { return os.Chmod(filepath.Join(dir, "profiles/kind.cue"), 0o600) },
		"a file more": func(dir string) error { return os.WriteFile(filepath.Join(dir, "profiles/x.cue"), nil, 0o666) },
		"a file less": func(dir string) error { return os.Remove(filepath.Join(dir, "profiles/kind.cue")) },
		"what a link leads to": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "elsewhere.cue"), []byte("b: 2\n"), 0o666)
		},
		"a link to nowhere":     func(dir string) error { return os.Remove(filepath.Join(dir, "elsewhere.cue")) },
		"what was absent":       func(dir string) error { return os.WriteFile(filepath.Join(dir, "absent"), nil, 0o666) },
		"what was not there":    func(dir string) error { return os.Mkdir(filepath.Join(dir, ".git"), 0o777) },
		"the directory is gone": func(dir string) error { return os.RemoveAll(filepath.Join(dir, "profiles")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, w := tree(t)
			w.Save(dir, "fine", later())
			time.Sleep(20 * time.Millisecond) // some kernels' clocks tick this slowly
			if err := change(dir); err != nil {
				t.Fatal(err)
			}
			if _, ok := Result(dir); ok {
				t.Error("the stamp still holds")
			}
		})
	}
}

// TestSeenOnly: what nobody looked at does not count, nor what is in a path that
// only has to be there.
func TestSeenOnly(t *testing.T) {
	dir, w := tree(t)
	write(t, dir, "there/a", "")
	w.Find(filepath.Join(dir, "there"))
	w.Save(dir, "fine", later())
	write(t, dir, "there/b", "")
	write(t, dir, "other", "")
	if _, ok := Result(dir); !ok {
		t.Error("the stamp is void")
	}
}

// TestUnsafe: what cannot be told apart from a later change leaves no stamp.
func TestUnsafe(t *testing.T) {
	for name, save := range map[string]func(dir string, w *Witness){
		"young files": func(dir string, w *Witness) { w.Save(dir, "fine", time.Now()) },
		"blind":       func(dir string, w *Witness) { w.Blind(); w.Save(dir, "fine", later()) },
		"two lines":   func(dir string, w *Witness) { w.Save(dir, "fine\nor not", later()) },
		"a broken link": func(dir string, w *Witness) {
			os.Remove(filepath.Join(dir, "elsewhere.cue"))
			w.Save(dir, "fine", later())
		},
		"an odd name": func(dir string, w *Witness) { w.See(filepath.Join(dir, "a\nb")); w.Save(dir, "fine", later()) },
		"no witness":  func(dir string, _ *Witness) { (*Witness)(nil).Save(dir, "fine", later()) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, w := tree(t)
			save(dir, w)
			if _, ok := Result(dir); ok {
				t.Error("there is a stamp")
			}
			if left, _ := filepath.Glob(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "tracegen", "*")); len(left) > 0 {
				t.Errorf("it left %q", left)
			}
		})
	}
}

// TestBroken: a stamp that is cut short, of another format or another program's
// is none.
func TestBroken(t *testing.T) {
	dir, w := tree(t)
	w.Save(dir, "fine", later())
	file, err := at(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string]string{
		"another format": strings.Replace(string(data), "stamp 1", "stamp 2", 1),
		"no program":     strings.ReplaceAll(string(data), exe, "/bin/sh"),
		"empty":          "",
	}
	lines := strings.SplitAfter(string(data), "\n")
	for _, l := range lines {
		if strings.HasSuffix(strings.TrimSpace(l), exe) {
			broken["without the program's line"] = strings.Replace(string(data), l, "", 1)
			broken["without the last line"] = strings.Join(lines[:len(lines)-2], "")
			broken["cut at the program's line"] = string(data[:strings.Index(string(data), l)+len(l)/2])
		}
	}
	for name, text := range broken {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok := Result(dir); ok {
			t.Errorf("%s: it holds", name)
		}
	}
}
