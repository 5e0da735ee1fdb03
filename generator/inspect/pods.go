package inspect

import (
	"fmt"
	"slices"
	"strings"

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
		if what, needs = c.gathers(); what == "" {
			return
		}
		so = "each would see the spans alone that happen to reach it"
	}
	if !needs.Position.IsValid() {
		return // what it asks for cannot be read
	}
	r := c.Collector.Release
	key, words := c.manyPods(r)
	at, other := c.line(r, key), needs
	if overriddenBy(r, other) && !overriddenBy(r, at) {
		at, other = other, at
	}
	if words != "" && overriddenBy(r, at) { // of what the topology says, a check does
		c.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("the collector %s, and %s needs one: %s", words, what, so),
			Help:    `leave it out of values, and write controller: "deployment", replicas: 1`,
			Related: []diag.Related{{Message: "the other is said here", Position: other.Position}},
		}, plan.Leaf(in.Controller), plan.Leaf(in.Replicas))
	}
}

// manyPods says in words that a collector has more pods than one, and by which
// value.
func (c *Context) manyPods(r *plan.Release) (key, words string) {
	kind, scale := c.controller(r), []string{"controller.autoscaling.enabled", "controller.autoscaling.horizontal.enabled"}
	if c.Collector.Component == plan.OtelCollector {
		scale = []string{"autoscaling.enabled"}
	}
	for _, key := range scale {
		if c.is(r, key, true) {
			return key, "would have as many pods as its load asks for"
		}
	}
	if c.daemon(r) {
		return kind, "would have a pod on every node"
	}
	replicas := c.feature(r, "replicasKey")
	if n := c.count(r, replicas, 1); n > 1 {
		return replicas, fmt.Sprintf("would have %d pods", n)
	}
	return "", ""
}

// gathers finds what needs all spans of a trace in pipelines of the user's own.
func (c *Context) gathers() (what string, at topology.Place) {
	if c.Collector.Component != plan.OtelCollector {
		return "", at
	}
	r := c.Collector.Release
	pipelines := c.mapAt(r, r.Str("configKey").Value+".service.pipelines")
	for _, name := range pipelines.Keys() {
		for _, section := range []string{"processors", "exporters"} {
			for _, item := range asItems(asMap(pipelines.Get(name)).Get(section)) {
				kind, _, _ := strings.Cut(textOf(item), "/")
				place, own := placeOf(r, item)
				if own && slices.Contains([]string{"tail_sampling", "groupbytrace", "spanmetrics", "servicegraph"}, kind) {
					return kind, place
				}
			}
		}
	}
	return "", at
}

// controller is the values path of what makes a collector's pods.
func (c *Context) controller(r *plan.Release) string {
	if c.Collector.Component == plan.OtelCollector {
		return c.feature(r, "modeKey")
	}
	return c.feature(r, "controllerTypeKey")
}

// daemon reports whether a collector has a pod on every node.
func (c *Context) daemon(r *plan.Release) bool { return c.text(r, c.controller(r)) == "daemonset" }
