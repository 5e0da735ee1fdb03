package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table is a copy of the data, so it must be a fresh one.
func TestTableIsFresh(t *testing.T) {
	want, err := generate("../" + schema)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../" + output)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run go generate ./generator/chart", output)
	}
}

const good = `package charts

charts: x: {
	repositories: [{url: "https://example.org/charts", from: "1.0.0"}]
	oldest: "1.0.0"
	newest: "2.0.0"
	apps: {"1.0.0": "0.9.0", "2.0.0": "1.0.0"}
	features: {
		name: {doc: "a name", steps: [{from: "1.0.0", value: "x"}]}
		truncate: {doc: "a length", steps: [{from: "1.0.0", value: 63}, {from: "1.5.0", value: 26}]}
	}
	defaults: "on": [{from: "1.0.0", value: true}, {from: "1.3.0", value: false}]
	services: [{name: "{@full}-a", from: "1.1.0", before: "1.4.0", when: "on", ports: [{name: "http", port: 80}]}]
}
`

func TestGenerateRefuses(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"good", "", "", ""},
		{"no doc", `doc: "a name", `, "", "field is required"},
		{"empty doc", `"a name"`, `""`, "doc: invalid value"},
		{"unknown field", `doc: "a name"`, `doc: "a name", dok: "x"`, "field not allowed"},
		{"no steps", `[{from: "1.0.0", value: "x"}]`, `[]`, "steps"},
		{"value of no type", `value: "x"`, `value: {}`, "value"},
		{"range for a version", `"1.5.0"`, `"1.5.x"`, "from: invalid value"},
		{"slash at a URL's end", `/charts"`, `/charts/"`, "url: invalid value"},
		{"order", `"1.5.0"`, `"1.0.0"`, "truncate: the step at 1.0.0 follows the one at 1.0.0"},
		{"order by number", `from: "1.0.0", value: 63}, {from: "1.5.0"`, `from: "1.10.0", value: 63}, {from: "1.9.0"`, "truncate: the step at 1.9.0 follows the one at 1.10.0"},
		{"outside", `"1.5.0"`, `"2.0.1"`, "truncate: the step at 2.0.1 lies outside"},
		{"mixed types", `value: 26`, `value: "26"`, "another type"},
		{"no change", `value: 26`, `value: 63`, "changes nothing"},
		{"oldest after newest", `oldest: "1.0.0"`, `oldest: "3.0.0"`, "is newer than the newest"},
		{"until before from", `from: "1.0.0"}]`, `from: "1.0.0", until: "0.1.0"}]`, "which is before 1.0.0"},
		{"no repository, as of a product that is no chart", `{url: "https://example.org/charts", from: "1.0.0"}`, "", ""},
		{"no list of repositories", `repositories: [{url: "https://example.org/charts", from: "1.0.0"}]`, "", "field is required"},
		{"app outside", `"1.0.0": "0.9.0"`, `"0.1.0": "0.9.0"`, "the app version of 0.1.0 lies outside"},
		{"newest without app", `, "2.0.0": "1.0.0"`, "", "the newest version, 2.0.0, has no app version"},
		{"Service before it is there", `from: "1.1.0"`, `from: "1.4.0"`, "{@full}-a: it is there from 1.4.0, and before 1.4.0"},
		{"Service outside", `before: "1.4.0"`, `before: "2.4.0"`, "{@full}-a: the edge 2.4.0 lies outside"},
		{"Service without ports", `ports: [{name: "http", port: 80}]`, `ports: []`, "ports"},
		{"port 0", `port: 80`, `port: 0`, "port"},
		{"order of defaults", `from: "1.3.0"`, `from: "1.0.0"`, "default of on: the step at 1.0.0 follows the one at 1.0.0"},
		{"default outside", `from: "1.3.0"`, `from: "3.0.0"`, "default of on: the step at 3.0.0 lies outside"},
		{"default that changes nothing", `value: false}`, `value: true}`, "default of on: the step at 1.3.0 changes nothing"},
		{"a rename", "features: {", `renamed: [{from: "a", to: "b", at: "2.0.0", source: "x"}], features: {`, ""},
		{"a rename without source", "features: {", `renamed: [{from: "a", to: "b", at: "2.0.0"}], features: {`, "field is required"},
		{"a rename at no release", "features: {", `renamed: [{from: "a", to: "b", at: "1.5.0", source: "x"}], features: {`, "a is renamed at 1.5.0, which is no release"},
		{"two renames of one path", "features: {", `renamed: [{from: "a", to: "b", at: "2.0.0", source: "x"}, {from: "a", to: "c", at: "2.0.0", source: "x"}], features: {`, "a is renamed twice"},
		{"a rename that a feature tells", "features: {", `renamed: [{from: "a", to: "b", at: "2.0.0", source: "x"}], features: {aKey: {doc: "the values path of a", steps: [{from: "1.0.0", value: "a"}, {from: "2.0.0", value: "b"}]}, `, "the feature aKey tells already"},
		{"common feature", `truncate: {`, `length: {`, "the feature truncate, which every chart has, is missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			sources := map[string]string{}
			for _, name := range []string{"chart.cue", "rename.cue", "service.cue", "workload.cue"} {
				src, err := os.ReadFile(filepath.Join("..", schema, name))
				if err != nil {
					t.Fatal(err)
				}
				sources[name] = string(src)
			}
			if tc.old != "" && strings.Count(good, tc.old) != 1 {
				t.Fatalf("%q stands %d times in the good data", tc.old, strings.Count(good, tc.old))
			}
			sources["x.cue"] = strings.Replace(good, tc.old, tc.new, 1)
			for name, src := range sources {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			_, err := generate(dir)
			switch {
			case tc.want == "" && err != nil:
				t.Errorf("the good data is refused: %v", err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("got %v, want an error with %q", err, tc.want)
			}
		})
	}
}
