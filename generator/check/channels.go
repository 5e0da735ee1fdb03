package check

import (
	"fmt"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
)

var channels = &Rule{
	Code: "TG053",
	Name: "datasources beside the user's",
	Doc:  "what is added to the user's own kube-prometheus-stack is no list, since the user's own values replace lists whole",
	Run: func(c *Context) {
		if c.Topology.Grafana == nil || c.Topology.Grafana.GrafanaStack == nil {
			return
		}
		in := c.Topology.Grafana.GrafanaStack.Datasources
		if c.Grafana.Delivery.Way != plan.ByComponent || in.Value != "values" {
			return
		}
		c.Report(in.Place, diag.Diagnostic{
			Message: fmt.Sprintf("%s is \"values\", and the HelmRelease %s is the user's own: a list of datasources in its values would replace ours, silently", in.Path, c.Grafana.Delivery.Name.Value),
			Help:    `write datasources: "sidecar", or leave it out`,
		}, leaf(in), c.Grafana.Delivery.Name)
	},
}
