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

var traefikFlags = &Rule{
	Code: "TG090",
	Name: "Traefik's flags",
	Doc:  "Traefik's flags, of the values and of further arguments, are ones that its version has, and say one thing each: one exporter, with or without TLS",
	Run: func(c *Context) {
		if c.Traefik == nil || !c.overridden(c.Traefik.Release) {
			return
		}
		c.arguments()
		c.oneExporter()
		c.idleVariables()
	},
}

// flag takes an argument apart. Traefik ignores letter case in names.
func flag(text string) (name, value string) {
	name, value, given := strings.Cut(strings.TrimLeft(text, "-"), "=")
	if !given {
		value = "true"
	}
	return strings.ToLower(name), value
}

// flagsOf gives the arguments of the values, which the chart appends to its own
// flags.
func (c *Context) flagsOf() []tree.Node {
	r := c.Traefik.Release
	out := c.items(r, r.Str("argumentsKey").Value)
	// The other list stands before the chart's own (traefik, up to 35.4.0).
	return slices.Concat(c.items(r, "globalArguments"), out)
}

func (c *Context) arguments() {
	x := c.Traefik
	derived, given := c.derivedFlags(), map[string]bool{}
	for _, n := range c.flagsOf() {
		name, value := flag(textOf(n))
		given[name] = true
		at, own := placeOf(x.Release, n)
		if !own {
			continue
		}
		c.argument(at, name, value, derived)
	}
	// A list in the values replaces the one of tracegen.
	key := x.Str("argumentsKey").Value
	if n, _ := c.Value(x.Release, key); n != nil {
		for _, f := range derived {
			if name, _ := flag(f.Text); c.byArgument(name) && !given[name] {
				c.Report(c.line(x.Release, key), diag.Diagnostic{
					Message: fmt.Sprintf("the list replaces tracegen's, and lacks %s, for which %s %s has no other value", f.Text, x.ChartName, x.Version.Value),
					Help:    fmt.Sprintf("leave it out of values, or add %q to it", f.Text),
					Related: said("the topology says it here", fact.String{Origin: f.Origin}),
				}, x.Version)
			}
		}
	}
}

// derivedFlags are those that the topology asks for.
func (c *Context) derivedFlags() []tree.Line {
	for _, f := range c.Out.Files {
		if lines, ok := f.Body.(tree.Lines); ok && f.Path == "traefik/flags.txt" {
			return lines
		}
	}
	return nil
}

// byArgument reports whether the chart's version renders a flag from no value, so
// that it stands among the arguments.
func (c *Context) byArgument(name string) bool {
	for flag, feature := range map[string]string{
		"tracing.samplerate":              "sampleRateKey",
		"tracing.servicename":             "serviceNameKey",
		"tracing.globalattributes.":       "resourceAttributesKey",
		"tracing.capturedrequestheaders":  "capturedRequestHeadersKey",
		"tracing.capturedresponseheaders": "capturedResponseHeadersKey",
	} {
		if strings.HasPrefix(name, flag) {
			return c.feature(c.Traefik.Release, feature) == ""
		}
	}
	return false
}

// argument judges one of the user's.
func (c *Context) argument(at topology.Place, name, value string, derived []tree.Line) {
	x := c.Traefik
	pinned := []diag.Related{{Message: "the version is pinned here", Position: x.PinnedAt.Position}}
	if name == "configfile" {
		c.Report(at, diag.Diagnostic{
			Message: "with a configuration file, Traefik reads no flag at all: none of the chart's, so that nothing of the topology counts",
			Help:    "leave it out, and say what the file has by values or arguments",
		}, x.Version)
		return
	}
	for section, feature := range map[string]string{"tracing": "tracingFlags", "accesslog": "accessLogFlags"} {
		rest, in := strings.CutPrefix(name, section+".")
		word, _, _ := strings.Cut(rest, ".")
		word, _, _ = strings.Cut(word, "[")
		if known := x.Strs(feature).Value; in && !slices.Contains(known, word) {
			c.Report(at, diag.Diagnostic{
				Message: fmt.Sprintf("the Traefik of %s %s has no flag --%s: it exits at its start", x.ChartName, x.Version.Value, name),
				Help:    "leave it out; below --" + section + ". there are " + strings.Join(known, ", "),
				Related: pinned,
			}, x.Version)
			return
		}
	}
	for _, f := range derived {
		other, says := flag(f.Text)
		if other != name || says == value {
			continue
		}
		d := diag.Diagnostic{
			Message: fmt.Sprintf("of two flags of one name Traefik takes the last, and the values make %s: this one would win", f.Text),
			Help:    "leave it out",
		}
		var inputs []string
		for _, in := range f.Origin.Inputs {
			inputs = append(inputs, in.Path)
			d.Related = append(d.Related, diag.Related{Message: in.Path + " says it", Position: in.Position})
		}
		if inputs != nil {
			d.Help += ", and change " + strings.Join(inputs, " or ") + " instead"
		}
		c.Report(at, d, fact.String{Origin: f.Origin})
		return
	}
	c.exporterByArgument(at, name, value)
}

// exporterByArgument looks for a flag that turns on another way to send spans, or
// TLS beside its absence.
func (c *Context) exporterByArgument(at topology.Place, name, value string) {
	x := c.Traefik
	kinds := map[string]string{"otlp-http": "tracing.otlp.http", "otlp-grpc": "tracing.otlp.grpc", "zipkin": "tracing.zipkin"}
	own := kinds[x.Export.Protocol.Value]
	for _, other := range c.exporters() {
		if other != own && (name == other || strings.HasPrefix(name, other+".")) && value != "false" {
			c.twoExporters(at, "--"+name, other, own)
			return
		}
	}
	if tls := "tracing.otlp.grpc.tls."; own == "tracing.otlp.grpc" && strings.HasPrefix(name, tls) && !x.Export.Endpoint.TLS.Value {
		c.tlsBeside(at)
	}
}

// exporters are the ways in which the program can send spans.
func (c *Context) exporters() []string {
	if c.Traefik.Tracing.Value == "zipkin" {
		// In the order in which it takes the first that is there
		// (cmd/traefik/traefik.go, 2.8 to 2.11).
		return []string{"tracing.jaeger", "tracing.zipkin", "tracing.datadog", "tracing.instana", "tracing.haystack", "tracing.elastic"}
	}
	return []string{"tracing.otlp.grpc", "tracing.otlp.http"}
}

// twoExporters tells which of two wins. Traefik takes one.
func (c *Context) twoExporters(at topology.Place, what, other, own string) {
	all := c.exporters()
	d := diag.Diagnostic{
		Message: fmt.Sprintf("%s turns on a second way to send spans, and Traefik takes one alone: %s, so that none would go where the topology says", what, other),
		Help:    "leave it out",
		Related: said("the topology says it here", c.Traefik.Export.Protocol),
	}
	if p := map[string]string{"tracing.otlp.grpc": "otlp-grpc", "tracing.otlp.http": "otlp-http", "tracing.zipkin": "zipkin"}[other]; p != "" {
		d.Help += fmt.Sprintf(", and write traefik: export: protocol: %q instead", p)
	}
	if slices.Index(all, other) > slices.Index(all, own) {
		d.Severity = diag.Warning
		d.Message = fmt.Sprintf("%s turns on a second way to send spans, and Traefik takes one alone: %s; this one does nothing", what, own)
		d.Help = "leave it out; to a second place the collector can send spans on, by collector.exporters"
	}
	c.Report(at, d, c.Traefik.Export.Protocol)
}

func (c *Context) tlsBeside(at topology.Place) {
	c.Report(at, diag.Diagnostic{
		Message: "the exporter goes without TLS (insecure), and this sets TLS up: Traefik exits at its start, since the two exclude each other",
		Help:    "leave it out, or have the receiver speak TLS, by collector.tls",
		Related: said("where spans go is said here", c.Traefik.Export.Protocol),
	}, c.Traefik.Export.Endpoint.TLS)
}

// oneExporter looks at what the values turn on.
func (c *Context) oneExporter() {
	x := c.Traefik
	kinds := map[string]string{"otlp-http": "tracing.otlp.http", "otlp-grpc": "tracing.otlp.grpc", "zipkin": "tracing.zipkin"}
	own := kinds[x.Export.Protocol.Value]
	for _, other := range c.exporters() {
		n, _ := c.Value(x.Release, other)
		if other == own || n == nil || removed(n) {
			continue
		}
		// Of OTLP the chart asks for a switch, of v2's the block is enough.
		key := other
		if x.Tracing.Value != "zipkin" {
			if key += ".enabled"; !c.is(x.Release, key, true) {
				continue
			}
		} else if m, ok := n.(*tree.Map); ok && m.Len() == 0 {
			continue
		}
		if at := c.line(x.Release, key); overriddenBy(x.Release, at) {
			c.twoExporters(at, key, other, own)
		}
	}
	tls := c.mapAt(x.Release, "tracing.otlp.grpc.tls")
	for _, key := range tls.Keys() {
		at := tree.JoinKey("tracing.otlp.grpc.tls", key)
		if v := c.text(x.Release, at); own == "tracing.otlp.grpc" && !x.Export.Endpoint.TLS.Value && v != "" && v != "false" {
			c.tlsBeside(c.line(x.Release, at))
			break
		}
	}
}

// idleVariables looks for settings by the environment, which Traefik reads only
// where it has no flags, and the chart always gives it some (pkg/cli and
// cmd/traefik of 2.9.1 to 3.7.9: file, else flags, else environment).
func (c *Context) idleVariables() {
	x := c.Traefik
	for _, n := range c.items(x.Release, x.Str("envKey").Value) {
		name := field(n, "name")
		if !strings.HasPrefix(name, "TRAEFIK_TRACING") && !strings.HasPrefix(name, "TRAEFIK_ACCESSLOG") {
			continue
		}
		at, own := placeOf(x.Release, n)
		if own {
			c.Report(at, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  name + " does nothing: Traefik reads its settings from the environment only where it is given no flags, and the chart gives it some",
				Help:     "leave it out, and say it in the topology's section traefik, or by additionalArguments",
			}, x.Version)
		}
	}
}

// rate is the share of traces that the ingress keeps, by what the values say; ok
// where they say anything.
func (c *Context) rate(r *plan.Release, path string) (f float64, at topology.Place, ok bool) {
	if path == "" {
		return 0, at, false
	}
	f, ok = number(c.scalar(r, path))
	return f, c.line(r, path), ok
}
