//go:build linux

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
)

// TestHostileFiles wants a clear word, the right exit code and no new file where a
// workspace is made of what reading does not end, leads elsewhere or is not text.
func TestHostileFiles(t *testing.T) {
	const plain = "package profiles\n\ntopology: name: \"x\"\n"
	file := func(name, text string) func(*testing.T) {
		return func(t *testing.T) { put(t, name, text) }
	}
	link := func(to, name string) func(*testing.T) {
		return func(t *testing.T) {
			put(t, filepath.Join(filepath.Dir(name), "..", "..", "profiles/x/0.cue"), plain)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(to, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	pipe := func(name string) func(*testing.T) {
		return func(t *testing.T) {
			put(t, "profiles/x/0.cue", plain)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mkfifo(name, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	huge := func(name string) func(*testing.T) {
		return func(t *testing.T) {
			put(t, "profiles/x/0.cue", plain)
			put(t, name, "package profiles\n")
			if err := os.Truncate(name, 100<<20); err != nil {
				t.Fatal(err)
			}
		}
	}
	many := func(t *testing.T) {
		for i := range 10_000 {
			put(t, filepath.Join("profiles/x", strings.Repeat("a", 1+i%50)+string(rune('a'+i%26))+"-"+time.Duration(i).String()+".cue"), plain)
		}
	}
	for _, c := range []struct {
		name  string
		setup func(*testing.T)
		args  string
		exit  int
		want  string
	}{
		{"a link to all zeros", link("/dev/zero", "profiles/x/x.cue"), "build", exitFault, "x.cue is called like a CUE file, and is no regular file"},
		{"a link to itself", link("x.cue", "profiles/x/x.cue"), "build", exitFault, "a symbolic link cannot be followed"},
		{"a link to nothing", link("/nowhere", "profiles/x/x.cue"), "build", exitFault, "a symbolic link cannot be followed"},
		{"a link to what is no CUE", link("/etc/passwd", "profiles/x/x.cue"), "build", exitFindings, "profiles/x/x.cue:1:"},
		{"a link to the directory above", link("..", "profiles/x/up"), "build", exitFindings, "is missing"},
		{"a profile that is a link to above", link("..", "profiles/up"), "build", exitFault, "there is no profile"},
		{"a pipe", pipe("profiles/x/x.cue"), "build", exitFault, "is no regular file"},
		{"a pipe above", pipe("profiles/x.cue"), "build", exitFault, "is no regular file"},
		{"a pipe as the module", pipe("cue.mod/module.cue"), "build", exitFindings, "is missing"},
		{"a pipe as the schema", pipe("cue.mod/pkg/tracegen.dev/schema/schema.cue"), "build", exitFindings, "is missing"},
		{"a pipe in an imported package", func(t *testing.T) {
			pipe("lib/lib.cue")(t)
			put(t, "profiles/x/x.cue", "package profiles\n\nimport \"workspace.local/lib\"\n\ntopology: name: lib.x\n")
		}, "build", exitFindings, `cannot find package "workspace.local/lib"`},
		{"an embedded file of the system", file("profiles/x/x.cue", "@extern(embed)\n\n"+strings.Replace(plain, `"x"`, `_ @embed(file="/etc/passwd",type=text)`, 1)), "build", exitFindings, "profiles/x/x.cue:5:19: error: @embed"},
		{"a file for a build tag", file("profiles/x/x.cue", "@if(prod)\n\n"+plain), "build", exitFindings, "CUE leaves it out"},
		{"a huge file", huge("profiles/x/x.cue"), "build", exitFindings, "profiles/x/x.cue:1:1: error: the file has more than 1 MB"},
		{"a huge file above", huge("profiles/x.cue"), "build", exitFindings, "profiles/x.cue:1:1: error: the file has more than 1 MB"},
		{"a huge module", huge("cue.mod/module.cue"), "build", exitFindings, ""},
		{"ten thousand files", many, "build", exitFindings, ""},
		{"a name that is not UTF-8", file("profiles/\xff\xfe/x.cue", plain), "build", exitFault, `a profile cannot be called "\xff\xfe"`},
		{"a name with control characters", file("profiles/a\x1b[2J\n\u202e/x.cue", plain), "build", exitFault, `a profile cannot be called "a\x1b[2J\n\u202e"`},
		{"a file that is not UTF-8", file("profiles/x/\xff\x1b[2J\nx.cue", "package profiles\nnope: ]\n"), "build", exitFindings, `profiles/x/\xff\x1b[2J\nx.cue:1:1: error: the name of the file is not UTF-8`},
		{"no such profile", file("profiles/x/x.cue", plain), "build \x1b[2J -o y", exitFault, `there is no profile "\x1b[2J"`},
		{"a profile above", file("profiles/x/x.cue", plain), "build ../../../../../../etc -o y", exitFault, "holds no CUE file"},
		{"a device as the workspace", file("profiles/x/x.cue", plain), "build -C /dev/zero", exitFault, "/dev/zero is not a directory"},
		{"a workspace of the system", file("profiles/x/x.cue", plain), "build -C /proc/self/fd", exitFault, "there is no profiles/"},
		{"no workspace", file("profiles/x/x.cue", plain), "build -C \x1b[2J", exitFault, `\x1b[2J: no such file`},
		{"the tree over the profiles", file("profiles/x/x.cue", plain), "build -o profiles", exitFault, "profiles"},
		{"the tree on a device", file("profiles/x/x.cue", plain), "build -o /dev/zero", exitFindings, "is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			c.setup(t)
			before := listing(t, dir)
			cmd := exec.Command("tracegen", strings.Fields(c.args)...)
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			stuck := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
			defer stuck.Stop()
			err := cmd.Wait()
			state := cmd.ProcessState
			took, held := state.UserTime()+state.SystemTime(), state.SysUsage().(*syscall.Rusage).Maxrss<<10
			said := out.String()[:min(out.Len(), 2000)]
			t.Logf("%5.2f s, %3d MB", took.Seconds(), held>>20)
			if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != c.exit {
				t.Errorf("%v, not exit code %d:\n%s", err, c.exit, said)
			}
			if !strings.Contains(out.String(), c.want) {
				t.Errorf("nothing says %q:\n%s", c.want, said)
			}
			if !utf8.Valid(out.Bytes()) || bytes.ContainsAny(out.Bytes(), "\x00\x1b\u202e") {
				t.Errorf("a terminal would act on %q", said)
			}
			if strings.Contains(out.String(), "root:") {
				t.Errorf("a file of the system is shown: %s", said)
			}
			if took > hostileTime || held > hostileMemory {
				t.Errorf("it took %v and %d MB", took, held>>20)
			}
			if after := listing(t, dir); after != before {
				t.Errorf("something was written: %s", after)
			}
		})
	}
}

// listing names everything below a directory.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
		names = append(names, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, "\n")
}
