package path

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// otelReceiver is one that the OpenTelemetry Collector's configuration opens, and
// that one of its pipelines takes traces from.
func (f *follower) otelReceiver(n *node, p chart.Port, protocol string) listener {
	kind, part := way(protocol)
	at := "receivers." + kind
	if part != "" {
		at += ".protocols." + part
	}
	listen := f.keyed(n.Release, "configKey", "."+at+".endpoint")
	l := listener{who: "receiver " + protocol}
	target := p.Port
	for _, field := range []string{"enabled", "servicePort", "containerPort"} {
		to := f.keyed(n.Release, "portsKey", "."+quoted(p.Name)+"."+field)
		if to.there() {
			l.reads = append(l.reads, to)
		}
		if v, err := strconv.Atoi(to.text()); err == nil && field == "containerPort" {
			target = v
		}
	}
	l.reads = append(l.reads, listen)
	if tls := f.keyed(n.Release, "configKey", "."+at+".tls"); tls.there() {
		l.tls, l.reads = true, append(l.reads, tls)
	}
	if !listen.there() {
		l.fault = fmt.Sprintf("%s says nothing, so there is no receiver %s", listen.at, protocol)
		return l
	}
	if l.fault = bound(listen, target); l.fault != "" {
		return l
	}
	_, item, on := f.pipelines(n.Release, "receivers", kind)
	if l.reads = append(l.reads, item); !on {
		l.fault = fmt.Sprintf("no pipeline for traces takes from the receiver %s", kind)
	}
	return l
}

// pipelines finds a pipeline of traces that a component is in, and where it is
// named; else where the pipelines stand.
func (f *follower) pipelines(r *plan.Release, part, component string) (string, leaf, bool) {
	const place = ".service.pipelines"
	where := f.keyed(r, "configKey", place)
	all, _ := where.node.(*tree.Map)
	if all == nil {
		return "", where, false
	}
	for _, name := range all.Keys() {
		if name != "traces" && !strings.HasPrefix(name, "traces/") {
			continue
		}
		list := f.keyed(r, "configKey", tree.JoinKey(place, name)+"."+part)
		if i := slices.Index(names(list.node), component); i >= 0 {
			return name, at(list, i), true
		}
	}
	return "", where, false
}

func names(n tree.Node) []string {
	l, ok := n.(*tree.List)
	if !ok {
		return nil
	}
	var out []string
	for _, item := range l.Items {
		out = append(out, leaf{node: item}.text())
	}
	return out
}

// otel reads where the OpenTelemetry Collector sends to.
func (f *follower) otel(r *plan.Release) pipeline {
	config := f.keyed(r, "configKey", "")
	p := pipeline{config: config}
	root, _ := config.node.(*tree.Map)
	if root == nil {
		return p
	}
	get := func(path string) leaf { return f.keyed(r, "configKey", "."+path) }
	receivers, _ := root.Get("receivers").(*tree.Map)
	if receivers != nil {
		for _, name := range receivers.Keys() {
			if _, isMap := receivers.Get(name).(*tree.Map); !isMap || name == "filelog" {
				continue
			}
			first, _, ok := f.pipelines(r, "receivers", name)
			if !ok || !f.traces(&p, get, first, map[string]bool{}) {
				p.dead = append(p.dead, name)
				p.config = get("service.pipelines")
			}
		}
	}
	if url := get("exporters.prometheusremotewrite.endpoint"); url.there() && contains(get, "metrics", "receivers", "spanmetrics") && contains(get, "metrics", "exporters", "prometheusremotewrite") {
		p.metrics = append(p.metrics, export{name: "prometheus", protocol: "remote-write", address: url})
	}
	if url := get(`exporters."otlphttp/loki".endpoint`); url.there() && contains(get, "logs", "receivers", "filelog") && contains(get, "logs", "exporters", "otlphttp/loki") {
		p.logs = append(p.logs, export{name: "loki", protocol: "loki", address: url})
	}
	return p
}

func contains(get func(string) leaf, pipeline, part, component string) bool {
	return slices.Contains(names(get("service.pipelines."+pipeline+"."+part).node), component)
}

// traces follows one pipeline, and those behind its connectors. It reports whether
// an exporter is reached.
func (f *follower) traces(p *pipeline, get func(string) leaf, name string, seen map[string]bool) bool {
	if seen[name] {
		return false
	}
	seen[name] = true
	at := "service.pipelines." + quoted(name)
	for _, processor := range names(get(at + ".processors").node) {
		switch kind, _, _ := strings.Cut(processor, "/"); kind {
		case "probabilistic_sampler":
			p.sampler(get("processors."+quoted(processor)+".sampling_percentage").text() + " %")
		case "tail_sampling":
			policies := get("processors." + quoted(processor) + ".policies")
			var kept []string
			for i := range items(policies) {
				kept = append(kept, tailPolicy(under(policies, i, "type").text(), under(policies, i, "latency.threshold_ms").text(), under(policies, i, "probabilistic.sampling_percentage").text()))
			}
			p.sampler(strings.Join(kept, ", "))
		}
	}
	reached := false
	for _, exporter := range names(get(at + ".exporters").node) {
		kind, label, _ := strings.Cut(exporter, "/")
		switch kind {
		case "otlp", "otlphttp":
			component := "exporters." + quoted(exporter)
			protocol := "otlp-grpc"
			if kind == "otlphttp" {
				protocol = "otlp-http"
			}
			reached = true
			e := export{name: label, protocol: protocol, address: get(component + ".endpoint"), secure: get(component + ".tls.insecure")}
			e.plain = e.secure.text() == "true"
			if !slices.ContainsFunc(p.exporters, func(o export) bool { return o.name == e.name }) {
				p.exporters = append(p.exporters, e)
			}
		default:
			if !get("connectors." + quoted(exporter)).there() {
				continue
			}
			all, _ := get("service.pipelines").node.(*tree.Map)
			for _, other := range all.Keys() {
				if strings.HasPrefix(other, "traces") && slices.Contains(names(all.Lookup(quoted(other)+".receivers")), exporter) {
					reached = f.traces(p, get, other, seen) || reached
				}
			}
		}
	}
	return reached
}
