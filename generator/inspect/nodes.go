package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tracegen.dev/generator/capacity"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/quantity"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var scheduled = &Rule{
	Code: "TG084",
	Name: "pods without a node",
	Doc:  "each pod finds a node of the cluster that has what it asks for",
	Run: func(c *Context) {
		if !capacity.Sized(c.Plan) {
			return
		}
		nodes, pods := capacity.Nodes(c.Plan), c.pods()
		v := capacity.Place(nodes, pods, capacity.Other(c.Plan))
		if v.Fits || c.unsure() {
			return
		}
		if v.Pod == nil {
			asked, have := capacity.Sum(nodes, pods, capacity.Other(c.Plan))
			c.Report(nodes[0].Place, diag.Diagnostic{
				Message: "all pods together ask for " + amounts(asked, have) + ": some of them would stay Pending",
				Help:    "name a further node, or write less in the requests of " + greediest(nodes, pods),
			})
			return
		}
		c.pending(nodes, v)
	},
}

// unsure reports whether load found fault with what the nodes are, or what runs
// on them is not known.
func (c *Context) unsure() bool {
	unknown := func(r *plan.Release) bool { return r.ChartName != "" && r.Chart == nil }
	return topology.Bad(&c.Topology.Cluster) || slices.ContainsFunc(c.Releases, unknown)
}

// unsized is unsure, or does not know what some pod asks for.
func (c *Context) unsized() bool {
	t := c.Topology
	return c.unsure() || topology.Bad(&t.Store) || topology.Bad(&t.Tempo) || topology.Bad(&t.Traefik) || topology.Bad(&t.IngressNginx) ||
		topology.Bad(&t.Linkerd) || topology.Bad(&t.Collector) || topology.Bad(&t.Grafana) || topology.Bad(&t.Loki) || topology.Bad(&t.Prometheus)
}

// pending reports the pod that finds no node.
func (c *Context) pending(nodes []capacity.Node, v capacity.Verdict) {
	w, at := v.Pod, nodes[0].Place
	d := diag.Diagnostic{Help: "name a further node, or write less in the requests of " + w.Name}
	if v.Node != nil {
		d.Related = []diag.Related{{Message: "the largest node that it may run on", Position: v.Node.Position}}
	}
	switch v.Why {
	case capacity.Nowhere:
		var wants []string
		for _, key := range slices.Sorted(maps.Keys(w.NodeSelector)) {
			wants = append(wants, key+"="+w.NodeSelector[key])
		}
		d.Message = fmt.Sprintf("%s finds no node: it runs on nodes with %s only, and tolerates no taint of a control plane", w.Name, strings.Join(wants, ", "))
		if len(wants) == 0 {
			d.Message = w.Name + " finds no node: all are control planes, whose taint it does not tolerate"
		}
		d.Help = `name a node that is one, with its arch: "arm64" or "amd64"`
	case capacity.TooMany:
		at = c.saidOf(w, w.ReplicasAt)
		d.Message = fmt.Sprintf("%d pods of %s are too many: the chart lets no two of them share a node, and fewer nodes can take one", w.Replicas, w.Name)
		d.Help = "write fewer replicas, or name further nodes"
	case capacity.TooLarge:
		path := ""
		if at, path = c.largest(w, v.Node); path != "" {
			d.Help = fmt.Sprintf("write less, or a larger node; what asks is %s in the values of %s", path, w.Release.Component)
		}
		d.Message = fmt.Sprintf("%s asks for %s, more than any node has for it: it would stay Pending", w.Name, amounts(w.Requests, v.Node.Allocatable()))
	default:
		d.Message = fmt.Sprintf("%s asks for %s, which no node has left beside the other pods: it would stay Pending", w.Name, amounts(w.Requests, v.Node.Allocatable()))
	}
	c.Report(at, d)
}

// amounts tells what is asked for of what there is.
func amounts(asked, have capacity.Amount) string {
	var parts []string
	if have.CPU < capacity.Unbounded {
		parts = append(parts, fmt.Sprintf("%s of %s cores", quantity.Cores(asked.CPU), quantity.Cores(have.CPU)))
	}
	if have.Memory < capacity.Unbounded {
		parts = append(parts, fmt.Sprintf("%s of %s of memory", quantity.Bytes(asked.Memory), quantity.Bytes(have.Memory)))
	}
	return strings.Join(parts, " and ")
}

// greediest is the workload that asks for the largest part.
func greediest(nodes []capacity.Node, pods []capacity.Workload) string {
	_, have := capacity.Sum(nodes, pods, capacity.Amount{})
	name, most := "", 0.0
	for i := range pods {
		w := &pods[i]
		n := float64(capacity.Count(nodes, w))
		share := n * max(float64(w.Requests.CPU)/float64(max(1, have.CPU)), float64(w.Requests.Memory)/float64(max(1, have.Memory)))
		if w.Kind != "Job" && share > most {
			name, most = w.Name, share
		}
	}
	if name == "" {
		return "what else runs, otherRequests"
	}
	return name
}

// largest is the line that says the request which is too large for the node, and
// its path in the values.
func (c *Context) largest(w *capacity.Workload, n *capacity.Node) (topology.Place, string) {
	resource, have := "memory", n.Allocatable()
	if w.Requests.Memory <= have.Memory {
		resource = "cpu"
	}
	path, most := "", -1.0
	for _, k := range w.Containers {
		text := k.Requests.Memory
		if resource == "cpu" {
			text = k.Requests.CPU
		}
		if q, _ := quantity.Parse(text); k.At != "" && q > most {
			path, most = k.At+".requests."+resource, q
		}
	}
	return c.saidOf(w, path), path
}

// saidOf is the line that says a value, or that has the chart's default matter:
// the user's override nearest to it, else the version of the chart.
func (c *Context) saidOf(w *capacity.Workload, path string) topology.Place {
	r := w.Release
	if n, ok := c.Value(r, path); ok && path != "" {
		return Blame(r, n)
	}
	for path != "" {
		steps := tree.ParsePath(path)
		path = ""
		for _, s := range steps[:len(steps)-1] {
			path = tree.JoinKey(path, s.Key)
		}
		if n, ok := c.Value(r, path); ok && path != "" {
			if at := Blame(r, n); strings.HasPrefix(at.Path, r.Values.Path+".") {
				return at
			}
		}
	}
	return pinned(r)
}

// pinned is the line that pins the chart, whose defaults apply.
func pinned(r *plan.Release) topology.Place { return Blame(r, nil) }

// tight is how much of the whole may be used, in percent, before it is told.
const tight = 80

var crowded = &Rule{
	Code:     "TG085",
	Name:     "crowded nodes",
	Doc:      "the pods leave a fifth of what the nodes have for them",
	Severity: diag.Warning,
	Run: func(c *Context) {
		if !capacity.Sized(c.Plan) {
			return
		}
		nodes, pods := capacity.Nodes(c.Plan), c.pods()
		other := capacity.Other(c.Plan)
		asked, have := capacity.Sum(nodes, pods, other)
		full := func(a, of int64) bool { return of < capacity.Unbounded && a*100 > of*tight }
		if !full(asked.CPU, have.CPU) && !full(asked.Memory, have.Memory) || !capacity.Place(nodes, pods, other).Fits || c.unsized() {
			return
		}
		c.Report(nodes[0].Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("the pods ask for %s, more than %d %%: when a node fails, or in an update, some find no other", amounts(asked, have), tight),
			Help:     "name a further node, or write less in the requests of " + greediest(nodes, pods),
		})
	},
}
