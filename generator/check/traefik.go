package check

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

var generation = &Rule{
	Code: "TG024",
	Name: "Traefik's generation",
	Doc:  "the ingress is asked only for what its version of Traefik has",
	Run: func(c *Context) {
		t := c.Topology.Traefik
		if t == nil {
			return
		}
		x := c.Traefik
		related := pinned(x.Release)
		protocol := t.Export.Protocol
		zipkin := protocol.Value == "zipkin"
		switch x.Tracing.Value {
		case "zipkin":
			if !zipkin {
				c.Report(protocol.Place, diag.Diagnostic{
					Message: fmt.Sprintf("traefik %s installs Traefik v2, which has no OTLP exporter: no span would leave it", x.Version.Value),
					Help:    `write protocol: "zipkin", or ` + x.Pin(x.With("tracing", "otlp")) + " or later",
					Related: related,
				}, leaf(protocol), x.Tracing)
			}
			if t.Internals.Value {
				c.v3only(t.Internals.Place, "internals", related, leaf(t.Internals))
			}
			if a := t.ResourceAttributes; len(a) > 0 {
				c.v3only(a[0].Key.Place, "resourceAttributes", related, leaf(a[0].Key))
			}
			for _, list := range []struct {
				name    string
				headers []topology.String
			}{{"capturedRequestHeaders", t.CapturedRequestHeaders}, {"capturedResponseHeaders", t.CapturedResponseHeaders}} {
				if len(list.headers) > 0 {
					c.v3only(list.headers[0].Place, list.name, related, leaf(list.headers[0]))
				}
			}
			if p := t.Propagation; p.Present() && p.Value != "b3multi" {
				c.Report(p.Place, diag.Diagnostic{
					Message: "Traefik v2 with the Zipkin exporter speaks B3 alone, so the trace would break at the ingress",
					Help:    `write propagation: "b3multi", or leave it out`,
					Related: related,
				}, leaf(p), x.Tracing)
			}
		case "otlp":
			if broken := x.Bool("emptyTLSFlags"); broken.Value {
				d := diag.Diagnostic{
					Severity: diag.Warning,
					Message:  fmt.Sprintf("traefik %s passes empty TLS files to the exporter", x.Version.Value),
					Help:     "write " + x.Pin(x.With("emptyTLSFlags", false)) + " or later",
				}
				if protocol.Value == "otlp-grpc" {
					d.Severity = diag.Error
					d.Message += ", which excludes a connection without TLS: Traefik exits at its start"
				}
				c.Report(x.PinnedAt.Place, d, broken, leaf(protocol))
			}
			if zipkin {
				c.Report(protocol.Place, diag.Diagnostic{
					Message: fmt.Sprintf("traefik %s installs Traefik v3, which dropped Zipkin: the chart ignores its values, or refuses them", x.Version.Value),
					Help:    `write protocol: "otlp-http" or "otlp-grpc"`,
					Related: related,
				}, leaf(protocol), x.Tracing)
			}
			c.attributeNames()
		default:
			c.Report(x.PinnedAt.Place, diag.Diagnostic{
				Message: fmt.Sprintf("traefik %s has no values for tracing: it ignores them", x.Version.Value),
				Help:    "write " + x.Pin(x.With("tracing", "zipkin")) + " or later",
			}, x.Tracing)
		}
	},
}

func (c *Context) v3only(at topology.Place, what string, related []diag.Related, restsOn fact.Any) {
	c.Report(at, diag.Diagnostic{
		Message: fmt.Sprintf("traefik.%s is Traefik v3's, and traefik %s installs v2, which ignores it", what, c.Traefik.Version.Value),
		Help:    "leave it out, or write " + c.Traefik.Pin(c.Traefik.With("tracing", "otlp")) + " or later",
		Related: related,
	}, restsOn, c.Traefik.Tracing)
}

// attributeNames holds the names of attributes to what can stand in the name of
// a flag, where the chart puts them.
func (c *Context) attributeNames() {
	for _, a := range c.Topology.Traefik.ResourceAttributes {
		if name := a.Key; strings.Trim(name.Value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") != "" || name.Value == "" {
			c.Report(name.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%q cannot be the name of an attribute, which Traefik takes as a part of a flag", name.Value),
				Help:    `write letters, digits and "._-/" only, as in "deployment.environment"`,
			}, leaf(name))
		}
	}
}
