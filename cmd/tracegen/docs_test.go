package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestDocs runs what the README and the pages of docs/ show: each page in an
// empty directory of its own, its console blocks command by command, and its CUE
// compiled. What is printed must be what the page shows.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("there are no pages: %v", err)
	}
	p := params()
	p.UpdateScripts = false
	scripts := t.TempDir()
	commands, fragments := 0, 0
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		script := tour(string(text))
		commands += strings.Count(script, "console ")
		fragments += strings.Count(script, "fragment")
		file := filepath.Join(scripts, strings.TrimSuffix(filepath.Base(page), ".md")+".txtar")
		if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
		p.Files = append(p.Files, file)
	}
	if commands < 8 || fragments == 0 {
		t.Errorf("only %d commands and %d fragments of CUE were found", commands, fragments)
	}
	testscript.Run(t, p)
}

var block = regexp.MustCompile("(?s)```(console|cue|yaml)\n(.*?)```")

// tour makes a script of a page's blocks. In a console block, a command's lines
// of output must appear in what it prints; a line of dots stands for any. CUE or
// YAML whose first line is a comment with the name of a file is written there, and
// what a workflow runs of tracegen must work;
// other CUE is a part of a topology, which must compile.
func tour(page string) string {
	var script, files strings.Builder
	n := 0
	file := func(text string) string {
		n++
		name := fmt.Sprintf("page/%d", n)
		fmt.Fprintf(&files, "-- %s --\n%s", name, text)
		return name
	}
	for _, m := range block.FindAllStringSubmatch(page, -1) {
		kind, text := m[1], m[2]
		switch first, _, _ := strings.Cut(text, "\n"); {
		case kind == "console":
			commands(&script, text)
		case named.MatchString(first):
			fmt.Fprintf(&script, "write $WORK/%s %s\n", file(text), named.FindStringSubmatch(first)[1])
			for _, run := range workflow.FindAllStringSubmatch(text, -1) {
				commands(&script, "$ "+run[1])
			}
		case kind == "cue":
			fmt.Fprintf(&script, "fragment $WORK/%s\n", file(text))
		}
	}
	return script.String() + files.String()
}

var named = regexp.MustCompile(`^(?://|#) ([a-z0-9_./-]+\.(?:cue|yaml))$`)

// workflow finds what a step of a GitHub workflow runs of tracegen.
var workflow = regexp.MustCompile(`(?m)^ *- run: (tracegen .*)$`)

func commands(script *strings.Builder, text string) {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		command, ok := strings.CutPrefix(line, "$ ")
		switch {
		case ok && (i+1 == len(lines) || strings.HasPrefix(lines[i+1], "$ ")):
			fmt.Fprintf(script, "console %s works\n", quote(command))
			if dir, ok := strings.CutPrefix(command, "cd "); ok {
				fmt.Fprintf(script, "cd %s\n", dir)
			}
		case ok:
			fmt.Fprintf(script, "console %s\n", quote(command))
		case strings.TrimSpace(line) != "" && line != "...":
			fmt.Fprintf(script, "stdout %s\n", quote(regexp.QuoteMeta(line)))
		}
	}
}

// console runs a command of a page as a shell does. One whose output the page
// shows may show how a mistake is answered: then the output counts, not the exit
// code.
func console(ts *testscript.TestScript, _ bool, args []string) {
	var coded interface{ ExitCode() int }
	err := ts.Exec("sh", "-c", args[0]+" 2>&1")
	if err != nil && !errors.As(err, &coded) {
		ts.Fatalf("%v", err)
	}
	if err != nil && (len(args) > 1 || coded.ExitCode() >= 126) {
		ts.Fatalf("%v: the page has a command that cannot be run", err)
	}
}

// writeBlock puts a block at the place that the page names, as the reader does.
func writeBlock(ts *testscript.TestScript, _ bool, args []string) {
	to := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(to), 0o755))
	ts.Check(os.WriteFile(to, []byte(ts.ReadFile(args[0])), 0o644))
}

// minimal has a section for whatever a topology must have and a fragment may
// leave out.
var minimal = []string{
	`name: "x"`,
	`cluster: kind: "k3s"`,
	`store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`,
	`tempo: {mode: "monolithic", chart: version: "2.2.4"}`,
}

// fragment compiles a part of a topology.
func fragment(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	body := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "topology: {"), "}")
	if body == strings.TrimSpace(text) {
		ts.Fatalf("a fragment of a page begins with topology: {\n%s", text)
	}
	for _, section := range minimal {
		name, _, _ := strings.Cut(section, ":")
		if !regexp.MustCompile(`(?m)^\t` + name + `: `).MatchString(body) {
			body += "\n" + section
		}
	}
	dir := filepath.Join(ts.Getenv("WORK"), "fragments", filepath.Base(args[0]))
	file := filepath.Join(dir, "profiles", "p", "p.cue")
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.MkdirAll(filepath.Join(dir, "cue.mod"), 0o755))
	ts.Check(os.WriteFile(filepath.Join(dir, "cue.mod", "module.cue"), []byte("module: \"example.com/docs\"\nlanguage: version: \"v0.17.0\"\n"), 0o644))
	ts.Check(os.WriteFile(file, []byte("package p\n\nimport \"tracegen.dev/schema\"\n\ntopology: schema.#Topology & {\n"+body+"\n}\n"), 0o644))
	if err := ts.Exec("tracegen", "-C", dir, "vet", "--strict"); err != nil {
		ts.Fatalf("a fragment of the page does not compile:\n%s", text)
	}
}
