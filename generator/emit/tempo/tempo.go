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
		distributed(c, v, p.Topology.Tempo.TempoDistributed)
	} else {
		monolithic(c, v, p.Topology.Tempo.TempoMonolithic)
	}
	if p.Topology.Tempo.Retention.Present() {
		v.Set(p.Tempo.Str("retentionKey").Value, p.Tempo.Retention)
	}
	if p.Topology.Tempo.LogSpans.Value {
		logSpans(p, v)
	}
	return nil
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

// storage says where the blocks go. The keys are Tempo's own configuration,
// which the chart copies as it is.
func storage(c *emit.Context, v *tree.Map) {
	p := c.Plan
	at := p.Tempo.Str("storageKey").Value
	v.Set(at+".backend", c.Str("s3", "Minio speaks S3"))
	s3 := at + ".s3."
	v.Set(s3+"bucket", p.Store.Bucket)
	v.Set(s3+"endpoint", p.Store.Endpoint.Address())
	v.Set(s3+"insecure", fact.Derive(!p.Store.Endpoint.TLS.Value, p.Store.Endpoint.TLS))
	if p.Store.RegionSet {
		v.Set(s3+"region", p.Store.Region)
	}
	if p.Store.Secret.Inline {
		v.Set(s3+"access_key", p.Store.User)
		v.Set(s3+"secret_key", p.Store.Secret.Value)
	}
}

// env hands the credentials over in variables that Tempo reads by itself (from
// 1.5 on), so that no `$` has to survive any layer.
func env(c *emit.Context, v *tree.Map, at string) {
	s := c.Plan.Store
	if s.Secret.Inline {
		return
	}
	const why = "Tempo's S3 client reads this variable where the configuration has no key (1.5 to 3.0)"
	v.Set(at+"[0].name", c.Str("AWS_ACCESS_KEY_ID", why))
	v.Set(at+"[0].value", s.User)
	v.Set(at+"[1].name", c.Str("AWS_SECRET_ACCESS_KEY", why))
	v.Set(at+"[1].valueFrom.secretKeyRef.name", s.Secret.Name)
	v.Set(at+"[1].valueFrom.secretKeyRef.key", s.Secret.Key)
}

func distributed(c *emit.Context, v *tree.Map, t *topology.TempoDistributed) {
	p := c.Plan
	for _, rc := range p.Tempo.Receivers.On() {
		v.Set(p.Tempo.Str("key."+rc.Name).Value+".enabled", rc.On)
	}
	for _, component := range p.Tempo.Strs("storageComponents").Value {
		// The generator is off, and values of its own would not turn it on.
		if component != "metricsGenerator" {
			env(c, v, component+".extraEnv")
		}
	}
	for _, part := range []struct {
		name      string
		replicas  topology.Int
		resources *topology.Resources
	}{
		{"distributor", t.Components.Distributor.Replicas, t.Components.Distributor.Resources},
		{"ingester", t.Components.Ingester.Replicas, t.Components.Ingester.Resources},
		{"querier", t.Components.Querier.Replicas, t.Components.Querier.Resources},
		{"queryFrontend", t.Components.QueryFrontend.Replicas, t.Components.QueryFrontend.Resources},
		{"compactor", t.Components.Compactor.Replicas, t.Components.Compactor.Resources},
	} {
		if part.replicas.State == topology.Given {
			v.Set(part.name+".replicas", plan.Leaf(part.replicas))
		}
		emit.Resources(v, part.name+".resources", part.resources)
	}
	if key := p.Tempo.Str("replicationFactorKey").Value; key != "" && t.ReplicationFactor.State == topology.Given {
		v.Set(key, plan.Leaf(t.ReplicationFactor))
	}
	subchart(c, v)
}

// subchart turns the chart's own Minio on, or off where it could come along
// unasked.
func subchart(c *emit.Context, v *tree.Map) {
	p := c.Plan
	generation := p.Tempo.Str("minioSubchart")
	if generation.Value == "none" {
		return
	}
	if p.Store.Placement != "subchart" {
		v.Set("minio.enabled", fact.Derive(false, c.Bool(false, "the store lies elsewhere, and some versions bring a Minio along by default"), generation))
		return
	}
	v.Set("minio.enabled", fact.Derive(true, plan.Leaf(p.Topology.Store.Placement)))
	v.Set("minio.mode", c.Str("standalone", "one pod: the subchart is for trying out"))
	v.Set(p.Tempo.Str("minioUserKey").Value, p.Store.User)
	v.Set(p.Tempo.Str("minioPasswordKey").Value, p.Store.Secret.Value)
	if p.Store.RegionSet {
		v.Set("minio.environment.MINIO_SITE_REGION", p.Store.Region)
	}
	if users := p.Tempo.Str("minioUsersKey").Value; users != "" {
		none := c.Origin("the subchart would make an administrator console with a password that everybody knows")
		v.SetNode(users, &tree.List{Origin: none})
	}
	buckets := p.Tempo.Str("minioBucketsKey").Value
	v.Set(buckets+"[0].name", p.Store.Bucket)
	v.Set(buckets+"[0].policy", c.Str("none", "nobody reads the bucket without logging in"))
	v.Set(buckets+"[0].purge", c.Bool(false, "an upgrade must not empty the bucket"))
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
	env(c, v, p.Tempo.Str("envKey").Value)
	emit.Resources(v, p.Tempo.Str("resourcesKey").Value, t.Resources)
	v.Set(p.Tempo.Str("persistenceKey").Value+".enabled", c.Bool(true, "the write-ahead log must survive a restart"))
}
