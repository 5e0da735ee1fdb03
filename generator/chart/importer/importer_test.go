package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/chart/importer"
	"tracegen.dev/generator/chart/keys"
)

// files are a chart's, by path. One without a Chart.yaml gets one.
type files map[string]string

const about = "apiVersion: v2\nname: x\nversion: 1.2.3\nappVersion: v4.5.6\n"

func (f files) write(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if _, ok := f["Chart.yaml"]; !ok {
		f["Chart.yaml"] = about
	}
	for name, data := range f {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func contractOf(f string) (*keys.Contract, []importer.Note, error) {
	c, err := importer.Read(f)
	if err != nil {
		return nil, nil, err
	}
	return c.Contract()
}

// body is the contract's text without its head, which must be readable again.
func body(t *testing.T, f files) (string, []importer.Note) {
	t.Helper()
	c, notes, err := contractOf(f.write(t))
	if err != nil {
		t.Fatal(err)
	}
	text := c.Format()
	if _, err := keys.Parse(text); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	_, rest, _ := strings.Cut(text, "\n\n")
	return rest, notes
}

func TestHead(t *testing.T) {
	c, notes, err := contractOf(files{"values.yaml": "a: 1\n"}.write(t))
	if err != nil || len(notes) > 0 {
		t.Fatal(err, notes)
	}
	if got, want := c.Format(), "chart x\napp 4.5.6\nversions 1.2.3\n\na number\n"; got != want {
		t.Errorf("it is\n%s", got)
	}
	dir := files{"Chart.yaml": "name: x\nversion: v1.2.3-rc.1+b7\n"}.write(t)
	if c, _, err = contractOf(dir); err != nil || c.Format() != "chart x\nversions 1.2.3-rc.1+b7\n\n" {
		t.Errorf("%v: %q", err, c.Format())
	}
}

// TestEcho: Linkerd's record of all its values leaves them closed.
func TestEcho(t *testing.T) {
	for name, want := range map[string]string{"linkerd-control-plane": "a number\n", "x": "* any open:config.yaml\na number\n"} {
		got, _ := body(t, files{
			"Chart.yaml":            "name: " + name + "\nversion: 1.0.0\n",
			"values.yaml":           "a: 1\n",
			"templates/config.yaml": "values: |\n  {{- toYaml .Values | nindent 2 }}",
		})
		if got != want {
			t.Errorf("%s is\n%s", name, got)
		}
	}
}

func TestValues(t *testing.T) {
	got, _ := body(t, files{"values.yaml": `
text: a
none: null
truth: true
whole: 1
half: 0.5
map: {}
list: []
deep: {a: {b: {c: 1}}}
items: [{name: a}, {port: 1}]
"a b": x
base: &base {one: 1}
again: *base
more: {<<: *base, two: 2}
# said: only in a comment
`})
	const want = `"a b" string
again
 one number
base
 one number
deep
 a
  b
   c number
half number
items list
 []
  name string
  port number
list list
map
more
 one number
 two number
none any
text string
truth bool
whole number
`
	if got != want {
		t.Errorf("it is\n%s", got)
	}
}

// TestTemplates has what a template makes of a chart without values.yaml, or of
// the one that stands before ---.
func TestTemplates(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"a field is printed", `a: {{ .Values.a.b }}`, "a\n b scalar\n"},
		{"a field is only asked for", `{{ if .Values.a.b }}{{ end }}`, "a\n b any\n"},
		{"from the root", `{{ with .Values.a }}{{ $.Values.c }}{{ .b }}{{ end }}`, "a\n b scalar\nc scalar\n"},
		{"dot after else", `{{ with .Values.a }}{{ .b }}{{ else }}{{ .Values.c }}{{ end }}`, "a\n b scalar\nc scalar\n"},
		{"a variable", `{{ $v := .Values.a }}{{ $v.b }}`, "a\n b scalar\n"},
		{"a variable of a branch", `{{ $v := .Values.a }}{{ if .Values.q }}{{ $v = .Values.c }}{{ end }}{{ $v.b }}`,
			"a\n b scalar\nc\n b scalar\nq any\n"},
		{"a variable that a loop hands on", `{{ $v := .Values.a }}{{ $w := .Values.c }}{{ range list 1 2 }}{{ $v.b }}{{ $v = $w }}{{ end }}`,
			"a\n b scalar\nc\n b scalar\n"},
		{"copied whole", "config:\n  {{- toYaml .Values.a | nindent 2 }}", "a any open:t.yaml\n"},
		{"a known map copied", "a: {b: 1}\n---\nconfig:\n  {{- toYaml .Values.a | nindent 2 }}", "a open:t.yaml\n b number\n"},
		{"a map that is read is closed", "a: {b: 1}\n---\n{{ .Values.a.c }}", "a\n b number\n c scalar\n"},
		{"a map that nobody reads", "a: {b: 1}\n---\n", "a\n b number\n"},
		{"copied as JSON", "config: {{ .Values.a | toJson }}", "a any open:t.yaml\n"},
		{"a text is no copy", "a: {b: x}\n---\nconfig: {{ .Values.a.b | toJson }}", "a\n b string\n"},
		{"not copied by a checksum", "a: {b: x}\n---\nsum: {{ toYaml .Values.a | sha256sum }}", "a\n b string\n"},
		{"read back", `{{ $v := toYaml .Values.a | fromYaml }}{{ $v.b }}`, "a\n b scalar\n"},
		{"a loop over a map", "a: {}\n---\n{{ range $k, $v := .Values.a }}{{ $k }}: {{ $v.b }}\n{{ end }}", "a\n *\n  b scalar\n"},
		{"a loop over a list", "a: []\n---\n{{ range .Values.a }}- {{ .b }}\n{{ end }}", "a list\n []\n  b scalar\n"},
		{"a loop over either", "{{ range .Values.a }}- {{ .b }}\n{{ end }}", "a list,map\n *\n  b scalar\n []\n  b scalar\n"},
		{"what a loop reads of a known key", "a: {web: {port: 1}}\n---\n{{ range .Values.a }}{{ .host }}{{ end }}",
			"a\n *\n  host scalar\n web\n  host scalar\n  port number\n"},
		{"index", `{{ index .Values "a" "b.c" }}`, "a\n b.c scalar\n"},
		{"index of a list", "a: []\n---\n{{ (index .Values.a 0).b }}", "a list\n []\n  b scalar\n"},
		{"index by a name that is printed", `{{ range list "a" "c" }}{{ (index $.Values (printf "x-%s" .)).b }}{{ end }}`,
			"x-a\n b scalar\nx-c\n b scalar\n"},
		{"dig", `{{ dig "a" "b" "none" .Values }}`, "a\n b scalar\n"},
		{"get", `{{ get .Values.a "b" }}`, "a\n b scalar\n"},
		{"hasKey", `{{ if hasKey .Values.a "b" }}{{ end }}`, "a\n b any\n"},
		{"default", `{{ (.Values.a | default .Values.c).b }}`, "a\n b scalar\nc\n b scalar\n"},
		{"coalesce", `{{ (coalesce .Values.a .Values.c).b }}`, "a\n b scalar\nc\n b scalar\n"},
		{"ternary", `{{ (ternary .Values.a .Values.c true).b }}`, "a\n b scalar\nc\n b scalar\n"},
		{"merge", `{{ (mergeOverwrite (dict) .Values.a .Values.c).b }}`, "a\n b scalar\nc\n b scalar\n"},
		{"omit", "x:\n  {{- toYaml (omit .Values.a \"b\") | nindent 2 }}", "a any open:t.yaml\n b any\n"},
		{"pick", "x:\n  {{- toYaml (pick .Values.a \"b\") | nindent 2 }}", "a\n b any open:t.yaml\n"},
		{"set", `{{ $_ := set .Values.a "b" .Values.c }}{{ .Values.a.b.d }}`, "a\n b\n  d scalar\nc\n d scalar\n"},
		{"set, and gone through", `{{ $m := .Values.a }}{{ $m = set $m "b" (omit .Values.c "q") }}{{ range $m }}{{ .d }}{{ end }}`,
			"a\n *\n  d scalar\n b\n  d scalar\nc\n d scalar\n q any\n"},
		{"set below a map that is copied", "{{ $c := .Values.a }}{{ $_ := set $c.b \"t\" (dict \"h\" .Values.h) }}x:\n  {{- toYaml $c | nindent 2 }}",
			"a any open:t.yaml\n b any\n  t any\nh any open:t.yaml\n"},
		{"set to what it was and more", "{{ $c := .Values.a }}{{ $_ := set $c \"t\" (merge $c.t (dict \"h\" .Values.h)) }}x:\n  {{- toYaml $c | nindent 2 }}",
			"a any open:t.yaml\n t any\nh any open:t.yaml\n"},
		{"the values in themselves", `{{ $v := set .Values "a" (merge .Values.a .Values) }}{{ $v.a.a.a.a.a.a.b }}`,
			"a\n b scalar\nb scalar\n"},
		{"a name below itself", "a: {a: {a: {a: {a: 1}}}}\n---\n", "a\n a\n  a\n   a\n    a number\n"},
		{"a context that is printed by mistake", "a: 1\n---\nx:\n  {{- toYaml $ | nindent 2 }}", "a number\n"},
		{"first", "a: []\n---\n{{ (first .Values.a).b }}", "a list\n []\n  b scalar\n"},
		{"a field of a call", `{{ (.Values.a).b }}`, "a\n b scalar\n"},
		{"a map that goes to an unknown function", `{{ mangle .Values.a }}`, "a any open:t.yaml\n"},
		{"a template with the context", `{{ define "d" }}{{ .Values.a }}{{ end }}{{ include "d" . }}`, "a scalar\n"},
		{"a template that nobody calls", `{{ define "d" }}{{ .Values.a }}{{ end }}`, ""},
		{"a template with a map", `{{ define "d" }}{{ (index .ctx.Values .name).b }}{{ end }}{{ include "d" (dict "ctx" $ "name" "a") }}`,
			"a\n b scalar\n"},
		{"a template called twice", `{{ define "d" }}{{ .v.b }}{{ end }}{{ include "d" (dict "v" .Values.a) }}{{ include "d" (dict "v" .Values.c) }}`,
			"a\n b scalar\nc\n b scalar\n"},
		{"a list of known items", `{{ define "d" }}{{ (index . 0).Values.a }}{{ index . 1 }}{{ end }}{{ include "d" (list $ .Values.c) }}`,
			"a scalar\nc scalar\n"},
		{"a text with {} as default", "a: {}\n---\nsize: {{ .Values.a }}", "a any\n"},
		{"a template with a list", `{{ define "d" }}{{ (index . 0).Values.a }}{{ end }}{{ include "d" (list $ "x") }}`, "a scalar\n"},
		{"a template that gives a name", `{{ define "n" -}} query-frontend {{- end }}{{ (index .Values (include "n" . | camelcase | untitle)).b }}`,
			"queryFrontend\n b scalar\n"},
		{"a template that gives one of two names", `{{ define "n" }}{{ if .Values.q }}a{{ else }}c{{ end }}{{ end }}{{ (index .Values (include "n" .)).b }}`,
			"a\n b scalar\nc\n b scalar\nq any\n"},
		{"a template that gives a map", `{{ define "m" }}a:
  {{- toYaml .Values.a | nindent 2 }}{{ end }}{{ (include "m" . | fromYaml).a.b }}`, "a\n b scalar\n"},
		{"a template that calls itself", `{{ define "d" }}{{ .v.b }}{{ include "d" . }}{{ end }}{{ include "d" (dict "v" .Values.a) }}`, "a\n b scalar\n"},
		{"a template that goes through all", `{{ define "d" }}{{ range $k, $v := .v }}{{ if kindIs "map" $v }}{{ include "d" (dict "v" $v) }}{{ else }}{{ $v }}{{ end }}{{ end }}{{ end }}{{ include "d" (dict "v" .Values.a) }}`,
			"a any open:t.yaml\n"},
		{"a default that is a template", "a: 'x: {{ .Values.b.c }}'\n---\n{{ tpl .Values.a . }}", "a string\nb\n c scalar\n"},
		{"a default in a map that is one", "a: {q: '{{ .Values.b.c }}'}\n---\nx: {{ tpl (toYaml .Values.a) . | nindent 2 }}",
			"a open:t.yaml\n q string\nb\n c scalar\n"},
	} {
		values, text, ok := strings.Cut(tc.text, "\n---\n")
		if !ok {
			values, text = "", tc.text
		}
		got, _ := body(t, files{"values.yaml": values, "templates/t.yaml": text})
		if got != tc.want {
			t.Errorf("%s: it is\n%s", tc.name, got)
		}
	}
}

// TestLosses has what cannot be followed, and how that is told.
func TestLosses(t *testing.T) {
	for _, tc := range []struct{ text, want, note string }{
		{"\n{{ mangle .Values.a }}", "a any open:t.yaml\n",
			"t.yaml:2: a is taken as it is: it goes to the function mangle, which is not known"},
		{"{{ include .Values.name .Values.a }}", "a any open:t.yaml\n",
			"t.yaml:1: a is taken as it is: it goes to a template whose name is not constant"},
		{"{{ $n := .Values.name }}{{ index .Values $n }}", "* any open:t.yaml\n",
			"t.yaml:1: all values are taken as they are: a template takes a key of it by a name that is not constant"},
	} {
		got, notes := body(t, files{"templates/t.yaml": tc.text})
		if !strings.HasPrefix(got, tc.want) || len(notes) != 1 || notes[0].String() != tc.note {
			t.Errorf("%s: it is\n%s, and %v", tc.text, got, notes)
		}
	}
}
