package tempo

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/tree"
)

// generator turns on what makes metrics of spans. Each generation of the charts
// has keys of its own for where they are written, and for what is made.
func generator(c *emit.Context, v *tree.Map) {
	t := c.Plan.Tempo
	g := t.Generator
	if g == nil {
		return
	}
	v.Set(t.Str("metricsGeneratorKey").Value, g.On)
	if key := t.Str("remoteWriteKey"); key.Value != "" {
		v.Set(key.Value+"[0].url", g.URL)
		if g.Exemplars.Value {
			v.Set(key.Value+"[0]."+t.Str("exemplarsField").Value, g.Exemplars)
		}
	} else if !t.Distributed {
		v.Set(t.Str("remoteWriteURLKey").Value, g.URL)
	}
	if key := t.Str("processorsKey").Value; key != "" {
		v.SetNode(key, tree.Strings(g.Processors...))
	}
	for _, d := range []struct{ processor, key string }{
		{"span-metrics", "spanDimensionsKey"},
		{"service-graphs", "graphDimensionsKey"},
	} {
		if key := t.Str(d.key).Value; key != "" && g.Makes(d.processor) && len(g.Dimensions) > 0 {
			v.SetNode(key, tree.Strings(g.Dimensions...))
		}
	}
	if key := t.Str("tracesStorageKey").Value; key != "" && g.Makes("local-blocks") {
		v.Set(key, c.Str("/var/tempo/generator/traces", "local-blocks does not start without a directory of its own"))
	}
}
