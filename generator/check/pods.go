package check

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var everyChart = &Rule{
	Code: "TG059",
	Name: "for every chart",
	Doc:  "each chart of the tree takes what the cluster says of all pods",
	Run: func(c *Context) {
		in := c.Topology.Cluster
		if in.Registry.Present() {
			c.taken(in.Registry.Place, leaf(in.Registry), "no registry", lists("registryKeys", "imageKeys"))
		}
		if in.PriorityClass.Present() {
			c.taken(in.PriorityClass.Place, leaf(in.PriorityClass), "no priority class", lists("priorityClassKeys"))
		}
		if n := in.NodeSelector; len(n) > 0 {
			c.taken(n[0].Key.Place, leaf(n[0].Key), "no node selector", lists("nodeSelectorKeys"))
		}
		if t := in.Tolerations; len(t) > 0 {
			c.taken(t[0].Place, leaf(t[0].Operator), "no tolerations", lists("tolerationsKeys"))
		}
		if m := in.ServiceMonitors; m.Value {
			c.taken(m.Place, leaf(m), "no ServiceMonitor that an operator would select", func(r *plan.Release) bool {
				return c.Monitored(r) || c.Grafana != nil && r == c.Grafana.Release
			})
		}
		for _, t := range in.Tolerations {
			if t.Operator.Value == "Equal" && !t.Key.Present() {
				c.Report(t.Place, diag.Diagnostic{
					Message: "the toleration has no key, which Kubernetes takes with the operator Exists alone",
					Help:    `write key: "…", that of the taint, or operator: "Exists", without a value`,
				}, leaf(t.Operator), leaf(t.Key))
			}
			if t.Operator.Value == "Exists" && t.Value.Value != "" {
				c.Report(t.Value.Place, diag.Diagnostic{
					Message: "the toleration has a value, which Kubernetes refuses with the operator Exists",
					Help:    `leave it out, or write operator: "Equal"`,
				}, leaf(t.Operator), leaf(t.Value))
			}
			if t.Seconds.Present() && t.Effect.Value != "NoExecute" {
				c.Report(t.Seconds.Place, diag.Diagnostic{
					Message: "seconds count for the effect NoExecute alone: Kubernetes refuses them with another",
					Help:    `leave them out, or write effect: "NoExecute"`,
				}, leaf(t.Effect), leaf(t.Seconds))
			}
		}
	},
}

// lists tells whether a chart's values have any of some keys.
func lists(features ...string) func(*plan.Release) bool {
	return func(r *plan.Release) bool { return slices.ContainsFunc(features, r.Lists) }
}

// taken names the charts that have no place for something.
func (c *Context) taken(at topology.Place, restsOn fact.Any, what string, takes func(*plan.Release) bool) {
	var without []string
	for _, r := range c.Releases {
		if r.InTree() && r.Chart != nil && !takes(r) {
			without = append(without, r.ChartName+" "+r.Version.Value)
		}
	}
	if len(without) == 0 {
		return
	}
	c.Report(at, diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("%s is not for %s, whose values have %s", at.Path, strings.Join(without, ", "), what),
		Help:     "ignore " + c.rule.Code + " with the reason why that is right, or pin another chart",
	}, restsOn)
}

var podSecurity = &Rule{
	Code: "TG060",
	Name: "Pod Security",
	Doc:  "no pod is refused by the Pod Security Standard of its namespace",
	Run: func(c *Context) {
		for _, r := range c.Releases {
			standard := c.Enforced(r)
			made := slices.ContainsFunc(c.Namespaces, func(n plan.Namespace) bool { return n.Name.Value == r.Namespace.Value })
			if r.Chart == nil || !made || standard.Value != "baseline" && standard.Value != "restricted" {
				continue
			}
			help := "write " + c.namespaceLabel(r.Namespace.Value, plan.SecurityLabel, "privileged")
			place, what := r.PinnedAt.Place, fmt.Sprintf("pods of %s %s cannot run", r.ChartName, r.Version.Value)
			ok, why := r.Runs(standard.Value)
			switch {
			case !ok:
			case r == c.Tempo.Release && c.Store.Placement == "subchart" && standard.Value == "restricted":
				place, what = c.Topology.Store.MinioSubchart.Placement.Place, "the Minio that comes with Tempo's chart, whose Jobs take no security context, cannot run"
			case c.Nginx != nil && r == c.Nginx.Release && c.Nginx.HostPorts.Value:
				place, what = c.Topology.Cluster.HostPorts.Place, "an ingress that takes ports of its node cannot run"
			default:
				continue
			}
			c.Report(place, diag.Diagnostic{
				Message: fmt.Sprintf("%s under the Pod Security Standard %s, which the namespace %s enforces", what, standard.Value, r.Namespace.Value),
				Help:    help,
				Related: []diag.Related{{Message: "the standard", Position: standard.Origin.Position()}},
			}, standard, why)
		}
	},
}
