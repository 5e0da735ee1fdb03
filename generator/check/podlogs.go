package check

import (
	"fmt"
	"slices"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var podLogs = &Rule{
	Code: "TG050",
	Name: "logs of the pods",
	Doc:  "the collector sends each line once, by the label and in the shape that Grafana looks for",
	Run: func(c *Context) {
		if c.Collector == nil || c.Collector.PodLogs == nil {
			return
		}
		c.logPods()
		c.logVersions()
		logs := c.Loki.Logs
		if shape := logs.Shape; shape.Value != "json" {
			c.Report(shape.Place, diag.Diagnostic{
				Message: fmt.Sprintf("the collector sends each line as it was written, and loki.logs.shape is %q", shape.Value),
				Help:    `write shape: "json", or leave it out`,
				Related: []diag.Related{{Message: "the lines come by the collector", Position: c.Topology.Collector.Logs.Position}},
			}, leaf(shape))
		}
		for _, ingress := range c.AccessLogs() {
			if ingress.App.Value == "" {
				continue // nothing is known of its pods
			}
			c.logLabel(ingress)
			c.logNamespace(ingress)
		}
	},
}

// logPods demands as many pods as read each line once.
func (c *Context) logPods() {
	in := c.Topology.Collector
	if c.Collector.Component == plan.OtelCollector && in.Controller.Value != "daemonset" {
		c.Report(in.Controller.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the OpenTelemetry Collector reads logs from its own node, and a %s is not on every node", in.Controller.Value),
			Help:    `write controller: "daemonset", or collector: kind: "alloy", which asks Kubernetes for the logs`,
			Related: []diag.Related{{Message: "the logs", Position: in.Logs.Position}},
		}, leaf(in.Controller), leaf(in.Kind))
	}
	if s := c.Enforced(c.Collector.Release); c.Collector.Component == plan.OtelCollector && (s.Value == "baseline" || s.Value == "restricted") {
		c.Report(in.Logs.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the OpenTelemetry Collector reads the files of its node as root, which the Pod Security Standard %s of the namespace %s refuses", s.Value, c.Collector.Namespace.Value),
			Help:    `write collector: kind: "alloy", which asks Kubernetes for the logs, or ` + c.namespaceLabel(c.Collector.Namespace.Value, plan.SecurityLabel, "privileged"),
			Related: []diag.Related{{Message: "the standard", Position: s.Origin.Position()}},
		}, s, leaf(in.Kind), leaf(in.Logs.Enabled))
	}
	if c.Collector.Component == plan.Alloy && in.Controller.Value != "daemonset" && in.Replicas.Value > 1 {
		c.Report(in.Replicas.Place, diag.Diagnostic{
			Message: fmt.Sprintf("each of the %d pods would send every line", in.Replicas.Value),
			Help:    `write replicas: 1, or collector: controller: "daemonset", of which each pod reads its own node's`,
			Related: []diag.Related{{Message: "the logs", Position: in.Logs.Position}},
		}, leaf(in.Controller), leaf(in.Replicas), leaf(in.Kind))
	}
}

// logVersions demands that both ends can do OTLP logs.
func (c *Context) logVersions() {
	if c.Collector.Component != plan.OtelCollector {
		return
	}
	if can := c.Collector.Bool("containerOperator"); !can.Value {
		c.Report(c.Collector.PinnedAt.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the collector of opentelemetry-collector %s cannot take the lines of every container runtime apart", c.Collector.Version.Value),
			Help:    "write " + c.Collector.Pin(c.Collector.With("containerOperator", true)) + " or later, or leave logs out",
			Related: c.logsPlace(),
		}, can)
	}
	r := c.Release("loki")
	if r == nil {
		return
	}
	if path := r.Str("otlpPath"); path.Value == "" {
		c.Report(r.PinnedAt.Place, diag.Diagnostic{
			Message: fmt.Sprintf("loki %s installs a Loki that takes no OTLP, which is how the OpenTelemetry Collector sends logs", r.Version.Value),
			Help:    "write " + r.Pin(r.With("gatewayOTLP", true)) + ` or later, or write collector: kind: "alloy"`,
			Related: c.logsPlace(),
		}, path)
	} else if on := r.Bool("gatewayOTLP"); c.Loki.Gateway.Value && !on.Value {
		c.Report(r.PinnedAt.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the gateway of loki %s does not pass OTLP on, which is how the OpenTelemetry Collector sends logs", r.Version.Value),
			Help:    "write " + r.Pin(r.With("gatewayOTLP", true)) + ` or later, or write collector: kind: "alloy"`,
			Related: c.logsPlace(),
		}, on)
	}
}

// logLabel demands that the label which selects the ingress's lines is one that
// they come with.
func (c *Context) logLabel(ingress plan.AccessLog) {
	p, logs := c.Collector.PodLogs, c.Loki.Logs
	label, value := logs.StreamLabel, logs.StreamValue
	want := ingress.App
	switch label.Value {
	case p.AppLabel.Value:
	case p.NamespaceLabel.Value:
		want = ingress.Namespace
	default:
		c.Report(label.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the collector's lines do not have the label %s: Grafana would find none of the ingress's", label.Value),
			Help:    fmt.Sprintf("write loki: logs: {streamLabel: %q, streamValue: %q}", p.AppLabel.Value, ingress.App.Value),
			Related: []diag.Related{{Message: "the lines come by the collector", Position: c.Topology.Collector.Logs.Position}},
		}, leaf(label), p.AppLabel, p.NamespaceLabel, ingress.App)
		return
	}
	if value.Value != want.Value {
		c.Report(value.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the ingress's lines have %s %q, not %q: Grafana would find none of them", label.Value, want.Value, value.Value),
			Help:    fmt.Sprintf("write streamValue: %q", want.Value),
			Related: []diag.Related{{Message: "the lines come by the collector", Position: c.Topology.Collector.Logs.Position}},
		}, leaf(label), leaf(value), want, p.AppLabel, p.NamespaceLabel)
	}
}

// logNamespace looks for the ingress's namespace among those that are read.
func (c *Context) logNamespace(ingress plan.AccessLog) {
	read := c.Topology.Collector.Logs.Namespaces
	if len(read) == 0 || slices.ContainsFunc(read, func(n topology.String) bool {
		return n.Value == ingress.Namespace.Value || n.State == topology.Poisoned
	}) {
		return
	}
	c.Report(c.Topology.Collector.Logs.Place, diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("the namespace %s is not among those whose logs are sent, so Grafana finds no line of the ingress", ingress.Namespace.Value),
		Help:     fmt.Sprintf("add %q to collector.logs.namespaces", ingress.Namespace.Value),
		Related:  []diag.Related{{Message: "the ingress's namespace", Position: ingress.Namespace.Origin.Position()}},
	}, ingress.Namespace)
}

// logsPlace points to where the input has the pods' logs sent.
func (c *Context) logsPlace() []diag.Related {
	return []diag.Related{{Message: "the logs", Position: c.Topology.Collector.Logs.Position}}
}
