package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

var dimensions = &Rule{
	Code: "TG057",
	Name: "dimensions",
	Doc:  "each dimension of the metrics of spans becomes a label of its own",
	Run: func(c *Context) {
		if g := c.Topology.Tempo.MetricsGenerator; g != nil {
			// Tempo has its own labels already out of the way.
			c.dimensions(g.Dimensions, nil, func(s string) string {
				return labelSanitizer().ReplaceAllString(s, "_")
			}, "Tempo before 3.0 would write both, and no series with one label twice is taken")
		}
		if in := c.Topology.Collector; in != nil && in.SpanMetrics != nil {
			own := []string{"service.name", "span.name", "span.kind", "status.code"}
			c.dimensions(in.SpanMetrics.Dimensions, own, func(s string) string { return s }, "the collector exits")
		}
	},
}

// labelSanitizer finds what a label of Prometheus's cannot have.
var labelSanitizer = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^A-Za-z0-9_]`) })

func (c *Context) dimensions(list []topology.String, own []string, label func(string) string, so string) {
	seen := map[string]topology.String{}
	for _, d := range list {
		name := label(d.Value)
		switch first, twice := seen[name]; {
		case slices.Contains(own, name):
			c.Report(d.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%s is a label of the metrics anyway, and would be there twice: %s", d.Value, so),
				Help:    "leave it out",
			}, leaf(d))
		case twice:
			c.Report(d.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%s and %s become the same label %s: %s", first.Value, d.Value, name, so),
				Help:    "leave one of them out",
				Related: []diag.Related{{Message: "the first", Position: first.Position}},
			}, leaf(d), leaf(first))
		default:
			seen[name] = d
		}
	}
}

var labels = &Rule{
	Code: "TG058",
	Name: "labels and annotations",
	Doc:  "Kubernetes takes each label and each key of an annotation",
	Run: func(c *Context) {
		for _, e := range c.Topology.Namespaces {
			c.keys(e.Value.Labels, "a label", true)
			c.keys(e.Value.Annotations, "an annotation", false)
		}
		c.keys(c.Topology.Cluster.NodeSelector, "a label", true)
		if g := c.Topology.Grafana; g != nil && g.GrafanaOperator != nil {
			c.keys(g.GrafanaOperator.InstanceSelector, "a label", true)
		}
		for _, a := range c.Apps {
			if in := a.In.Ingress; in != nil {
				c.keys(in.Annotations, "an annotation", false)
			}
		}
	},
}

// keys judges a map of labels or annotations.
func (c *Context) keys(m topology.Map[topology.String], what string, values bool) {
	for _, e := range m {
		if !labelKeyType().Matches(e.Key.Value) {
			c.Report(e.Key.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%q cannot be the key of %s", e.Key.Value, what),
				Help:    strings.Replace(labelKeyType().Doc, "a label's key", "the key of a label or annotation", 1) + `, such as "example.com/team"`,
			}, leaf(e.Key))
		}
		if values && !labelValueType().Matches(e.Value.Value) {
			c.Report(e.Value.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%q cannot be the value of a label", e.Value.Value),
				Help:    strings.Replace(labelValueType().Doc, "a taint's value", "the value of a label", 1),
			}, leaf(e.Value))
		}
	}
}

var scraped = &Rule{
	Code:     "TG073",
	Name:     "metrics behind policies",
	Doc:      "who asks the tree's pods for their metrics is let through by the NetworkPolicies",
	Severity: diag.Warning,
	Run: func(c *Context) {
		in := c.Topology.Cluster
		if !in.NetworkPolicies.Value || !in.ServiceMonitors.Value || c.Pods.MonitorLabel.Value != "" {
			return
		}
		c.Report(in.ServiceMonitors.Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  "the Prometheus that the ServiceMonitors are for is none of the topology's, and the NetworkPolicies keep it from the pods",
			Help:     `add a NetworkPolicy of your own that lets it in and ignore TG073 with that as the reason, or write grafana: {kind: "kube-prometheus-stack", chart: version: "…"} and prometheus: kind: "kube-prometheus-stack"`,
			Related:  []diag.Related{{Message: "the policies", Position: in.NetworkPolicies.Position}},
		}, leaf(in.NetworkPolicies), leaf(in.ServiceMonitors), prometheusRead(c))
	},
}

// prometheusRead is poisoned where load could not read which Prometheus it is.
func prometheusRead(c *Context) fact.String {
	if p := c.Topology.Prometheus; p != nil && !p.Position.IsValid() {
		return fact.String{Poisoned: true}
	}
	if g := c.Topology.Grafana; g != nil && !g.Position.IsValid() {
		return fact.String{Poisoned: true}
	}
	return fact.String{}
}

var retention = &Rule{
	Code: "TG074",
	Name: "retention",
	Doc:  "Loki and Prometheus understand how long they are to keep",
	Run: func(c *Context) {
		if p := c.Topology.Prometheus; p != nil && p.PrometheusChart != nil {
			c.plainDuration(p.PrometheusChart.Retention, "Prometheus")
		}
		if l := c.Topology.Loki; l != nil && l.LokiChart != nil {
			in := l.LokiChart.Retention
			c.plainDuration(in, "Loki")
			if d, ok := lasting(in); ok && d.Hours() < 24 {
				c.Report(in.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%s is %s, and Loki keeps lines for 24 hours at least", in.Path, in.Value),
					Help:    `write retention: "24h" or more`,
				}, leaf(in))
			}
		}
	},
}

// plainDuration wants whole numbers, the largest unit first, which is all that
// Prometheus's own way to read a duration knows.
func (c *Context) plainDuration(in topology.String, who string) {
	if _, ok := lasting(in); !ok || prometheusDuration().MatchString(in.Value) {
		return
	}
	c.Report(in.Place, diag.Diagnostic{
		Message: fmt.Sprintf("%s is %s, and %s takes whole numbers, each unit once and the largest first: it exits", in.Path, in.Value, who),
		Help:    `write it as in "36h30m"`,
	}, leaf(in))
}

var prometheusDuration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$`)
})

// lasting reads a duration that was given.
func lasting(in topology.String) (time.Duration, bool) {
	d, err := time.ParseDuration(in.Value)
	return d, err == nil && in.State == topology.Given
}

// namespaceLabel says what to write for a label of a namespace. Where one is
// listed, all must be.
func (c *Context) namespaceLabel(namespace, key, value string) string {
	if len(c.Topology.Namespaces) > 0 {
		return fmt.Sprintf("namespaces: %q: labels: %q: %q", namespace, key, value)
	}
	var list []string
	for _, r := range c.Releases {
		if other := fmt.Sprintf("%q: {}", r.Namespace.Value); r.Namespace.Value != namespace && !slices.Contains(list, other) {
			list = append(list, other)
		}
	}
	list = append(list, fmt.Sprintf("%q: labels: %q: %q", namespace, key, value))
	slices.Sort(list)
	return "namespaces: {" + strings.Join(list, ", ") + "}"
}
