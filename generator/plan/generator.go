package plan

import (
	"fmt"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Generator makes metrics of spans, and writes them to Prometheus.
type Generator struct {
	On         fact.Bool
	Processors []fact.String
	Dimensions []fact.String
	Exemplars  fact.Bool
	URL        fact.String // where the metrics are written
}

// Makes reports whether a processor is on.
func (g *Generator) Makes(processor string) bool {
	if g == nil {
		return false
	}
	for _, p := range g.Processors {
		if p.Value == processor {
			return true
		}
	}
	return false
}

// generator resolves what is made of the spans, and where it is written. It
// comes after Prometheus, which is told that somebody writes to it.
func (l *linker) generator() {
	in := l.t.Tempo.MetricsGenerator
	if in == nil || l.t.Tempo.TempoMonolithic == nil && l.t.Tempo.TempoDistributed == nil {
		return
	}
	on := given(in.Place).Named("tempo.metricsGenerator")
	on.Poisoned = !in.Position.IsValid() // load could not read it
	g := &Generator{On: on}
	l.Tempo.Generator = g
	for _, p := range in.Processors {
		g.Processors = append(g.Processors, of(p))
	}
	if len(in.Processors) == 0 {
		for _, p := range []string{"service-graphs", "span-metrics"} {
			g.Processors = append(g.Processors, fact.Derive(p, on))
		}
	}
	for _, d := range in.Dimensions {
		g.Dimensions = append(g.Dimensions, of(d))
	}
	g.Exemplars = of(in.Exemplars)
	if in.Exemplars.State != topology.Given {
		if field := l.Tempo.Str("exemplarsField"); field.Value != "" {
			g.Exemplars = fact.Derive(true, on, field)
		}
	}
	if l.Prometheus == nil {
		g.URL.Poisoned = true
		l.dangling(in.Place,
			fmt.Sprintf("%s makes metrics, and the topology has no prometheus to write them to", in.Path),
			`add prometheus: {kind: "address", host: "…", remoteWrite: true}, or leave it out`)
		return
	}
	g.URL = l.Prometheus.openRemoteWrite(on)
}
