package check

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
)

var channels = &Rule{
	Code: "TG053",
	Name: "lists beside the user's",
	Doc:  "what is added to a release of the user's own is no list, since the user's own values replace lists whole",
	Run: func(c *Context) {
		if g := c.Topology.Grafana; g != nil && g.GrafanaStack != nil && c.Grafana.Delivery.Way == plan.ByComponent {
			if in := g.GrafanaStack.Datasources; in.Value == "values" {
				c.Report(in.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%s is \"values\", and the HelmRelease %s is the user's own: a list of datasources in its values would replace ours, silently", in.Path, c.Grafana.Delivery.Name.Value),
					Help:    `write datasources: "sidecar", or leave it out`,
					Related: []diag.Related{{Message: "the HelmRelease is the user's own", Position: c.Grafana.Delivery.Name.Origin.Position()}},
				}, leaf(in), c.Grafana.Delivery.Name)
			}
		}
		if p := c.Prometheus; p != nil && p.Release != nil && p.Delivery.Way == plan.ByComponent && p.RemoteWrite.Value {
			key, flag := p.Str("extraFlagsKey"), p.Str("remoteWriteReceiverFlag")
			at := c.Topology.Prometheus.PrometheusChart.Delivery.DeliverComponent.Kind
			c.Report(at.Place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("%s is \"component\": a list %s in the values of the HelmRelease %s would replace ours, and Prometheus would refuse what is written to it", at.Path, key.Value, p.Delivery.Name.Value),
				Help:     "if it has that list, add " + flag.Value + " to it; then ignore TG053",
			}, key, flag, p.RemoteWrite, p.Delivery.Name)
		}
	},
}

var remoteWrite = &Rule{
	Code: "TG054",
	Name: "remote write",
	Doc:  "what writes metrics to Prometheus finds a Prometheus that takes them",
	Run: func(c *Context) {
		if c.Prometheus == nil || len(c.Prometheus.Refused) == 0 {
			return
		}
		in := c.Topology.Prometheus.PrometheusAddress.RemoteWrite
		var who []string
		var related []diag.Related
		for _, w := range c.Prometheus.Refused {
			o, _ := w.Source()
			for _, i := range o.Inputs {
				who = append(who, i.Path)
				related = append(related, diag.Related{Message: i.Path + " has it written to", Position: i.Position})
			}
		}
		c.Report(in.Place, diag.Diagnostic{
			Message: fmt.Sprintf("%s writes metrics to a Prometheus that does not take them, unless its flag --web.enable-remote-write-receiver is on", strings.Join(who, " and ")),
			Help:    "write remoteWrite: true once the flag is on",
			Related: related,
		}, append(c.Prometheus.Refused, leaf(in))...)
	},
}
