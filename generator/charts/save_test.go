package charts

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/chart/keys"
)

// listing is every file of a directory, with its mode and content.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		text := ""
		if d.Type().IsRegular() {
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			text = string(data)
		}
		b.WriteString(p + " " + d.Type().String() + " " + text + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSave(t *testing.T) {
	const text = "chart x\nversions 1.0.0\n\na\n"
	put := func(t *testing.T, dir, name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const file = "charts/x-1.0.0.keys"
	for _, tc := range []struct {
		name         string
		setup        func(t *testing.T, dir string)
		want, forced string // errors; empty for none
	}{
		{"nothing there", func(*testing.T, string) {}, "", ""},
		{"the same there", func(t *testing.T, dir string) { put(t, dir, file, text) }, "", ""},
		{"something else there", func(t *testing.T, dir string) { put(t, dir, file, "mine") }, "--force replaces it", ""},
		{"a link there", func(t *testing.T, dir string) {
			put(t, dir, "mine", "mine")
			if err := os.Mkdir(filepath.Join(dir, "charts"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("../mine", filepath.Join(dir, file)); err != nil {
				t.Fatal(err)
			}
		}, "none is followed", ""},
		{"a directory there", func(t *testing.T, dir string) { put(t, dir, file+"/x", "mine") }, "is a directory", "is a directory"},
		{"charts is a file", func(t *testing.T, dir string) { put(t, dir, "charts", "mine") }, "no directory", "no directory"},
		{"charts is a link", func(t *testing.T, dir string) {
			if err := os.Symlink(t.TempDir(), filepath.Join(dir, "charts")); err != nil {
				t.Fatal(err)
			}
		}, "a link is not followed", "a link is not followed"},
		{"no workspace", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "profiles")) }, "not a workspace", "not a workspace"},
	} {
		for force, want := range map[bool]string{false: tc.want, true: tc.forced} {
			t.Run(tc.name, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.Mkdir(filepath.Join(dir, "profiles"), 0o755); err != nil {
					t.Fatal(err)
				}
				tc.setup(t, dir)
				before := listing(t, dir)
				c, err := keys.Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				_, err = Save(dir, c, force)
				if want != "" {
					if err == nil || !strings.Contains(err.Error(), want) {
						t.Errorf("%v, not %s", err, want)
					}
					if after := listing(t, dir); after != before {
						t.Errorf("before:\n%safter:\n%s", before, after)
					}
					return
				}
				info, statErr := os.Lstat(filepath.Join(dir, file))
				data, _ := os.ReadFile(filepath.Join(dir, file))
				if err != nil || statErr != nil || !info.Mode().IsRegular() || string(data) != text {
					t.Errorf("%v, %v: %q", err, statErr, data)
				}
				if mine, err := os.ReadFile(filepath.Join(dir, "mine")); err == nil && string(mine) != "mine" {
					t.Errorf("the link was followed: %q", mine)
				}
				if left, _ := filepath.Glob(filepath.Join(dir, "charts", ".*")); len(left) > 0 {
					t.Errorf("left behind: %q", left)
				}
			})
		}
	}
}

// A name that no file system takes leaves nothing, and not even the directory.
func TestSaveLongName(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "profiles"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := listing(t, dir)
	c, err := keys.Parse("chart " + strings.Repeat("x", 300) + "\nversions 1.0.0\n\na\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Save(dir, c, true); err == nil {
		t.Error("it was written")
	}
	if after := listing(t, dir); after != before {
		t.Errorf("before:\n%safter:\n%s", before, after)
	}
}

// A directory that cannot be written to stays as it is.
func TestSaveFails(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is refused to root")
	}
	dir := t.TempDir()
	for _, d := range []string{"profiles", "charts"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "charts"), 0o555); err != nil {
		t.Fatal(err)
	}
	before := listing(t, dir)
	c, _ := keys.Parse("chart x\nversions 1.0.0\n\na\n")
	if _, err := Save(dir, c, true); err == nil {
		t.Error("it was written")
	}
	if after := listing(t, dir); after != before {
		t.Errorf("before:\n%safter:\n%s", before, after)
	}
}
