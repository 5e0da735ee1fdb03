package check

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

var accessLog = &Rule{
	Code:     "TG028",
	Name:     "access log",
	Doc:      "where logs link to traces, the ingress writes the lines that the links are in",
	Severity: diag.Warning,
	Run: func(c *Context) {
		for _, log := range accessLogs(c.Topology) {
			if k := log.KeepHeaders; !log.Enabled.Value && len(k) > 0 {
				c.Report(k[0].Place, diag.Diagnostic{
					Severity: diag.Warning,
					Message:  "no access log is written that could keep headers",
					Help:     "leave keepHeaders out, or enabled",
					Related:  []diag.Related{{Message: "the log is off", Position: log.Enabled.Position}},
				}, leaf(log.Enabled), leaf(k[0]))
			}
		}
		if c.Loki != nil && c.Loki.Logs.Shape.Value != "label" && c.Loki.Logs.TraceLabel.State == topology.Given {
			c.Report(c.Loki.Logs.TraceLabel.Place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("the trace ID is looked for in the line where the shape is %q: the label counts for nothing", c.Loki.Logs.Shape.Value),
				Help:     `leave it out, or write loki: logs: shape: "label"`,
				Related:  []diag.Related{{Message: "the shape", Position: c.Loki.Logs.Shape.Position}},
			}, leaf(c.Loki.Logs.Shape), leaf(c.Loki.Logs.TraceLabel))
		}
		if c.Loki == nil || c.Grafana == nil {
			return
		}
		for _, on := range accessLogs(c.Topology) {
			if !on.Enabled.Value {
				c.Report(on.Enabled.Place, diag.Diagnostic{
					Severity: diag.Warning,
					Message:  "the ingress writes no access log, so Loki has no line that leads to a trace",
					Help:     "leave enabled out, or loki",
					Related:  []diag.Related{{Message: "the lines are looked for in Loki", Position: c.Topology.Loki.Position}},
				}, leaf(on.Enabled), leaf(c.Loki.Logs.StreamValue))
			}
		}
		if stream := c.Loki.Logs.StreamValue; c.Nginx != nil && c.Traefik == nil && stream.State == topology.Default {
			c.Report(stream.Place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("a span's lines are looked for in the stream %s of Loki, and the ingress is ingress-nginx", stream.Value),
				Help:     `write streamValue: "ingress-nginx", or what else the log shipper gives its pods`,
				Related:  []diag.Related{{Message: "the ingress", Position: c.Topology.IngressNginx.Position}},
			}, leaf(stream), c.Nginx.Version)
		}
	},
}

// accessLogs gives those of every ingress.
func accessLogs(t *topology.Topology) []topology.AccessLog {
	var logs []topology.AccessLog
	if t.Traefik != nil {
		logs = append(logs, t.Traefik.AccessLog)
	}
	if t.IngressNginx != nil {
		logs = append(logs, t.IngressNginx.AccessLog)
	}
	return logs
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
			Help:    `leave it out, or write collector: controller: "deployment"`,
			Related: []diag.Related{{Message: "the controller", Position: a.Controller.Position}},
		}, leaf(a.Controller), leaf(a.Replicas))
	},
}

// secretHeaders carry what logs somebody in.
var secretHeaders = []string{"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token"}

var loggedSecrets = &Rule{
	Code:     "TG039",
	Name:     "secrets in the access log",
	Doc:      "no header that logs somebody in is kept in the access log, or in a span",
	Severity: diag.Warning,
	Run: func(c *Context) {
		type list struct {
			headers []topology.String
			where   string
		}
		var lists []list
		for _, log := range accessLogs(c.Topology) {
			lists = append(lists, list{log.KeepHeaders, "logged"})
		}
		if t := c.Topology.Traefik; t != nil {
			lists = append(lists, list{t.CapturedRequestHeaders, "in the spans"}, list{t.CapturedResponseHeaders, "in the spans"})
		}
		for _, list := range lists {
			for _, h := range list.headers {
				if slices.Contains(secretHeaders, strings.ToLower(h.Value)) {
					c.Report(h.Place, diag.Diagnostic{
						Severity: diag.Warning,
						Message:  fmt.Sprintf("the header %s would be %s, and with it what logs people in", h.Value, list.where),
						Help:     "leave it out",
					}, leaf(h))
				}
			}
		}
	},
}
