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
	for _, c := range []struct {
		text    string
		channel []escape.Layer
		want    string
	}{
		{"${__value.raw}", nil, "${__value.raw}"},
		{"${__value.raw}", []escape.Layer{escape.Grafana}, "$${__value.raw}"},
		{"${__value.raw}", []escape.Layer{escape.HelmTemplate, escape.Grafana}, "$${__value.raw}"},
		{"$a $$", []escape.Layer{escape.Grafana}, "$$a $$$$"},
		{"{{ x }}", []escape.Layer{escape.HelmTemplate}, "{{`{{`}} x }}"},
		{"{{ $x }}", []escape.Layer{escape.HelmTemplate, escape.Grafana}, "{{`{{`}} $$x }}"},
		{"", []escape.Layer{escape.HelmTemplate, escape.Grafana}, ""},
	} {
		if got := escape.Text(c.text, c.channel...); got != c.want {
			t.Errorf("%q through %v is written %q, not %q", c.text, c.channel, got, c.want)
		}
	}
}

// passes are what the layers do to a text, by the layer.
var passes = map[escape.Layer]func(string) (string, error){
	escape.Grafana: grafana,
	escape.HelmTemplate: func(text string) (string, error) {
		var b strings.Builder
		t, err := template.New("").Parse(text)
		if err == nil {
			err = t.Execute(&b, nil)
		}
		return b.String(), err
	},
}

// grafana expands variables as Grafana's provisioning does: none is set here,
// so that whatever is taken for one is lost, and shows.
func grafana(text string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '$' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 == len(text) || text[i+1] != '$' {
			return "", fmt.Errorf("%q has a variable at %d", text, i)
		}
		b.WriteByte('$')
		i++
	}
	return b.String(), nil
}

// TestThereAndBack sends random texts through every channel, inside of a YAML
// file as they travel, and wants them back as they were.
func TestThereAndBack(t *testing.T) {
	pieces := []string{"$", "${", "}", "{", "{{", "}}", "`", `"`, "'", "a", " ", "\n", "\t", "-", "#", ": ", "/*", "\\", "é"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var text string
		for range r.IntN(9) {
			text += pieces[r.IntN(len(pieces))]
		}
		for _, channel := range [][]escape.Layer{
			{}, {escape.Grafana}, {escape.HelmTemplate}, {escape.HelmTemplate, escape.Grafana},
		} {
			written := escape.Text(text, channel...)
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
