package catalogue

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/inspect"
)

// TestAll demands of each code what makes it worth looking up.
func TestAll(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`^TG[0-9]{3}$`)
	address := regexp.MustCompile(`^https://[^\s]+( \(.+\))?$`)
	names, last := map[string]string{}, ""
	for _, e := range all {
		if !code.MatchString(e.Code) || e.Code <= last {
			t.Errorf("%s does not follow %s", e.Code, last)
		}
		last = e.Code
		if e.Name == "" || names[e.Name] != "" {
			t.Errorf("%s and %s have the name %q", names[e.Name], e.Code, e.Name)
		}
		names[e.Name] = e.Code
		if e.Doc == "" || strings.HasSuffix(e.Doc, ".") || strings.Contains(e.Doc, "\n") {
			t.Errorf("%s: the doc is one sentence without its full stop, not %q", e.Code, e.Doc)
		}
		prose := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(e.Explanation, "")
		if n := len(strings.Fields(prose)); n < 45 || n > 300 {
			t.Errorf("%s is explained in %d words", e.Code, n)
		}
		if len(e.References) == 0 {
			t.Errorf("%s has no reference", e.Code)
		}
		for _, r := range e.References {
			if strings.HasPrefix(r, "http") && !address.MatchString(r) {
				t.Errorf("%s: %q is no address, perhaps with a word about it behind", e.Code, r)
			}
			if page, _, _ := strings.Cut(r, " "); strings.HasSuffix(strings.TrimSuffix(page, ","), ".md") && !strings.HasPrefix(page, "https:") {
				if _, err := os.Stat("../../" + strings.TrimSuffix(page, ",")); err != nil {
					t.Errorf("%s: %v", e.Code, err)
				}
			}
		}
		for i, n := range e.Invariants {
			if n < 1 || n > len(Invariants) || i > 0 && n <= e.Invariants[i-1] {
				t.Errorf("%s holds %v", e.Code, e.Invariants)
			}
		}
	}
	files, err := os.ReadDir("explain")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.ContainsFunc(all, func(e Entry) bool { return e.Code+".md" == f.Name() }) {
			t.Errorf("explain/%s explains nothing", f.Name())
		}
	}
}

// TestIgnorable: rules can be ignored, and what cannot be compiled otherwise
// cannot.
func TestIgnorable(t *testing.T) {
	for word, want := range map[string]bool{"TG003": false, "TG010": false, "TG012": true, "TG014": false, "TG019": true, "TG900": false} {
		if e, err := Find(word); err != nil || e.Ignorable != want {
			t.Errorf("%s can be ignored: %v, %v", word, e.Ignorable, err)
		}
	}
	rules := Rules()
	if len(rules) < len(check.Rules)+len(inspect.Rules)+20 {
		t.Errorf("there are %d codes", len(rules))
	}
}

func TestFind(t *testing.T) {
	for word, want := range map[string]string{"TG001": "TG001", "tg075": "TG075", "75": "TG075", "TG1": "TG001", "Tg19": "TG019", "900": "TG900"} {
		if e, err := Find(word); err != nil || e.Code != want || e.Explanation == "" {
			t.Errorf("%s is %s, %v", word, e.Code, err)
		}
	}
	for word, want := range map[string]string{"TG091234": "did you mean TG", "TG910": "or TG900", "frob": "lists them", "": "lists them", "-1": "lists them"} {
		if e, err := Find(word); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %s, %v", word, e.Code, err)
		}
	}
}

// TestInvariants: each is there once, in order, is held by a check or by what
// the plan derives once, and each test that is said to show that is there.
func TestInvariants(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(Invariants) != 40 {
		t.Errorf("there are %d", len(Invariants))
	}
	there := tests(t)
	for i, in := range Invariants {
		if in.Number != i+1 || in.Doc == "" || strings.HasSuffix(in.Doc, ".") {
			t.Errorf("the %dth is I%d: %q", i+1, in.Number, in.Doc)
		}
		if len(in.Codes(all)) == 0 {
			t.Errorf("no check says that it holds I%d", in.Number)
		}
		if len(in.Tests) == 0 && !slices.Contains(byTheCluster, in.Number) {
			t.Errorf("no test shows that the output keeps I%d", in.Number)
		}
		for _, name := range in.Tests {
			if !there[name] {
				t.Errorf("I%d: there is no %s", in.Number, name)
			}
		}
	}
}

// byTheCluster are those of which the output alone says nothing: whether pods fit
// is between the topology's nodes and the charts.
var byTheCluster = []int{36}

// tests gives the names of all test functions of the repository.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				names[f.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil || len(names) < 100 {
		t.Fatalf("found %d tests (%v)", len(names), err)
	}
	return names
}

// TestCurrent demands that docs/checks.md is what the catalogue gives.
func TestCurrent(t *testing.T) {
	want, err := Page()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/checks.md is not what the catalogue gives; run: go generate ./generator/catalogue")
	}
}
