package grafana

import (
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// dashboard is the page to begin at: what the ingress answered, with links to
// the traces, the traces themselves, and how the services do. It has the panels
// that the topology has something for; without any there is none.
func dashboard(c *emit.Context) {
	d := &board{Context: c, root: tree.NewMap()}
	const why = "what people see first"
	d.root.Set("uid", c.Str("tracing", "the end of its address"))
	d.root.Set("title", c.Str("Tracing", why))
	d.root.Set("schemaVersion", c.Int(36, "the format that Grafana 9.0 and later read"))
	d.root.Set("time.from", c.Str("now-1h", why))
	d.root.Set("time.to", c.Str("now", why))
	d.metrics()
	d.traces()
	d.logs()
	if d.panels == 0 {
		return
	}
	file := c.File("grafana/dashboards/tracing.json", tree.JSON{Root: d.root})
	g := c.Plan.Grafana
	switch content := text(c, file, d.root); {
	case g.Kind == plan.GrafanaOperator:
		o := object(c, "GrafanaDashboard", "dashboard")
		o.Set("spec.json", content)
		c.Object("grafana", "dashboard-tracing.yaml", o)
	case g.Sidecar.Value:
		label := g.Str("dashboardLabel").Named("grafana.dashboards")
		c.Values("grafana").Set(g.Str("sidecarDashboardsKey").Value, fact.Derive(true, g.Sidecar, label))
		configMap(c, "dashboard", label, fact.Derive("1", label), "tracing.json", content)
	}
}

// board gathers the panels, one below the other.
type board struct {
	*emit.Context
	root   *tree.Map
	panels int
	row    int64
}

// panel adds one, and gives its path.
func (d *board) panel(title, kind, plugin string, uid fact.String, x, width, height int64) string {
	at := "panels[" + strconv.Itoa(d.panels) + "]."
	d.panels++
	const why = "how the panel looks"
	d.root.Set(at+"id", d.Int(int64(d.panels), why))
	d.root.Set(at+"title", d.Str(title, why))
	d.root.Set(at+"type", d.Str(kind, why))
	for i, n := range []int64{x, d.row, width, height} {
		d.root.Set(at+"gridPos."+string("xywh"[i]), d.Int(n, why))
	}
	for _, part := range []string{"", "targets[0]."} {
		d.root.Set(at+part+"datasource.type", d.Str(plugin, "Grafana's plugin"))
		d.root.Set(at+part+"datasource.uid", uid)
	}
	d.root.Set(at+"targets[0].refId", d.Str("A", why))
	return at
}

// metrics are those of the spans: rate, errors and duration of each service.
func (d *board) metrics() {
	s, ok := d.Plan.SpanMetrics()
	if !ok {
		return
	}
	for i, m := range []struct {
		title, unit string
		query       fact.String
	}{
		{"Spans per second", "ops", fact.Sprintf("sum by (%s) (rate(%s[5m]))", s.Service, s.Calls)},
		{"Errors per second", "ops", fact.Sprintf(`sum by (%s) (rate(%s{%s="STATUS_CODE_ERROR"}[5m]))`, s.Service, s.Calls, s.Status)},
		{"Duration of 95 %", "s", fact.Sprintf("histogram_quantile(0.95, sum by (le, %s) (rate(%s_bucket[5m])))", s.Service, s.Latency)},
	} {
		at := d.panel(m.title, "timeseries", "prometheus", d.Plan.Prometheus.UID, int64(8*i), 8, 8)
		d.root.Set(at+"fieldConfig.defaults.unit", d.Str(m.unit, "how the panel looks"))
		d.root.Set(at+"targets[0].expr", m.query)
		d.root.Set(at+"targets[0].exemplar", d.Bool(true, "a point leads to a trace"))
	}
	d.row += 8
}

// traces are the latest.
func (d *board) traces() {
	g := d.Plan.Grafana
	can := d.Plan.Tempo.Bool("traceql")
	if !can.Value || !g.Can.TraceQL.Value {
		return
	}
	at := d.panel("Traces", "table", "tempo", g.TempoUID, 0, 24, 10)
	d.root.Set(at+"targets[0].queryType", fact.Derive("traceql", can, g.Can.TraceQL))
	d.root.Set(at+"targets[0].query", d.Str("{}", "all of them"))
	d.root.Set(at+"targets[0].limit", d.Int(20, "the latest"))
	d.root.Set(at+"targets[0].tableType", d.Str("traces", "a line for each, which leads to it"))
	d.row += 10
}

// logs are the lines of the ingress, each with a link to its trace.
func (d *board) logs() {
	l := d.Plan.Loki
	if l == nil || len(d.Plan.AccessLogs()) == 0 {
		return
	}
	at := d.panel("Access log of the ingress", "logs", "loki", l.UID, 0, 24, 12)
	d.root.Set(at+"targets[0].expr", fact.Sprintf(`{%s=%q}`, plan.Leaf(l.Logs.StreamLabel), plan.Leaf(l.Logs.StreamValue)))
	d.root.Set(at+"options.showTime", d.Bool(true, "how the panel looks"))
	d.root.Set(at+"options.enableLogDetails", d.Bool(true, "the link to the trace is among the details"))
}
