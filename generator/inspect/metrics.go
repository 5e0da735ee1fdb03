package inspect

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

var metricsInForce = &Rule{
	Code: "TG097",
	Name: "metrics in force",
	Doc:  "with what the values say, the metrics of spans are made, reach a Prometheus that takes them, and lead back to traces",
	Run: func(c *Context) {
		if c.overridden(c.Tempo.Release) && c.Tempo.Generator != nil {
			c.generated()
		}
		if p := c.Prometheus; p != nil {
			c.taken(p)
		}
	},
}

func holds(items []tree.Node, want string) bool {
	return slices.ContainsFunc(items, func(n tree.Node) bool { return textOf(n) == want })
}

// lost reports values by which metrics of spans get lost.
func (c *Context) lost(r *plan.Release, key, what, add string, why ...fact.Any) {
	help := leaveOut
	if add != "" {
		help += fmt.Sprintf(", or add %s to it", add)
	}
	c.Report(c.line(r, key), diag.Diagnostic{
		Message: what,
		Help:    help,
		Related: said("it is needed because of this", why...),
	}, why...)
}

// generated looks at Tempo's metrics-generator, by the values and by the
// structured configuration that is merged over what the chart makes of them.
func (c *Context) generated() {
	t, g := c.Tempo, c.Tempo.Generator
	r := t.Release
	if key := t.Str("metricsGeneratorKey").Value; c.is(r, key, false) {
		c.lost(r, key, "Tempo would make no metrics of spans, which the topology asks for", "", g.On)
		return
	}
	writes, processors := []string{t.Str("remoteWriteKey").Value}, []string{c.feature(r, "processorsKey")}
	if raw := c.feature(r, "structuredConfigKey"); raw != "" {
		writes = append(writes, raw+".metrics_generator.storage.remote_write")
		processors = append(processors, raw+".overrides.defaults.metrics_generator.processors", raw+".overrides.metrics_generator_processors")
	}
	for _, key := range writes {
		list, given := c.ownList(r, key)
		if given && !slices.ContainsFunc(list, func(n tree.Node) bool { return field(n, "url") == g.URL.Value }) {
			c.lost(r, key, fmt.Sprintf("the list replaces tracegen's, and lacks %s: the metrics of spans would not reach the topology's Prometheus", g.URL.Value), fmt.Sprintf("{url: %q}", g.URL.Value), g.URL)
		}
	}
	for _, key := range processors {
		list, given := c.ownList(r, key)
		for _, p := range g.Processors {
			if given && !holds(list, p.Value) {
				c.lost(r, key, fmt.Sprintf("the list replaces tracegen's, and lacks %s: Grafana's service graph and its links to metrics ask for what nobody makes", p.Value), fmt.Sprintf("%q", p.Value), p, g.On)
				break
			}
		}
	}
}

// ownList gives a list that the user wrote.
func (c *Context) ownList(r *plan.Release, key string) ([]tree.Node, bool) {
	if key == "" {
		return nil, false
	}
	n, _ := c.Value(r, key)
	list, ok := n.(*tree.List)
	if !ok {
		return nil, false
	}
	_, own := placeOf(r, list)
	return list.Items, own
}

// taken looks at Prometheus: whether it takes what is written to it, and keeps
// the exemplars that lead to traces.
func (c *Context) taken(p *plan.Prometheus) {
	switch {
	case p.Stack:
		if c.Grafana == nil || !c.Grafana.Stack() || !c.overridden(c.Grafana.Release) {
			return
		}
		r := c.Grafana.Release
		if key := r.Str("remoteWriteReceiverKey").Value; p.RemoteWrite.Value && c.is(r, key, false) {
			c.lost(r, key, "Prometheus would refuse the metrics that are written to it, with 404", "", p.RemoteWrite)
		}
		if list, own := c.ownList(r, r.Str("enableFeaturesKey").Value); own && !holds(list, "exemplar-storage") {
			c.lost(r, r.Str("enableFeaturesKey").Value, "the list replaces tracegen's, and lacks exemplar-storage: Prometheus drops the exemplars, by which a metric leads to its trace", `"exemplar-storage"`, p.TraceLabel)
		}
		c.prefixed(r, p, "prometheus.prometheusSpec.routePrefix")
		c.none(r, "prometheus.prometheusSpec.replicas", "Prometheus, which takes the metrics of spans")
	case c.overridden(p.Release):
		c.prefixed(p.Release, p, "server.prefixURL", "server.baseURL")
		c.none(p.Release, "server.replicaCount", "Prometheus, which takes the metrics of spans")
		key := p.Str("extraFlagsKey").Value
		list, own := c.ownList(p.Release, key)
		if !own {
			return
		}
		if flag := p.Str("remoteWriteReceiverFlag").Value; p.RemoteWrite.Value && !holds(list, flag) {
			c.lost(p.Release, key, fmt.Sprintf("the list replaces tracegen's, and lacks %s: Prometheus would refuse the metrics that are written to it, with 404", flag), fmt.Sprintf("%q", flag), p.RemoteWrite)
			return
		}
		flag := p.Str("exemplarFlag").Value
		if c.Grafana != nil && !slices.ContainsFunc(list, func(n tree.Node) bool { return strings.Contains(textOf(n), "exemplar-storage") }) {
			c.lost(p.Release, key, fmt.Sprintf("the list replaces tracegen's, and lacks %s: Prometheus drops the exemplars, by which a metric leads to its trace", flag), fmt.Sprintf("%q", flag), p.TraceLabel)
		}
	}
}

// prefixed looks for a path before those of Prometheus. That of its own address
// counts unless another is said (cmd/prometheus, web.route-prefix).
func (c *Context) prefixed(r *plan.Release, p *plan.Prometheus, keys ...string) {
	for i, key := range keys {
		prefix := c.text(r, key)
		if i > 0 {
			_, prefix, _ = strings.Cut(prefix, "://")
			_, prefix, _ = strings.Cut(prefix, "/")
		} else if prefix == "/" {
			return
		}
		if prefix = strings.Trim(prefix, "/"); prefix != "" && p.RemoteWrite.Value {
			c.lost(r, key, fmt.Sprintf("Prometheus would have all its paths below /%s, and answer the metrics that are written to it with 404", prefix), "", p.RemoteWrite)
			return
		}
	}
}
