// Package pods emits what holds for the pods of every chart, each in the places
// where the chart takes it: registry, nodes, priority, volumes, security,
// ServiceMonitors, and the full name. It comes after the families' emitters, and
// leaves alone what they have set.
package pods

import (
	"strconv"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "pods",
	Doc:  "what holds for the pods of every chart: registry, nodes, priority, volumes, security, ServiceMonitors",
	Run:  run,
}

func run(c *emit.Context) error {
	for _, r := range c.Plan.Releases {
		if r.Chart == nil || !r.InTree() && c.Output.Values[r.Component] == nil {
			continue // nobody reads values of it
		}
		w := &writer{Context: c, r: r, p: c.Plan.Pods}
		w.name()
		w.registry()
		w.nodes()
		w.storage()
		w.security()
		w.monitors()
	}
	return nil
}

type writer struct {
	*emit.Context
	r *plan.Release
	p plan.Pods
}

// each calls f with every path that a feature lists, and with the feature as a
// fact. A chart of which nothing is known about it has none.
func (w *writer) each(feature string, f func(at string, from fact.Any)) {
	if !w.r.Knows(feature) {
		return
	}
	keys := w.r.Strs(feature)
	for _, at := range keys.Value {
		f(at, fact.Derive(at, keys))
	}
}

// set writes what no emitter has written. Where the chart takes it is part of
// its origin.
func (w *writer) set(at string, value, from fact.Any) {
	v := w.Values(w.r.Component)
	if v.Lookup(at) == nil {
		v.Set(at, fact.Derive(value.Any(), value, from))
	}
}

func (w *writer) name() {
	if w.r.Named {
		w.set("fullnameOverride", w.r.Fullname, w.Bool(true, "what the charts call the full name"))
	}
}

func (w *writer) registry() {
	if w.p.Registry.Value == "" {
		return
	}
	w.each("registryKeys", func(at string, from fact.Any) { w.set(at, w.p.Registry, from) })
	w.each("imageKeys", func(image string, from fact.Any) {
		at, name, _ := strings.Cut(image, "=")
		if host, rest, ok := strings.Cut(name, "/"); ok && strings.Contains(host, ".") {
			name = rest // the mirror stands in the registry's place
		}
		w.set(at, fact.Sprintf("%s/%s", w.p.Registry, name), from)
	})
}

func (w *writer) nodes() {
	w.each("nodeSelectorKeys", func(at string, from fact.Any) {
		for _, s := range w.p.NodeSelector {
			w.set(tree.JoinKey(at, s.Key), s.Value, from)
		}
	})
	w.each("tolerationsKeys", func(at string, from fact.Any) {
		if v := w.Values(w.r.Component); len(w.p.Tolerations) == 0 || v.Lookup(at) != nil {
			return
		}
		for i, t := range w.p.Tolerations {
			put := func(key string, leaf fact.Any, present bool) {
				if present {
					w.set(at+"["+strconv.Itoa(i)+"]."+key, leaf, from)
				}
			}
			put("key", plan.Leaf(t.Key), t.Key.Present())
			put("operator", plan.Leaf(t.Operator), true)
			put("value", plan.Leaf(t.Value), t.Value.Present())
			put("effect", plan.Leaf(t.Effect), t.Effect.Present())
			put("tolerationSeconds", plan.Leaf(t.Seconds), t.Seconds.Present())
		}
	})
	if w.p.PriorityClass.Value != "" {
		w.each("priorityClassKeys", func(at string, from fact.Any) { w.set(at, w.p.PriorityClass, from) })
	}
}

func (w *writer) storage() {
	if w.p.StorageClass.Value == "" {
		return
	}
	w.each("storageClassKeys", func(at string, from fact.Any) {
		// A claim is asked for by being there: one with nothing but a class has
		// no size.
		claim, _, isClaim := strings.Cut(at, ".volumeClaimTemplate.")
		if isClaim && w.Values(w.r.Component).Lookup(claim) == nil {
			return
		}
		w.set(at, w.p.StorageClass, from)
	})
}

// security writes what the chart's own values lack for the standard restricted.
// What is right for a pod is right for its containers, too.
func (w *writer) security() {
	if w.p.Security.Value != "restricted" || w.Plan.Enforced(w.r).Value != "restricted" {
		return
	}
	lacks := w.r.Lacks()
	pod, container := "podSecurityKeys", "containerSecurityKeys"
	if !w.r.Lists(pod) {
		pod = container
	}
	why := fact.Derive(true, w.p.Security, lacks)
	for _, lack := range lacks.Value {
		switch lack {
		case "nonroot":
			w.each(pod, func(at string, from fact.Any) {
				w.set(at+".runAsNonRoot", why, from)
				if w.r.Knows("userID") {
					w.set(at+".runAsUser", w.r.Int("userID"), why)
				}
			})
		case "seccomp":
			w.each(pod, func(at string, from fact.Any) {
				w.set(at+".seccompProfile.type", fact.Derive("RuntimeDefault", why), from)
			})
		case "escalation":
			w.each(container, func(at string, from fact.Any) {
				w.set(at+".allowPrivilegeEscalation", fact.Derive(false, why), from)
			})
		case "capabilities":
			w.each(container, func(at string, from fact.Any) {
				w.set(at+".capabilities.drop[0]", fact.Derive("ALL", why), from)
			})
		}
	}
}

func (w *writer) monitors() {
	if !w.Plan.Monitored(w.r) {
		return
	}
	w.each("serviceMonitorKeys", func(at string, from fact.Any) { w.set(at, w.p.Monitors, from) })
	w.each("serviceMonitorNeeds", func(at string, from fact.Any) { w.set(at, w.p.Monitors, from) })
	if w.p.MonitorLabel.Value != "" {
		w.each("serviceMonitorLabelsKeys", func(at string, from fact.Any) { w.set(at+".release", w.p.MonitorLabel, from) })
	}
}
