// Package grafana emits Grafana's datasources, linked with each other: as a
// provisioning file for any Grafana, and by the channel that the topology
// chooses, inside Helm values, as a ConfigMap for a sidecar, or as objects of
// the grafana-operator.
package grafana

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "grafana",
	Doc:  "Grafana's datasources Tempo, Loki and Prometheus, and the links between them",
	Run:  run,
}

func run(c *emit.Context) error {
	g := c.Plan.Grafana
	if g == nil {
		return nil
	}
	c.File("grafana/datasources.yaml", tree.YAML{provisioning(c, datasources(c, escape.GrafanaFile))})
	switch {
	case g.Kind == plan.GrafanaOperator:
		objects(c)
	case g.Sidecar.Poisoned: // in a draft, nobody knows where they go
	case g.Sidecar.Value:
		sidecar(c)
	default:
		inValues(c)
	}
	if g.Stack() {
		ownPrometheus(c)
	}
	dashboard(c)
	if g.Kind != plan.GrafanaOperator {
		people(c)
		if on := c.Plan.Tempo.Streaming; on.Value && g.Can.Streaming.Value == "toggle" {
			c.Values("grafana").Set(g.Str("featureTogglesKey").Value+".enable", fact.Derive("traceQLStreaming", on, g.Can.Streaming))
		}
	}
	return nil
}

// ownPrometheus has the stack's own Prometheus take what is written to it, and
// leads from its metrics to traces: its datasource is the chart's, which has a
// value for the link.
func ownPrometheus(c *emit.Context) {
	g, p := c.Plan.Grafana, c.Plan.Prometheus
	if p == nil || !p.Stack {
		return
	}
	v := c.Values("grafana")
	v.SetNode(g.Str("enableFeaturesKey").Value, tree.Strings(
		c.Str("exemplar-storage", "Prometheus drops exemplars, which lead to traces, unless this is on")))
	if p.RemoteWrite.Value {
		v.Set(g.Str("remoteWriteReceiverKey").Value, p.RemoteWrite)
	}
	if key := g.Str("exemplarKey").Value; key != "" {
		v.Set(key+".datasourceUid", g.TempoUID)
		v.Set(key+".traceIdLabelName", p.TraceLabel)
	}
}
