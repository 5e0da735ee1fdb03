package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "tracegen.dev/"

// mayImport is the direction of the imports: what each package may know of the
// others. A family of emitters may know package emit and what emit knows.
var mayImport = map[string][]string{
	"schema":                    {},
	"profiles":                  {},
	"generator/diag":            {},
	"generator/chart":           {"generator/diag"},
	"generator/chart/keys":      {"generator/chart", "generator/diag"},
	"generator/chart/keys/gen":  {"generator/chart", "generator/chart/importer", "generator/chart/keys"},
	"generator/chart/importer":  {"generator/chart/keys"},
	"generator/topology":        {"generator/diag"}, // for positions
	"generator/fact":            {"generator/diag"}, // for positions
	"generator/tree":            {"generator/fact", "generator/diag"},
	"generator/stamp":           {},
	"generator/load":            {"generator/diag", "generator/stamp", "generator/topology", "schema"},
	"generator/plan":            {"generator/policy", "generator/topology", "generator/chart", "generator/fact", "generator/diag"},
	"generator/quantity":        {},
	"generator/capacity":        {"generator/emit", "generator/plan", "generator/topology", "generator/chart", "generator/fact", "generator/quantity", "generator/tree", "generator/diag"},
	"generator/secret":          {},
	"generator/check":           {"generator/secret", "generator/chart/keys", "generator/plan", "generator/policy", "generator/quantity", "generator/topology", "generator/chart", "generator/fact", "generator/diag"},
	"generator/emit":            {"generator/plan", "generator/policy", "generator/topology", "generator/fact", "generator/tree"},
	"generator/emit/escape":     {},
	"generator/emit/apps":       {"generator/emit/kustomize"},
	"generator/emit/collector":  {"generator/emit/escape"},
	"generator/emit/flux":       {"generator/emit/kustomize"},
	"generator/emit/grafana":    {"generator/emit/escape"},
	"generator/emit/kind":       {},
	"generator/emit/kustomize":  {},
	"generator/emit/layers":     {"generator/emit/escape"},
	"generator/emit/linkerd":    {},
	"generator/emit/loki":       {},
	"generator/emit/minio":      {},
	"generator/emit/nginx":      {},
	"generator/emit/network":    {},
	"generator/emit/pods":       {},
	"generator/emit/prometheus": {},
	"generator/emit/s3":         {},
	"generator/emit/tempo":      {},
	"generator/emit/traefik":    {},
	"generator/policy":          {"generator/diag"},
	"generator/override":        {"generator/emit", "generator/plan", "generator/topology", "generator/fact", "generator/tree", "generator/diag"},
	"generator/inspect":         {"generator/capacity", "generator/quantity", "generator/emit", "generator/plan", "generator/topology", "generator/fact", "generator/tree", "generator/diag"},
	"generator/path":            {"generator/chart", "generator/diag", "generator/emit", "generator/fact", "generator/inspect", "generator/plan", "generator/policy", "generator/topology", "generator/tree"},
	"generator/split":           {"generator/tree"},
	"generator/verify":          {"generator/secret", "generator/chart/keys", "generator/tree"},
	"generator/write":           {"generator/tree", "generator/diag"},
	"generator/catalogue":       {"generator", "generator/check", "generator/diag", "generator/inspect", "generator/load", "generator/override", "generator/path", "generator/plan", "generator/write"},
	"generator/catalogue/gen":   {"generator/catalogue"},
	"generator/charts":          {"generator", "generator/chart", "generator/chart/importer", "generator/chart/keys", "generator/check", "generator/diag", "generator/emit", "generator/fact", "generator/load", "generator/plan", "generator/topology", "generator/tree"},
	"generator/chart/gen":       {},
	"generator/topology/gen":    {"generator/topology", "schema"},

	"generator/chart/keys/shapes": {"generator/chart/keys"},
}

// outside is who may use a library: everyone else keeps clear of it.
var outside = map[string][]string{
	"cuelang.org/":      {"generator/load", "generator/chart/gen", "generator/topology/gen"},
	"github.com/spf13/": {"cmd/tracegen"},
	"golang.org/x/sys":  {"cmd/tracegen", "generator/load"}, // clocks and limits of Linux
	"golang.org/x/term": {"cmd/tracegen"},
	"golang.org/x/mod":  {"generator/chart", "generator/chart/gen", "generator/chart/importer", "generator/chart/keys/shapes"},
	"go.yaml.in/yaml/":  {"generator/charts", "generator/chart/importer"},
	"golang.org/x/text": {"generator/diag"},
}

func allowed(from, to string) bool {
	switch from {
	case "generator":
		return to != "generator/write" && !strings.HasPrefix(to, "cmd/")
	case "cmd/tracegen":
		// Not the stages in between: the compiler goes their way.
		return !slices.Contains([]string{"generator/plan", "generator/check", "generator/split", "generator/override", "generator/inspect", "generator/verify"}, to)
	}
	list := mayImport[from]
	if path.Dir(from) == "generator/emit" && from != "generator/emit/escape" {
		list = slices.Concat(list, mayImport["generator/emit"], []string{"generator/emit"})
	}
	return slices.Contains(list, to)
}

// TestImports holds every package to the table.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for name, f := range sources(t) {
		from := path.Dir(name)
		if seen[from] = true; mayImport[from] == nil && from != "generator" && from != "cmd/tracegen" {
			t.Errorf("%s: the table of imports has no row for %s", name, from)
			continue
		}
		for _, spec := range f.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if own, ok := strings.CutPrefix(to, module); ok {
				if !allowed(from, own) {
					t.Errorf("%s imports %s", name, own)
				}
				continue
			}
			if first, _, _ := strings.Cut(to, "/"); !strings.Contains(first, ".") {
				continue // the standard library
			}
			known := false
			for prefix, users := range outside {
				known = known || strings.HasPrefix(to, prefix) && slices.Contains(users, from)
			}
			if !known {
				t.Errorf("%s imports %s", name, to)
			}
		}
	}
	for from := range mayImport {
		if !seen[from] {
			t.Errorf("the table of imports has a row for %s, which is not there", from)
		}
	}
}

// TestImportsAreJudged shows that the table forbids what it is there to forbid.
func TestImportsAreJudged(t *testing.T) {
	for from, to := range map[string]string{
		"generator":             "generator/write",
		"generator/write":       "generator/load",
		"generator/plan":        "generator/emit",
		"generator/emit/tempo":  "generator/emit/minio",
		"generator/emit/minio":  "generator/chart",
		"generator/verify":      "generator/emit",
		"generator/emit/escape": "generator/tree",
		"generator/load":        "generator/plan",
		"cmd/tracegen":          "generator/split",
	} {
		if allowed(from, to) {
			t.Errorf("%s may import %s", from, to)
		}
	}
}

// TestNoInit: what runs is in a list, where it can be read.
func TestNoInit(t *testing.T) {
	for name, f := range sources(t) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init", name)
			}
		}
		for _, spec := range f.Imports {
			if spec.Name != nil && spec.Name.Name == "_" && spec.Path.Value != `"embed"` {
				t.Errorf("%s imports %s for its side effect", name, spec.Path.Value)
			}
		}
	}
}

// sources parses every file of the module that is not a test, by path.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	out := map[string]*ast.File{}
	for _, top := range []string{"generator", "cmd", "schema", "profiles"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				_, err := os.Stat(filepath.Join(p, "go.mod"))
				if err == nil || d.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.SkipObjectResolution)
			out[filepath.ToSlash(strings.TrimPrefix(p, "../"))] = f
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 50 {
		t.Fatalf("found only %d files", len(out))
	}
	return out
}

// TestDependencies: linking Helm, Kustomize or Kubernetes costs tens of
// milliseconds and megabytes at every start.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "../cmd/tracegen").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "cuelang.org/go/cue") || !slices.Contains(deps, module+"generator") {
		t.Fatalf("the list is not that of tracegen: %d packages", len(deps))
	}
	for _, d := range deps {
		for _, heavy := range []string{"helm.sh/", "k8s.io/", "sigs.k8s.io/", "github.com/fluxcd/", "testing"} {
			if d == heavy || strings.HasSuffix(heavy, "/") && strings.HasPrefix(d, heavy) {
				t.Errorf("tracegen depends on %s", d)
			}
		}
	}
}

// TestEmitters: each is known by a name of its own, and says what it makes.
func TestEmitters(t *testing.T) {
	names := map[string]bool{}
	after := false
	for _, e := range Emitters {
		if e.Name == "" || names[e.Name] || e.Doc == "" || strings.HasSuffix(e.Doc, ".") || e.Run == nil {
			t.Errorf("%q lacks a name of its own, a sentence, or a function: %q", e.Name, e.Doc)
		}
		if names[e.Name] = true; after && !e.AfterSplit {
			t.Errorf("%s stands behind what runs after it", e.Name)
		}
		after = e.AfterSplit
	}
}
