package check

import (
	"fmt"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

var nginxGeneration = &Rule{
	Code: "TG070",
	Name: "ingress-nginx's generation",
	Doc:  "ingress-nginx is asked only for the tracing that its version has",
	Run: func(c *Context) {
		t := c.Topology.IngressNginx
		if t == nil {
			return
		}
		x, protocol := c.Nginx, t.Export.Protocol
		at := protocol.Place
		if protocol.State != topology.Given {
			at = x.PinnedAt.Place // the user has not written it
		}
		related := pinned(x.Release)
		switch has := x.Bool("openTracing"); {
		case x.Zipkin && !has.Value:
			c.Report(at, diag.Diagnostic{
				Message: fmt.Sprintf("ingress-nginx %s has dropped OpenTracing, and Zipkin with it: nginx would not start", x.Version.Value),
				Help:    `write protocol: "otlp-grpc", or leave it out`,
				Related: related,
			}, leaf(protocol), has)
		case !x.Zipkin:
			if best := x.Str("tracing"); best.Value != "opentelemetry" {
				c.Report(at, diag.Diagnostic{
					Message: fmt.Sprintf("ingress-nginx %s knows no OpenTelemetry: it ignores its settings", x.Version.Value),
					Help:    `write ingressNginx: export: protocol: "zipkin", or ` + x.Pin(x.With("tracing", "opentelemetry")) + " or later",
				}, leaf(protocol), best)
			}
		}
	},
}

var oneIngress = &Rule{
	Code: "TG071",
	Name: "two ingresses",
	Doc:  "one ingress makes the root spans, decides what is sampled, and writes the log that leads to the traces",
	Run: func(c *Context) {
		if c.Topology.Traefik == nil || c.Topology.IngressNginx == nil {
			return
		}
		c.Report(c.Topology.IngressNginx.Place, diag.Diagnostic{
			Message: "the topology has two ingresses: each would decide what is sampled, and Grafana looks for a span's lines in the log of one",
			Help:    "leave out traefik or ingressNginx; the other one may be a topology of its own",
			Related: []diag.Related{{Message: "the other one", Position: c.Topology.Traefik.Position}},
		}, leaf(c.Topology.Traefik.Release), leaf(c.Topology.IngressNginx.Release))
	},
}

var retired = &Rule{
	Code:     "TG072",
	Name:     "retired ingress",
	Doc:      "the ingress is one that still gets security fixes",
	Severity: diag.Warning,
	Run: func(c *Context) {
		if c.Nginx == nil {
			return
		}
		c.Report(c.Nginx.PinnedAt.Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  "ingress-nginx has been retired: since March 2026 it gets no releases, and no fixes of its vulnerabilities (Kubernetes' announcement of 2025-11-11)",
			Help:     "write traefik, or ignore " + c.rule.Code + " with the reason",
		}, c.Nginx.Version)
	},
}
