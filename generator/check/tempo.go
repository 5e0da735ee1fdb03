package check

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

var kafka = &Rule{
	Code: "TG020",
	Name: "Kafka",
	Doc:  "a Tempo that hands its spans on through Kafka has one, and no other Tempo does",
	Run: func(c *Context) {
		d := c.Topology.Tempo.TempoDistributed
		if d == nil {
			return
		}
		needs := c.Tempo.Bool("kafka")
		switch {
		case needs.Value && d.Kafka == nil:
			c.Report(c.Tempo.PinnedAt.Place, diag.Diagnostic{
				Message: fmt.Sprintf("tempo-distributed %s needs Kafka between its parts, and the topology has none: its templates fail", c.Tempo.Version.Value),
				Help:    `add tempo: kafka: host: "…", or write ` + c.Tempo.Pin(c.Tempo.With("kafka", false)) + ", which needs none",
			}, needs, leaf(d.ReplicationFactor))
		case !needs.Value && d.Kafka != nil:
			c.Report(d.Kafka.Place, diag.Diagnostic{
				Message: fmt.Sprintf("tempo-distributed %s hands nothing on through Kafka: it would be ignored", c.Tempo.Version.Value),
				Help:    "leave it out, or write " + c.Tempo.Pin(c.Tempo.With("kafka", true)) + " or later",
				Related: pinned(c.Tempo.Release),
			}, needs)
		}
	},
}

// tempoLacks reports what the pinned version of Tempo or its chart cannot do.
func (c *Context) tempoLacks(at topology.Place, what, help string, restsOn ...fact.Any) {
	c.Report(at, diag.Diagnostic{
		Message: fmt.Sprintf("%s %s %s", c.Tempo.ChartName, c.Tempo.Version.Value, what),
		Help:    help,
		Related: pinned(c.Tempo.Release),
	}, append(restsOn, c.Tempo.Version)...)
}

// pin is what to pin for a feature, or nothing.
func (c *Context) pin(feature string) string {
	if c.Tempo.Chart == nil || !c.Tempo.Knows(feature) {
		return ""
	}
	return c.orPin(c.nearest(func(v *chart.Version) bool {
		is := v.Value(feature)
		return is != nil && is != "" && is != false
	}))
}

var generator = &Rule{
	Code: "TG042",
	Name: "metrics generator",
	Doc:  "the pinned Tempo can make the metrics that are asked for, and Prometheus takes them",
	Run: func(c *Context) {
		in, g := c.Topology.Tempo.MetricsGenerator, c.Tempo.Generator
		if in == nil || g == nil || c.Tempo.Chart == nil {
			return
		}
		if c.Tempo.Distributed {
			if works := c.Tempo.Bool("generatorWorks"); !works.Value {
				c.tempoLacks(in.Place, "configures the metrics generator as its own Tempo refuses: no part would start", "leave it out"+c.pin("generatorWorks"))
				return
			}
		}
		c.processors(in)
		if in.Exemplars.Value && c.Tempo.Str("exemplarsField").Value == "" {
			c.tempoLacks(in.Exemplars.Place, "has no value that sends exemplars", "leave it out"+c.pin("exemplarsField"), leaf(in.Exemplars))
		}
		switch {
		case len(in.Dimensions) == 0:
		case c.Tempo.Str("spanDimensionsKey").Value == "":
			c.tempoLacks(in.Dimensions[0].Place, "has no values for dimensions", "leave them out"+c.pin("spanDimensionsKey"), leaf(in.Dimensions[0]))
		case !g.Makes("span-metrics") && !g.Makes("service-graphs") && whole(in.Processors):
			c.Report(in.Dimensions[0].Place, diag.Diagnostic{
				Message: "only span-metrics and service-graphs take dimensions, and neither is among the processors",
				Help:    `leave them out, or add "span-metrics" to processors`,
				Related: []diag.Related{{Message: "the metrics generator", Position: in.Position}},
			}, leaf(in.Dimensions[0]))
		}
	},
}

// processors reports those that the version lacks, or cannot be told to run.
func (c *Context) processors(in *topology.MetricsGenerator) {
	has := c.Tempo.Strs("processors").Value
	for _, p := range in.Processors {
		switch {
		case p.State == topology.Poisoned:
		case !slices.Contains(has, p.Value):
			c.tempoLacks(p.Place, fmt.Sprintf("has no processor %q: Tempo exits", p.Value), `write one of "`+strings.Join(has, `", "`)+`"`, leaf(p))
			return
		case p.Value == "local-blocks" && c.Tempo.Str("tracesStorageKey").Value == "":
			c.tempoLacks(p.Place, "has no value for the directory that local-blocks needs", "leave it out"+c.pin("tracesStorageKey"), leaf(p))
			return
		}
	}
	both := len(in.Processors) == 2 && c.Tempo.Generator.Makes("span-metrics") && c.Tempo.Generator.Makes("service-graphs")
	if c.Tempo.Str("processorsKey").Value == "" && len(in.Processors) > 0 && !both && whole(in.Processors) {
		c.tempoLacks(in.Processors[0].Place, "turns span-metrics and service-graphs on together, and nothing else", "leave processors out"+c.pin("processorsKey"), leaf(in.Processors[0]))
	}
}

// whole reports whether load found no fault with any of them.
func whole(leaves []topology.String) bool {
	return !slices.ContainsFunc(leaves, func(l topology.String) bool { return l.State == topology.Poisoned })
}

var parts = &Rule{
	Code: "TG043",
	Name: "Tempo's parts",
	Doc:  "the pinned Tempo has the parts that the input speaks of, and what is said of them counts",
	Run: func(c *Context) {
		d := c.Topology.Tempo.TempoDistributed
		if d == nil || c.Tempo.Chart == nil {
			return
		}
		for _, p := range c.Tempo.Parts {
			switch {
			case !p.Given():
			case !p.Has.Value:
				c.tempoLacks(p.At, "has no part "+p.Name+": what is said of it would be ignored", "leave it out"+c.withPart(p.Name), p.Has, p.Replicas, leaf(p.Size))
			case p.Name == "metricsGenerator" && c.Topology.Tempo.MetricsGenerator == nil:
				c.Report(p.At, diag.Diagnostic{
					Message: "nothing makes metrics of the spans, so what is said of the metrics generator counts for nothing",
					Help:    "leave it out, or add tempo: metricsGenerator: {}",
				}, p.Replicas)
			}
		}
		if !stores(c.Tempo.Chart) {
			c.tempoLacks(c.Tempo.PinnedAt.Place, "runs no ingester: no span would be stored", "write "+c.Tempo.Pin(c.nearest(stores)))
		}
		if factor := d.ReplicationFactor; factor.State == topology.Given && c.Tempo.Str("replicationFactorKey").Value == "" {
			c.tempoLacks(factor.Place, "knows no replication factor: Kafka keeps what is in no block yet", "leave it out", leaf(factor))
		}
	},
}

// stores reports whether a version runs something that gathers spans into blocks.
func stores(v *chart.Version) bool {
	runs := v.Strings("parts")
	return slices.Contains(runs, "ingester") || slices.Contains(runs, "blockBuilder")
}

// withPart is a version to pin for a part, or nothing.
func (c *Context) withPart(part string) string {
	return c.orPin(c.nearest(func(v *chart.Version) bool { return slices.Contains(v.Strings("resourcesKeys"), part+".resources") }))
}

func (c *Context) orPin(version string) string {
	if version == "" {
		return ""
	}
	return ", or write " + c.Tempo.Pin(version)
}

// nearest is the next release of Tempo's chart that is good, or else the last
// one before.
func (c *Context) nearest(good func(*chart.Version) bool) string {
	before, passed := "", false
	at, _ := c.Tempo.Chart.Chart().Nearest(c.Tempo.Chart.Number())
	for _, release := range c.Tempo.Chart.Chart().Releases() {
		if good(c.Tempo.Chart.Chart().At(release)) {
			if passed {
				return release
			}
			before = release
		}
		passed = passed || release == at
	}
	return before
}

var streaming = &Rule{
	Code: "TG045",
	Name: "streaming",
	Doc:  "the pinned Tempo can stream results over its HTTP port where that is asked for",
	Run: func(c *Context) {
		in, key := c.Topology.Tempo.Streaming, c.Tempo.StreamingKey()
		if in.Value && key.Value == "" {
			feature := "streamOverHTTPKey"
			if c.Tempo.Distributed {
				feature = "streamOverHTTPRawKey"
			}
			c.tempoLacks(in.Place, "has no value that streams results over the HTTP port", "leave it out"+c.pin(feature), leaf(in), key)
		}
	},
}
