package inspect

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var rootInForce = &Rule{
	Code: "TG091",
	Name: "root in force",
	Doc:  "with what the values say, the ingress begins traces, keeps a share of them that its version can be told, and writes the headers that all behind it read",
	Run: func(c *Context) {
		if c.Traefik != nil && c.overridden(c.Traefik.Release) {
			c.traefikRoot()
		}
		if c.Nginx != nil && c.overridden(c.Nginx.Release) {
			c.nginxRoot()
		}
	},
}

func (c *Context) traefikRoot() {
	x := c.Traefik
	if f, at, ok := c.rate(x.Release, x.Str("sampleRateKey").Value); ok {
		c.share("traefik", at, f, plan.Leaf(c.Topology.Traefik.Sampling), !x.Bool("sampleRateZero").Value)
	}
	for _, n := range c.flagsOf() {
		name, value := flag(textOf(n))
		f, ok := number(value)
		if at, own := placeOf(x.Release, n); own && ok && name == "tracing.samplerate" {
			c.share("traefik", at, f, plan.Leaf(c.Topology.Traefik.Sampling), false)
		}
	}
	c.propagators()
	used := c.entries()
	for _, name := range sorted(used) {
		if key := tree.JoinKey("ports", name) + ".observability.tracing"; c.is(x.Release, key, false) {
			c.Report(c.line(x.Release, key), diag.Diagnostic{
				Message: fmt.Sprintf("no span would be made of what comes in by the entry point %s: its traces begin nowhere, and the access log has no trace ID", name),
				Help:    leaveOut,
				Related: said("it is used because of this", used[name]),
			}, used[name])
		}
	}
	c.untraced()
}

// untraced looks for arguments that turn tracing off as a whole.
func (c *Context) untraced() {
	x := c.Traefik
	for _, n := range c.flagsOf() {
		name, value := flag(textOf(n))
		if at, own := placeOf(x.Release, n); own && name == "tracing" && value == "false" {
			c.Report(at, diag.Diagnostic{
				Message: "Traefik would make no span: traces begin nowhere, and the access log has no trace ID",
				Help:    "leave it out",
				Related: said("the topology has it send spans", x.Export.Protocol),
			}, x.Export.Protocol)
		}
	}
}

// share judges a share of the traces to keep.
func (c *Context) share(section string, at topology.Place, f float64, in fact.Number, dropsZero bool) {
	d := diag.Diagnostic{Help: leaveOut + ", and write " + section + ": sampling: 0.1, say: a number above 0, at most 1"}
	switch {
	case f == 0 && dropsZero:
		d.Message = "the chart drops a rate of 0, since its template takes that for nothing: Traefik then keeps all traces, not none"
	case f == 0:
		d.Message = "no trace would begin at the ingress: its spans, and those of all behind it, are never sent"
	case f < 0 || f > 1:
		d.Message = fmt.Sprintf("a share of the traces is a number above 0, at most 1, and %v is none", f)
	default:
		if s := c.collectorSamples(); s != nil && f < 1 && f != in.Value {
			d.Severity = diag.Warning
			d.Message = fmt.Sprintf("the ingress would keep %v of the traces, before the collector decides which of them to keep: it is decided twice", f)
			d.Related = []diag.Related{{Message: "the collector decides here", Position: s.Position}}
			c.Report(at, d)
		}
		return
	}
	c.Report(at, d, in)
}

// collectorSamples is the topology's section, where the collector decides too.
func (c *Context) collectorSamples() *topology.CollectorSampling {
	if c.Topology.Collector == nil {
		return nil
	}
	return c.Topology.Collector.Sampling
}

// propagators looks at which headers Traefik v3 reads and writes, by the variable
// of OpenTelemetry's autoprop.
func (c *Context) propagators() {
	x := c.Traefik
	variable := c.feature(x.Release, "propagatorsEnv")
	key := x.Str("envKey").Value
	n, _ := c.Value(x.Release, key)
	if variable == "" || n == nil {
		return
	}
	spoken, at := "tracecontext,baggage", c.line(x.Release, key) // the default
	for _, e := range asItems(n) {
		if field(e, "name") != variable {
			continue
		}
		if asMap(e).Get("valueFrom") != nil {
			return // nobody here knows
		}
		spoken = field(e, "value")
		if own, ok := placeOf(x.Release, e); ok {
			at = own
		}
	}
	word := map[string]string{"w3c": "tracecontext", "b3multi": "b3multi"}[x.Propagation.Value]
	if word == "" || slices.Contains(strings.Split(strings.ReplaceAll(spoken, " ", ""), ","), word) {
		return
	}
	what := fmt.Sprintf("%s is %q", variable, spoken)
	if spoken == "tracecontext,baggage" {
		what = fmt.Sprintf("the list replaces tracegen's, and %s is %s without it", variable, spoken)
	}
	c.Report(at, diag.Diagnostic{
		Message: fmt.Sprintf("%s, and all that comes behind the ingress is told that it speaks %s: each trace would break in two there", what, word),
		Help:    fmt.Sprintf(`leave it out of values, and say by traefik.propagation which they are; or add {name: %q, value: %q} to the list`, variable, word),
		Related: said("which headers they are is said here", x.Propagation),
	}, x.Propagation)
}

// nginxRoot is for ingress-nginx, whose configuration is a map of texts.
func (c *Context) nginxRoot() {
	x := c.Nginx
	at := func(feature string) string {
		if key := c.feature(x.Release, feature); key != "" {
			return tree.JoinKey(x.Str("configKey").Value, key)
		}
		return ""
	}
	feature := "openTelemetrySwitch"
	if x.Zipkin {
		feature = "openTracingSwitch"
	}
	if key := at(feature); key != "" && c.text(x.Release, key) != "true" {
		c.Report(c.line(x.Release, key), diag.Diagnostic{
			Message: "ingress-nginx would write no span: traces begin nowhere, and the access log has no trace ID",
			Help:    leaveOut,
			Related: said("the topology has it send spans", x.Export.Protocol),
		}, x.Export.Protocol)
		return
	}
	if key := at("samplerKey"); key != "" && c.text(x.Release, key) == "AlwaysOff" {
		c.share("ingressNginx", c.line(x.Release, key), 0, plan.Leaf(c.Topology.IngressNginx.Sampling), false)
	}
	for _, feature := range []string{"samplerRatioKey", "zipkinSampleRateKey"} {
		if f, place, ok := c.rate(x.Release, at(feature)); ok {
			c.share("ingressNginx", place, f, plan.Leaf(c.Topology.IngressNginx.Sampling), false)
		}
	}
}
