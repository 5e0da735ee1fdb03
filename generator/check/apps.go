package check

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var applications = &Rule{
	Code: "TG062",
	Name: "applications",
	Doc:  "an application is told what it reads, and nobody else answers in its place",
	Run: func(c *Context) {
		answers := map[string]*plan.App{}
		told := map[string]*plan.App{}
		for i, e := range c.Topology.Apps {
			a := c.Apps[i]
			if !nameType().Matches(e.Key.Value) {
				c.Report(e.Key.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q cannot be the name of a directory and of an Ingress", e.Key.Value),
					Help:    nameType().Doc,
				}, leaf(e.Key))
			}
			c.encrypted(a)
			c.workloads(a)
			c.toldTwice(a, told)
			c.propagators(a)
			c.smoke(a)
			c.trust(a)
			in := a.In.Ingress
			if in == nil {
				continue
			}
			if !c.ingress() {
				c.Report(in.Place, diag.Diagnostic{
					Message: "the topology has no ingress that would lead to the application",
					Help:    `add traefik: {chart: version: "…", export: protocol: "…"}, or leave ingress out`,
				}, leaf(in.Host))
			}
			if in.EntryPoint.Present() && c.Traefik == nil {
				c.Report(in.EntryPoint.Place, diag.Diagnostic{
					Message: "an entry point is Traefik's, and the topology has no Traefik",
					Help:    "leave it out",
				}, leaf(in.EntryPoint))
			}
			key := in.Host.Value + strings.TrimSuffix(in.Path.Value, "/")
			if other := answers[key]; other != nil {
				c.Report(in.Host.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%s answers to %s%s already: one of the two would get nothing", other.Name, in.Host.Value, in.Path.Value),
					Help:    "write another host or path",
					Related: []diag.Related{{Message: other.Name, Position: other.In.Ingress.Host.Position}},
				}, leaf(in.Host), leaf(in.Path), leaf(other.In.Ingress.Host), leaf(other.In.Ingress.Path))
				continue
			}
			answers[key] = a
			if p := c.people(); p.Host.Value == in.Host.Value && strings.TrimSuffix(in.Path.Value, "/") == "" {
				c.Report(in.Host.Place, diag.Diagnostic{
					Message: fmt.Sprintf("Grafana answers to %s already: one of the two would get nothing", in.Host.Value),
					Help:    "write another host or path",
					Related: []diag.Related{{Message: "Grafana", Position: p.Host.Origin.Position()}},
				}, leaf(in.Host), leaf(in.Path), p.Host)
			}
		}
	},
}

// encrypted wants a protocol that can be told of TLS where the receiver has it.
func (c *Context) encrypted(a *plan.App) {
	if tls := a.Export.Endpoint.TLS; tls.Value && a.In.Protocol.Value == "opencensus" {
		c.Report(a.In.Protocol.Place, diag.Diagnostic{
			Message: "the receiver speaks TLS, which a program that speaks OpenCensus cannot be told in its variable",
			Help:    "write " + plan.CUE(a.In.To.Path, "tempo") + ", or another protocol",
			Related: c.receiverTLS(),
		}, leaf(a.In.Protocol), tls)
	}
}

// people are those who reach Grafana; nobody does where there is none.
func (c *Context) people() plan.People {
	if c.Grafana == nil {
		return plan.People{}
	}
	return c.Grafana.People
}

// toldTwice looks for a container that two applications tell where to send.
func (c *Context) toldTwice(a *plan.App, told map[string]*plan.App) {
	for _, w := range a.In.Workloads {
		key := strings.Join([]string{a.Namespace.Value, w.Kind.Value, w.Name.Value, w.Container.Value}, "/")
		if other := told[key]; other != nil && other != a {
			c.Report(w.Name.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%s has the container %s of the %s %s already: one of the two would be told in vain", other.Name, w.Container.Value, w.Kind.Value, w.Name.Value),
				Help:    "leave the workload out of one of them",
				Related: []diag.Related{{Message: other.Name, Position: other.In.Position}},
			}, leaf(w.Kind), leaf(w.Name), leaf(w.Container), a.Namespace, other.Namespace)
		}
		told[key] = a
	}
}

func (c *Context) workloads(a *plan.App) {
	if w := a.In.Workloads; w != nil && len(w) == 0 { // nil is what could not be read
		c.Report(a.In.Place, diag.Diagnostic{
			Message: "the application has no workload, so nobody is told where to send",
			Help:    `write workloads: [{name: "…", container: "…"}]`,
		}, a.Namespace)
	}
	seen := map[string]topology.String{}
	for _, w := range a.In.Workloads {
		key := w.Kind.Value + "/" + w.Name.Value + "/" + w.Container.Value
		if seen[key].Present() {
			c.Report(w.Name.Place, diag.Diagnostic{
				Message: fmt.Sprintf("the container %s of the %s %s is there twice", w.Container.Value, w.Kind.Value, w.Name.Value),
				Help:    "leave one of them out",
				Related: []diag.Related{{Message: "the other one", Position: seen[key].Position}},
			}, leaf(w.Kind), leaf(w.Name), leaf(w.Container))
		}
		seen[key] = w.Name
		if w.ServiceName.Present() && a.In.Protocol.Value == "opencensus" {
			c.Report(w.ServiceName.Place, diag.Diagnostic{
				Message: "a program that speaks OpenCensus does not read its service name from the environment",
				Help:    "leave it out",
				Related: []diag.Related{{Message: "the protocol", Position: a.In.Protocol.Position}},
			}, leaf(w.ServiceName), leaf(a.In.Protocol))
		}
	}
}

// propagators wants the ingress and the application to understand each other.
func (c *Context) propagators(a *plan.App) {
	in := a.In.Propagators
	if len(in) == 0 {
		return
	}
	if a.In.Protocol.Value == "opencensus" || a.In.Variable.Present() {
		why := a.In.Protocol.Position
		if a.In.Variable.Present() {
			why = a.In.Variable.Position
		}
		c.Report(in[0].Place, diag.Diagnostic{
			Message: "propagators are for programs that read OpenTelemetry's variables, and this one does not",
			Help:    "leave them out",
			Related: []diag.Related{{Message: "what it reads", Position: why}},
		}, leaf(in[0]), leaf(a.In.Protocol), leaf(a.In.Variable))
		return
	}
	speaks := c.Propagation()
	if speaks.Value == "" {
		return
	}
	who := "the ingress"
	if !c.ingress() {
		who = "the mesh"
	}
	want := map[string]string{"w3c": "tracecontext", "b3multi": "b3multi"}[speaks.Value]
	if !slices.ContainsFunc(in, func(l topology.String) bool { return l.Value == want || l.State == topology.Poisoned }) {
		c.Report(in[0].Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("%s speaks %s, which is not among the propagators: each trace would end there", who, want),
			Help:     fmt.Sprintf("add %q", want),
			Related:  c.speaker(),
		}, speaks, leaf(in[0]))
	}
}

// speaker points to who writes the headers that an application reads.
func (c *Context) speaker() []diag.Related {
	t := c.Topology
	switch {
	case t.Traefik != nil:
		return []diag.Related{{Message: "the ingress", Position: t.Traefik.Position}}
	case t.IngressNginx != nil:
		return []diag.Related{{Message: "the ingress", Position: t.IngressNginx.Position}}
	}
	if t.Linkerd == nil {
		return nil
	}
	return []diag.Related{{Message: "the mesh", Position: t.Linkerd.Position}}
}

func (c *Context) smoke(a *plan.App) {
	s, in := a.In.Smoke, a.In.Ingress
	if s == nil {
		return
	}
	if in == nil {
		c.Report(s.Place, diag.Diagnostic{
			Message: "there is no Ingress that a smoke test could ask",
			Help:    "add " + strings.TrimSuffix(plan.CUE(beside(s.Place, "ingress"), ""), `""`) + `{host: "…", service: "…"}, or leave smoke out`,
		}, leaf(s.Path))
		return
	}
	if path := strings.TrimSuffix(in.Path.Value, "/"); s.Path.Value != path && !strings.HasPrefix(s.Path.Value, path+"/") {
		at := s.Path.Place
		c.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("the smoke test asks for %s, and the Ingress leads to the application from %s on", s.Path.Value, in.Path.Value),
			Help:    fmt.Sprintf("write path: %q, or one that begins with it", in.Path.Value),
			Related: []diag.Related{{Message: "the Ingress", Position: in.Position}},
		}, leaf(s.Path), leaf(in.Path))
	}
}

// trust looks at an application whose exporter cannot be told which authority to
// trust: only those of OTLP have a variable for it.
func (c *Context) trust(a *plan.App) {
	secret, protocol := a.Export.CASecret, a.In.Protocol
	if secret.Value == "" || a.CADir.Value != "" {
		return
	}
	c.Report(protocol.Place, diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("the collector speaks TLS with an authority of its own, and no variable tells an exporter of %s to trust it", protocol.Value),
		Help:     `write protocol: "otlp-grpc" or "otlp-http", or have the authority in the application's image`,
		Related:  c.receiverTLS(),
	}, secret, leaf(protocol))
}
