//go:build unix

package write

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// The test binary is its own victim: with killEnv set to "n dir tree" it
// builds that tree in dir and kills itself at the n-th step.
const killEnv = "TRACEGEN_TEST_KILL"

func TestMain(m *testing.M) {
	if s := os.Getenv(killEnv); s != "" {
		f := strings.SplitN(s, " ", 3)
		n, _ := strconv.Atoi(f[0])
		fmt.Println(victim(n, f[2], killTrees()[f[1]]))
		os.Exit(3)
	}
	os.Exit(m.Run())
}

func victim(n int, dir string, want files) error {
	die := func() {
		if n--; n == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	observe(die)
	c, d, err := Compare(dir, want.tree(), Options{})
	if err != nil || len(d) > 0 {
		return fmt.Errorf("%v %v", err, d)
	}
	if err := c.Commit(); err != nil {
		return err
	}
	return errors.New("survived")
}

// observe calls f before each step of a commit, and thrice within each file.
func observe(f func()) {
	step = func(string, string) error { f(); return nil }
	store = func(w *os.File, data []byte) error {
		f()
		half := len(data) / 2
		if _, err := w.Write(data[:half]); err != nil {
			return err
		}
		f()
		_, err := w.Write(data[half:])
		f()
		return err
	}
}

// kill builds in a process that dies at step n.
func kill(t *testing.T, n int, dir, name string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s %s", killEnv, n, name, dir))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("step %d of %s: %v: %s", n, name, err, out)
	}
}

func steps(t *testing.T, dir string, want files) int {
	t.Helper()
	s, w := step, store
	defer func() { step, store = s, w }()
	n := 0
	observe(func() { n++ })
	build(t, dir, want)
	return n
}

// killTrees have files that stay, change, come and go, directories that come
// and go, and places where a file becomes a directory or the other way round.
func killTrees() map[string]files {
	rnd := rand.New(rand.NewPCG(7, 7))
	trees := map[string]files{}
	for _, name := range []string{"A", "B", "C"} {
		tree := files{}
		for i := range 24 {
			p := fmt.Sprintf("profile%d/part%d/values.yaml", i%4, i%7)
			switch rnd.IntN(4) {
			case 0:
				tree[p] = "the same in all\n"
			case 1:
				tree[p] = name + strings.Repeat(strconv.Itoa(i)+" line\n", rnd.IntN(400))
			case 2:
				tree[p+"/now/a/directory"] = name
			}
		}
		tree["always/changes"] = name
		tree["always/stays"] = "stays"
		tree["only/in/"+name+"/values.yaml"] = name
		trees[name] = tree
	}
	return trees
}

func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts 300 processes")
	}
	trees := killTrees()
	a, b, c := trees["A"], trees["B"], trees["C"]
	users := files{"README.md": "mine", "only/in/A/secret": "mine", "profile0/mine": "mine"}
	prepare := func() string {
		dir := t.TempDir()
		build(t, dir, a)
		for p, text := range users {
			put(t, dir, p, text)
		}
		return dir
	}
	all := steps(t, prepare(), b)
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range 200 {
		n := 1 + rnd.IntN(all)
		dir := prepare()
		kill(t, n, dir, "B")
		whole(t, n, dir, users, a, b)
		switch i % 4 {
		case 0:
			build(t, dir, b)
			expect(t, dir, b, users)
		case 1:
			build(t, dir, a)
			expect(t, dir, a, users)
		case 2:
			build(t, dir, c)
			expect(t, dir, c, users)
		case 3: // killed again on the way to C
			kill(t, 1+rnd.IntN(12), dir, "C")
			whole(t, n, dir, users, a, b, c)
			build(t, dir, a)
			expect(t, dir, a, users)
		}
	}
}

// whole demands that each file is as one of the trees has it, that files
// which all of them have are there, and that the user's files are.
func whole(t *testing.T, n int, dir string, users files, trees ...files) {
	t.Helper()
	got := read(t, dir)
	for p, text := range users {
		if got[p] != text {
			t.Fatalf("step %d: lost %s", n, p)
		}
	}
	for p, text := range got {
		known := p == LockName || isTemp(p[strings.LastIndex(p, "/")+1:]) || strings.HasSuffix(p, "/") || users[p] == text
		for _, tree := range trees {
			old, ok := tree[p]
			known = known || ok && old == text
		}
		if !known {
			t.Fatalf("step %d: %s holds %q", n, p, text)
		}
	}
	for p := range trees[0] {
		everywhere := true
		for _, tree := range trees {
			_, ok := tree[p]
			everywhere = everywhere && ok
		}
		if _, ok := got[p]; everywhere && !ok {
			t.Fatalf("step %d: %s is missing", n, p)
		}
	}
	c := &comparison{}
	c.parseLock([]byte(got[LockName]))
	if c.diags.Len() > 0 || !bytes.HasPrefix([]byte(got[LockName]), []byte(header)) {
		t.Fatalf("step %d: the lock is broken: %v", n, c.diags.Sorted())
	}
}
