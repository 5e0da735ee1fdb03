package inspect

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var collectorInForce = &Rule{
	Code: "TG089",
	Name: "collector in force",
	Doc:  "with what the values say, each pipeline of the collector is closed, spans that come in reach Tempo, and what needs all spans of a trace has one pod",
	Run: func(c *Context) {
		if c.Collector == nil {
			return
		}
		c.farPorts()
		if !c.overridden(c.Collector.Release) {
			return
		}
		c.onePod()
		if r := c.Collector.Release; !c.daemon(r) {
			c.none(r, c.feature(r, "replicasKey"), "the collector")
		}
		if c.Collector.Component == plan.Alloy {
			c.agentBlock()
			return
		}
		p := &pipelines{Context: c, r: c.Collector.Release, at: c.Collector.Str("configKey").Value}
		p.components()
		p.traces()
		p.extensions()
	},
}

// farPorts looks at the further destinations, which the topology alone knows: at
// the ports that OTLP has by its specification, nobody speaks the other protocol.
func (c *Context) farPorts() {
	for _, e := range c.Topology.Collector.Exporters {
		x := e.Value
		others := map[string]int64{"otlp-grpc": 4318, "otlp-http": 4317}
		d := diag.Diagnostic{Severity: diag.Warning, Related: []diag.Related{{Message: "the protocol is said here", Position: x.Protocol.Position}}}
		switch {
		case others[x.Protocol.Value] == x.Port.Value:
			other := map[string]string{"otlp-grpc": "otlp-http", "otlp-http": "otlp-grpc"}[x.Protocol.Value]
			d.Message = fmt.Sprintf("port %d is that of %s, and the exporter speaks %s: the other end would close each connection", x.Port.Value, other, x.Protocol.Value)
			at := fmt.Sprintf("collector: exporters: %q: ", e.Key.Value)
			d.Help = fmt.Sprintf("write %sprotocol: %q, or %sport: %d", at, other, at, others[other])
		case x.Port.Value == 443 && !x.Tls.Value:
			d.Message = "port 443 is that of TLS, and the exporter goes without: the other end would close each connection"
			d.Help = fmt.Sprintf("write collector: exporters: %q: tls: true, or another port", e.Key.Value)
		default:
			continue
		}
		c.Report(x.Port.Place, d, plan.Leaf(x.Port), plan.Leaf(x.Protocol), plan.Leaf(x.Tls))
	}
}

// agentBlock looks for the block that Alloy's chart still takes over from the
// one of Grafana Agent, and merges over its own (templates/_config.tpl, 0.1.0 to
// 1.11.1).
func (c *Context) agentBlock() {
	r := c.Collector.Release
	for _, key := range []string{"agent.configMap", "agent.extraPorts"} {
		if n, _ := c.Value(r, key); n != nil {
			c.Report(c.line(r, key), diag.Diagnostic{
				Message: fmt.Sprintf("the chart merges %s over alloy%s, so that it replaces what tracegen writes there: nothing of the topology's collector would run", key, strings.TrimPrefix(key, "agent")),
				Help:    leaveOut + ", and say what you need in the topology's section collector",
			}, r.Version)
		}
	}
}

// pipelines are those of the OpenTelemetry Collector's configuration.
type pipelines struct {
	*Context
	r  *plan.Release
	at string // the configuration, in the values
}

// preset is the switch by which the chart defines a component of its own
// (templates/_config.tpl, 0.80.0 to 0.170.0).
func preset(section, name string) []string {
	switch section + " " + name {
	case "processors resourcedetection/env":
		return []string{"resourceDetection"}
	case "receivers filelog":
		return []string{"logsCollection"}
	case "receivers hostmetrics":
		return []string{"hostMetrics"}
	case "receivers k8s_cluster":
		return []string{"clusterMetrics"}
	case "receivers k8sobjects":
		return []string{"kubernetesEvents", "kubernetesObjects"}
	case "receivers kubeletstats":
		return []string{"kubeletMetrics"}
	case "receivers receiver_creator/logs":
		return []string{"annotationDiscovery.logs"}
	case "receivers receiver_creator/metrics":
		return []string{"annotationDiscovery.metrics"}
	case "extensions k8s_observer":
		return []string{"annotationDiscovery.logs", "annotationDiscovery.metrics"}
	}
	return nil
}

// has reports whether a component is in the configuration: the values, or the
// chart's own, which stands unless the values take it away.
func (p *pipelines) has(section, name string) bool {
	n := p.mapAt(p.r, tree.JoinKey(p.at, section)).Get(name)
	if n != nil && !removed(n) {
		return true
	}
	features := map[string]string{"receivers": "defaultReceivers", "exporters": "defaultExporters", "processors": "defaultProcessors", "extensions": "defaultExtensions"}
	if section == "processors" && slices.Contains(p.r.Strs("presetKubernetesNames").Value, name) && p.is(p.r, p.feature(p.r, "presetKubernetesKey"), true) {
		return true
	}
	if slices.ContainsFunc(preset(section, name), func(s string) bool { return p.is(p.r, "presets."+s+".enabled", true) }) {
		return true
	}
	return n == nil && features[section] != "" && slices.Contains(p.r.Strs(features[section]).Value, name)
}

// components looks at every pipeline that the values have: what it names must be
// there, or the collector exits.
func (p *pipelines) components() {
	all := p.mapAt(p.r, p.at+".service.pipelines")
	for _, name := range all.Keys() {
		one, ok := all.Get(name).(*tree.Map)
		if !ok {
			continue
		}
		for _, section := range []string{"receivers", "processors", "exporters"} {
			at := tree.JoinKey(tree.JoinKey(p.at+".service.pipelines", name), section)
			list, ok := one.Get(section).(*tree.List)
			if !ok {
				continue
			}
			if _, own := placeOf(p.r, list); own && len(list.Items) == 0 && section != "processors" {
				p.Report(p.line(p.r, at), diag.Diagnostic{
					Message: fmt.Sprintf("the pipeline %s has no %s: the collector exits at its start", name, section),
					Help:    leaveOut + ", or name one",
				}, p.r.Version)
			}
			for i, item := range list.Items {
				what := textOf(item)
				if what == "" || p.has(section, what) || section != "processors" && p.has("connectors", what) {
					continue
				}
				p.undefined(at, fmt.Sprintf("%s[%d]", at, i), name, section, what)
			}
		}
	}
}

// undefined reports a component that a pipeline names and nobody defines: at the
// line that names it, or at the one that takes it away.
func (p *pipelines) undefined(list, item, pipeline, section, what string) {
	at := p.line(p.r, item)
	d := diag.Diagnostic{
		Message: fmt.Sprintf("the pipeline %s names %s, which is not among the %s: the collector exits at its start", pipeline, what, section),
		Help:    fmt.Sprintf("leave it out, or define it below %s.%s", p.at, section),
	}
	gone := tree.JoinKey(p.at+"."+section, what)
	if _, there := p.Value(p.r, gone); there {
		at = p.line(p.r, gone)
		d.Message = fmt.Sprintf("%s is taken away, and the pipeline %s names it: the collector exits at its start", gone, pipeline)
		d.Help = leaveOut + ", or take it out of the pipeline's list too"
		if other := p.line(p.r, item); overriddenBy(p.r, other) {
			d.Related = []diag.Related{{Message: "it is named here", Position: other.Position}}
		}
	}
	if overriddenBy(p.r, at) {
		p.Report(at, d, p.r.Version)
	}
}

// overriddenBy reports whether a line is one of a release's overrides.
func overriddenBy(r *plan.Release, at topology.Place) bool {
	return strings.HasPrefix(at.Path, r.Values.Path+".")
}

// traces holds the pipeline of the spans to the topology.
func (p *pipelines) traces() {
	at := p.at + ".service.pipelines.traces"
	if n, _ := p.Value(p.r, at); removed(n) {
		p.Report(p.line(p.r, at), diag.Diagnostic{
			Message: "the collector would have no pipeline for traces: senders are refused, or lose their spans",
			Help:    leaveOut,
		}, p.r.Version)
		return
	}
	for _, rc := range p.Collector.Receivers.On() {
		kind, _, _ := strings.Cut(rc.Name, "-")
		p.keeps(at, "receivers", kind, fmt.Sprintf("nobody would listen at port %d, where senders of the topology send", rc.Port.Value), said("it is on because of this", rc.On))
	}
	p.keeps(at, "exporters", "otlp/tempo", "no span would reach Tempo", nil)
	for _, x := range p.Collector.Exporters {
		kind := map[string]string{"otlp-grpc": "otlp/", "otlp-http": "otlphttp/"}[x.Protocol.Value]
		p.keeps(at, "exporters", kind+x.Name.Value, "no span would reach it", said("the topology sends there", x.Name))
	}
	in := p.Topology.Collector
	if in.Sampling != nil && in.Sampling.Position.IsValid() {
		what := "probabilistic_sampler"
		if in.Sampling.TailSampling != nil {
			what = "tail_sampling"
		}
		p.keeps(at, "processors", what, "every trace would be kept", []diag.Related{{Message: "the topology samples", Position: in.Sampling.Position}})
	}
	if in.SpanMetrics != nil {
		what := "spanmetrics"
		list := p.items(p.r, at+".exporters")
		if i := slices.IndexFunc(list, func(n tree.Node) bool { return strings.Contains(textOf(n), what) }); i < 0 && list != nil {
			p.keeps(at, "exporters", what, "no metrics would be made of spans", []diag.Related{{Message: "the topology makes metrics of spans", Position: in.SpanMetrics.Position}})
		}
	}
}

// keeps demands a component in the list of the traces pipeline, directly or in
// any other pipeline that a connector leads to.
func (p *pipelines) keeps(at, section, what, so string, related []diag.Related) {
	list, ok := p.mapAt(p.r, at).Get(section).(*tree.List)
	if !ok || p.anywhere(section, what) {
		return
	}
	line := p.line(p.r, at+"."+section)
	if _, own := placeOf(p.r, list); !own {
		return // not the user's doing
	}
	p.Report(line, diag.Diagnostic{
		Message: fmt.Sprintf("the list replaces tracegen's, and lacks %s: %s", what, so),
		Help:    fmt.Sprintf("leave it out of values, or add %q to it", what),
		Related: related,
	}, p.r.Version)
}

// anywhere reports whether a pipeline of traces has the component. With
// connectors, there may be several.
func (p *pipelines) anywhere(section, what string) bool {
	all := p.mapAt(p.r, p.at+".service.pipelines")
	return slices.ContainsFunc(all.Keys(), func(name string) bool {
		kind, _, _ := strings.Cut(name, "/")
		return kind == "traces" && slices.ContainsFunc(asItems(asMap(all.Get(name)).Get(section)), func(n tree.Node) bool {
			return textOf(n) == what || section == "exporters" && p.alike(textOf(n), what)
		})
	})
}

// alike reports whether two exporters are of one kind and send to one place.
func (p *pipelines) alike(name, other string) bool {
	endpoint := func(name string) string { return p.text(p.r, tree.JoinKey(p.at+".exporters", name)+".endpoint") }
	kind, _, _ := strings.Cut(name, "/")
	of, _, _ := strings.Cut(other, "/")
	return kind == of && endpoint(name) != "" && endpoint(name) == endpoint(other)
}

// extensions are those that the service names.
func (p *pipelines) extensions() {
	at := p.at + ".service.extensions"
	n, _ := p.Value(p.r, at)
	list, ok := n.(*tree.List)
	if !ok {
		return
	}
	for i, item := range list.Items {
		if what := textOf(item); what != "" && !p.has("extensions", what) {
			line := p.line(p.r, fmt.Sprintf("%s[%d]", at, i))
			if gone := tree.JoinKey(p.at+".extensions", what); !overriddenBy(p.r, line) {
				line = p.line(p.r, gone)
			}
			p.Report(line, diag.Diagnostic{
				Message: fmt.Sprintf("the service names the extension %s, which is not among the extensions: the collector exits at its start", what),
				Help:    fmt.Sprintf("leave it out, or define it below %s.extensions", p.at),
			}, p.r.Version)
		}
	}
	if need := p.r.Strs("healthCheckExtensions").Value; p.r.Bool("healthCheckRequired").Value &&
		!slices.ContainsFunc(list.Items, func(n tree.Node) bool { kind, _, _ := strings.Cut(textOf(n), "/"); return slices.Contains(need, kind) }) {
		p.Report(p.line(p.r, at), diag.Diagnostic{
			Message: "the list lacks health_check, which the pod's probes ask: the chart refuses to render",
			Help:    `leave it out of values, or add "health_check" to it`,
		}, p.r.Version)
	}
}
