package main

import (
	"io"
	"strings"

	"tracegen.dev/generator/catalogue"
	"tracegen.dev/generator/diag"
)

// home is where the project is at home.
const home = "https://tracegen.dev/"

// sarif prints findings as SARIF, with what is known of every code.
func (a *app) sarif(w io.Writer, ds []diag.Diagnostic, source func(string) []byte) error {
	all, err := catalogue.All()
	if err != nil {
		return err
	}
	tool := diag.Tool{Name: "tracegen", Version: version(), URI: home}
	for _, e := range all {
		help := e.Explanation
		for _, r := range e.References {
			help += "\n\nSee " + r
		}
		tool.Rules = append(tool.Rules, diag.Described{Rule: e.Rule, Help: help, URI: home + "docs/checks.md#" + strings.ToLower(e.Code)})
	}
	return diag.SARIF(w, ds, source, a.inRepository, tool)
}
