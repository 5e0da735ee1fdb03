// Package tempo emits the Helm values of Tempo, by the chart tempo or
// tempo-distributed.
package tempo

import (
	"slices"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "tempo",
	Doc:  "Helm values of Tempo: receivers, storage, credentials, retention, size",
	Run:  run,
}

func run(c *emit.Context) error {
	v := c.Values("tempo")
	p := c.Plan
	storage(c, v)
	if minio := p.Store.Release; minio == nil || minio.Namespace.Value != p.Tempo.Namespace.Value {
		// In one namespace with Minio, which starts first, one object serves
		// both.
		emit.ExternalSecret(c, "tempo")
	}
	if p.Tempo.Distributed {
		distributed(c, v)
	} else if t := p.Topology.Tempo.TempoMonolithic; t != nil { // of a draft, neither may be
		monolithic(c, v, t)
	}
	if p.Topology.Tempo.Retention.Present() {
		v.Set(p.Tempo.Str("retentionKey").Value, p.Tempo.Retention)
	}
	if p.Topology.Tempo.LogSpans.Value {
		logSpans(p, v)
	}
	if key := p.Tempo.StreamingKey().Value; key != "" && p.Tempo.Streaming.Value {
		v.Set(key, p.Tempo.Streaming)
	}
	generator(c, v)
	limits(p, v)
	return nil
}

// limits are those of each tenant. A number that is not given stays Tempo's own.
func limits(p *plan.Plan, v *tree.Map) {
	in := p.Topology.Tempo.Limits
	if in == nil {
		return
	}
	for _, l := range []struct {
		key  string
		leaf topology.Int
	}{
		{"limitRateKey", in.IngestionRate},
		{"limitBurstKey", in.IngestionBurst},
		{"limitTracesKey", in.LiveTraces},
		{"limitTraceBytesKey", in.TraceSize},
	} {
		if l.leaf.Present() {
			v.Set(p.Tempo.Str(l.key).Value, plan.Leaf(l.leaf))
		}
	}
}

// logSpans turns the log on by a value, or, where the chart has none, by
// Tempo's own flag.
func logSpans(p *plan.Plan, v *tree.Map) {
	on := plan.Leaf(p.Topology.Tempo.LogSpans)
	if p.Tempo.Knows("logSpansKey") {
		if key := p.Tempo.Str("logSpansKey").Value; key != "" {
			v.Set(key+".enabled", on)
		}
		return
	}
	v.Set(tree.JoinKey(p.Tempo.Str("argumentsKey").Value, p.Tempo.Str("logSpansFlag").Value), on)
}

func distributed(c *emit.Context, v *tree.Map) {
	p := c.Plan
	for _, rc := range p.Tempo.Receivers.On() {
		v.Set(p.Tempo.Str("key."+rc.Name).Value+".enabled", rc.On)
	}
	for _, part := range p.Tempo.Strs("storageComponents").Value {
		// Values of a generator that is off would not turn it on.
		if part != "metricsGenerator" || p.Tempo.Generator != nil {
			credentials(c, v, pod{env: part + ".extraEnv", mounts: part + ".extraVolumeMounts", volumes: part + ".extraVolumes"})
		}
	}
	for _, part := range p.Tempo.Parts {
		if !part.Has.Value || part.Name == "metricsGenerator" && p.Tempo.Generator == nil {
			continue
		}
		if part.Counted {
			v.Set(part.Name+".replicas", part.Replicas)
			// The template of the worker's budget asks for a value that the
			// chart does not have, and fails.
			if key := p.Tempo.Str("workerBudgetKey"); part.Name == "backendWorker" && part.Replicas.Value > 1 {
				v.Set(key.Value, fact.Derive(false, key))
			}
		}
		emit.Resources(v, part.Name+".resources", part.Resources)
		if part.Size.Present() {
			size := plan.Leaf(part.Size)
			v.Set(part.Name+".persistence.enabled", fact.Derive(true, size))
			v.Set(part.Name+".persistence.size", size)
		}
	}
	factor := p.Topology.Tempo.TempoDistributed.ReplicationFactor
	if key := p.Tempo.Str("replicationFactorKey").Value; key != "" && factor.State == topology.Given {
		v.Set(key, plan.Leaf(factor))
	}
	kafka(c, v)
	subchart(c, v)
}

// kafka says where the spans go before they are stored. Each partition has one
// pod of those that read them, which the chart leaves to its user to see to.
func kafka(c *emit.Context, v *tree.Map) {
	t := c.Plan.Tempo
	k := t.Kafka
	if k == nil || !t.Bool("kafka").Value {
		return
	}
	v.Set(t.Str("kafkaAddressKey").Value, k.Endpoint.Address())
	v.Set(t.Str("kafkaTopicKey").Value, k.Topic)
	v.Set(t.Str("kafkaAutoCreateKey").Value, k.Create)
	v.Set(t.Str("kafkaPartitionsKey").Value, k.Partitions)
	v.Set("blockBuilder.replicas", k.Partitions)
	v.Set("liveStore.replicas", k.Partitions)
}

func monolithic(c *emit.Context, v *tree.Map, t *topology.TempoMonolithic) {
	p := c.Plan
	for _, rc := range p.Tempo.Receivers.On() {
		// Written out because Tempo 2.7 and later listen on localhost only
		// where no address is given.
		listen := fact.Sprintf("0.0.0.0:%d", rc.Port)
		v.Set(p.Tempo.Str("key."+rc.Name).Value+".endpoint", fact.Derive(listen.Value, rc.On, listen))
	}
	for _, name := range p.Tempo.Strs("defaultReceivers").Value {
		if !slices.Contains(p.Tempo.Strs("receivers").Value, name) {
			// The chart turns on what its Tempo has dropped, which then exits
			// at its start (chart 2.2.1 with Tempo 2.10.6).
			off := p.Tempo.Strs("defaultReceivers")
			v.SetNode(p.Tempo.Str("receiversKey").Value+"."+name, &tree.Leaf{Origin: off.Origin})
		}
	}
	credentials(c, v, pod{env: p.Tempo.Str("envKey").Value, mounts: p.Tempo.Str("volumeMountsKey").Value, volumes: p.Tempo.Str("volumesKey").Value})
	emit.Resources(v, p.Tempo.Str("resourcesKey").Value, t.Resources)
	volume := p.Tempo.Str("persistenceKey").Value
	v.Set(volume+".enabled", c.Bool(true, "the write-ahead log must survive a restart"))
	if t.Size.Present() {
		v.Set(volume+".size", plan.Leaf(t.Size))
	}
}
