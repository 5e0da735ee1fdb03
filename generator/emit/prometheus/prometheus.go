// Package prometheus emits the Helm values of a Prometheus by its own chart.
package prometheus

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "prometheus",
	Doc:  "Helm values of Prometheus: what it takes in and keeps, and the rest of the chart off",
	Run:  run,
}

func run(c *emit.Context) error {
	p := c.Plan.Prometheus
	if p == nil || p.Release == nil {
		return nil
	}
	v, in := c.Values("prometheus"), c.Plan.Topology.Prometheus.PrometheusChart
	for _, key := range p.Strs("otherSwitches").Value {
		v.Set(key, c.Bool(false, "the server does not need it"))
	}
	flags(c, v)
	at := p.Str("persistenceKey").Value
	v.Set(at+".enabled", c.Bool(true, "what is on the pod's own disk is lost with the pod"))
	v.Set(at+".size", plan.Leaf(in.Size))
	if in.Retention.Present() {
		v.Set(p.Str("retentionKey").Value, plan.Leaf(in.Retention))
	}
	emit.Resources(v, p.Str("resourcesKey").Value, in.Resources)
	return nil
}

// flags turn on what Prometheus does not do by itself. The list replaces the
// chart's own.
func flags(c *emit.Context, v *tree.Map) {
	p := c.Plan.Prometheus
	var list []fact.String
	own := p.Strs("defaultExtraFlags")
	for _, flag := range own.Value {
		list = append(list, fact.Derive(flag, own))
	}
	if c.Plan.Grafana != nil {
		list = append(list, p.Str("exemplarFlag")) // they lead to traces there
	}
	if p.RemoteWrite.Value {
		flag := p.Str("remoteWriteReceiverFlag")
		list = append(list, fact.Derive(flag.Value, flag, p.RemoteWrite).Named("prometheus.remoteWrite"))
	}
	if len(list) > len(own.Value) {
		v.SetNode(p.Str("extraFlagsKey").Value, tree.Strings(list...))
	}
}
