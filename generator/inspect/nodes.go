package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
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
		if v.Fits || unsure(c.Plan) {
			return
		}
		if v.Pod == nil {
			asked, have := capacity.Sum(nodes, pods, capacity.Other(c.Plan))
			name, related := c.greediest(nodes, pods)
			c.Report(nodes[0].Place, diag.Diagnostic{
				Message: "all pods together ask for " + amounts(asked, have) + ": some of them would stay Pending",
				Help:    "name a further node, or write less in the requests of " + name,
				Related: related,
			})
			return
		}
		c.pending(nodes, v)
	},
}

// unsure reports whether load found fault with what the nodes are, or what runs
// on them is not known.
func unsure(p *plan.Plan) bool {
	unknown := func(r *plan.Release) bool { return r.ChartName != "" && r.Chart == nil }
	return topology.Bad(&p.Topology.Cluster) || slices.ContainsFunc(p.Releases, unknown)
}

// Unread reports whether load found fault with the cluster or with any part of the
// stack, or a chart is not known: what will run, and who sends to whom, may be
// anything.
func Unread(p *plan.Plan) bool {
	t := p.Topology
	return unsure(p) || topology.Bad(&t.Store) || topology.Bad(&t.Tempo) || topology.Bad(&t.Traefik) || topology.Bad(&t.IngressNginx) ||
		topology.Bad(&t.Linkerd) || topology.Bad(&t.Collector) || topology.Bad(&t.Grafana) || topology.Bad(&t.Loki) || topology.Bad(&t.Prometheus)
}

// pending reports the pod that finds no node.
func (c *Context) pending(nodes []capacity.Node, v capacity.Verdict) {
	w, at := v.Pod, nodes[0].Place
	d := diag.Diagnostic{
		Help:    "name a further node, or write less in the requests of " + w.Name,
		Related: []diag.Related{{Message: w.Name + " is of this chart", Position: pinned(w.Release).Position}},
	}
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
		at, d.Help = c.smaller(w, v.Node)
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

// greediest names the workload that asks for the largest part, and where it does.
func (c *Context) greediest(nodes []capacity.Node, pods []capacity.Workload) (string, []diag.Related) {
	_, have := capacity.Sum(nodes, pods, capacity.Amount{})
	var greedy *capacity.Workload
	most := 0.0
	for i := range pods {
		w := &pods[i]
		n := float64(capacity.Count(nodes, w))
		share := n * max(float64(w.Requests.CPU)/float64(max(1, have.CPU)), float64(w.Requests.Memory)/float64(max(1, have.Memory)))
		if w.Kind != "Job" && share > most {
			greedy, most = w, share
		}
	}
	if greedy == nil {
		var related []diag.Related
		if other := c.Topology.Cluster.OtherRequests; other != nil {
			related = append(related, diag.Related{Message: "what else runs", Position: other.Position})
		}
		return "what else runs, otherRequests", related
	}
	resource := "memory"
	if float64(greedy.Requests.CPU)/float64(max(1, have.CPU)) > float64(greedy.Requests.Memory)/float64(max(1, have.Memory)) {
		resource = "cpu"
	}
	at := c.saidOf(greedy, largest(greedy, resource)+".requests."+resource)
	return greedy.Name, []diag.Related{{Message: greedy.Name + " asks for the largest part", Position: at.Position}}
}

// smaller is the line that says the request which is too large for the node, and
// what to write there.
func (c *Context) smaller(w *capacity.Workload, n *capacity.Node) (topology.Place, string) {
	have, room := n.Allocatable(), int64(0)
	for _, p := range c.pods() {
		if p.Kind == "DaemonSet" && p.Name != w.Name {
			have.CPU -= p.Requests.CPU
			have.Memory -= p.Requests.Memory
		}
	}
	resource := "memory"
	if w.Requests.Memory <= have.Memory {
		resource = "cpu"
	}
	key := largest(w, resource)
	if key == "" {
		return pinned(w.Release), "name a larger node"
	}
	fits := ""
	for _, k := range w.Containers { // what the others of the pod leave for this one
		switch q, _ := quantity.Parse(k.Requests.Memory); {
		case k.At != key:
		case resource == "memory":
			room = (have.Memory - w.Requests.Memory + int64(q)) >> 20
			fits = fmt.Sprintf("%dMi", room)
		default:
			q, _ := quantity.Parse(k.Requests.CPU)
			room = have.CPU - w.Requests.CPU + int64(q*1000)
			fits = fmt.Sprintf("%dm", room)
		}
	}
	path := key + ".requests." + resource
	at := c.saidOf(w, path)
	if room <= 0 {
		return at, "name a larger node"
	}
	write := plan.CUE(w.Release.Values.Path+"."+path, fits)
	if strings.HasSuffix(at.Path, ".requests."+resource) {
		write = resource + ": " + strconv.Quote(fits)
	}
	return at, "write " + write + ", at most, or name a larger node"
}

// largest is where a pod's values hold the resources of the container that asks
// for most.
func largest(w *capacity.Workload, resource string) string {
	at, most := "", -1.0
	for _, k := range w.Containers {
		text := k.Requests.Memory
		if resource == "cpu" {
			text = k.Requests.CPU
		}
		if q, _ := quantity.Parse(text); k.At != "" && q > most {
			at, most = k.At, q
		}
	}
	return at
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
		if !full(asked.CPU, have.CPU) && !full(asked.Memory, have.Memory) || !capacity.Place(nodes, pods, other).Fits || Unread(c.Plan) {
			return
		}
		name, related := c.greediest(nodes, pods)
		c.Report(nodes[0].Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("the pods ask for %s, more than %d %%: when a node fails, or in an update, some find no other", amounts(asked, have), tight),
			Help:     "name a further node, or write less in the requests of " + name,
			Related:  related,
		})
	},
}
