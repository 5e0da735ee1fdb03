package kustomize

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/envsubst"
	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/printer"
)

// checkSubstitution runs Flux's substitution, with no variables, over what does
// not opt out of it: a user's postBuild must not change a byte.
func checkSubstitution(r *report, objects []object) {
	const optOut = "kustomize.toolkit.fluxcd.io/substitute"
	for _, o := range objects {
		if o.str("metadata", "annotations", optOut) == "disabled" || o.str("metadata", "labels", optOut) == "disabled" {
			continue
		}
		before := o.text()
		after, err := envsubst.Eval(before, func(string) (string, bool) { return "", false })
		if err != nil {
			r.addf("%s: Flux's substitution: %v", o, err)
		} else if after != before {
			r.addf("%s: Flux's substitution changes it", o)
		}
	}
}

// checkAlloy reads the collector's configuration as Alloy does: the chart runs
// it through Helm's `tpl` first. What a person can read beside it in the tree
// must be the same.
func checkAlloy(r *report, tr tree, p profile, component string, values map[string]any) {
	if component != "alloy" {
		return
	}
	file := filepath.Join(tr.dir, p.name, component, "config.alloy")
	shown, err := os.ReadFile(file)
	if err != nil {
		r.addf("%v", err)
	} else if f, err := parser.ParseFile("config.alloy", shown); err != nil {
		r.addf("%v", err)
	} else if formatted, err := format(f); err != nil || formatted != string(shown) {
		r.addf("config.alloy is not as Alloy's formatter writes it: %v\n%s", err, formatted)
	}
	content := object(values).str("alloy", "configMap", "content")
	out, err := tpl(content)
	if err != nil {
		r.addf("alloy.configMap.content is no template: %v", err)
		return
	}
	if _, err := parser.ParseFile("content", []byte(out)); err != nil {
		r.addf("alloy.configMap.content: %v", err)
	}
	if out != string(shown) {
		r.addf("alloy.configMap.content becomes something else than config.alloy")
	}
}

// format is `alloy fmt`.
func format(f *ast.File) (string, error) {
	var out bytes.Buffer
	err := printer.Fprint(&out, f)
	return out.String() + "\n", err
}

// describe shows a value with its type.
func describe(v any) string { return fmt.Sprintf("%T %v", v, v) }
