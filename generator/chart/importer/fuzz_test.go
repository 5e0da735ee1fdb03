package importer_test

import (
	"os"
	"path/filepath"
	"testing"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/internal/bounded"
)

// FuzzArchive wants no panic, and what is read to be a contract.
func FuzzArchive(f *testing.F) {
	f.Add(pack(f, file("x/Chart.yaml", about), file("x/values.yaml", "a: 1\n")))
	f.Add(unpacked(f, pack(f, file("x/Chart.yaml", about), file("x/templates/t.yaml", "{{ .Values.a }}"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded.Run(t, len(data), func() { sound(t, saved(t, data)) })
	})
}

// FuzzChart wants the same of whatever values and templates.
func FuzzChart(f *testing.F) {
	f.Add("a: {b: [1, x]}\n", `{"properties": {"a": {"type": "object"}}}`,
		`{{ define "d" }}{{ range $k, $v := .v }}{{ toYaml $v | nindent 2 }}{{ end }}{{ end }}x:
  {{- include "d" (dict "v" .Values.a) }}{{ set .Values "b" (omit .Values.a "c") | toJson }}`)
	f.Add("t: '{{ .Values.a }}'\n", "{}", `{{ tpl (toYaml .Values.t) $ }}{{ index .Values (printf "%s-x" "a") }}{{ (merge (dict) .Values.a).b | fromYaml }}`)
	f.Fuzz(func(t *testing.T, values, schema, template string) {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "templates"), 0o777); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{"Chart.yaml": about, "values.yaml": values, "values.schema.json": schema, "templates/t.yaml": template} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		bounded.Run(t, len(values)+len(schema)+len(template), func() { sound(t, dir) })
	})
}

// sound demands that a contract, where there is one, is read as it was written.
func sound(t *testing.T, path string) {
	c, _, err := contractOf(path)
	if err != nil {
		return
	}
	text := c.Format()
	again, err := keys.Parse(text)
	if err != nil || again.Format() != text {
		t.Fatalf("%v in\n%s", err, text)
	}
}
