package plan

import "tracegen.dev/generator/fact"

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
