package path

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// A pipeline is what a collector's final configuration does, in whichever
// language it is written.
type pipeline struct {
	config    leaf     // where the configuration stands
	exporters []export // that spans of some receiver come to
	samplers  []string // on the way
	metrics   []export // of span metrics
	logs      []export
	dead      []string // receivers of which no exporter is reached
}

// export is where a collector sends to.
type export struct {
	name     string // as the input has it
	protocol string
	address  leaf // a part of the configuration
	plain    bool // whether TLS is off
	secure   leaf // what says so
}

// way is what both programs call a receiver: the component, and the protocol in
// it where it has several.
func way(receiver string) (component, protocol string) {
	if rest, ok := strings.CutPrefix(receiver, "otlp-"); ok {
		return "otlp", rest
	}
	if rest, ok := strings.CutPrefix(receiver, "jaeger-"); ok {
		return "jaeger", strings.ReplaceAll(rest, "-", "_")
	}
	return receiver, ""
}

// river is Alloy's configuration, read once.
func (f *follower) river(r *plan.Release) (leaf, *block) {
	l := f.keyed(r, "configKey", "")
	if f.blocks == nil {
		f.blocks = river(l.text())
	}
	return l, f.blocks
}

// quote is a part of a text that a leaf holds.
func quote(l leaf, value string) leaf {
	if value == "" {
		return leaf{at: l.at, release: l.release}
	}
	return leaf{at: l.at, release: l.release, node: &tree.Leaf{Value: value, Origin: l.origin()}}
}

// alloyReceiver is one that Alloy's configuration opens. The port is the
// Service's, which leads to one of the pods'.
func (f *follower) alloyReceiver(n *node, p chart.Port, protocol string) listener {
	config, root := f.river(n.Release)
	kind, part := way(protocol)
	target := p.Port
	ports := f.keyed(n.Release, "portsKey", "")
	l := listener{who: "receiver " + protocol}
	for i := range items(ports) {
		if under(ports, i, "port").text() == strconv.Itoa(p.Port) {
			to := under(ports, i, "targetPort")
			l.reads = append(l.reads, under(ports, i, "port"), to)
			l.origins = append(l.origins, under(ports, i, "port").origin())
			if v, err := strconv.Atoi(to.text()); err == nil {
				target = v
			}
		}
	}
	at := root.below("otelcol.receiver." + kind)
	if kind == "jaeger" {
		at = at.below("protocols")
	}
	if part != "" {
		at = at.below(part)
	}
	listen := quote(config, at.text("endpoint"))
	l.reads = append(l.reads, listen)
	l.tls = at.below("tls") != nil
	if at == nil {
		l.fault = fmt.Sprintf("the configuration at %s has no receiver %s", config.at, protocol)
	} else {
		l.fault = bound(listen, target)
	}
	return l
}

// alloy reads where Alloy sends to.
func (f *follower) alloy(r *plan.Release) pipeline {
	config, root := f.river(r)
	p := pipeline{config: config}
	for _, b := range root.blocks {
		if !strings.HasPrefix(b.kind, "otelcol.receiver.") {
			continue
		}
		before := len(p.exporters)
		seen := map[*block]bool{}
		p.walk(config, root, b, seen)
		if len(p.exporters) == before && !reachesExporter(root, b) {
			p.dead = append(p.dead, b.kind)
		}
	}
	if b := root.below("prometheus.remote_write"); b != nil && root.below("otelcol.connector.spanmetrics") != nil {
		p.metrics = append(p.metrics, export{name: "prometheus", protocol: "remote-write", address: quote(config, b.below("endpoint").text("url"))})
	}
	if b := root.below("loki.write"); b != nil && root.below("loki.source.kubernetes") != nil {
		p.logs = append(p.logs, export{name: "loki", protocol: "loki", address: quote(config, b.below("endpoint").text("url"))})
	}
	return p
}

func reachesExporter(root, b *block) bool {
	for _, to := range b.below("output").list("traces") {
		next := root.component(to)
		if next != nil && (strings.HasPrefix(next.kind, "otelcol.exporter.") || reachesExporter(root, next)) {
			return true
		}
	}
	return false
}

func (p *pipeline) walk(config leaf, root, b *block, seen map[*block]bool) {
	if seen[b] {
		return
	}
	seen[b] = true
	switch b.kind {
	case "otelcol.exporter.otlp", "otelcol.exporter.otlphttp":
		protocol := "otlp-grpc"
		if b.kind == "otelcol.exporter.otlphttp" {
			protocol = "otlp-http"
		}
		e := export{name: b.label, protocol: protocol, address: quote(config, b.below("client").text("endpoint"))}
		e.plain = b.below("client", "tls").text("insecure") == "true"
		if !slices.ContainsFunc(p.exporters, func(o export) bool { return o.name == e.name }) {
			p.exporters = append(p.exporters, e)
		}
		return
	case "otelcol.processor.probabilistic_sampler":
		p.sampler(b.values["sampling_percentage"] + " %")
	case "otelcol.processor.tail_sampling":
		var kept []string
		for _, in := range b.blocks {
			if in.kind == "policy" {
				kept = append(kept, tailPolicy(in.text("type"), in.below("latency").text("threshold_ms"), in.below("probabilistic").text("sampling_percentage")))
			}
		}
		p.sampler(strings.Join(kept, ", "))
	}
	for _, to := range b.below("output").list("traces") {
		if next := root.component(to); next != nil {
			p.walk(config, root, next, seen)
		}
	}
}

func (p *pipeline) sampler(keeps string) {
	if !slices.Contains(p.samplers, keeps) {
		p.samplers = append(p.samplers, keeps)
	}
}

// tailPolicy tells one of a tail sampler's in words.
func tailPolicy(kind, threshold, percentage string) string {
	switch kind {
	case "status_code":
		return "errors"
	case "latency":
		return "slower than " + threshold + " ms"
	case "probabilistic":
		return percentage + " % of the rest"
	}
	return kind
}

// pipeline is that of whichever program it is, read once.
func (f *follower) pipeline() *pipeline {
	if f.collected == nil {
		p := pipeline{}
		if f.Collector.Component == plan.OtelCollector {
			p = f.otel(f.Collector.Release)
		} else {
			p = f.alloy(f.Collector.Release)
		}
		f.collected = &p
	}
	return f.collected
}

// exports follows the spans from the collector on. The first hop is to Tempo.
func (f *follower) exports() (hops []*Hop, sampled string) {
	c := f.Collector
	p := f.pipeline()
	sampled = strings.Join(p.samplers, ", then ")
	var edges []plan.NamedEdge
	edges = append(edges, plan.NamedEdge{Name: fact.Const("tempo", "the trace backend"), Edge: c.Export})
	edges = append(edges, c.Exporters...)
	for _, e := range edges {
		name := e.Name.Value
		h := f.hop(c.Component, name, e.Protocol.Value)
		if h.ID = c.Component + "-" + name; name != "tempo" {
			h.ID = c.Component + "-exporter-" + name
		}
		h.know(e.Protocol.Origin)
		if sampled != "" {
			h.Sampling = c.Component + " keeps " + sampled + "; that is left"
		}
		hops = append(hops, h)
		i := slices.IndexFunc(p.exporters, func(x export) bool { return x.name == name })
		if i < 0 { // by another name, to the same place
			i = slices.IndexFunc(p.exporters, func(x export) bool {
				a, err := parse(x.address.text())
				return err == nil && x.protocol == e.Protocol.Value && a.host == e.Endpoint.Host.Value && int64(a.port) == e.Endpoint.Port.Value
			})
		}
		if len(p.dead) > 0 {
			h.fail(p.config, nil, "%s: what comes in at %s reaches no exporter", p.config.at, p.dead[0])
		}
		if i < 0 {
			h.fail(p.config, nil, "%s sends nothing to %s", p.config.at, name)
			continue
		}
		x := p.exporters[i]
		h.Protocol = x.protocol
		a, ok := h.read(x.address)
		if !ok {
			continue
		}
		tls := !x.plain
		if a.scheme == "" {
			h.say(x.secure)
		} else {
			tls = a.scheme == "https"
		}
		if (a.scheme == "") != (x.protocol == "otlp-grpc") {
			h.fail(x.address, nil, "%s sends %s to %s", x.address.at, x.protocol, x.address.text())
		}
		t := target{node: name, protocol: x.protocol, tls: tls, secure: x.secure, place: e.Endpoint}
		if name == "tempo" {
			t.release = f.Tempo.Release
		}
		f.reach(h, x.address, a, t)
	}
	return hops, sampled
}
