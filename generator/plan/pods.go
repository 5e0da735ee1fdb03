package plan

import (
	"slices"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Pods is what holds for the pods of every chart, each of which takes it in its
// own place. What is not said is empty.
type Pods struct {
	Registry      fact.String
	StorageClass  fact.String
	NodeSelector  []Pair
	Tolerations   []topology.Toleration
	PriorityClass fact.String
	Security      fact.String // baseline or restricted
	Monitors      fact.Bool   // whether there are ServiceMonitors
	MonitorLabel  fact.String // value of the label release, which an operator selects by
}

// SecurityLabel makes a namespace enforce a Pod Security Standard.
const SecurityLabel = "pod-security.kubernetes.io/enforce"

func (l *linker) pods() {
	in := l.t.Cluster
	p := &l.Pods
	for _, e := range in.NodeSelector {
		p.NodeSelector = append(p.NodeSelector, Pair{e.Key.Value, of(e.Value)})
	}
	p.Tolerations = in.Tolerations
	p.Registry, p.StorageClass = of(in.Registry), of(in.StorageClass)
	p.PriorityClass, p.Security = of(in.PriorityClass), of(in.PodSecurity)
	l.monitors()
}

// monitors settles whether there are ServiceMonitors. They are a custom resource
// of the Prometheus operator, so that a chart with one cannot be installed
// before kube-prometheus-stack; its operator selects them by its release.
func (l *linker) monitors() {
	stack := l.Prometheus != nil && l.Prometheus.Stack && l.Grafana != nil && l.Grafana.Stack
	l.Pods.Monitors = of(l.t.Cluster.ServiceMonitors)
	if !l.t.Cluster.ServiceMonitors.Present() && stack {
		l.Pods.Monitors = fact.Derive(true, of(l.t.Prometheus.Kind))
	}
	if !l.Pods.Monitors.Value || !stack {
		return
	}
	l.Pods.MonitorLabel = l.Grafana.Name
	for _, r := range l.Releases {
		if l.Monitored(r) {
			r.needs(l.Grafana.Release, l.Pods.Monitors)
		}
	}
}

// Monitored reports whether the values make the chart's ServiceMonitor. One that
// could not have the label that the operator selects by would stand for nothing;
// kube-prometheus-stack's own are there by default.
func (p *Plan) Monitored(r *Release) bool {
	if p.Grafana != nil && p.Grafana.Stack && r == p.Grafana.Release {
		return false
	}
	labels := p.Pods.MonitorLabel.Value == "" || r.Lists("serviceMonitorLabelsKeys")
	return p.Pods.Monitors.Value && labels && r.Lists("serviceMonitorKeys")
}

// Lacks is what the pods lack to run under the standard restricted, as far as
// the values can mend it: capabilities, escalation, nonroot and seccomp.
func (r *Release) Lacks() fact.Of[[]string] {
	switch {
	case r.Knows("restrictedNeeds"):
		return r.Strs("restrictedNeeds")
	case r.Knows("restricted") && r.Bool("restricted").Value:
		return fact.Derive[[]string](nil, r.Bool("restricted"))
	case r.Knows("restricted"):
		return fact.Derive([]string{"capabilities", "escalation", "nonroot", "seccomp"}, r.Bool("restricted"))
	}
	return fact.Of[[]string]{}
}

// Runs reports whether the chart's pods can run under a Pod Security Standard,
// with what the values can mend, and the feature that says so.
func (r *Release) Runs(standard string) (ok bool, why fact.Any) {
	if r.Knows("baseline") {
		if baseline := r.Bool("baseline"); !baseline.Value {
			return false, baseline
		}
	}
	if standard != "restricted" {
		return true, fact.Bool{}
	}
	if r.Knows("restrictable") {
		if can := r.Bool("restrictable"); !can.Value {
			return false, can
		}
	}
	lacks := r.Lacks()
	pod, container := r.Lists("podSecurityKeys"), r.Lists("containerSecurityKeys")
	for _, l := range lacks.Value {
		switch l {
		case "capabilities", "escalation":
			ok = container
		case "nonroot": // an image that runs as root needs another user
			ok = (pod || container) && (!r.Knows("userID") || r.Int("userID").Value > 0)
		default:
			ok = pod || container
		}
		if !ok {
			return false, lacks
		}
	}
	return true, lacks
}

// Lists reports whether something is known of the chart's values that lists
// keys, and has any.
func (r *Release) Lists(keys string) bool { return r.Knows(keys) && len(r.Strs(keys).Value) > 0 }

// Enforced is the standard that a release's namespace enforces: the cluster's,
// unless the namespace has a label of its own.
func (p *Plan) Enforced(r *Release) fact.String {
	if d, ok := p.Topology.Namespaces.Get(r.Namespace.Value); ok {
		i := slices.IndexFunc(d.Labels, func(e topology.Entry[topology.String]) bool { return e.Key.Value == SecurityLabel })
		if i >= 0 {
			return of(d.Labels[i].Value)
		}
	}
	return p.Pods.Security
}
