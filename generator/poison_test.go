package generator

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// TestPoison gives each field of each profile a value of a wrong type in turn.
// That is one fault, and so one finding: whatever rests on the field stays
// silent, and nothing panics.
func TestPoison(t *testing.T) {
	mutants := 0
	for _, s := range suites(t) {
		for _, p := range s.profiles {
			own, _ := filepath.Glob(filepath.Join(p.Dir, "*.cue"))
			common, _ := filepath.Glob(filepath.Join(filepath.Dir(p.Dir), "*.cue"))
			sources := map[string]string{}
			for _, file := range slices.Concat(own, common) {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				name := filepath.Base(file)
				if slices.Contains(own, file) {
					name = filepath.Join(p.Name, name)
				}
				sources[name] = string(data)
			}
			for name, source := range sources {
				for _, f := range fields(t, source) {
					mutants++
					poison(t, p.Name, sources, name, f)
				}
			}
		}
	}
	if mutants < 400 {
		t.Errorf("there were only %d mutants", mutants)
	}
}

func poison(t *testing.T, profile string, sources map[string]string, name string, f field) {
	dir := t.TempDir()
	for _, text := range sources {
		lend(t, dir, text)
	}
	for other, text := range sources {
		if other == name {
			text = text[:f.from] + f.wrong + text[f.to:]
		}
		file := filepath.Join(dir, "profiles", other)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	what := profile + ": " + f.path + ": " + f.wrong
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: panic: %v", what, r)
		}
	}()
	s := open(t, profile, dir, profile)
	_, diags := s.analyse(t)
	if len(diags) != 1 {
		t.Errorf("%s: %d findings:\n%s", what, len(diags), text(s, diags))
	}
}

// field is a value in the source of a profile.
type field struct {
	path     string
	from, to int // offsets
	wrong    string
}

// fields finds the values below `topology`, down to those that may be anything.
func fields(t *testing.T, source string) []field {
	f, err := parser.ParseFile("", source)
	if err != nil {
		t.Fatal(err)
	}
	var out []field
	var walk func(e ast.Expr, path string)
	add := func(e ast.Expr, path string) {
		wrong := "5"
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind != token.STRING {
			wrong = `"wrong!"`
		}
		out = append(out, field{path, e.Pos().Offset(), e.End().Offset(), wrong})
		if !strings.HasSuffix(path, ".values") {
			walk(e, path)
		}
	}
	walk = func(e ast.Expr, path string) {
		switch e := e.(type) {
		case *ast.BinaryExpr: // schema.#Topology & {…}
			walk(e.Y, path)
		case *ast.ListLit:
			for _, item := range e.Elts {
				add(item, path+"[]")
			}
		case *ast.StructLit:
			for _, d := range e.Elts {
				if f, ok := d.(*ast.Field); ok {
					label, _, err := ast.LabelName(f.Label)
					if err != nil {
						t.Fatal(err)
					}
					add(f.Value, path+"."+label)
				}
			}
		}
	}
	for _, d := range f.Decls {
		if f, ok := d.(*ast.Field); ok {
			walk(f.Value, "topology")
		}
	}
	return out
}

// lend copies the files that a profile names into a workspace, from where they
// lie in the project.
func lend(t *testing.T, dir, profile string) {
	t.Helper()
	for _, m := range policyFileLine.FindAllStringSubmatch(profile, -1) {
		data, err := os.ReadFile(filepath.Join("..", m[1]))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, m[1])
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var policyFileLine = regexp.MustCompile(`policyFile: +"([^"]+)"`)
