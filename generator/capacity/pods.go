// Package capacity reckons whether the nodes that a profile declares hold what
// it runs, and whether its stores hold what comes in.
//
// It goes by what will be installed: the values that were emitted, with the
// user's merged over them, and the chart's defaults where they say nothing.
package capacity

import (
	"maps"
	"math"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/quantity"
	"tracegen.dev/generator/tree"
)

// Amount is of what a node has: thousandths of processor cores, and bytes of
// memory.
type Amount struct{ CPU, Memory int64 }

func (a Amount) plus(b Amount) Amount { return Amount{a.CPU + b.CPU, a.Memory + b.Memory} }

func (a Amount) minus(b Amount) Amount { return Amount{a.CPU - b.CPU, a.Memory - b.Memory} }

func (a Amount) times(n int) Amount { return Amount{a.CPU * int64(n), a.Memory * int64(n)} }

// within reports whether there is room for a in b.
func (a Amount) within(b Amount) bool { return a.CPU <= b.CPU && a.Memory <= b.Memory }

// amount reads what the input or the values say; what they do not say is zero.
// A part of a thousandth or of a byte counts as a whole one, as for Kubernetes.
func amount(cpu, memory string) Amount {
	read := func(text string, unit float64) int64 {
		n, _ := quantity.Parse(text)
		return int64(math.Ceil(math.Round(n*unit*1e6) / 1e6))
	}
	return Amount{CPU: read(cpu, 1000), Memory: read(memory, 1)}
}

// Workload is what makes pods, all alike.
type Workload struct {
	chart.Workload
	Release  *plan.Release
	Requests Amount // of one pod
}

// Jobs end, and the other pods do not wait for their end.
func (w *Workload) job() bool { return w.Kind == "Job" }

// Pods lists what the profile runs, in the order of its releases. Of what
// the tree does not install, the values are not known.
func Pods(p *plan.Plan, out *emit.Output) []Workload {
	var all []Workload
	for _, r := range p.Releases {
		if r.Chart == nil {
			continue
		}
		if !r.InTree() {
			all = append(all, unknown(r, "it is not the tree that installs it"))
			continue
		}
		values := out.Values[r.Component]
		if values == nil {
			values = tree.NewMap()
		}
		if !r.Chart.Chart().KnowsWorkloads() || r.Chart.Known() == chart.Older {
			all = append(all, unknown(r, "the pods of "+r.Chart.Name()+" are not known"))
			continue
		}
		in := chart.Install{Release: r.Name.Value, Namespace: r.Namespace.Value, Values: values.Plain()}
		proxy := proxyOf(p, out, r)
		for _, w := range r.Chart.Workloads(in) {
			made := Workload{Workload: w, Release: r, Requests: requests(w.Containers)}
			if !made.job() && w.Kind != "DaemonSet" { // daemons of a node are on its network, and not meshed
				made.Requests = made.Requests.plus(proxy)
			}
			all = append(all, made)
		}
	}
	return all
}

// unknown stands for all pods of a release.
func unknown(r *plan.Release, why string) Workload {
	return Workload{Release: r, Workload: chart.Workload{Name: r.Name.Value, Replicas: 1, Unknown: why}}
}

// requests are those of a pod: of all containers together, or of one that ends
// before they start, if that is more.
func requests(containers []chart.Container) Amount {
	var sum, before Amount
	for _, c := range containers {
		a := amount(c.Requests.CPU, c.Requests.Memory)
		// Where there is only a limit, Kubernetes makes it the request.
		limit := amount(c.Limits.CPU, c.Limits.Memory)
		if c.Requests.CPU == "" {
			a.CPU = limit.CPU
		}
		if c.Requests.Memory == "" {
			a.Memory = limit.Memory
		}
		if c.Init {
			before = Amount{max(before.CPU, a.CPU), max(before.Memory, a.Memory)}
		} else {
			sum = sum.plus(a)
		}
	}
	return Amount{max(sum.CPU, before.CPU), max(sum.Memory, before.Memory)}
}

// proxyOf is what Linkerd's proxy asks for in a release's pods: nothing, unless
// annotations or the control plane's values say so (Linkerd 2.19, proxy.resources
// is empty).
func proxyOf(p *plan.Plan, out *emit.Output, r *plan.Release) Amount {
	if p.Linkerd == nil {
		return Amount{}
	}
	annotations := map[string]string{}
	for _, n := range p.Namespaces {
		if n.Name.Value == r.Namespace.Value {
			for _, a := range n.Annotations {
				annotations[a.Key] = a.Value.Value
			}
		}
	}
	if values := out.Values[r.Component]; values != nil && r.Lists("podAnnotationsKeys") {
		for _, key := range r.Strs("podAnnotationsKeys").Value {
			if m, ok := values.Lookup(key).(*tree.Map); ok {
				for _, k := range m.Keys() {
					annotations[k] = text(m.Get(k))
				}
			}
		}
	}
	inject := annotations["linkerd.io/inject"]
	if inject == "disabled" || inject == "" && !p.Linkerd.Meshes(r.Namespace) {
		return Amount{}
	}
	own := func(resource string) string {
		if a := annotations["config.linkerd.io/proxy-"+resource+"-request"]; a != "" {
			return a
		}
		if values := out.Values[p.Linkerd.Component]; values != nil {
			return text(values.Lookup("proxy.resources." + resource + ".request"))
		}
		return ""
	}
	return amount(own("cpu"), own("memory"))
}

// text is that of a leaf, or empty.
func text(n tree.Node) string {
	if l, ok := n.(*tree.Leaf); ok {
		if s, ok := l.Value.(string); ok {
			return s
		}
	}
	return ""
}

// may reports whether a pod may run on a node, room aside. Of labels that only
// the cluster knows, it says yes.
func (w *Workload) may(n *Node) bool {
	for _, key := range slices.Sorted(maps.Keys(w.NodeSelector)) {
		if label, known := n.label(key); known && label != w.NodeSelector[key] {
			return false
		}
	}
	return !n.Tainted || slices.ContainsFunc(w.Tolerations, tolerates)
}

// controlPlane is the taint and the label of a node that is one.
const controlPlane = "node-role.kubernetes.io/control-plane"

func tolerates(t chart.Toleration) bool {
	if t.Effect != "" && t.Effect != "NoSchedule" {
		return false
	}
	if t.Key == "" {
		return t.Operator == "Exists"
	}
	return t.Key == controlPlane && (t.Operator == "Exists" || strings.TrimSpace(t.Value) == "")
}
