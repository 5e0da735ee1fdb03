package inspect

import (
	"fmt"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// onePod is for a collector that needs all spans of a trace, or of a series.
func (c *Context) onePod() {
	in, what, so := c.Topology.Collector, "", ""
	var needs topology.Place
	switch {
	case in.Sampling != nil && in.Sampling.TailSampling != nil:
		what, needs = "tail sampling", in.Sampling.Place
		so = "each would judge a trace by the spans that happen to reach it: traces would come in pieces"
	case in.SpanMetrics != nil:
		what, needs = "the metrics of spans", in.SpanMetrics.Place
		so = "each would write the same series with a count of its own: Prometheus would see them jump"
	default:
		return
	}
	r := c.Collector.Release
	key, words := c.manyPods(r)
	if at := c.line(r, key); words != "" && overriddenBy(r, at) { // of what the topology says, a check does
		c.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("the collector %s, and %s needs one: %s", words, what, so),
			Help:    `leave it out of values, and write controller: "deployment", replicas: 1`,
			Related: []diag.Related{{Message: what + " is asked for here", Position: needs.Position}},
		}, plan.Leaf(in.Controller), plan.Leaf(in.Replicas))
	}
}

// manyPods says in words that a collector has more pods than one, and by which
// value.
func (c *Context) manyPods(r *plan.Release) (key, words string) {
	kind, scale := c.feature(r, "controllerTypeKey"), []string{"controller.autoscaling.enabled", "controller.autoscaling.horizontal.enabled"}
	if c.Collector.Component == plan.OtelCollector {
		kind, scale = c.feature(r, "modeKey"), []string{"autoscaling.enabled"}
	}
	for _, key := range scale {
		if c.is(r, key, true) {
			return key, "would have as many pods as its load asks for"
		}
	}
	if c.text(r, kind) == "daemonset" {
		return kind, "would have a pod on every node"
	}
	replicas := c.feature(r, "replicasKey")
	if n := c.count(r, replicas, 1); n > 1 {
		return replicas, fmt.Sprintf("would have %d pods", n)
	}
	return "", ""
}
