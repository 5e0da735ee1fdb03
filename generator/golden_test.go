package generator

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/write"
)

// TestGolden compiles each golden case and compares the tree with its want/,
// byte for byte. TRACEGEN_UPDATE=1 writes want/ instead.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("../golden/*/*.cue")
	if err != nil || len(cases) < 2 {
		t.Fatalf("found %d golden cases (%v)", len(cases), err)
	}
	for _, file := range cases {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			w, err := load.Open("..")
			if err != nil {
				t.Fatal(err)
			}
			profiles, err := w.Named([]string{"golden/" + filepath.Base(dir)})
			if err != nil {
				t.Fatal(err)
			}
			tree, diags, err := Compile(w, profiles)
			if err != nil {
				t.Fatal(err)
			}
			if len(diags) > 0 {
				var text bytes.Buffer
				diag.Text(&text, diags, w.Source, false)
				t.Fatal(text.String())
			}
			want := filepath.Join(dir, "want")
			if os.Getenv("TRACEGEN_UPDATE") != "" {
				if err := os.RemoveAll(want); err != nil {
					t.Fatal(err)
				}
			}
			changes, _, err := write.Compare(want, tree, write.Options{Force: true})
			if err != nil {
				t.Fatal(err)
			}
			if os.Getenv("TRACEGEN_UPDATE") != "" {
				if err := changes.Commit(); err != nil {
					t.Fatal(err)
				}
				return
			}
			if !changes.Empty() {
				var diff bytes.Buffer
				if err := changes.Diff(&diff); err != nil {
					t.Fatal(err)
				}
				t.Errorf("the tree differs; TRACEGEN_UPDATE=1 go test ./generator accepts it:\n%s", diff.String())
			}
			files := map[string]bool{write.LockName: true}
			for _, f := range tree {
				files[f.Path] = true
			}
			err = filepath.WalkDir(want, func(p string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				if rel, _ := filepath.Rel(want, p); !files[filepath.ToSlash(rel)] {
					t.Errorf("%s is not of the tree", p)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
