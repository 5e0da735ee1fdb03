package escape_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"text/template"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

func TestText(t *testing.T) {
	arguments := escape.Channel{escape.HelmTemplate, escape.Container}
	provisioned := escape.Channel{escape.HelmTemplate, escape.Grafana}
	for _, c := range []struct {
		text    string
		channel escape.Channel
		want    string
	}{
		{"${__value.raw}", nil, "${__value.raw}"},
		{"${__value.raw}", escape.GrafanaAPI, "${__value.raw}"},
		{"${__value.raw}", escape.GrafanaFile, "$${__value.raw}"},
		{"${__value.raw}", provisioned, "$${__value.raw}"},
		{"$a $$", escape.GrafanaFile, "$$a $$$$"},
		{"{{ x }}", escape.Channel{escape.HelmTemplate}, "{{`{{`}} x }}"},
		{"{{ $x }}", provisioned, "{{`{{`}} $$x }}"},
		{"$(X) {{", arguments, "$$(X) {{`{{`}}"},
		{"{{ $(X) }}", escape.Channel{escape.Container}, "{{ $$(X) }}"},
		{"${env:X} $$", escape.CollectorFile, "$${env:X} $$$$"},
		{"", provisioned, ""},
	} {
		if got := c.channel.Text(c.text); got != c.want {
			t.Errorf("%q through %v is written %q, not %q", c.text, c.channel, got, c.want)
		}
	}
}

// passes are what the layers do to a text, by the layer, as their documentation
// has it. No variable is set, so that whatever is taken for one is lost.
var passes = map[escape.Layer]func(string) (string, error){
	escape.Grafana: unset(func(next byte) bool { return true }),
	escape.Container: func(text string) (string, error) {
		return unset(func(next byte) bool { return next == '(' || next >= 0x80 })(text)
	},
	escape.OtelCollector: unset(func(next byte) bool { return next == '{' || next >= 'A' }),
	escape.HelmTemplate: func(text string) (string, error) {
		var b strings.Builder
		t, err := template.New("").Parse(text)
		if err == nil {
			err = t.Execute(&b, nil)
		}
		return b.String(), err
	},
}

// unset takes $$ for $, and reports what else begins a variable.
func unset(begins func(next byte) bool) func(string) (string, error) {
	return func(text string) (string, error) {
		var b strings.Builder
		for i := 0; i < len(text); i++ {
			b.WriteByte(text[i])
			if text[i] != '$' || i+1 == len(text) {
				continue
			}
			if text[i+1] == '$' {
				i++
			} else if begins(text[i+1]) {
				return "", fmt.Errorf("%q has a variable at %d", text, i)
			}
		}
		return b.String(), nil
	}
}

// TestThereAndBack sends random texts through every channel, inside of a YAML
// file as they travel, and wants them back as they were.
func TestThereAndBack(t *testing.T) {
	pieces := []string{"$", "${", "}", "{", "{{", "}}", "`", `"`, "'", "a", " ", "\n", "\t", "-", "#", ": ", "(", "(X)", "/*", "\\", "é"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var text string
		for range r.IntN(9) {
			text += pieces[r.IntN(len(pieces))]
		}
		for _, channel := range []escape.Channel{
			{}, {escape.HelmTemplate}, escape.GrafanaAPI, escape.GrafanaFile, escape.CollectorFile, {escape.Container},
			{escape.HelmTemplate, escape.Container}, {escape.HelmTemplate, escape.Grafana}, {escape.HelmTemplate, escape.OtelCollector},
		} {
			written := channel.Text(text)
			values := tree.NewMap()
			values.Set("k", fact.Const(written, "test: a text"))
			file := string((&tree.File{Body: tree.YAML{values}}).Encode())
			// Helm turns the value into YAML and evaluates that, so the template
			// stands among YAML's own quotes.
			at := 0
			if len(channel) > 0 && channel[0] == escape.HelmTemplate {
				var err error
				if file, err = passes[escape.HelmTemplate](file); err != nil {
					t.Fatalf("%q, written %q: %v", text, written, err)
				}
				at = 1
			}
			var got struct{ K string }
			if err := yaml.Unmarshal([]byte(file), &got); err != nil {
				t.Fatalf("%q, written %q: %v", text, written, err)
			}
			for _, layer := range channel[at:] {
				var err error
				if got.K, err = passes[layer](got.K); err != nil {
					t.Fatalf("%q, written %q: %v", text, written, err)
				}
			}
			if got.K != text {
				t.Fatalf("%q through %v is written %q, and arrives as %q", text, channel, written, got.K)
			}
		}
	}
}
