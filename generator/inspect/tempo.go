package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

var tempoInForce = &Rule{
	Code: "TG088",
	Name: "Tempo in force",
	Doc:  "with what the values say, Tempo starts, its ring becomes healthy, and each partition of Kafka is read",
	Run: func(c *Context) {
		if !c.overridden(c.Tempo.Release) {
			return
		}
		if r := c.Tempo.Release; !c.Tempo.Distributed {
			c.none(r, "replicas", "Tempo")
		} else {
			c.none(r, "queryFrontend.replicas", "the query-frontend, which Grafana asks")
			c.none(r, "compactor.replicas", "the compactor, without which nothing is ever deleted")
		}
		c.ring()
		c.partitions()
		c.receivers()
		c.ownText()
	},
}

// ring holds the ingesters that will run to the copies that each trace has.
func (c *Context) ring() {
	t := c.Tempo
	key := c.feature(t.Release, "replicationFactorKey")
	if !t.Distributed || key == "" || c.is(t.Release, "ingester.zoneAwareReplication.enabled", true) {
		return // with zones, there is a number of pods for each
	}
	in := c.Topology.Tempo.TempoDistributed
	factor := c.count(t.Release, key, in.ReplicationFactor.Value)
	factorAt := key
	// The structured configuration is merged over what the chart makes.
	if raw := c.feature(t.Release, "structuredConfigKey"); raw != "" {
		raw += ".ingester.lifecycler.ring.replication_factor"
		if n, ok := number(c.scalar(t.Release, raw)); ok {
			factor, factorAt = int64(n), raw
		}
	}
	replicas, replicasAt := c.count(t.Release, "ingester.replicas", in.Components.Ingester.Replicas.Value), "ingester.replicas"
	if c.is(t.Release, "ingester.autoscaling.enabled", true) {
		replicasAt = "ingester.autoscaling.minReplicas"
		replicas = c.count(t.Release, replicasAt, 2) // values.yaml, 0.20.0 to 2.26.2
	}
	if replicas >= factor {
		return
	}
	at, _ := c.Value(t.Release, replicasAt)
	line := c.line(t.Release, replicasAt)
	if _, own := placeOf(t.Release, at); !own {
		line = c.line(t.Release, factorAt)
	}
	if !strings.HasPrefix(line.Path, t.Values.Path+".") {
		if replicasAt != "ingester.autoscaling.minReplicas" {
			return // the topology says it, and a check has found it
		}
		line = c.line(t.Release, "ingester.autoscaling.enabled")
	}
	so := "the ring stays unhealthy, and every span is refused"
	if replicas > factor/2 {
		so = "as soon as one of them restarts, spans are refused"
	}
	c.Report(line, diag.Diagnostic{
		Message: fmt.Sprintf("%s is %d and %s is %d: that few ingesters cannot hold each trace so often, and %s", replicasAt, replicas, factorAt, factor, so),
		Help:    fmt.Sprintf("leave it out of values, and write tempo: {replicationFactor: %d, components: ingester: replicas: %d}, say", max(min(factor, replicas), 1), max(factor, replicas)),
		Related: said("the topology says the factor here", plan.Leaf(in.ReplicationFactor)),
	}, plan.Leaf(in.ReplicationFactor), plan.Leaf(in.Components.Ingester.Replicas))
}

// partitions holds those who read Kafka to its partitions: each block-builder has
// as many as partitions_per_instance, and each live-store one (tempo-distributed
// 3.0.0 to 3.3.0, values.yaml).
func (c *Context) partitions() {
	t := c.Tempo
	if t.Kafka == nil || !t.Bool("kafka").Value {
		return
	}
	all := c.count(t.Release, t.Str("kafkaPartitionsKey").Value, t.Kafka.Partitions.Value)
	for _, part := range []struct{ name, each string }{
		{"blockBuilder", "blockBuilder.config.partitions_per_instance"},
		{"liveStore", ""},
	} {
		pods := c.count(t.Release, part.name+".replicas", all)
		reads := pods
		if part.each != "" {
			reads *= c.count(t.Release, part.each, 1)
		}
		if reads == all {
			continue
		}
		at := c.line(t.Release, part.name+".replicas")
		if !strings.HasPrefix(at.Path, t.Values.Path+".") {
			at = c.line(t.Release, part.each)
		}
		if !strings.HasPrefix(at.Path, t.Values.Path+".") {
			at = c.line(t.Release, t.Str("kafkaPartitionsKey").Value)
		}
		so := "what lies in the others is never read: those spans are lost"
		if reads > all {
			so = "some have none, and their pods never become ready"
		}
		c.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("Kafka's topic has %d partitions, and %d pods of %s read %d: %s", all, pods, part.name, reads, so),
			Help:    fmt.Sprintf("leave it out of values, and write tempo: kafka: partitions: %d, by which all follow", max(reads, 1)),
			Related: said("the partitions are said here", t.Kafka.Partitions),
		}, t.Kafka.Partitions)
	}
}

// receivers looks at those that the user turns on by himself.
func (c *Context) receivers() {
	t := c.Tempo
	has := t.Strs("receivers").Value
	if t.Distributed {
		const opencensus = "traces.opencensus.enabled"
		if c.is(t.Release, opencensus, true) && !slices.Contains(has, "opencensus") {
			c.noReceiver(opencensus, "opencensus")
		}
		return
	}
	at := t.Str("receiversKey").Value
	known := []string{"otlp", "jaeger", "zipkin", "kafka"}
	if slices.Contains(has, "opencensus") {
		known = append(known, "opencensus")
	}
	all := c.mapAt(t.Release, at)
	for _, name := range all.Keys() {
		if removed(all.Get(name)) {
			continue
		}
		key := tree.JoinKey(at, name)
		if kind, _, _ := strings.Cut(name, "/"); !slices.Contains(known, kind) {
			c.noReceiver(key, kind)
		} else if t.Bool("localReceivers").Value {
			c.localOnly(key, all.Get(name))
		}
	}
}

// removed reports whether a null takes the chart's own value away.
func removed(n tree.Node) bool {
	l, ok := n.(*tree.Leaf)
	return ok && l.Value == nil
}

func (c *Context) noReceiver(key, name string) {
	r := c.Tempo.Release
	c.Report(c.line(r, key), diag.Diagnostic{
		Message: fmt.Sprintf("%s turns on the receiver %s, which the Tempo of %s %s does not have: it exits at its start", key, name, r.ChartName, r.Version.Value),
		Help:    leaveOut + `, and have senders use OTLP: tempo: receivers: ["otlp-grpc"]`,
		Related: []diag.Related{{Message: "the version is pinned here", Position: r.PinnedAt.Position}},
	}, r.Version)
}

// localOnly looks for a receiver of the user's own without an address.
func (c *Context) localOnly(key string, n tree.Node) {
	r := c.Tempo.Release
	kind, _, _ := strings.Cut(strings.TrimPrefix(key, c.Tempo.Str("receiversKey").Value+"."), "/")
	name := cmp.Or(map[string]string{"otlp": "otlp-grpc", "jaeger": "jaeger-thrift-http"}[kind], kind)
	m := asMap(n)
	silent := m.Get("endpoint") == nil
	if protocols := asMap(m.Get("protocols")); protocols.Len() > 0 {
		silent = false
		for _, p := range protocols.Keys() {
			l, scalar := protocols.Get(p).(*tree.Leaf)
			if _, own := placeOf(r, protocols.Get(p)); own && asMap(protocols.Get(p)).Get("endpoint") == nil && (!scalar || l.Value != nil) {
				silent = true
			}
		}
	}
	at, own := placeOf(r, n)
	if !own {
		at = c.line(r, key)
	}
	// Those of OTLP and Jaeger have addresses in the chart's own values, over which
	// the user's are merged (values.yaml, 1.17.0 to 2.2.4). Kafka's listens nowhere.
	if !silent || !strings.HasPrefix(at.Path, r.Values.Path+".") || slices.Contains([]string{"otlp", "jaeger", "kafka"}, strings.TrimPrefix(key, c.Tempo.Str("receiversKey").Value+".")) {
		return
	}
	c.Report(at, diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("%s has no endpoint, and Tempo from 2.7 on then listens on localhost alone: whoever sends from another pod is refused", key),
		Help:     fmt.Sprintf(`leave it out of values, and write tempo: receivers: [%q]; or give it an endpoint such as "0.0.0.0:9411"`, name),
		Related:  []diag.Related{{Message: "the version is pinned here", Position: r.PinnedAt.Position}},
	}, r.Version)
}

// ownText looks at the template of Tempo's whole configuration, of which the
// charts make the file.
func (c *Context) ownText() {
	r := c.Tempo.Release
	n, _ := c.Value(r, "config")
	if n == nil {
		return
	}
	if at := ".Values." + strings.TrimSuffix(c.Tempo.Str("storageKey").Value, ".trace"); strings.Contains(textOf(n), at) {
		return // it takes what it says from the same values
	}
	c.Report(c.line(r, "config"), diag.Diagnostic{
		Severity: diag.Warning,
		Message:  "it takes the place of the template by which the chart makes Tempo's configuration, so that nothing of what the values say of receivers, store and retention counts",
		Help:     "leave it out of values, and say what you need by the topology, or by " + c.rawHelp(),
	}, r.Version)
}

func (c *Context) rawHelp() string {
	if key := c.feature(c.Tempo.Release, "structuredConfigKey"); key != "" {
		return key
	}
	return "the keys below tempo, which the template reads"
}
