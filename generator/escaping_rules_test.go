package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/topology"
)

// TestNobodyEscapesByHand: only package escape writes two dollars, or a template
// that prints one.
func TestNobodyEscapesByHand(t *testing.T) {
	seen := 0
	for _, root := range []string{"emit", "plan", "override"} {
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || filepath.Dir(p) == filepath.Join("emit", "escape") {
				return err
			}
			seen++
			file, err := parser.ParseFile(token.NewFileSet(), p, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, _ := strconv.Unquote(lit.Value); strings.Contains(text, "$$") || strings.Contains(text, "{{") {
						t.Errorf("%s has %s: write what must arrive, through a channel of package escape", p, lit.Value)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 40 {
		t.Errorf("only %d files were read", seen)
	}
}

// free are the fields of the input that can hold a dollar or a brace, each with
// what becomes of it. Whoever adds one says here on which road it goes, or what
// refuses the sign.
var free = map[string]string{
	"AppIngress.annotations":           "an object of Kubernetes, keys judged by TG058",
	"Cluster.nodeSelector":             "judged by TG058",
	"Collector.attributes":             "the collector's configuration; keys judged by a check",
	"GrafanaOperator.instanceSelector": "judged by TG058",
	"Namespace.annotations":            "an object of Kubernetes, keys judged by TG058",
	"Namespace.labels":                 "judged by TG058",
	"PrometheusAddress.queries":        "Grafana's datasources",
	"PrometheusChart.queries":          "Grafana's datasources",
	"PrometheusStack.queries":          "Grafana's datasources",
	"Topology.apps":                    "the name judged by a check",
	"Topology.ignore":                  "in no file",
	"Topology.namespaces":              "the name judged by a check",
	"Collector.exporters":              "the name judged by a check",
	"Traefik.resourceAttributes":       "arguments of Traefik; keys judged by a check",
}

func TestFreeTexts(t *testing.T) {
	got := map[string]string{}
	for _, d := range topology.Definitions {
		for _, f := range d.Fields {
			if holds(f.Type) {
				got[d.Name+"."+f.Name] = free[d.Name+"."+f.Name]
			}
		}
	}
	if want, found := slices.Sorted(maps.Keys(free)), slices.Sorted(maps.Keys(got)); !slices.Equal(want, found) {
		t.Errorf("a dollar or a brace can stand in\n%q\nand it is known what becomes of it in\n%q", found, want)
	}
}

// holds reports whether a dollar or a brace can stand in a text of the type. What
// is below a definition is that definition's own, and `values` are Helm values as
// the user writes them.
func holds(t *topology.Type) bool {
	switch t.Kind {
	case topology.StringKind:
		return len(t.Enum) == 0 && admits(t.Pattern)
	case topology.ListKind:
		return holds(t.Elem)
	case topology.MapKind:
		return true // nothing in the schema is said of keys
	}
	return false
}

func admits(pattern string) bool {
	if pattern == "" {
		return true
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err)
	}
	var any func(*syntax.Regexp) bool
	any = func(re *syntax.Regexp) bool {
		switch re.Op {
		case syntax.OpLiteral:
			return slices.Contains(re.Rune, '$') || slices.Contains(re.Rune, '{')
		case syntax.OpCharClass:
			for i := 0; i < len(re.Rune); i += 2 {
				for _, r := range "${" {
					if re.Rune[i] <= r && r <= re.Rune[i+1] {
						return true
					}
				}
			}
		case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
			return true
		}
		return slices.ContainsFunc(re.Sub, any)
	}
	return any(re)
}

// TestJudgedKeys: the keys and labels that no channel is there for are refused.
func TestJudgedKeys(t *testing.T) {
	for _, profile := range []string{
		`cluster: {kind: "k3s", nodeSelector: %q: "a"}`,
		`cluster: {kind: "k3s", nodeSelector: a: %q}`,
		grafana12 + alloy1 + "\ncollector: attributes: %q: \"a\"",
		alloy1[1:] + "\n" + `collector: exporters: %q: {host: "x.example.com", protocol: "otlp-grpc"}`,
		`grafana: {kind: "grafana-operator", namespace: "grafana", instanceSelector: %q: "a"}`,
		`grafana: {kind: "grafana-operator", namespace: "grafana", instanceSelector: a: %q}`,
		`namespaces: observability: labels: %q: "a"`,
		`namespaces: observability: labels: a: %q`,
		`namespaces: observability: annotations: %q: "a"`,
		`namespaces: {observability: {}, %q: {}}`,
		`apps: %q: {` + app + "}",
		traefik3[1:] + "\n" + `traefik: resourceAttributes: %q: "a"`,
	} {
		for _, text := range []string{"a$", "$(a)", "{{ a }}"} {
			profile := strings.ReplaceAll(profile, "%q", strconv.Quote(text))
			if _, found := workspace(t, map[string]string{"p": complete(profile)}).analyse(t); len(found) == 0 {
				t.Errorf("nobody finds\n%s", profile)
			}
		}
	}
}

// TestComments: no comment has in it what a layer would change, or fail at: not
// those of the trees, and not those that a new workspace begins with.
func TestComments(t *testing.T) {
	seen := 0
	judge := func(file, line string) {
		if seen++; strings.Contains(line, "$") || strings.Contains(line, "{{") {
			t.Errorf("%s: %s", file, line)
		}
	}
	for _, s := range suites(t) {
		for _, f := range s.compile(t) {
			for _, line := range strings.Split(string(f.Data), "\n") {
				if comment(f.Path, line) {
					judge(f.Path, line)
				}
			}
		}
	}
	starters, err := filepath.Glob("../profiles/*/*.cue")
	if err != nil || len(starters) < 2 {
		t.Fatalf("found %d starters (%v)", len(starters), err)
	}
	for _, file := range append(starters, "../profiles/common.cue") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			if _, c, ok := strings.Cut(line, "//"); ok {
				judge(file, c)
			}
		}
	}
	if seen < 500 {
		t.Errorf("only %d comments were found", seen)
	}
}

// TestNotes: what a person takes elsewhere says what it needs there, and what
// stays does not.
func TestNotes(t *testing.T) {
	const note = "each dollar sign must be written twice"
	prometheus := "\n" + `prometheus: {kind: "address", host: "p.example.com", queries: a: "x{$__tags}"}`
	for _, c := range []struct {
		profile, file string
		want          bool
	}{
		{grafana12 + prometheus, "p/grafana/datasources.yaml", true},
		{grafana12 + "\n" + `prometheus: {kind: "address", host: "p.example.com"}`, "p/grafana/datasources.yaml", false},
		{grafana12 + prometheus, "base/grafana/values.yaml", false},
		{grafana12 + prometheus + "\n" + `grafana: delivery: kind: "none"`, "p/grafana/values.yaml", true},
		{grafana12 + prometheus + "\n" + `grafana: delivery: kind: "component"`, "p/grafana/values.yaml", false},
		{otel1[1:] + "\n" + `collector: attributes: a: "$"`, "p/otel-collector/config.yaml", true},
		{otel1[1:] + "\n" + `collector: attributes: a: "b"`, "p/otel-collector/config.yaml", false},
		{alloy1[1:] + "\n" + `collector: attributes: a: "$"`, "p/alloy/config.alloy", true},
		{alloy1[1:] + "\n" + `collector: attributes: a: "b"`, "p/alloy/config.alloy", false},
	} {
		there := false
		for _, f := range workspace(t, map[string]string{"p": complete(c.profile)}).compile(t) {
			if f.Path != c.file {
				continue
			}
			there = true
			if got := strings.Contains(string(f.Data), note); got != c.want {
				t.Errorf("%s of\n%s\nhas the note: %v", c.file, c.profile, got)
			}
		}
		if !there {
			t.Errorf("there is no %s of\n%s", c.file, c.profile)
		}
	}
}

// TestEveryChartHasLayers: what rewrites its values is known of every chart that
// a topology can install, from its oldest version on, if only that nothing does.
func TestEveryChartHasLayers(t *testing.T) {
	for _, name := range chart.Names() {
		c, _ := chart.Find(name)
		if slices.Contains([]string{"flux", "linkerd", "grafana-agent", "linkerd-viz", "promtail"}, name) {
			continue // which are no charts, or of which the tree has no release
		}
		for _, feature := range []string{"templatedKeys", "containerKeys"} {
			if !c.At(c.Oldest()).Knows(feature) {
				t.Errorf("%s %s has no %s", name, c.Oldest(), feature)
			}
		}
	}
}
