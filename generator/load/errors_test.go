package load

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// TestErrors loads the workspace of each case in testdata/errors, and compares
// what load says about it: places, words and help. TRACEGEN_UPDATE=1 writes the
// expectation anew.
func TestErrors(t *testing.T) {
	cases, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range cases {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a := parseArchive(data)
			last := len(a.files) - 1
			if last < 0 || a.files[last].name != "want" {
				t.Fatal("the last file of a case is `want`")
			}
			want := &a.files[last]
			got := transcript(t, a.files[:last])
			agree(t, a.files[:last])
			if os.Getenv("TRACEGEN_UPDATE") != "" {
				want.data = got
				if err := os.WriteFile(file, a.format(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want.data {
				t.Errorf("got:\n%s\nwant:\n%s", got, want.data)
			}
		})
	}
}

// transcript tells what becomes of a workspace: an error, or the diagnostics.
func transcript(t *testing.T, files []file) string {
	dir := t.TempDir()
	writeFiles(t, dir, files)
	diags, err := loadAll(dir, nil)
	if err != nil {
		return "error: " + strings.ReplaceAll(err.Error(), dir, "$WORK") + "\n"
	}
	var b strings.Builder
	for _, d := range diags {
		severity := ""
		if d.Severity == diag.Warning {
			severity = "warning "
		}
		fmt.Fprintf(&b, "%s %s%s %s: %s\n", d.Position, severity, d.Code, d.Path, d.Message)
		for _, r := range d.Related {
			fmt.Fprintf(&b, "\t%s %s\n", r.Position, r.Message)
		}
		fmt.Fprintf(&b, "\thelp: %s\n", d.Help)
	}
	return strings.ReplaceAll(b.String(), dir, "$WORK")
}

func writeFiles(t *testing.T, dir string, files []file) {
	t.Helper()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		// What an editor would not let one type.
		data := strings.ReplaceAll(f.data, "<FF>", "\xff")
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// loadAll loads all profiles of a directory. The yield may be nil.
func loadAll(dir string, yield func(Profile, *topology.Topology)) ([]diag.Diagnostic, error) {
	w, err := Open(dir)
	if err != nil {
		return nil, err
	}
	profiles, err := w.All()
	if err != nil {
		return nil, err
	}
	var diags diag.List
	err = w.Load(profiles, &diags, func(p Profile, top *topology.Topology) error {
		if yield != nil {
			yield(p, top)
		}
		return nil
	})
	return diags.Sorted(), err
}

// agree demands that CUE, with the schema, refuses the same profiles as load.
// It says nothing of profiles that CUE cannot read at all.
func agree(t *testing.T, files []file) {
	dir := t.TempDir()
	writeFiles(t, dir, files)
	w, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := w.All()
	if err != nil {
		return
	}
	for _, p := range profiles {
		inst, err := RealInstance(dir, p.Name)
		if err != nil {
			t.Fatal(err)
		}
		root := cuecontext.New().BuildInstance(inst)
		top := root.LookupPath(topologyPath)
		if inst.Err != nil || !top.Exists() || !mentions(inst, "tracegen.dev/schema") {
			continue
		}
		var diags diag.List
		if err := w.Load([]Profile{p}, &diags, func(Profile, *topology.Topology) error { return nil }); err != nil {
			t.Fatal(err)
		}
		cueErr := root.Validate()
		if cueErr == nil {
			cueErr = top.Validate(cue.Concrete(true))
		}
		// CUE takes any field beside the topology, and knows no directories.
		if slices.ContainsFunc(diags.Sorted(), func(d diag.Diagnostic) bool {
			return d.Code == codeStray || strings.HasPrefix(d.Message, "unknown field")
		}) {
			continue
		}
		if (cueErr != nil) != diags.HasErrors() {
			t.Errorf("%s: CUE says %v, load says %v", p.Name, cueErr, diags.Sorted())
		}
	}
}

// mentions reports whether a package imports another. Without the schema there
// is nothing for CUE to hold the profile to.
func mentions(inst *build.Instance, path string) bool {
	return slices.Contains(inst.ImportPaths, path)
}
