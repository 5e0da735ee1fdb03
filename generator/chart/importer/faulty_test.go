package importer_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestFaultyCharts: each fault names its file and line.
func TestFaultyCharts(t *testing.T) {
	deep := func(open, shut string, n int) string { return strings.Repeat(open, n) + strings.Repeat(shut, n) }
	aliases := "a0: &a0 {x: 1, y: 2}\n"
	for i := 1; i < 30; i++ {
		aliases += fmt.Sprintf("a%d: &a%d {x: *a%d, y: *a%d}\n", i, i, i-1, i-1)
	}
	for _, tc := range []struct{ name, file, text, want string }{
		{"no YAML", "Chart.yaml", "name: x\n\tversion", "Chart.yaml:2: "},
		{"a list", "Chart.yaml", "- a\n", "Chart.yaml:1: it is no map"},
		{"no name", "Chart.yaml", "version: 1.0.0\n", `Chart.yaml:1: "" is no chart's name`},
		{"a path as name", "Chart.yaml", "version: 1.0.0\nname: ../x\n", `Chart.yaml:2: "../x" is no chart's name`},
		{"no version", "Chart.yaml", "name: x\n", `Chart.yaml:1: "" is no version`},
		{"a faulty version", "Chart.yaml", "name: x\nversion: one\n", `Chart.yaml:2: "one" is no version`},
		{"a long version", "Chart.yaml", "name: x\nversion: 1.0.0-" + strings.Repeat("a", 250) + "\n", "Chart.yaml:1: the chart's name and version together have 257 letters, and may have 200"},
		{"an appVersion of lines", "Chart.yaml", "name: x\nversion: 1.0.0\nappVersion: \"1\\nversions 2\"\n", "Chart.yaml:3: the appVersion has several lines"},
		{"dependencies", "Chart.yaml", about + "dependencies: {}\n", "Chart.yaml:5: the dependencies are no list"},
		{"a dependency's name", "Chart.yaml", about + "dependencies:\n- name: a/b\n", `Chart.yaml:6: a dependency's name is "a/b"`},
		{"values of a list", "values.yaml", "- a\n", "values.yaml:1: the values are no map"},
		{"values of a word", "values.yaml", "a\n", "values.yaml:1: the values are no map"},
		{"faulty values", "values.yaml", "a: 1\nb: [\n", "values.yaml:"},
		{"values twice", "values.yaml", "a: 1\n? [x]\n: 2\n", "values.yaml:2: a key is no plain word"},
		{"deep values", "values.yaml", "a: " + deep("[", "]", 5000), "values.yaml"},
		{"very deep values", "values.yaml", "a: " + deep("[", "]", 50000), "values.yaml"},
		{"many aliases", "values.yaml", aliases, "values.yaml:"},
		{"no UTF-8", "values.yaml", "a: 1\nb: \xff\n", "values.yaml:2: it is no UTF-8"},
		{"large values", "values.yaml", strings.Repeat("a: 1\n", 300000), "values.yaml has more than 1 MiB"},
		{"no JSON", "values.schema.json", "{\n\"a\": }\n", "values.schema.json:2: "},
		{"a schema of a list", "values.schema.json", "[]", "values.schema.json:1: a schema is a map"},
		{"a dangling $ref", "values.schema.json", `{"$ref": "#/a"}`, `values.schema.json: "#/a" refers to nothing`},
		{"a deep schema", "values.schema.json", deep(`{"items":`, "}", 0) + strings.Repeat(`{"items":`, 200) + "{}" + strings.Repeat("}", 200), "values.schema.json: the schema is too large or too deep"},
		{"a template that is left open", "templates/a/t.yaml", "a\n{{ if .Values.a }}\n", "templates/a/t.yaml:3: unexpected EOF"},
		{"an action that is left open", "templates/t.yaml", "a\n{{ .Values.a\n", "started at templates/t.yaml:2"},
		{"a template of no UTF-8", "templates/t.yaml", "a\n\n\xfe", "templates/t.yaml:3: it is no UTF-8"},
		{"deep actions", "templates/t.yaml", "\n" + deep("{{ if 1 }}", "{{ end }}", 20000), "templates/t.yaml:2: actions stand more than 100 deep"},
		{"a long chain of else", "templates/t.yaml", "{{ if 1 }}" + strings.Repeat("{{ else if 1 }}", 20000) + "{{ end }}", "actions stand more than 100 deep"},
		{"deep parentheses", "templates/t.yaml", "{{ " + deep("(", ")", 20000) + " }}", "parentheses stand more than 100 deep"},
		{"many actions", "templates/t.yaml", strings.Repeat("{{ . }}", 500000), "more than 2 MiB of actions"},
		{"a subchart", "charts/a/values.yaml", "a: 1\n", "charts/a has no Chart.yaml"},
		{"a subchart's template", "charts/a/Chart.yaml", "name: a\nversion: 1\n", "it stands below"},
	} {
		f := files{tc.file: tc.text}
		want := tc.want
		if tc.name == "a subchart's template" {
			f["charts/a/templates/t.yaml"] = "{{ end }}"
			want = "charts/a/templates/t.yaml:1: unexpected {{end}}"
		}
		dir := f.write(t)
		inTime(t, tc.name, func() {
			_, _, err := contractOf(dir)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %.300v, not %s", tc.name, err, want)
			}
		})
	}
}

// TestEntangled are templates that would take for ever. Each ends, in whatever
// way.
func TestEntangled(t *testing.T) {
	calls, walks := "", ""
	for i := range 40 {
		calls += fmt.Sprintf("{{ define \"d%d\" }}{{ include \"d%d\" (dict \"a\" . \"b\" %d) }}{{ include \"d%d\" (dict \"a\" . \"c\" .) }}{{ end }}\n", i, i+1, i, i+1)
		walks += fmt.Sprintf("{{ define \"d%d\" }}{{ range . }}{{ include \"d%d\" . }}{{ .a%d }}{{ end }}{{ end }}\n", i, (i*7+1)%40, i)
	}
	for name, text := range map[string]string{
		"calls":     calls + `{{ include "d0" . }}`,
		"walks":     walks + `{{ include "d0" .Values }}`,
		"itself":    `{{ define "d" }}{{ include "d" (dict "a" . "b" (list .)) }}{{ end }}{{ include "d" . }}`,
		"a map":     `{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $_ = merge $d (dict "b" $d) }}{{ toYaml $d }}{{ $d.a.a.b.a }}`,
		"grows":     `{{ $d := dict }}{{ range $i, $e := .Values.a }}{{ $d = dict "x" $d "y" $d $e $d }}{{ end }}{{ toYaml $d }}`,
		"swaps":     `{{ $_ := set .Values "a" .Values.b }}{{ $_ := set .Values "b" .Values }}{{ $_ := set .Values.a "c" .Values }}{{ .Values.a.b.c.a.b.c.a.b.c.d }}{{ toYaml .Values }}`,
		"words":     `{{ $w := "a" }}{{ range .Values.a }}{{ $w = printf "%s%s" $w $w }}{{ end }}{{ index .Values $w }}`,
		"fields":    "{{ .Values" + strings.Repeat(".a", 5000) + " }}",
		"texts":     `{{ define "d" }}x:` + "\n" + `  {{ include "d" . | nindent 2 }}{{ toYaml .Values.a }}{{ end }}{{ include "d" . }}{{ (include "d" . | fromYaml).x.x.x }}`,
		"a list":    `{{ $l := list }}{{ range .Values.a }}{{ $l = append $l $l }}{{ end }}{{ toYaml $l }}`,
		"a default": `{{ tpl .Values.t . }}`,
	} {
		dir := files{"values.yaml": "t: '{{ tpl .Values.t . }}{{ .Values.u }}'\n", "templates/t.yaml": text}.write(t)
		inTime(t, name, func() {
			if _, _, err := contractOf(dir); err != nil {
				t.Log(name, err)
			}
		})
	}
}
