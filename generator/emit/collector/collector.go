// Package collector emits the collector's configuration, as a file and inside its
// Helm values. From one description each program gets the same pipeline:
//
//	receivers ─▶ memory limiter ─▶ Kubernetes attributes ─▶ attributes ─┬▶ sampling ─▶ batch ─▶ exporters
//	                                                                    └▶ span metrics ─▶ remote write
//
// The limiter comes first, so that what is refused costs nothing; span metrics
// are made of all spans, and so before any is dropped; batches are made last, of
// what is left.
package collector

import (
	"fmt"
	"math"
	"strings"
	"time"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "collector",
	Doc:  "the collector's configuration and Helm values: receivers with their ports, the pipeline, exporters",
	Run:  run,
}

func run(c *emit.Context) error {
	switch {
	case c.Plan.Collector == nil:
	case c.Plan.Collector.Component == plan.OtelCollector:
		otel(c)
	default:
		alloy(c)
	}
	return nil
}

// metadata is what Kubernetes says of the pod that a span comes from: what the
// charts' own roles allow to be asked for.
var metadata = []string{
	"k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.node.name",
	"k8s.deployment.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name",
}

// An association tells which pod a span comes from, by an attribute or else by
// the connection.
var associations = []struct{ from, name string }{
	{"resource_attribute", "k8s.pod.ip"},
	{"resource_attribute", "k8s.pod.uid"},
	{"connection", ""},
}

const (
	// metricsNamespace and metricsUnit are written out because the defaults of
	// the two programs, and of their versions, differ.
	metricsNamespace = "traces.span.metrics"
	metricsUnit      = "s"
	checkInterval    = "1s" // as the memory limiter's documentation recommends
)

// policy is one of a tail sampler's. A trace is kept if any of them says so.
type policy struct {
	name, kind string
	setting    string   // below the block or key that is called as the kind
	value      fact.Any // a number, or the code of a status
}

func policies(t *topology.TailSampling) []policy {
	var out []policy
	if t.KeepErrors.Value {
		out = append(out, policy{"errors", "status_code", "status_codes", fact.Derive("ERROR", plan.Leaf(t.KeepErrors))})
	}
	if t.SlowerThan.Present() {
		d, _ := time.ParseDuration(t.SlowerThan.Value)
		ms := max(1, d.Milliseconds())
		out = append(out, policy{"slow", "latency", "threshold_ms", fact.Derive(ms, plan.Leaf(t.SlowerThan))})
	}
	return append(out, policy{"rest", "probabilistic", "sampling_percentage", percentage(t.Ratio)})
}

// percentage is a ratio in hundredths, without what binary fractions add.
func percentage(ratio topology.Number) fact.Number {
	return fact.Derive(math.Round(ratio.Value*1e8)/1e6, plan.Leaf(ratio))
}

// way is what both programs call a receiver: the component, and the protocol in
// it where it has several.
func way(rc plan.Receiver) (component, protocol string) {
	if rest, ok := strings.CutPrefix(rc.Name, "otlp-"); ok {
		return "otlp", rest
	}
	if rest, ok := strings.CutPrefix(rc.Name, "jaeger-"); ok {
		return "jaeger", strings.ReplaceAll(rest, "-", "_")
	}
	return rc.Name, ""
}

// portName has at most 15 letters, which is what Kubernetes takes.
func portName(rc plan.Receiver) fact.String {
	name := rc.Name
	switch name {
	case "jaeger-thrift-http":
		name = "jaeger-thrift"
	case "jaeger-thrift-compact":
		name = "jaeger-compact"
	case "jaeger-thrift-binary":
		name = "jaeger-binary"
	}
	return fact.Derive(name, rc.On)
}

func transport(c *emit.Context, rc plan.Receiver) fact.String {
	if rc.UDP() {
		return c.Str("UDP", "Jaeger's agents take datagrams")
	}
	return c.Str("TCP", "the receiver takes connections")
}

// env hands the container what the configuration reads from variables, behind
// those that are there already.
func env(c *emit.Context, v *tree.Map, at string) {
	i := 0
	if l, ok := v.Lookup(at).(*tree.List); ok {
		i = len(l.Items)
	}
	for _, e := range c.Plan.Collector.Exporters {
		if h := e.Header; h != nil {
			item := fmt.Sprintf("%s[%d].", at, i)
			v.Set(item+"name", h.Variable)
			v.Set(item+"valueFrom.secretKeyRef.name", h.Secret)
			v.Set(item+"valueFrom.secretKeyRef.key", h.Key)
			i++
		}
	}
}

// mount puts the Secret with the receivers' certificate into the container.
func mount(c *emit.Context, v *tree.Map, volumes, mounts string) {
	tls := c.Plan.Collector.TLS
	if tls == nil {
		return
	}
	name := c.Str("receiver-tls", "the volume with the receivers' certificate")
	c.MountSecret(v, volumes, mounts, name, tls.Secret, tls.Dir)
}
