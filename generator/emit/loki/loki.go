// Package loki emits the Helm values of the smallest Loki that its chart can
// install: a single pod on a volume.
package loki

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "loki",
	Doc:  "Helm values of Loki as a single pod: mode, schema, storage, retention, size",
	Run:  run,
}

func run(c *emit.Context) error {
	l, in := c.Plan.Loki, c.Plan.Topology.Loki
	if l == nil || l.Release == nil || l.Delivery.Way == plan.ByOthers {
		return nil // what others installed may be of any shape
	}
	v, chart := c.Values("loki"), in.LokiChart
	single(c, v)
	schema(c, v)
	v.Set(l.Str("authKey").Value, c.Bool(false, "one tenant, so that no sender and no datasource names one").Named("loki.host"))
	if l.Gateway.Value {
		v.Set(l.Str("gatewayKey").Value, fact.Derive(true, l.Gateway, l.Endpoint.Host))
		v.Set(l.Str("clusterDomainKey").Value, c.Plan.Domain)
	}
	at := l.Str("persistenceKey").Value
	if key := l.Str("persistenceSwitchKey").Value; key != "" {
		v.Set(key, c.Bool(true, "what is on the pod's own disk is lost with the pod"))
	}
	v.Set(at+".size", plan.Leaf(chart.Size))
	emit.Resources(v, l.Str("resourcesKey").Value, chart.Resources)
	if chart.Retention.Present() {
		retention(c, v)
	}
	return nil
}

// single has one pod do everything, and switches off what is beside it.
func single(c *emit.Context, v *tree.Map) {
	l := c.Plan.Loki
	if key := l.Str("deploymentModeKey").Value; key != "" {
		v.Set(key, l.Str("singleMode"))
	}
	const alone = "a single pod does everything"
	v.Set(l.Str("singleReplicasKey").Value, c.Int(1, "pods cannot share a filesystem"))
	for _, key := range l.Strs("zeroKeys").Value {
		v.Set(key, c.Int(0, alone))
	}
	for _, key := range l.Strs("offKeys").Value {
		v.Set(key, c.Bool(false, alone))
	}
	v.Set(l.Str("replicationFactorKey").Value, c.Int(1, alone))
	v.Set(l.Str("storageTypeKey").Value, c.Str("filesystem", "the pod's volume"))
}

// schema says how chunks and index lie on the disk, where the chart has no
// default: as Loki's documentation has it since 3.0. The date only has to lie
// before the first line.
func schema(c *emit.Context, v *tree.Map) {
	l := c.Plan.Loki
	if !l.Bool("schemaRequired").Value {
		return
	}
	const why = "the schema that Loki recommends since 3.0"
	at := l.Str("schemaConfigKey").Value + ".configs[0]."
	v.Set(at+"from", c.Str("2024-04-01", why))
	v.Set(at+"store", c.Str("tsdb", why))
	v.Set(at+"object_store", c.Str("filesystem", "the pod's volume"))
	v.Set(at+"schema", c.Str("v13", why))
	v.Set(at+"index.prefix", c.Str("loki_index_", why))
	v.Set(at+"index.period", c.Str("24h", why))
}

// retention has the compactor delete old lines, which it does not by itself.
func retention(c *emit.Context, v *tree.Map) {
	l := c.Plan.Loki
	kept := plan.Leaf(c.Plan.Topology.Loki.LokiChart.Retention)
	v.Set(l.Str("retentionKey").Value, kept)
	at := l.Str("compactorKey").Value
	v.Set(at+".retention_enabled", fact.Derive(true, kept))
	if store := l.Str("deleteRequestStore"); store.Value != "none" {
		v.Set(at+".delete_request_store", fact.Derive("filesystem", kept, store))
	}
}
