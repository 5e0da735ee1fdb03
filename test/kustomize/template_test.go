package kustomize

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/fluxcd/pkg/envsubst"
	"go.yaml.in/yaml/v3"
	sigsyaml "sigs.k8s.io/yaml"
)

// tpl is Helm's function of that name, with the functions that Helm takes from
// sprig, and without the values of any chart, on which nothing here may depend.
func tpl(text string) (string, error) {
	t, err := template.New("tpl").Option("missingkey=error").Funcs(sprig.TxtFuncMap()).Parse(text)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = t.Execute(&out, map[string]any{})
	return out.String(), err
}

// templated are the values that the charts turn into YAML and evaluate, by
// component, and the file of the tree that has the same for people to read.
var templated = []struct {
	component string
	path      []string
	file      string
	in        string // the key in that file
}{
	{"grafana", []string{"datasources", "datasources.yaml", "datasources"}, "grafana/datasources.yaml", "datasources"},
	{"grafana", []string{"grafana", "additionalDataSources"}, "grafana/datasources.yaml", "datasources"},
	{"otel-collector", []string{"config"}, "otel-collector/config.yaml", ""},
}

// checkTemplated evaluates what a chart evaluates, and demands what can be read
// beside it in the tree.
func checkTemplated(r *report, tr tree, p profile, component string, values map[string]any) {
	for _, x := range templated {
		value := object(values).get(x.path...)
		if x.component != component || value == nil {
			continue
		}
		text, err := sigsyaml.Marshal(value) // what Helm's toYaml is
		if err != nil {
			r.addf("%v", err)
			continue
		}
		out, err := tpl(string(text))
		if err != nil {
			r.addf("%s is no template: %v", strings.Join(x.path, "."), err)
			continue
		}
		var got any
		if err := yaml.Unmarshal([]byte(out), &got); err != nil {
			r.addf("%s, evaluated: %v", strings.Join(x.path, "."), err)
		}
		var want any
		if text, err := sigsyaml.Marshal(readFile(r, filepath.Join(tr.dir, p.name, x.file))[0]); err != nil {
			r.addf("%s: %v", x.file, err)
		} else if err := yaml.Unmarshal(text, &want); err != nil { // a number is written in one way then
			r.addf("%s: %v", x.file, err)
		}
		if x.in != "" {
			want = object(entry(want)).get(x.in)
			if all, some := list(want), list(got); len(some) < len(all) {
				want = all[:len(some)] // the stack makes the last itself
			}
		}
		if !reflect.DeepEqual(without(got), want) {
			r.addf("%s becomes something else than %s: %s", strings.Join(x.path, "."), x.file, differences("", without(got), want))
		}
	}
}

// without leaves out nulls, which take away what a chart has by default.
func without(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	m = maps.Clone(m)
	for k, v := range m {
		if v == nil {
			delete(m, k)
			continue
		}
		m[k] = without(v)
	}
	return m
}

// checkPasted doubles the dollars of what people take elsewhere, as its header
// says, and runs Flux's substitution over it. A file that does not say so has
// nothing that would change.
func checkPasted(r *report, dir string) {
	for _, file := range []string{"grafana/datasources.yaml", "otel-collector/config.yaml", "alloy/config.alloy"} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if os.IsNotExist(err) {
			continue
		}
		written := text
		if bytes.Contains(text, []byte("each dollar sign must be written twice")) {
			written = bytes.ReplaceAll(text, []byte("$"), []byte("$$"))
		}
		after, err := envsubst.Eval(string(written), func(string) (string, bool) { return "", false })
		if err != nil || after != string(text) {
			r.addf("%s is changed by Flux's substitution, and does not say what to do (%v)", file, err)
		}
	}
}
