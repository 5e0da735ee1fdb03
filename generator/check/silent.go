package check

import (
	"fmt"
	"slices"
	"strings"

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
		a := c.Topology.Collector
		if a == nil || a.Controller.Value != "daemonset" || !a.Replicas.Present() {
			return
		}
		c.Report(a.Replicas.Place, diag.Diagnostic{
			Message: "the collector is a daemonset, which has a pod on every node: the number of replicas is ignored",
			Help:    `leave it out, or write controller: "deployment"`,
		}, leaf(a.Controller), leaf(a.Replicas))
	},
}

// secretHeaders carry what logs somebody in.
var secretHeaders = []string{"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token"}

var loggedSecrets = &Rule{
	Code: "TG039",
	Name: "secrets in the access log",
	Doc:  "no header that logs somebody in is kept in the access log",
	Run: func(c *Context) {
		t := c.Topology.Traefik
		if t == nil {
			return
		}
		for _, h := range t.AccessLog.KeepHeaders {
			if slices.Contains(secretHeaders, strings.ToLower(h.Value)) {
				c.Report(h.Place, diag.Diagnostic{
					Severity: diag.Warning,
					Message:  fmt.Sprintf("the header %s would be logged, and with it what logs people in", h.Value),
					Help:     "leave it out",
				}, leaf(h))
			}
		}
	},
}
