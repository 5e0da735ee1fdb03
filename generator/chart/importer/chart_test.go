package importer_test

import (
	"strings"
	"testing"
)

func TestSubcharts(t *testing.T) {
	got, notes := body(t, files{
		"Chart.yaml": about + `dependencies:
- {name: sub, version: 1.0.0, alias: first, condition: first.enabled, tags: [more]}
- {name: sub, version: 1.0.0, alias: second}
- {name: lib, version: 0.1.0}
- {name: gone, version: 4.0.12}
`,
		"values.yaml":                        "first: {a: 1}\nglobal: {mine: 1}\n",
		"templates/t.yaml":                   `{{ include "lib.name" . }}{{ .Values.first.b }}`,
		"charts/sub/Chart.yaml":              "name: sub\nversion: 1.0.0\n",
		"charts/sub/values.yaml":             "own: text\nglobal: {theirs: x}\n",
		"charts/sub/templates/t.yaml":        "x:\n  {{- toYaml .Values.copied | nindent 2 }}\n{{ .Values.global.read }}{{ include \"lib.name\" . }}",
		"charts/lib/Chart.yaml":              "name: lib\nversion: 0.1.0\ntype: library\n",
		"charts/lib/templates/_lib.tpl":      `{{ define "lib.name" }}{{ .Values.nameOverride }}{{ end }}`,
		"charts/lib/templates/rendered.yaml": `{{ .Values.never }}`,
		"charts/undeclared/Chart.yaml":       "name: undeclared\nversion: 0.1.0\n",
		"charts/undeclared/values.yaml":      "z: 1\n",
	})
	const want = `first
 a number
 b scalar
 copied any open:charts/sub/t.yaml
 enabled bool
 global
  mine number
  read scalar
  theirs string
 nameOverride scalar
 own string
global
 mine number
 read scalar
 theirs string
gone open:charts/gone
lib
 global
  mine number
  read scalar
  theirs string
nameOverride scalar
second
 copied any open:charts/sub/t.yaml
 global
  mine number
  read scalar
  theirs string
 nameOverride scalar
 own string
tags
 more bool
undeclared
 global
  mine number
  read scalar
  theirs string
 z number
`
	if got != want {
		t.Errorf("it is\n%s", got)
	}
	const note = "Chart.yaml:9: subchart gone 4.0.12 is not in charts/: whatever stands below gone is taken as it is"
	if len(notes) != 1 || notes[0].String() != note {
		t.Errorf("the notes are %q", notes)
	}
}

// TestOldDependencies reads those of a chart of API v1, and imported values.
func TestOldDependencies(t *testing.T) {
	got, _ := body(t, files{
		"requirements.yaml": `dependencies:
- name: sub
  version: 1.0.0
  import-values: [{child: a.b, parent: mine}]
`,
		"charts/sub/Chart.yaml":  "name: sub\nversion: 1.0.0\n",
		"charts/sub/values.yaml": "a: {b: {c: 1}}\n",
	})
	if want := "mine\n c number\nsub\n a\n  b\n   c number\n"; got != want {
		t.Errorf("it is\n%s", got)
	}
}

func TestSchema(t *testing.T) {
	got, notes := body(t, files{
		"values.yaml": "a: null\n",
		"values.schema.json": `{
"$defs": {"port": {"type": ["integer", "string"]}, "tree": {"properties": {"kids": {"items": {"$ref": "#/$defs/tree"}}}}},
"type": "object",
"properties": {
  "a": {"type": ["string", "null"]},
  "ports": {"type": "object", "additionalProperties": {"$ref": "#/$defs/port"}},
  "strict": {"type": "object", "additionalProperties": false, "properties": {"x": {"enum": ["on", true]}}},
  "sloppy": {"type": "object", "additionalProperties": true},
  "list": {"type": "array", "items": {"type": "object", "required": ["name", "text"], "properties": {"name": {"type": "string"}}}},
  "one": {"oneOf": [{"type": "string"}, {"type": "object", "additionalProperties": false, "properties": {"y": {"type": "number"}}}]},
  "all": {"allOf": [{"properties": {"z": {"type": "boolean"}}}]},
  "byName": {"patternProperties": {"^x": {"type": "number"}}, "additionalProperties": false},
  "tree": {"$ref": "#/$defs/tree"},
  "remote": {"$ref": "https://example.com/schema.json#/a"}
}}`,
		"templates/t.yaml": "{{ toYaml .Values.strict }}{{ toYaml .Values.one }}{{ toYaml .Values.sloppy }}",
	})
	const want = `a string
all
 z bool
byName
 * number
list list
 []
  name string
  text any
one string,map open:t.yaml
 y number
ports
 * number,string
remote any open:values.schema.json
sloppy open:t.yaml
strict
 x bool,string
tree
 kids list
  []
   kids list
    [] any open:values.schema.json
`
	if got != want {
		t.Errorf("it is\n%s", got)
	}
	if len(notes) != 1 || !strings.Contains(notes[0].String(), "example.com") {
		t.Errorf("the notes are %v", notes)
	}
}
