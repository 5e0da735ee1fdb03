package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Workload is something that the chart renders, and what its pods ask for.
type Workload struct {
	Name, Kind   string
	Replicas     int    // of a DaemonSet, 1: one on each node
	ReplicasAt   string // the values path of their number, or empty
	Containers   []Container
	NodeSelector map[string]string
	Tolerations  []Toleration
	Apart        bool // no two of its pods may run on one node
	Volumes      []Volume
	Unknown      string // why it is not known what its pods ask for; empty where it is
}

// Container is one of a pod. Amounts are as Kubernetes writes them, empty for
// none.
type Container struct {
	Name             string
	Init             bool // it ends before the others start
	Requests, Limits Amounts
	At               string // the values path of its requests and limits, or empty
}

// Amounts are of what a node has.
type Amounts struct{ CPU, Memory string }

// Toleration is of a node's taints.
type Toleration struct{ Key, Operator, Value, Effect string }

// Volume is one that each pod has of its own.
type Volume struct {
	Name string
	Size string
	At   string // the values path of its size, or empty
}

// workload is one as the table has it. Its texts are as those of a service.
type workload struct {
	span
	name, kind   string
	truncate     int
	when, each   string
	replicas     string
	containers   []container
	nodeSelector string
	tolerations  string
	apart        string
	volumes      []volume
	unknown      string
}

type container struct {
	span
	name, resources, when string
	memcached, memory     string
	init                  bool
}

type volume struct {
	span
	name, size, when string
}

// KnowsWorkloads reports whether the chart's pods are known.
func (c *Chart) KnowsWorkloads() bool { return c.workloads != nil }

// Workloads lists what the chart renders that has pods, sorted by name, or
// nothing where that is not known: see [Chart.KnowsWorkloads]. Of what has no
// pods, such as a Deployment with no replicas, there is nothing either.
func (v *Version) Workloads(in Install) []Workload {
	if v.Known() == Older {
		return nil
	}
	e := v.envOver(v.defaults(v.chart.defaults, v.chart.workloadDefaults), in)
	var out []Workload
	for _, w := range v.chart.workloads {
		if v.within(w.span) {
			e.each(w.each, func() {
				if w.when != "" && !truth(e.eval(w.when)) {
					return
				}
				if made := v.workload(e, w); made.Replicas > 0 {
					out = append(out, made)
				}
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Workload) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (v *Version) workload(e *env, w workload) Workload {
	r := Workload{
		Name:         cut(e.template(w.name), w.truncate),
		Kind:         w.kind,
		Replicas:     1,
		NodeSelector: texts(e.optional(w.nodeSelector)),
		Tolerations:  tolerations(e.optional(w.tolerations)),
		Apart:        w.apart != "" && truth(e.eval(w.apart)),
		Unknown:      w.unknown,
	}
	if w.replicas != "" {
		r.Replicas = 1 // what Kubernetes makes of none
		r.ReplicasAt = w.replicas[strings.LastIndexByte(w.replicas, ' ')+1:]
		if n := e.eval(w.replicas); n != nil {
			r.Replicas = int(number(n))
		}
	}
	for _, c := range w.containers {
		if !v.within(c.span) || c.when != "" && !truth(e.eval(c.when)) {
			continue
		}
		given := e.optional(c.resources)
		if c.memcached != "" && !truth(given) {
			given = memcached(e.eval(c.memcached))
		}
		made := Container{
			Name: c.name, Init: c.init,
			Requests: amounts(given, "request"), Limits: amounts(given, "limit"),
			At: first(c.resources),
		}
		made.Requests.Memory = cmp.Or(made.Requests.Memory, c.memory)
		r.Containers = append(r.Containers, made)
	}
	for _, c := range w.volumes {
		if !v.within(c.span) || c.when != "" && !truth(e.eval(c.when)) {
			continue
		}
		if size := e.eval(c.size); size != nil {
			r.Volumes = append(r.Volumes, Volume{Name: e.template(c.name), Size: fmt.Sprint(size), At: first(c.size)})
		}
	}
	return r
}

// optional evaluates an expression, if there is one.
func (e *env) optional(expression string) any {
	if expression == "" {
		return nil
	}
	return e.eval(expression)
}

// first is the values path that an expression begins with, or empty.
func first(expression string) string {
	path, _, _ := strings.Cut(expression, " ")
	if path == "" || strings.ContainsAny(path[:1], `@.("!`) {
		return ""
	}
	return path
}

// memcached is what the chart loki asks for a cache where the values say
// nothing: a fifth more than it is to use (templates/memcached, as in 6.0.0).
func memcached(v any) any {
	cpu := lookup(v, "allocatedCPU")
	if cpu == nil {
		cpu = "500m"
	}
	memory := fmt.Sprintf("%dMi", (number(lookup(v, "allocatedMemory"))*12+5)/10)
	return map[string]any{
		"requests": map[string]any{"cpu": cpu, "memory": memory},
		"limits":   map[string]any{"memory": memory},
	}
}

// amounts are requests or limits, in Kubernetes' form or in Linkerd's, which
// says for each resource what to request and limit.
func amounts(v any, which string) Amounts {
	text := func(key string) string {
		for _, path := range []string{which + "s." + key, key + "." + which} {
			if a := lookup(v, path); a != nil {
				return fmt.Sprint(a)
			}
		}
		return ""
	}
	return Amounts{CPU: text("cpu"), Memory: text("memory")}
}

// texts are the entries of a map of labels.
func texts(v any) map[string]string {
	m, _ := v.(map[string]any)
	if len(m) == 0 {
		return nil
	}
	out := make(map[string]string, len(m))
	for key, value := range m {
		if value != nil {
			out[key] = fmt.Sprint(value)
		}
	}
	return out
}

func tolerations(v any) []Toleration {
	list, _ := v.([]any)
	var out []Toleration
	for _, element := range list {
		text := func(key string) string {
			s, _ := lookup(element, key).(string)
			return s
		}
		out = append(out, Toleration{Key: text("key"), Operator: text("operator"), Value: text("value"), Effect: text("effect")})
	}
	return out
}
