package check

import (
	"tracegen.dev/generator/diag"
)

var accessLog = &Rule{
	Code: "TG028",
	Name: "access log",
	Doc:  "where logs link to traces, the ingress writes the lines that the links are in",
	Run: func(c *Context) {
		t := c.Topology.Traefik
		if t == nil || c.Loki == nil || c.Grafana == nil || t.AccessLog.Enabled.Value {
			return
		}
		c.Report(t.AccessLog.Enabled.Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  "the ingress writes no access log, so Loki has no line that leads to a trace",
			Help:     "leave enabled out, or loki",
		}, leaf(t.AccessLog.Enabled))
	},
}

var daemonset = &Rule{
	Code: "TG029",
	Name: "replicas of a daemonset",
	Doc:  "the number of pods is given only for a workload that has one",
	Run: func(c *Context) {
		a := c.Topology.Alloy
		if a == nil || a.Controller.Value != "daemonset" || !a.Replicas.Present() {
			return
		}
		c.Report(a.Replicas.Place, diag.Diagnostic{
			Message: "Alloy is a daemonset, which has a pod on every node: the number of replicas is ignored",
			Help:    `leave it out, or write controller: "deployment"`,
		}, leaf(a.Controller), leaf(a.Replicas))
	},
}
