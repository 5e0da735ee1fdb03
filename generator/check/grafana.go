package check

import (
	"fmt"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var datasources = &Rule{
	Code: "TG026",
	Name: "datasource uids",
	Doc:  "no two datasources have one uid, and the stack's own Prometheus is called by its own",
	Run: func(c *Context) {
		g := c.Topology.Grafana
		if g == nil {
			return
		}
		uids := []topology.String{g.Uids.Tempo}
		if c.Loki != nil {
			uids = append(uids, g.Uids.Loki)
		}
		if c.Prometheus != nil {
			uids = append(uids, g.Uids.Prometheus)
		}
		for i, uid := range uids {
			for _, other := range uids[:i] {
				if uid.Value == other.Value {
					c.Report(uid.Place, diag.Diagnostic{
						Message: fmt.Sprintf("two datasources have the uid %q: Grafana refuses to start", uid.Value),
						Help:    "write " + plan.CUE(uid.Path, "…") + ", a uid of its own",
						Related: []diag.Related{{Message: "the other one", Position: other.Position}},
					}, leaf(uid), leaf(other))
				}
			}
		}
		if c.Grafana.Stack() && c.Prometheus != nil {
			c.stackUID(g.Uids.Prometheus)
		}
	},
}

// stackUID compares the input with the uid that kube-prometheus-stack gives the
// datasource which it makes itself.
func (c *Context) stackUID(uid topology.String) {
	own := c.Grafana.Str("prometheusUid")
	switch same := uid.Value == own.Value; {
	case c.Prometheus.Stack && !same:
		c.Report(uid.Place, diag.Diagnostic{
			Message: fmt.Sprintf("kube-prometheus-stack gives its own Prometheus the uid %q, so a link to %q would be dead", own.Value, uid.Value),
			Help:    fmt.Sprintf("write %s, or leave it out", plan.CUE(uid.Path, own.Value)),
			Related: []diag.Related{{Message: "the stack's own Prometheus", Position: c.Topology.Prometheus.Kind.Position}},
		}, leaf(uid), own)
	case !c.Prometheus.Stack && same:
		c.Report(uid.Place, diag.Diagnostic{
			Message: fmt.Sprintf("kube-prometheus-stack has a datasource with the uid %q already, that of its own Prometheus: Grafana refuses to start", own.Value),
			Help:    `write grafana: uids: prometheus: "metrics", or another one; or prometheus: kind: "kube-prometheus-stack"`,
			Related: []diag.Related{{Message: "the other Prometheus", Position: c.Topology.Prometheus.Kind.Position}},
		}, leaf(uid), own, leaf(c.Topology.Prometheus.Kind))
	}
}
