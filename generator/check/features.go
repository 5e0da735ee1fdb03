package check

import (
	"fmt"
	"slices"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

var features = &Rule{
	Code: "TG027",
	Name: "chart's features",
	Doc:  "what the input asks for, the pinned version of the chart can do",
	Run: func(c *Context) {
		c.fullname()
		if in := c.Topology.Tempo.LogSpans; in.Value && c.Tempo.Knows("logSpansKey") {
			if key := c.Tempo.Str("logSpansKey"); key.Value == "" {
				c.Report(in.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%s %s has no value that logs spans: it ignores ours", c.Tempo.ChartName, c.Tempo.Version.Value),
					Help:    "leave it out, or write " + c.Tempo.Pin(c.Tempo.With("logSpansKey", nil)),
					Related: pinned(c.Tempo.Release),
				}, leaf(in), key)
			}
		}
		if c.Tempo.Distributed && !c.Store.Secret.Inline && c.Store.Secret.Name.Value != "" {
			if reaches := c.Tempo.Bool("compactorEnv"); !reaches.Value {
				c.Report(c.Tempo.PinnedAt.Place, diag.Diagnostic{
					Message: fmt.Sprintf("tempo-distributed %s does not hand the credentials to the compactor: no block would be merged or deleted", c.Tempo.Version.Value),
					Help:    "write " + c.Tempo.Pin(c.Tempo.With("compactorEnv", true)),
					Related: []diag.Related{{Message: "the credentials", Position: c.Topology.Store.Position}},
				}, reaches, c.Store.Secret.Name)
			}
		}
		if c.Grafana == nil {
			return
		}
		related := pinned(c.Grafana.Release)
		if c.Loki != nil {
			// Without a query of its own, Grafana looks for the span's service
			// name as the stream's label.
			var services []topology.String
			if t := c.Topology.Traefik; t != nil {
				services = append(services, t.ServiceName)
			}
			if t := c.Topology.IngressNginx; t != nil {
				services = append(services, t.ServiceName)
			}
			stream, links := c.Loki.Logs.StreamValue, c.Grafana.Can.TracesToLogs
			for _, service := range services {
				if links.Value == "v1" && service.Present() && service.Value != stream.Value {
					c.Report(service.Place, diag.Diagnostic{
						Severity: diag.Warning,
						Message:  fmt.Sprintf("the Grafana of %s %s looks for a span's lines by its service name, %s, and the lines are those of %s: none would be found", c.Grafana.ChartName, c.Grafana.Version.Value, service.Value, stream.Value),
						Help:     "write serviceName: \"" + stream.Value + "\", or " + c.Grafana.Pin(c.Grafana.With("tracesToLogs", "v2")) + " or later",
						Related:  related,
					}, leaf(service), leaf(stream), links)
				}
			}
		}
		if c.Loki != nil && len(c.AccessLogs()) > 0 && c.Loki.Logs.Shape.Value == "label" {
			if can := c.Grafana.Can.LabelFields; !can.Value {
				c.Report(c.Loki.Logs.Shape.Place, diag.Diagnostic{
					Message: fmt.Sprintf("the Grafana of %s %s finds a trace ID in lines only, not in labels: no link would appear", c.Grafana.ChartName, c.Grafana.Version.Value),
					Help:    "write " + c.Grafana.Pin(c.Grafana.With("derivedFieldLabel", true)) + " or later, or have the trace ID in the lines",
					Related: related,
				}, leaf(c.Loki.Logs.Shape), can)
			}
		}
		if c.Prometheus != nil && len(c.Topology.Prometheus.Queries) > 0 {
			if links := c.Grafana.Can.TracesToMetrics; links.Value != "on" {
				c.Report(c.Topology.Prometheus.Queries[0].Key.Place, diag.Diagnostic{
					Message: fmt.Sprintf("the Grafana of %s %s offers no queries beside a span unless its feature toggle traceToMetrics is on", c.Grafana.ChartName, c.Grafana.Version.Value),
					Help:    "write " + c.Grafana.Pin(c.Grafana.With("tracesToMetrics", "on")) + " or later, or leave queries out",
					Related: related,
				}, leaf(c.Topology.Prometheus.Queries[0].Key), links)
			}
		}
	},
}

// fullname wants a key for each full name that the input says.
func (c *Context) fullname() {
	for _, r := range c.Releases {
		if r.Named && r.Chart != nil && !slices.Contains(r.Strs("fullnameKeys").Value, "fullnameOverride") {
			c.Report(said(r.Fullname), diag.Diagnostic{
				Message: fmt.Sprintf("%s %s has no value for its full name: it ignores ours", r.ChartName, r.Version.Value),
				Help:    "leave it out",
				Related: pinned(r),
			}, r.Fullname)
		}
	}
}
