package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tracegen": main})
}

func params() testscript.Params {
	return testscript.Params{
		UpdateScripts:       os.Getenv("TRACEGEN_UPDATE") != "",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"console": console,
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

// console runs a command of the README as a shell does. Some of them show how a
// mistake is answered, so the exit code does not count: the output does.
func console(ts *testscript.TestScript, _ bool, args []string) {
	var coded interface{ ExitCode() int }
	if err := ts.Exec("sh", "-c", args[0]+" 2>&1"); err != nil && !errors.As(err, &coded) {
		ts.Fatalf("%v", err)
	}
}

func TestScripts(t *testing.T) {
	p := params()
	p.Dir = "testdata/script"
	testscript.Run(t, p)
}

// TestReadme runs the tour of the README, command by command, in an empty
// directory, and compares what is printed with what the README shows.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	script := tour(string(readme))
	if n := strings.Count(script, "console "); n < 4 {
		t.Fatalf("the README's tour has %d commands", n)
	}
	file := filepath.Join(t.TempDir(), "readme.txtar")
	if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	p := params()
	p.UpdateScripts = false
	p.Files = []string{file}
	testscript.Run(t, p)
}

// tour makes a script of the README's console blocks. A command's lines of
// output must appear in what it prints; a line of dots stands for any.
func tour(readme string) string {
	var b strings.Builder
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(readme, -1) {
		for _, line := range strings.Split(strings.TrimSpace(block[1]), "\n") {
			command, ok := strings.CutPrefix(line, "$ ")
			switch {
			case ok:
				b.WriteString("console '" + strings.ReplaceAll(command, "'", "''") + "'\n")
				if dir, ok := strings.CutPrefix(command, "cd "); ok {
					b.WriteString("cd " + dir + "\n")
				}
			case strings.TrimSpace(line) != "" && line != "...":
				b.WriteString("stdout '" + strings.ReplaceAll(regexp.QuoteMeta(line), "'", "''") + "'\n")
			}
		}
	}
	return b.String()
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
