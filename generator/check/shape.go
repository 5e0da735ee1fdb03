package check

import (
	"fmt"
	"slices"
	"strings"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/quantity"
	"tracegen.dev/generator/topology"
)

var receivers = &Rule{
	Code: "TG030",
	Name: "no receiver",
	Doc:  "the collector has a way in for spans",
	Run: func(c *Context) {
		if c.Collector != nil && len(c.Collector.Receivers.On()) == 0 {
			c.Report(c.Topology.Collector.Place, diag.Diagnostic{
				Message: "nothing sends to the collector and it opens no receiver, so there is nothing for it to do",
				Help:    `write receivers: ["otlp-grpc", "otlp-http"], or send the ingress's spans to the collector`,
			}, c.Collector.Strs("receivers"), sent(c))
		}
	},
}

// sent is poisoned where load found fault with what may open one of the collector's receivers.
func sent(c *Context) fact.String {
	in := slices.Clone(c.Topology.Collector.Receivers)
	if c.Traefik != nil && c.Traefik.Export.Endpoint.Host.Poisoned {
		return c.Traefik.Export.Endpoint.Host // it may have meant the collector
	}
	if c.Nginx != nil && c.Nginx.Export.Endpoint.Host.Poisoned {
		return c.Nginx.Export.Endpoint.Host
	}
	if c.Linkerd != nil && c.Linkerd.Export.Endpoint.Host.Poisoned {
		return c.Linkerd.Export.Endpoint.Host
	}
	for _, a := range c.Apps {
		if a.Export.Endpoint.Host.Poisoned {
			return a.Export.Endpoint.Host
		}
	}
	for _, l := range in {
		if l.State == topology.Poisoned {
			return leaf(l)
		}
	}
	return leaf(topology.String{})
}

var fluxOrder = &Rule{
	Code: "TG032",
	Name: "circle of Flux",
	Doc:  "what the tree waits for is not part of the tree",
	Run: func(c *Context) {
		own := []string{plan.Kustomization("namespaces")}
		if c.Secrets != nil {
			own = append(own, plan.Kustomization(plan.SecretsDir))
		}
		for _, r := range c.Releases {
			own = append(own, plan.Kustomization(r.Component))
		}
		for _, d := range c.Topology.Flux.DependsOn {
			if slices.Contains(own, d.Value) {
				c.Report(d.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%s is %q, which is made of this tree: each would wait for the other", d.Path, d.Value),
					Help:    "leave it out: the order inside the tree is tracegen's",
				}, leaf(d))
			}
		}
		for _, r := range c.Releases {
			c.circle(r)
		}
	},
}

// circle reports what the input lets a release wait for that waits for the
// release.
func (c *Context) circle(r *plan.Release) {
	own := plan.Kustomization(r.Component)
	var reaches func(name string, seen []string) bool
	reaches = func(name string, seen []string) bool {
		if name == own {
			return true
		}
		for _, other := range c.Releases {
			if plan.Kustomization(other.Component) != name || slices.Contains(seen, name) {
				continue
			}
			for _, n := range other.Needs {
				if reaches(n.Value, append(seen, name)) {
					return true
				}
			}
		}
		return false
	}
	for _, n := range r.Needs {
		if in := n.Origin.Inputs; len(in) == 1 && strings.Contains(in[0].Path, ".delivery.dependsOn") && reaches(n.Value, nil) {
			c.Report(said(n), diag.Diagnostic{
				Message: fmt.Sprintf("%s is %q, which waits for %s itself: each would wait for the other", in[0].Path, n.Value, r.Component),
				Help:    "leave it out: the order inside the tree is tracegen's",
			}, n)
		}
	}
}

var kindNodes = &Rule{
	Code: "TG033",
	Name: "nodes",
	Doc:  "each node has a name of its own, and a kind cluster with nodes has a control plane among them",
	Run: func(c *Context) {
		nodes := c.Topology.Cluster.Nodes
		seen := map[string]topology.String{}
		for _, n := range nodes {
			if other, ok := seen[n.Name.Value]; ok {
				c.Report(n.Name.Place, diag.Diagnostic{
					Message: fmt.Sprintf("two nodes are called %q: a machine joins a cluster once", n.Name.Value),
					Help:    "write another name, or leave the node out",
					Related: []diag.Related{{Message: "the other one", Position: other.Position}},
				}, leaf(n.Name), leaf(other))
			}
			seen[n.Name.Value] = n.Name
		}
		if c.Topology.Cluster.Kind.Value != "kind" || len(nodes) == 0 {
			return
		}
		for _, n := range nodes {
			if n.Role.Value == "control-plane" || n.Role.State == topology.Poisoned {
				return
			}
		}
		c.Report(nodes[0].Place, diag.Diagnostic{
			Message: "none of the nodes is a control plane, and kind makes no cluster without one",
			Help:    `write role: "control-plane" in one of them`,
		}, leaf(c.Topology.Cluster.Kind))
	},
}

var limits = &Rule{
	Code: "TG034",
	Name: "limits below requests",
	Doc:  "no pod may ask for more than it may take",
	Run: func(c *Context) {
		for _, r := range resources(c.Topology) {
			for _, pair := range [][2]topology.String{{r.Requests.Cpu, r.Limits.Cpu}, {r.Requests.Memory, r.Limits.Memory}} {
				request, limit := pair[0], pair[1]
				asked, ok1 := quantity.Parse(request.Value)
				most, ok2 := quantity.Parse(limit.Value)
				if ok1 && ok2 && asked > most {
					c.Report(limit.Place, diag.Diagnostic{
						Message: fmt.Sprintf("%s is %s and %s is %s: Kubernetes refuses a limit below the request", limit.Path, limit.Value, request.Path, request.Value),
						Help:    fmt.Sprintf("write %s: %q or more", limit.Path[strings.LastIndex(limit.Path, ".")+1:], request.Value),
						Related: []diag.Related{{Message: "the request", Position: request.Position}},
					}, leaf(request), leaf(limit))
				}
			}
		}
	},
}

// resources gathers all requests and limits of a topology.
func resources(t *topology.Topology) []topology.Resources {
	var all []*topology.Resources
	if m := t.Store.MinioCluster; m != nil {
		all = append(all, m.Resources)
	}
	if m := t.Tempo.TempoMonolithic; m != nil {
		all = append(all, m.Resources)
	}
	if d := t.Tempo.TempoDistributed; d != nil {
		p := d.Components
		all = append(all, p.Distributor.Resources, p.Ingester.Resources, p.Querier.Resources, p.QueryFrontend.Resources, p.Compactor.Resources,
			p.MetricsGenerator.Resources, p.BackendScheduler.Resources, p.BackendWorker.Resources, p.BlockBuilder.Resources, p.LiveStore.Resources)
	}
	if t.Traefik != nil {
		all = append(all, t.Traefik.Resources)
	}
	if t.IngressNginx != nil {
		all = append(all, t.IngressNginx.Resources)
	}
	if t.Collector != nil {
		all = append(all, t.Collector.Resources)
	}
	if g := t.Grafana; g != nil && g.GrafanaChart != nil {
		all = append(all, g.GrafanaChart.Resources)
	} else if g != nil && g.GrafanaStack != nil {
		all = append(all, g.GrafanaStack.Resources)
	}
	if t.Loki != nil && t.Loki.LokiChart != nil {
		all = append(all, t.Loki.LokiChart.Resources)
	}
	if t.Prometheus != nil && t.Prometheus.PrometheusChart != nil {
		all = append(all, t.Prometheus.PrometheusChart.Resources)
	}
	var out []topology.Resources
	for _, r := range all {
		if r != nil {
			out = append(out, *r)
		}
	}
	return out
}

var namespaceNames = &Rule{
	Code: "TG035",
	Name: "names of namespaces",
	Doc:  "each key of namespaces can be a namespace's name",
	Run: func(c *Context) {
		for _, e := range c.Topology.Namespaces {
			if name := e.Key; !nameType().Matches(name.Value) {
				c.Report(name.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q cannot be a namespace", name.Value),
					Help:    nameType().Doc,
				}, leaf(name))
			}
		}
	},
}
