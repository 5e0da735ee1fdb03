package main

import (
	"errors"
	"fmt"
	"io"

	"tracegen.dev/generator"
	"tracegen.dev/generator/capacity"
	"tracegen.dev/generator/diag"
)

// doCapacity prints what the pods ask for and what the stores need, instead of
// the path.
func (a *app) doCapacity(args []string) error {
	if a.format == "mermaid" {
		return errors.New("--capacity is a table or JSON: leave --format mermaid out")
	}
	w, profiles, err := a.workspace(args)
	if err != nil {
		return err
	}
	var diags diag.List
	reports := []capacity.Report{}
	for _, profile := range profiles {
		p, out, err := generator.One(w, profile, &diags)
		if err != nil {
			return err
		}
		if out != nil {
			reports = append(reports, capacity.Of(p, out))
		}
	}
	if a.format == "json" {
		err = printJSON(a.stdout, reports)
	} else {
		for i, r := range reports {
			if i > 0 {
				fmt.Fprintln(a.stdout)
			}
			if _, err = io.WriteString(a.stdout, r.Profile+"\n\n"+r.Text()); err != nil {
				break
			}
		}
	}
	if err != nil {
		return err
	}
	a.format = "text" // of the findings
	return a.report(a.stderr, diags.Sorted(), w.Source)
}
