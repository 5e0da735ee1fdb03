package generator

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// suite is a set of profiles that are built together.
type suite struct {
	name     string
	w        *load.Workspace
	profiles []load.Profile
}

// suites gives what the repository holds: the shipped profiles, each golden
// case, and the profiles that use everything in the schema.
func suites(t *testing.T) []suite {
	t.Helper()
	out := []suite{open(t, "profiles", "..")}
	for _, pattern := range []string{"golden/*", "generator/load/testdata/everything/*"} {
		dirs, err := filepath.Glob(filepath.Join("..", pattern, "*.cue"))
		if err != nil || len(dirs) < 2 {
			t.Fatalf("found %d profiles at %s (%v)", len(dirs), pattern, err)
		}
		for _, file := range dirs {
			dir, err := filepath.Rel("..", filepath.Dir(file))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, open(t, filepath.Base(dir), "..", dir))
		}
	}
	return out
}

func open(t *testing.T, name, dir string, args ...string) suite {
	t.Helper()
	w, err := load.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := w.Named(args)
	if err != nil {
		t.Fatal(err)
	}
	return suite{name, w, profiles}
}

// workspace makes a workspace of profiles: the CUE inside of `topology`, by
// name of the profile.
func workspace(t *testing.T, profiles map[string]string) suite {
	t.Helper()
	dir := t.TempDir()
	for name, text := range profiles {
		d := filepath.Join(dir, "profiles", name)
		if err := os.MkdirAll(d, 0o777); err != nil {
			t.Fatal(err)
		}
		// All on one line, so that the lines of the text count from 1.
		text = `package profiles, import "tracegen.dev/schema", topology: schema.#Topology & {` + text + "\n}\n"
		if err := os.WriteFile(filepath.Join(d, "p.cue"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, "", dir)
}

// analyse gives the plans and what is found up to check.
func (s suite) analyse(t *testing.T) ([]*plan.Plan, []diag.Diagnostic) {
	t.Helper()
	var diags diag.List
	plans, err := Analyse(s.w, s.profiles, &diags)
	if err != nil {
		t.Fatal(err)
	}
	return plans, diags.Sorted()
}

// compile gives the tree, and wants nothing to be found.
func (s suite) compile(t *testing.T) tree.Tree {
	t.Helper()
	out, diags, err := Compile(s.w, s.profiles)
	if err != nil {
		t.Fatal(err)
	}
	if len(diags) > 0 {
		t.Fatalf("found:\n%s", text(s, diags))
	}
	return out
}

// files gives every file of the tree, before it is turned into bytes.
func (s suite) files(t *testing.T) []*tree.File {
	t.Helper()
	plans, found := s.analyse(t)
	if len(found) > 0 {
		t.Fatalf("found:\n%s", text(s, found))
	}
	var diags diag.List
	shared := newDivision()
	for _, p := range plans {
		out, err := Emit(p, &diags)
		if err != nil {
			t.Fatal(err)
		}
		shared.add(out)
	}
	files := shared.base()
	for _, p := range plans {
		out, err := Emit(p, &diags)
		if err != nil {
			t.Fatal(err)
		}
		more, err := shared.overlay(p, out)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	return files
}

func text(s suite, diags []diag.Diagnostic) string {
	var b bytes.Buffer
	diag.Text(&b, diags, s.w.Source, false)
	return b.String()
}

// clip shortens what a failure prints.
func clip(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if len(s) > 100 {
		s = s[:100] + "…"
	}
	return s
}
