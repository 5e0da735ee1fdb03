package check

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
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
				Message: fmt.Sprintf("no registry is known to hold %s %s as an OCI artifact", r.ChartName, r.Version.Value),
				Help:    `add repository: "oci://…", the registry and path of a mirror, or write source: "HelmRepository"`,
			}
			if r.Repository.Value != "" && len(r.Repository.Origin.Inputs) > 0 {
				d.Message = fmt.Sprintf("source is OCIRepository, and %s is no oci:// address", r.Repository.Value)
			}
			if oci := r.Chart.OCI(); oci != "" {
				d.Help = fmt.Sprintf("write repository: %q, or leave it out", strings.TrimSuffix(oci, "/"+r.ChartName))
			}
			c.Report(said(s.Kind), d, s.Kind, r.Repository)
		}
	},
}
