package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	commands := map[string]func(){"tracegen": main}
	for name := range strangers {
		commands[name] = stranger
	}
	testscript.Main(m, commands)
}

func params() testscript.Params {
	return testscript.Params{
		UpdateScripts:       os.Getenv("TRACEGEN_UPDATE") != "",
		RequireExplicitExec: true,
		// Without CI, a build may take the fast path; fast.txtar is about that.
		Setup: func(env *testscript.Env) error {
			env.Setenv("CI", "true")
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"console":  console,
			"write":    writeBlock,
			"fragment": fragment,
		},
	}
}

// exits runs a command and demands its exit code: exits 2 tracegen frobnicate.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		coded, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = coded.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func TestScripts(t *testing.T) {
	p := params()
	p.Dir = "testdata/script"
	testscript.Run(t, p)
}

func TestColour(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{map[string]string{"TERM": "xterm"}, true},
		{map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false},
		{map[string]string{"TERM": "dumb"}, false},
	} {
		if got := wantsColour(func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("with %v: %t", c.env, got)
		}
	}
	if colour(new(strings.Builder)) {
		t.Error("a buffer gets colour")
	}
}
