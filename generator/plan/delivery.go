package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Delivery is how a release reaches the cluster.
type Delivery struct {
	Way Way

	// Of a release of the tree.
	Interval     fact.String
	Timeout      fact.String
	Suspend      fact.Bool
	HealthChecks []topology.HealthCheck

	// The user's HelmRelease, which a Component adds values to.
	Name      fact.String
	Namespace fact.String
}

// Way is by whom a release is installed.
type Way int

const (
	ByTree      Way = iota // the tree has the HelmRelease
	ByComponent            // the user has it, and a Component of the tree adds to it
	ByOthers               // somehow else: the tree has a file of values, for a person
)

// InTree reports whether the tree has the release's HelmRelease.
func (r *Release) InTree() bool { return r.Delivery.Way == ByTree }

// delivery resolves how the release is delivered; d may be nil.
func (l *linker) delivery(r *Release, d *topology.Delivery) {
	f := l.Flux
	r.Delivery = Delivery{Interval: f.Interval, Timeout: f.ReleaseTimeout}
	switch {
	case d == nil:
	case d.DeliverComponent != nil:
		c := d.DeliverComponent
		r.Delivery = Delivery{Way: ByComponent, Name: r.Name, Namespace: r.Namespace}
		if c.Name.Present() {
			r.Delivery.Name = of(c.Name)
		}
		if c.Namespace.Present() {
			r.Delivery.Namespace = of(c.Namespace)
		}
	case d.DeliverNone != nil:
		r.Delivery = Delivery{Way: ByOthers}
	case d.DeliverRelease != nil:
		in := d.DeliverRelease
		r.Delivery.Suspend = of(in.Suspend)
		r.Delivery.HealthChecks = in.HealthChecks
		if in.Interval.Present() {
			r.Delivery.Interval = of(in.Interval)
		}
		if in.Timeout.Present() {
			r.Delivery.Timeout = of(in.Timeout)
		}
		for _, n := range in.DependsOn {
			r.Needs = append(r.Needs, of(n))
		}
	}
}

// needs lets a release wait for another one's Kustomization, where there is one.
func (r *Release) needs(other *Release, why fact.Any) {
	if other.InTree() {
		r.Needs = append(r.Needs, fact.Derive(Kustomization(other.Component), why))
	}
}
