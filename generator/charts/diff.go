package charts

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
)

// Diff is what changes from one version of a chart to another.
type Diff struct {
	Chart     string `json:"chart"`
	Old       string `json:"old"`
	New       string `json:"new"`
	Downgrade bool   `json:"downgrade"`

	AppVersion    Change           `json:"appVersion"`
	Repository    Change           `json:"repository"`
	MinKubernetes Change           `json:"minKubernetes"`
	Deprecated    Change           `json:"deprecated"` // what takes its place; or empty
	Features      []FeatureChange  `json:"features"`
	KnowsServices bool             `json:"knowsServices"`
	Services      []ServiceChange  `json:"services"`
	Receivers     []ReceiverChange `json:"receivers"`
	Keys          KeysDiff         `json:"keys"`
	Profile       *Touched         `json:"profile,omitempty"` // with one: what of it all touches that
	Release       string           `json:"release"`           // by whose name the Services are called
}

// Change is a text at both versions.
type Change struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// Is reports whether it is one.
func (c Change) Is() bool { return c.Old != c.New }

// FeatureChange is a feature with another value. A nil value is none at all.
type FeatureChange struct {
	Name   string `json:"name"`
	Doc    string `json:"doc"`
	Old    any    `json:"old"`
	New    any    `json:"new"`
	Source string `json:"source,omitempty"`
}

// ServiceChange is a Service that comes, goes, or changes.
type ServiceChange struct {
	Old   string       `json:"old"` // its name; empty where it is new
	New   string       `json:"new"` // its name; empty where it is gone
	Ports []PortChange `json:"ports"`
}

// PortChange is a port of a Service that comes, goes, or changes.
type PortChange struct {
	Old *Port `json:"old"`
	New *Port `json:"new"`
}

// ReceiverChange is a receiver that comes, goes, or listens elsewhere.
type ReceiverChange struct {
	Name string    `json:"name"`
	Old  *Receiver `json:"old"`
	New  *Receiver `json:"new"`
}

// Alike reports whether nothing changes but what stands at the head of it all.
func (d *Diff) Alike() bool {
	k := d.Keys
	return len(d.Features) == 0 && len(d.Services) == 0 && len(d.Receivers) == 0 &&
		len(k.Renamed) == 0 && len(k.Removed) == 0 && len(k.Added) == 0 && len(k.Changed) == 0
}

// Diff compares two versions of one chart.
func (k *Knowledge) Diff(from, to Subject) (*Diff, error) {
	if from.Name != to.Name {
		return nil, fmt.Errorf("%s and %s are two charts: a diff is between versions of one", from, to)
	}
	d := &Diff{
		Chart: from.Name, Old: from.Number, New: to.Number,
		Downgrade:  chart.Compare(from.Number, to.Number) > 0,
		AppVersion: Change{k.app(from), k.app(to)},
		Features:   []FeatureChange{}, Services: []ServiceChange{}, Receivers: []ReceiverChange{},
		Keys: k.diffKeys(from, to),
	}
	if from.At == nil || to.At == nil {
		return d, nil
	}
	d.Repository = Change{from.At.Repository(), to.At.Repository()}
	d.MinKubernetes = Change{known(from.At, "minKubernetes"), known(to.At, "minKubernetes")}
	d.Deprecated = Change{from.At.Deprecated(from.At.Repository()), to.At.Deprecated(to.At.Repository())}
	d.KnowsServices = to.At.Chart().KnowsServices() || to.Product() // which has none
	d.Release = defaultRelease(to)
	d.Features = features(from.At, to.At)
	d.install(from.At, to.At, chart.Install{Release: d.Release}, chart.Install{Release: d.Release})
	return d, nil
}

// install compares what the versions render.
func (d *Diff) install(from, to *chart.Version, before, after chart.Install) {
	d.Release = after.Release
	d.Services = compareServices(services(from, before), services(to, after), from.Fullname(before.Release), to.Fullname(after.Release))
	d.Receivers = compareReceivers(receivers(from, before.Values), receivers(to, after.Values))
}

// known is a feature's text, or empty where the chart has no such feature.
func known(v *chart.Version, feature string) string {
	if !v.Knows(feature) {
		return ""
	}
	return v.String(feature)
}

// elsewhere are features that a diff shows in their own place.
var elsewhere = []string{"minKubernetes", "receivers"}

func features(from, to *chart.Version) []FeatureChange {
	out := []FeatureChange{}
	for _, name := range to.Features() {
		a, b := from.Value(name), to.Value(name)
		if reflect.DeepEqual(a, b) || slices.Contains(elsewhere, name) {
			continue
		}
		out = append(out, FeatureChange{name, to.Doc(name), a, b, to.Evidence(name)})
	}
	return out
}

// compareServices pairs Services by name. Where the first part of all names
// changes, those that are alike but for it are the same.
func compareServices(old, new []Service, oldFull, newFull string) []ServiceChange {
	out := []ServiceChange{}
	rest := slices.Clone(new)
	for _, a := range old {
		i := slices.IndexFunc(rest, func(b Service) bool { return b.Name == a.Name })
		if suffix, ok := strings.CutPrefix(a.Name, oldFull); i < 0 && ok && oldFull != newFull {
			i = slices.IndexFunc(rest, func(b Service) bool { return b.Name == newFull+suffix })
		}
		if i < 0 {
			out = append(out, ServiceChange{Old: a.Name, Ports: []PortChange{}})
			continue
		}
		b := rest[i]
		rest = slices.Delete(rest, i, i+1)
		if ports := comparePorts(a.Ports, b.Ports); a.Name != b.Name || len(ports) > 0 {
			out = append(out, ServiceChange{a.Name, b.Name, ports})
		}
	}
	for _, b := range rest {
		out = append(out, ServiceChange{New: b.Name, Ports: comparePorts(nil, b.Ports)})
	}
	return out
}

// comparePorts pairs ports by name, and those of another name by number.
func comparePorts(old, new []Port) []PortChange {
	out := []PortChange{}
	rest := slices.Clone(new)
	take := func(is func(Port) bool) *Port {
		i := slices.IndexFunc(rest, is)
		if i < 0 {
			return nil
		}
		p := rest[i]
		rest = slices.Delete(rest, i, i+1)
		return &p
	}
	var unnamed []Port
	for _, a := range old {
		b := take(func(b Port) bool { return b.Name == a.Name })
		switch {
		case b == nil:
			unnamed = append(unnamed, a)
		case *b != a:
			out = append(out, PortChange{&a, b})
		}
	}
	for _, a := range unnamed {
		out = append(out, PortChange{&a, take(func(b Port) bool { return b.Port == a.Port && b.Protocol == a.Protocol })})
	}
	for _, b := range rest {
		out = append(out, PortChange{nil, &b})
	}
	return out
}

func compareReceivers(old, new []Receiver) []ReceiverChange {
	out := []ReceiverChange{}
	rest := slices.Clone(new)
	for _, a := range old {
		i := slices.IndexFunc(rest, func(b Receiver) bool { return b.Name == a.Name })
		if i < 0 {
			out = append(out, ReceiverChange{a.Name, &a, nil})
			continue
		}
		b := rest[i]
		if rest = slices.Delete(rest, i, i+1); a != b {
			out = append(out, ReceiverChange{a.Name, &a, &b})
		}
	}
	for _, b := range rest {
		out = append(out, ReceiverChange{b.Name, nil, &b})
	}
	return out
}
