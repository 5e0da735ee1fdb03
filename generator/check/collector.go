package check

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/quantity"
	"tracegen.dev/generator/topology"
)

// pods says how many pods the collector has, where that is more than one.
func pods(in *topology.Collector) (words string, at topology.Place, why fact.Any) {
	switch {
	case in.Controller.Value == "daemonset":
		return "has a pod on every node", in.Controller.Place, leaf(in.Controller)
	case in.Replicas.Value > 1:
		return fmt.Sprintf("has %d pods", in.Replicas.Value), in.Replicas.Place, leaf(in.Replicas)
	}
	return "", topology.Place{}, leaf(in.Controller)
}

const onePod = `write collector: {controller: "deployment", replicas: 1}`

var aggregation = &Rule{
	Code: "TG047",
	Name: "one pod for the whole",
	Doc:  "what needs all spans of a trace or a series, such as tail sampling and span metrics, has them in one pod",
	Run: func(c *Context) {
		in := c.Topology.Collector
		if in == nil {
			return
		}
		words, at, why := pods(in)
		related := []diag.Related{{Message: "the pods", Position: at.Position}}
		if s := in.Sampling; s != nil && s.TailSampling != nil {
			if words != "" {
				c.Report(s.Kind.Place, diag.Diagnostic{
					Message: fmt.Sprintf("the collector %s, each of which gets some spans of a trace and would judge by those alone: traces would come in pieces", words),
					Help:    onePod + `, or kind: "probabilistic"`,
					Related: related,
				}, leaf(s.Kind), why)
			}
			if wait, err := time.ParseDuration(s.TailSampling.Wait.Value); err == nil && wait < time.Second {
				c.Report(s.TailSampling.Wait.Place, diag.Diagnostic{
					Message: fmt.Sprintf("the collector counts the wait in seconds, and %s is none: it refuses to start", s.TailSampling.Wait.Value),
					Help:    `write wait: "1s" or more, such as the longest that a trace of yours takes`,
				}, leaf(s.TailSampling.Wait))
			}
		}
		if m := in.SpanMetrics; m != nil && words != "" {
			c.Report(m.Place, diag.Diagnostic{
				Message: fmt.Sprintf("the collector %s, each of which would write the same series with a count of its own: Prometheus would see them jump", words),
				Help:    onePod + ", or have Tempo make the metrics",
				Related: related,
			}, leaf(m.Exemplars), why)
		}
	},
}

var sampledTwice = &Rule{
	Code:     "TG048",
	Name:     "sampled twice",
	Doc:      "which traces are kept is decided once: at the root, or in the collector",
	Severity: diag.Warning,
	Run: func(c *Context) {
		if c.Topology.Collector == nil || c.Topology.Collector.Sampling == nil {
			return
		}
		if c.Traefik != nil {
			c.decidedTwice(c.Topology.Traefik.Sampling, c.Traefik.Export)
		}
		if c.Nginx != nil {
			c.decidedTwice(c.Topology.IngressNginx.Sampling, c.Nginx.Export)
		}
	},
}

// decidedTwice is for an ingress that keeps a share of the traces, and sends them
// to a collector that does, too.
func (c *Context) decidedTwice(root topology.Number, export plan.Edge) {
	s := c.Topology.Collector.Sampling
	if root.Value == 1 || export.Endpoint.Host.Value != c.collectorHost() {
		return
	}
	d := diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("the ingress keeps %v of the traces, and the collector %v of those: %v in all", root.Value, s.Ratio.Value, root.Value*s.Ratio.Value),
		Help:     fmt.Sprintf("leave %s out, or collector.sampling", root.Path),
		Related:  []diag.Related{{Message: "the ingress decides here", Position: root.Position}},
	}
	at := s.Ratio.Place
	if s.TailSampling != nil {
		at = s.Kind.Place
		d.Message = fmt.Sprintf("the ingress drops all but %v of the traces, before the collector can see which of them are worth keeping", root.Value)
	}
	c.Report(at, d, leaf(s.Kind), leaf(s.Ratio), leaf(root), export.Endpoint.Host)
}

// collectorHost is where the collector receives.
func (c *Context) collectorHost() string {
	for _, rc := range c.Collector.Receivers.On() {
		return rc.Host.Value
	}
	return ""
}

var spanMetrics = &Rule{
	Code:     "TG049",
	Name:     "span metrics",
	Doc:      "span metrics are made once, and their exemplars have a label that Grafana looks for",
	Severity: diag.Warning,
	Run: func(c *Context) {
		if c.Topology.Collector == nil || c.Topology.Collector.SpanMetrics == nil {
			return
		}
		in := c.Topology.Collector.SpanMetrics
		if g := c.Tempo.Generator; g.Makes("span-metrics") {
			c.Report(in.Place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  "the collector makes metrics of spans, and so does Tempo: Prometheus would hold both, under two names",
				Help:     `leave spanMetrics out, or write tempo: metricsGenerator: processors: ["service-graphs"]`,
				Related:  []diag.Related{{Message: "Tempo's", Position: c.Topology.Tempo.MetricsGenerator.Position}},
			}, leaf(in.Exemplars), g.On)
		}
		// Only of its own datasource can kube-prometheus-stack link one label alone.
		if c.Prometheus == nil || c.Grafana == nil || !c.Prometheus.Stack || !in.Exemplars.Value {
			return
		}
		if label := c.Prometheus.TraceLabel; label.Value != plan.CollectorExemplarLabel {
			at := c.Topology.Prometheus.TraceLabel.Place
			c.Report(at, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("the exemplars of the collector's span metrics hold the trace ID in the label %s, and kube-prometheus-stack links %s alone: no link would appear", plan.CollectorExemplarLabel, label.Value),
				Help:     fmt.Sprintf("write traceLabel: %q, or leave it out", plan.CollectorExemplarLabel),
				Related:  []diag.Related{{Message: "they are made because of this", Position: in.Position}},
			}, label)
		}
	},
}

var memoryLimit = &Rule{
	Code: "TG051",
	Name: "memory limit",
	Doc:  "the collector refuses spans before Kubernetes kills it",
	Run: func(c *Context) {
		if c.Topology.Collector == nil || c.Topology.Collector.MemoryLimit == nil {
			return
		}
		m, container := c.Topology.Collector.MemoryLimit, topology.String{}
		if r := c.Topology.Collector.Resources; r != nil {
			container = r.Limits.Memory
		}
		if m.Spike.Present() && m.Spike.Value >= m.Limit.Value {
			at := m.Spike.Place
			if m.Spike.State != topology.Given {
				at = m.Limit.Place
			}
			c.Report(at, diag.Diagnostic{
				Message: fmt.Sprintf("spike is %d and limit is %d: the collector begins to refuse that far below the limit, so it would always", m.Spike.Value, m.Limit.Value),
				Help:    fmt.Sprintf("write collector: memoryLimit: spike: %d, say", max(1, m.Limit.Value/4)),
				Related: []diag.Related{{Message: "the limit", Position: m.Limit.Position}},
			}, leaf(m.Spike), leaf(m.Limit))
		}
		if m.MemoryPercentage != nil && !container.Present() {
			c.Report(m.Unit.Place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("the container's memory is not limited, so the %d %% are of the whole node", m.Limit.Value),
				Help:     `add collector: resources: limits: memory: "512Mi", say, or write unit: "MiB"`,
			}, leaf(m.Unit), leaf(m.Limit))
		}
		if most, ok := quantity.Parse(container.Value); ok && m.MemoryMebibytes != nil && float64(m.Limit.Value)*(1<<20) >= most {
			c.Report(m.Limit.Place, diag.Diagnostic{
				Message: fmt.Sprintf("the collector would take %d MiB, and Kubernetes kills it at %s", m.Limit.Value, container.Value),
				Help:    fmt.Sprintf("write limit: %d or less: that is four fifths of it", max(1, int64(most/(1<<20)*0.8))),
				Related: []diag.Related{{Message: "the container's limit", Position: container.Position}},
			}, leaf(m.Unit), leaf(m.Limit), leaf(container))
		}
	},
}

// ownExporters are the names that tracegen gives.
var ownExporters = []string{"tempo", "loki"}

var pipelineNames = &Rule{
	Code: "TG052",
	Name: "names in the pipeline",
	Doc:  "each key of collector.exporters can be an exporter's name, and each of collector.attributes an attribute's",
	Run: func(c *Context) {
		if c.Topology.Collector == nil {
			return
		}
		variables := map[string]topology.String{}
		for _, e := range c.Topology.Collector.Exporters {
			variable := strings.ToUpper(e.Key.Value)
			switch name := e.Key; {
			case slices.Contains(ownExporters, name.Value):
				c.Report(name.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q is the name of an exporter that is there already", name.Value),
					Help:    "write another name than " + strings.Join(ownExporters, " and "),
				}, leaf(name))
			case !labelType().Matches(name.Value):
				c.Report(name.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q cannot be an exporter's name", name.Value),
					Help:    "an exporter's name is " + strings.TrimPrefix(labelType().Doc, "a label is "),
				}, leaf(name))
			case variables[variable].Present():
				c.Report(name.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q differs from another exporter's name by capitals alone: both would read their header from the variable EXPORTER_%s", name.Value, variable),
					Help:    "write another name",
					Related: []diag.Related{{Message: "the other one", Position: variables[variable].Position}},
				}, leaf(name))
			}
			variables[variable] = e.Key
		}
		for _, e := range c.Topology.Collector.Attributes {
			if name := e.Key; !attributeType().Matches(name.Value) {
				c.Report(name.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q cannot be an attribute", name.Value),
					Help:    attributeType().Doc,
				}, leaf(name))
			}
		}
	},
}
