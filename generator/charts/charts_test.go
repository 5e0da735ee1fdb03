package charts

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/load"
)

// knowing gives the knowledge of a workspace with some contracts.
func knowing(t *testing.T, contracts ...string) *Knowledge {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "charts"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, text := range contracts {
		c, err := keys.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "charts", c.Chart+"-"+c.Versions[0]+".keys"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := load.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	k := Know(w)
	if len(k.Faults) > 0 || len(k.Imported) != len(contracts) {
		t.Fatalf("%d contracts are known, with %v", len(k.Imported), k.Faults)
	}
	return k
}

func find(t *testing.T, k *Knowledge, argument string) Subject {
	t.Helper()
	s, err := k.Find(argument)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFind(t *testing.T) {
	k := knowing(t, "chart tempo\nversions 9.0.0\n\na\n", "chart other\nversions 1.0.0\n\na\n", "chart other\nversions 1.10.0\n\na\n")
	for argument, want := range map[string]string{
		"tempo@2.2.4":              "tempo@2.2.4",
		"tempo":                    "tempo@2.2.4",
		"tempo@9.0.0":              "tempo@9.0.0",
		"other":                    "other@1.10.0",
		"traefik@40.0.0-ea.1":      "traefik@40.0.0-ea.1", // one before a release
		"tempo-distributed@1.62.1": "tempo-distributed@1.62.1",
		"tempo@2.2.5":              "nearest is 2.2.4, and known are 0.16.6 to 2.2.4, and imported 9.0.0",
		"tempo@99.0.0-rc.1":        "nearest is 2.2.4",
		"tempo-distributed@1.6":    "nearest is 1.6.14", // the newest of 1.6, and not of 1.61
		"tempo@1.x":                "nearest is 1.26.7",
		"tempo@v2.2.4":             "nearest is 2.2.4",
		"tempo@2..2.4":             "nearest is 2.2.4",
		"tempo@0.0.1":              "nearest is 0.16.6",
		"othr":                     "did you mean other?",
		"other@3.0.0":              "not 3.0.0: there are 1.0.0, 1.10.0",
		"":                         "names no chart",
	} {
		s, err := k.Find(argument)
		got := s.String()
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, not %s", argument, got, want)
		}
	}
}

// An import of another place, name or kind does not count: a build does not read
// it either.
// TestKnowWaitsForNobody: what looks like a contract may be a pipe.
func TestKnowWaitsForNobody(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "charts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "charts", "tempo-2.2.4.keys"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := load.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan *Knowledge)
	go func() { done <- Know(w) }()
	select {
	case k := <-done:
		if len(k.Imported) != 0 {
			t.Errorf("it knows %v", k.Imported)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it waits")
	}
}

func TestKnowHasBounds(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"charts/tempo-1.0.0.keys":  "chart tempo\nversions 1.0.0\n\na\n",
		"charts/tempo-1.0.1.keys":  "chart tempo\nversions 1.0.0\n\na\n",
		"charts/tempo-1.0.2.keys":  "chart tempo\nversions 1.0.1 1.0.2\n\na\n",
		"charts/tempo-1.0.3.keys":  "nothing",
		"charts/tempo-1.0.4.txt":   "chart tempo\nversions 1.0.4\n\na\n",
		"charts/a/tempo-1.0.keys":  "chart tempo\nversions 1.0.5\n\na\n",
		"other/[x]/tempo-1.0.keys": "",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := load.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := Know(w).Imported; !slices.Equal(got, []Own{{"tempo", "1.0.0"}}) {
		t.Errorf("known are %v", got)
	}
}

func TestPaths(t *testing.T) {
	for path, want := range map[string]string{
		"":                                 "",
		"a.b":                              "a|b",
		`datasources."datasources.yaml".a`: "datasources|datasources.yaml|a",
		"env[0].name":                      "env|[]|name",
		"env[].name":                       "env|[]|name",
		"a[0][1]":                          "a|[]|[]",
		"a..b":                             "dot too many",
		".a":                               "dot too many",
		"a.":                               "dot too many",
		`"a`:                               "open quote",
		`"a"b`:                             "lacks a dot",
		"a[0":                              "open bracket",
		"a[0]b":                            "lacks a dot",
	} {
		names, err := parsePath(path)
		got := strings.Join(names, "|")
		if err != nil {
			got = err.Error()
		}
		if !strings.HasSuffix(got, want) || err == nil && got != want {
			t.Errorf("%s is %s, not %s", path, got, want)
		}
	}
}

func TestTree(t *testing.T) {
	k := knowing(t, "chart traefik\nversions 39.0.1\n\nenv list\n []\n  name string\nopen open:x.yaml\n a\n  b bool\nports\n *\n  port number\n")
	s := find(t, k, "traefik@39.0.1")
	for path, want := range map[string]string{
		"env[3].name":    "string",
		"ports.web.port": "number",
		"open":           "map open",
		"env[0].nam":     "did you mean env[].name?",
		"open.c":         "any key may stand there",
		"port":           "did you mean ports?",
	} {
		got := ""
		tree, err := k.Tree(s, path, -1)
		if err != nil {
			got = err.Error()
		} else if got = tree.Kinds; tree.Open != "" {
			got += " open"
		}
		if !strings.HasSuffix(got, want) {
			t.Errorf("%s: %s, not %s", path, got, want)
		}
	}
	top, err := k.Tree(s, "", 1)
	if err != nil || len(top.Keys) != 3 || top.Keys[0].More != 1 || top.Keys[0].Keys != nil {
		t.Errorf("%v: the first level is %+v", err, top)
	}
	all, err := k.Tree(s, "", -1)
	if err != nil || all.Keys[1].Keys[0].Keys[0].Name != "b" {
		t.Errorf("%v: all of it is %+v", err, all)
	}
}

func TestReadValuesHasBounds(t *testing.T) {
	if _, err := ReadValues(strings.NewReader(strings.Repeat("# a\n", largestValues))); err == nil || err.Error() != "it has more than 5 MiB" {
		t.Errorf("large values: %v", err)
	}
	k := knowing(t)
	values := map[string]any{}
	for i := range 20000 {
		values["k"+strconv.Itoa(i)] = i
	}
	start := time.Now()
	if found := k.Judge(find(t, k, "tempo@2.2.4"), values); len(found) != len(values) {
		t.Errorf("%d findings", len(found))
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it takes %s", took)
	}
}

// TestJudge: what a text says counts, in the same way as it does to a build.
func TestJudge(t *testing.T) {
	k := knowing(t, "chart other\nversions 1.0.0\n\na bool\nb string\n")
	for text, want := range map[string]string{
		"b: x\n":                             "",
		"b: 2026-11-20\n":                    "",
		"zone: 1\nb: '{{ .Values.zone }}'\n": "",
		"a: 'false'\n":                       "a of other 1.0.0 takes true or false, not a text; write false, without quotes",
		"a: 2026-11-20\n":                    "a of other 1.0.0 takes true or false, not a text; write true or false",
		"zone: 1\nb: '{{ .Values.site }}'\n": "other 1.0.0 has no key zone; leave it out: it would be ignored; here stand a, b",
	} {
		values, err := ReadValues(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range k.Judge(find(t, k, "other@1.0.0"), values) {
			got = append(got, f.Message+"; "+f.Help)
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestReadValues(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "map[]",
		"# nothing\n":         "map[]",
		"null\n":              "map[]",
		"a: 1\n":              "map[a:1]",
		"1: {true: x}\n":      "map[1:map[true:x]]",
		"a: [{1: b}]\n":       "map[a:[map[1:b]]]",
		"a: &x {b: 1}\nc: *x": "map[a:map[b:1] c:map[b:1]]",
		"text":                "this is none",
		"a: 1\n---\nb: 2\n":   "more than one document",
		"a: 1\n---\n":         "more than one document",
		"a: b: c":             "yaml: ",
		"a: 1\na: 2\n":        "already defined",
		"a: !!binary x":       "yaml: ",
	} {
		v, err := ReadValues(strings.NewReader(text))
		got := strings.ReplaceAll(sprint(v), "interface {}", "")
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q is %s, not %s", text, got, want)
		}
	}
	got := sprint(MergeValues(map[string]any{"a": map[string]any{"b": 1, "c": 2}, "d": []any{1, 2}}, map[string]any{"a": map[string]any{"b": nil}, "d": []any{3}}))
	if got != "map[a:map[b:<nil> c:2] d:[3]]" {
		t.Errorf("merged they are %s", got)
	}
}

func TestShow(t *testing.T) {
	k := knowing(t)
	s := find(t, k, "tempo-distributed@1.61.3")
	shown := k.Show(s, chart.Install{Release: "tracing", Values: map[string]any{"traces": map[string]any{"zipkin": map[string]any{"enabled": true}}}})
	i := slices.IndexFunc(shown.Services, func(s Service) bool { return s.Name == "tracing-tempo-distributor" })
	if i < 0 || !slices.Contains(shown.Services[i].Ports, Port{"distributor-zipkin", 9411, "TCP"}) {
		t.Errorf("the Services are %v", shown.Services)
	}
	if shown.Features["httpPort"] != int64(3200) || shown.AppVersion != "2.9.0" {
		t.Errorf("it is shown as %+v", shown)
	}
	for name := range shown.Features {
		if !s.At.Has(name) {
			t.Errorf("%s is shown, and not present", name)
		}
	}
	for _, name := range chart.Names() {
		if k.Show(find(t, k, name), chart.Install{}).Release == "" {
			t.Errorf("%s has no release name of its own", name)
		}
	}
}
