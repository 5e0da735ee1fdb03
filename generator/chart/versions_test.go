package chart

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Versions are compared in this package only. Elsewhere, code asks for a
// feature, so that a new chart version is an edit of the data.
func TestNoVersionComparisons(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string][]*ast.File{}
	fset := token.NewFileSet()
	for _, root := range []string{"../../generator", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if abs, _ := filepath.Abs(path); d.IsDir() && (abs == here || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			f, err := parser.ParseFile(fset, path, nil, 0)
			packages[filepath.Dir(path)] = append(packages[filepath.Dir(path)], f)
			return err
		})
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	for _, files := range packages {
		for _, finding := range versionComparisons(fset, files) {
			t.Error(finding)
		}
	}
}

// A full version, or the start of one, as strings.HasPrefix takes it.
var version = regexp.MustCompile(`^v?\d+\.(\d+\.?|\d+\.\d+([-+].*)?)?$`)

// The functions that compare strings, by their last name.
var comparing = []string{"Compare", "Contains", "Cut", "CutPrefix", "EqualFold", "Equal", "HasPrefix", "HasSuffix", "Index", "Less", "MatchString", "TrimPrefix"}

// versionComparisons finds, in the files of one package: the import of a
// library that compares versions, and the literal of a version, or a constant
// or variable that holds one, as an operand of a comparison, in a case of a
// switch, and in a call to a function that compares strings.
func versionComparisons(fset *token.FileSet, files []*ast.File) []string {
	var found []string
	report := func(n ast.Node, what string) {
		found = append(found, fmt.Sprintf("%s: %s: ask generator/chart for a feature instead", fset.Position(n.Pos()), what))
	}
	named := namedVersions(files)
	holdsVersion := func(exprs ...ast.Expr) bool {
		holds := false
		for _, e := range exprs {
			ast.Inspect(e, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				holds = holds || isVersion(n) || ok && named[id.Name]
				return !holds
			})
		}
		return holds
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				if path, _ := strconv.Unquote(n.Path.Value); comparesVersions(path) {
					report(n, "the import of "+path)
				}
			case *ast.BinaryExpr:
				switch n.Op {
				case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
					if holdsVersion(n.X, n.Y) {
						report(n, "a comparison with a version")
					}
				}
			case *ast.CaseClause:
				if holdsVersion(n.List...) {
					report(n, "a case for a version")
				}
			case *ast.CallExpr:
				if slices.Contains(comparing, lastName(n.Fun)) && holdsVersion(n.Args...) {
					report(n, "a call that compares with a version")
				}
			}
			return true
		})
	}
	return found
}

func comparesVersions(path string) bool {
	return path == "go/version" || slices.ContainsFunc(strings.Split(path, "/"), func(element string) bool {
		return strings.Contains(element, "semver") || element == "go-version"
	})
}

func isVersion(n ast.Node) bool {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return false
	}
	s, err := strconv.Unquote(lit.Value)
	return err == nil && version.MatchString(s)
}

// namedVersions lists the constants and variables that are declared as the
// literal of a version. Scopes do not matter for a rule as coarse as this.
func namedVersions(files []*ast.File) map[string]bool {
	named := map[string]bool{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if isVersion(v) {
						named[n.Names[i].Name] = true
					}
				}
			case *ast.AssignStmt:
				for i, v := range n.Rhs {
					if id, ok := n.Lhs[min(i, len(n.Lhs)-1)].(*ast.Ident); ok && isVersion(v) {
						named[id.Name] = true
					}
				}
			}
			return true
		})
	}
	return named
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func TestVersionComparisonsAreFound(t *testing.T) {
	for _, tc := range []struct {
		name, src string
		want      int
	}{
		{"nothing", `package p; var s = "1.2.3"; func f(v string) string { return v + s }`, 0},
		{"a semver library", `package p; import _ "golang.org/x/mod/semver"`, 1},
		{"another", `package p; import _ "github.com/Masterminds/semver/v3"`, 1},
		{"a third", `package p; import _ "github.com/hashicorp/go-version"`, 1},
		{"the standard library's", `package p; import _ "go/version"`, 1},
		{"equal", `package p; func f(v string) bool { return v == "1.2.3" }`, 1},
		{"less, reversed", `package p; func f(v string) bool { return "v1.41.0" <= v }`, 1},
		{"in an expression", `package p; func f(v string) bool { return v == "x-"+"1.2.3-rc.1" }`, 1},
		{"a constant", `package p; const flip = "1.41.0"; func f(v string) bool { return v >= flip }`, 1},
		{"a variable", `package p; func f(v string) bool { flip := "1.41.0"; return v >= flip }`, 1},
		{"a case", `package p; func f(v string) { switch v { case "a", "1.2.3": } }`, 1},
		{"a prefix", `package p; import "strings"; func f(v string) bool { return strings.HasPrefix(v, "39.") }`, 1},
		{"a longer prefix", `package p; import "strings"; func f(v string) bool { return strings.HasPrefix(v, "v2.10.") }`, 1},
		{"a list", `package p; import "slices"; func f(v string) bool { return slices.Contains([]string{"1.2.3"}, v) }`, 1},
		{"cmp", `package p; import "cmp"; func f(v string) int { return cmp.Compare(v, "1.2.3") }`, 1},
		{"an address", `package p; func f(host string) bool { return host == "0.0.0.0" }`, 0},
		{"an API version", `package p; func f(v string) bool { return v == "v1beta1" }`, 0},
		{"a number", `package p; func f(x float64) bool { return x == 1.5 }`, 0},
		{"a default", `package p; func f() string { return "1.2.3" }`, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, "p.go", tc.src, 0)
			if err != nil {
				t.Fatal(err)
			}
			if got := versionComparisons(fset, []*ast.File{f}); len(got) != tc.want {
				t.Errorf("got %d findings, want %d: %q", len(got), tc.want, got)
			}
		})
	}
}
