package check

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var ociSources = &Rule{
	Code: "TG063",
	Name: "OCI repositories",
	Doc:  "an OCIRepository has an address in a registry",
	Run: func(c *Context) {
		for _, r := range c.Releases {
			s := r.Source
			if !s.OCI || s.URL.Value != "" || r.Chart == nil || len(s.Kind.Origin.Inputs) == 0 {
				continue
			}
			d := diag.Diagnostic{
				Related: pinned(r),
				Message: fmt.Sprintf("no registry is known to hold %s %s as an OCI artifact", r.ChartName, r.Version.Value),
				Help:    "add " + plan.CUE(beside(said(s.Kind), "repository"), "oci://…") + `, the registry and path of a mirror, or write source: "HelmRepository"`,
			}
			if r.Repository.Value != "" && len(r.Repository.Origin.Inputs) > 0 {
				d.Message = fmt.Sprintf("source is OCIRepository, and %s is no oci:// address", r.Repository.Value)
			}
			if oci := r.Chart.OCI(); oci != "" {
				d.Help = "write " + plan.CUE(beside(said(s.Kind), "repository"), strings.TrimSuffix(oci, "/"+r.ChartName)) + ", or leave it out"
			}
			c.Report(said(s.Kind), d, s.Kind, r.Repository)
		}
	},
}

// beside is the path of another field of the section that a place is in.
func beside(at topology.Place, field string) string {
	return at.Path[:strings.LastIndex(at.Path, ".")+1] + field
}
