package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/chart/keys"
)

// modules writes Go files, and gives the directories of their modules.
func modules(t *testing.T, files map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	var out []string
	for _, name := range []string{"a", "b"} {
		out = append(out, filepath.Join(dir, name))
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// source has one of each thing that the walk tells apart.
func source() map[string]string {
	return map[string]string{
		"a/go.mod": "module example.org/a\n",
		"a/app/app.go": `package app

import (
	"time"

	"example.org/a/vend"
	other "example.org/b/server"
)

type Config struct {
	Name     string ` + "`yaml:\"name,omitempty\"`" + `
	Untagged int
	hidden   int
	Skipped  int ` + "`yaml:\"-\"`" + `
	Took     time.Duration ` + "`yaml:\"took\"`" + `
	Server   other.Config ` + "`yaml:\"server\"`" + `
	Second   *other.Config ` + "`yaml:\"second\"`" + `
	Items    []Item ` + "`yaml:\"items\"`" + `
	Servers  []other.Config ` + "`yaml:\"servers\"`" + `
	ByName   map[string]Item ` + "`yaml:\"by_name\"`" + `
	Any      map[string]interface{} ` + "`yaml:\"any\"`" + `
	Gone     map[string]any ` + "`yaml:\"gone\"`" + ` // Deprecated: kept for old files.
	Vendored vend.Config ` + "`yaml:\"vendored\"`" + `
	Own      Own ` + "`yaml:\"own\"`" + `
	Renamed  Renamed ` + "`yaml:\"renamed\"`" + `
	Many     Opt[Item] ` + "`yaml:\"many\"`" + `
	Inline ` + "`yaml:\",inline\"`" + `
}

type Opt[T any] struct{ Value T }

type Inline struct {
	Ratio float64 ` + "`yaml:\"ratio\"`" + `
}

type Item struct {
	other.Config ` + "`yaml:\",inline\"`" + `
	On bool ` + "`yaml:\"on\"`" + `
}

type Own []string

func (o *Own) UnmarshalYAML() {}

type Renamed other.Config

func (r *Renamed) UnmarshalYAML() {}

type Legacy struct {
	Old string ` + "`yaml:\"old\"`" + `
}
`,
		"a/vendor/example.org/x/x.go": "package x\n",
		"a/vend/vend.go":              "package vend\n\nimport \"example.org/x\"\n\ntype Config struct {\n\tX x.X `yaml:\"x\"`\n}\n",
		"a/vendor/example.org/x/y.go": "package x\n\ntype X = Y\n\ntype Y uint8\n",
		"b/go.mod":                    "module example.org/b\n",
		"b/server/server.go":          "package server\n\ntype Config struct {\n\tPort uint16 `yaml:\"port\"`\n}\n",
		"b/server/server_test.go":     "package server\n\ntype Config struct {\n\tWrong int\n}\n",
	}
}

func sample() *program {
	return &program{
		tag: "yaml", unmarshal: "UnmarshalYAML", untagged: strings.ToLower, types: goTypes(),
		usual:  map[string]bool{"app.Renamed": true},
		shared: map[string]string{"server.Config": "server"},
		also:   map[string]string{"example.org/a/app.Config": "Legacy"},
		drop:   map[string]string{"example.org/a/app.Config": "untagged"},
		roots:  []root{{shape: "config", types: []string{"example.org/a/old.Config", "example.org/a/app.Config"}}},
	}
}

func TestWalk(t *testing.T) {
	got, err := sample().contract("x", "1.0.0", modules(t, source()))
	if err != nil {
		t.Fatal(err)
	}
	const want = `chart x
versions 1.0.0

config
 any
  * any open:any
 by_name
  * like:x/server
   on bool
 items list
  [] like:x/server
   on bool
 many
  value like:x/server
   on bool
 name string
 old string
 own string
 ratio number
 renamed like:x/server
 second like:x/server
 server like:x/server
 servers list like:x/server
 took string
 vendored
  x number
server
 port number
`
	if got != want {
		t.Errorf("it is\n%s", got)
	}
	if _, err := keys.Parse(got); err != nil {
		t.Error(err)
	}
}

func TestWalkFaults(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		edit       func(p *program, files map[string]string)
	}{
		{"no root", "none of", func(p *program, _ map[string]string) { p.roots[0].types = []string{"example.org/a/app.Missing"} }},
		{"no source", "the source of example.org/x is not here", func(_ *program, files map[string]string) {
			delete(files, "a/vendor/example.org/x/x.go")
			delete(files, "a/vendor/example.org/x/y.go")
		}},
		{"recursion", "is inside of itself", func(_ *program, files map[string]string) {
			files["b/server/server.go"] = "package server\n\ntype Config struct{ Next T }\n\ntype T struct{ Below *T }\n"
		}},
		{"two of one name", "have one name", func(p *program, _ map[string]string) { p.shared["app.Item"] = "server" }},
		{"no type", "example.org/b/server.Config is not there", func(_ *program, files map[string]string) {
			files["b/server/server.go"] = "package server\n"
		}},
	} {
		p, files := sample(), source()
		tc.edit(p, files)
		_, err := p.contract("x", "1.0.0", modules(t, files))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, not %s", tc.name, err, tc.want)
		}
	}
}

// TestRunMerges adds a version to the file that is there.
func TestRunMerges(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(t.TempDir(), "m")
	write := func(fields string) {
		if err := os.MkdirAll(filepath.Join(root, "pkg", "loki"), 0o777); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{
			"go.mod":           "module github.com/grafana/loki/v3\n",
			"pkg/loki/loki.go": "package loki\n\ntype Config struct {\n" + fields + "}\n",
		} {
			if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	for version, fields := range map[string]string{"3.1.0": "A int\nB int\n", "3.0.0": "A int\nC int\n"} {
		write(fields)
		if err := run(dir, "loki", version, []string{root}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(filepath.Join(dir, "loki.keys"))
	if err != nil {
		t.Fatal(err)
	}
	const want = "chart loki\nversions 3.0.0 3.1.0\n\nconfig\n a number\n b number @3.1.0..\n c number @..3.0.0\n"
	if !strings.HasSuffix(string(got), want) || !strings.HasPrefix(string(got), "# From ") {
		t.Errorf("it is\n%s", got)
	}
	if err := run(dir, "grafana-agent", "1.0.0", []string{root}); err == nil {
		t.Error("there is a program grafana-agent")
	}
}
