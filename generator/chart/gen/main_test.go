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
		{"common feature", `truncate: {`, `length: {`, "the feature truncate, which every chart has, is missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			definitions, err := os.ReadFile(filepath.Join("..", schema, "chart.cue"))
			if err != nil {
				t.Fatal(err)
			}
			if tc.old != "" && strings.Count(good, tc.old) != 1 {
				t.Fatalf("%q stands %d times in the good data", tc.old, strings.Count(good, tc.old))
			}
			bad := strings.Replace(good, tc.old, tc.new, 1)
			for name, src := range map[string]string{"chart.cue": string(definitions), "x.cue": bad} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			_, err = generate(dir)
			switch {
			case tc.want == "" && err != nil:
				t.Errorf("the good data is refused: %v", err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("got %v, want an error with %q", err, tc.want)
			}
		})
	}
}
