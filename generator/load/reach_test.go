//go:build unix

package load

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tracegen.dev/generator/topology"
	"tracegen.dev/internal/unprivileged"
)

// TestUnreadable shows that what cannot be read is a fault of the machine. It is
// never taken as absent: a build would remove its output.
func TestUnreadable(t *testing.T) {
	if !unprivileged.Test(t) {
		return
	}
	for _, name := range []string{"profiles", "profiles/x", "profiles/x/x.cue", "profiles/common.cue"} {
		for _, mode := range []os.FileMode{0, 0o444, 0o111} {
			dir := reachable(t)
			at := filepath.Join(dir, filepath.FromSlash(name))
			info, err := os.Stat(at)
			if err != nil {
				t.Fatal(err)
			}
			if mode == 0o444 && !info.IsDir() {
				continue
			}
			if err := os.Chmod(at, mode); err != nil {
				t.Fatal(err)
			}
			diags, err := loadAll(dir, nil)
			if err == nil || !strings.Contains(err.Error(), "permission denied") || !strings.Contains(err.Error(), name) {
				t.Errorf("%s with mode %o: %v, %v", name, mode, diags, err)
			}
			if err := os.Chmod(at, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestOdd has what may stand below profiles/ besides files and directories.
func TestOdd(t *testing.T) {
	link := func(to, at string) func(string) error {
		return func(dir string) error { return os.Symlink(to, filepath.Join(dir, at)) }
	}
	pipe := func(at string) func(string) error {
		return func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, at), 0o644) }
	}
	mkdir := func(at string) func(string) error {
		return func(dir string) error { return os.Mkdir(filepath.Join(dir, at), 0o755) }
	}
	for _, c := range []struct {
		name string
		make func(dir string) error
		want string // of the error
		also string // the further profile
	}{
		{"dangling link", link("nowhere", "profiles/z"), "profiles/z: no such file", ""},
		{"circular link", link("z", "profiles/z"), "profiles/z: too many levels", ""},
		{"dangling file", link("nowhere", "profiles/x/z.cue"), "profiles/x/z.cue: no such file", ""},
		{"lock of an editor", link("me@host.1", "profiles/x/.#x.cue"), "", ""},
		{"link to a directory", link("x", "profiles/z"), "", "z"},
		{"hidden link", link("nowhere", "profiles/.z"), "", ""},
		{"link to a file", link("x/x.cue", "profiles/z"), "", ""},
		{"pipe", pipe("profiles/x/z.cue"), "profiles/x/z.cue is called like a CUE file, and is no regular file", ""},
		{"shared pipe", pipe("profiles/z.cue"), "profiles/z.cue is called like a CUE file, and is no regular file", ""},
		{"link to a pipe", func(dir string) error {
			if err := pipe("pipe")(dir); err != nil {
				return err
			}
			return link("../../pipe", "profiles/x/z.cue")(dir)
		}, "profiles/x/z.cue is called like a CUE file, and is no regular file", ""},
		{"directory called like a file", mkdir("profiles/x/z.cue"), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := reachable(t)
			if err := c.make(dir); err != nil {
				t.Fatal(err)
			}
			var got []string
			diags, err := loadAll(dir, func(p Profile, top *topology.Topology) { got = append(got, p.Name) })
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Fatalf("%v, %v", diags, err)
				}
				return
			}
			if err != nil || hasErrors(diags) {
				t.Fatal(diags, err)
			}
			if want := strings.TrimSpace("x y " + c.also); strings.Join(got, " ") != want {
				t.Errorf("got %q, want %s", got, want)
			}
		})
	}
}

// TestOnlyDirectory has a profile whose only file is a directory.
func TestOnlyDirectory(t *testing.T) {
	dir := reachable(t)
	if err := os.MkdirAll(filepath.Join(dir, "profiles/z/z.cue"), 0o755); err != nil {
		t.Fatal(err)
	}
	diags, err := loadAll(dir, nil)
	if err != nil || len(diags) != 1 || diags[0].Code != codeStray || diags[0].Position.File != "profiles/z" {
		t.Errorf("%v, %v", diags, err)
	}
}
