package charts

import (
	"cmp"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
)

// Shown is what is known of one version. As JSON it is for machines, which rely
// on its form.
type Shown struct {
	Chart      string         `json:"chart"`
	Version    string         `json:"version"`
	AppVersion string         `json:"appVersion"`
	Features   map[string]any `json:"features"`
	Services   []Service      `json:"services"`
	Receivers  []Receiver     `json:"receivers"`
	Keys       *Key           `json:"keys,omitempty"` // of the path that was asked for

	Details       []Feature `json:"-"` // the same features, with what they mean
	Repository    string    `json:"-"`
	Deprecated    []string  `json:"-"` // what takes its place, where it is given up
	KnowsServices bool      `json:"-"`
	Release       string    `json:"-"` // by whose name the Services are called
}

// Feature is one that is present.
type Feature struct {
	Name   string
	Value  any // bool, int64, string or []string
	Doc    string
	Source string // where it was read, or what happens otherwise; or empty
}

// Service is one that the chart renders.
type Service struct {
	Name  string `json:"name"`
	Ports []Port `json:"ports"`

	Headless bool   `json:"-"`
	Type     string `json:"-"`
}

// Port is one of a Service.
type Port struct {
	Name     string `json:"name"`
	Port     int    `json:"port"`
	Protocol string `json:"protocol"`
}

// Receiver is one that takes spans.
type Receiver struct {
	Name string `json:"name"`
	Port int    `json:"port"`
	Key  string `json:"key"` // the values path that turns it on
	On   bool   `json:"on"`  // with the given values
}

// Show gives what is known of a version, as installed. Without a release name
// it is installed under the chart's own.
func (k *Knowledge) Show(s Subject, in chart.Install) *Shown {
	out := &Shown{
		Chart: s.Name, Version: s.Number, AppVersion: k.app(s),
		Features: map[string]any{}, Services: []Service{}, Receivers: []Receiver{},
	}
	if s.At == nil {
		return out
	}
	for _, name := range s.At.Features() {
		if s.At.Has(name) {
			f := Feature{name, s.At.Value(name), s.At.Doc(name), s.At.Evidence(name)}
			out.Features[name] = f.Value
			out.Details = append(out.Details, f)
		}
	}
	in.Release = cmp.Or(in.Release, defaultRelease(s))
	out.Release, out.Repository, out.Deprecated = in.Release, s.At.Repository(), deprecations(s.At)
	out.KnowsServices = s.At.Chart().KnowsServices()
	out.Services, out.Receivers = services(s.At, in), receivers(s.At, in.Values)
	return out
}

// defaultRelease is the name under which a chart is usually installed: the part
// that its newest version adds to any other.
func defaultRelease(s Subject) string {
	if s.At == nil {
		return s.Name
	}
	c := s.At.Chart()
	return cmp.Or(c.At(c.Newest()).String("name"), s.Name)
}

// app is the software's version, which the contract of an imported chart has.
func (k *Knowledge) app(s Subject) string {
	if s.Own {
		if c := k.Library.Own(s.Name, s.Number); c != nil && c.App != "" {
			return c.App
		}
	}
	return s.App()
}

func services(v *chart.Version, in chart.Install) []Service {
	out := []Service{}
	for _, s := range v.Services(in) {
		r := Service{Name: s.Name, Ports: []Port{}, Headless: s.Headless, Type: s.Type}
		for _, p := range s.Ports {
			r.Ports = append(r.Ports, Port{p.Name, p.Port, p.Protocol})
		}
		out = append(out, r)
	}
	return out
}

func receivers(v *chart.Version, values map[string]any) []Receiver {
	out := []Receiver{}
	for _, r := range v.Receivers(values) {
		out = append(out, Receiver{r.Name, r.Port, r.Key, r.On})
	}
	return out
}

// release names the subject to the library of value keys.
func (k *Knowledge) release(s Subject) keys.Release {
	return keys.Release{Chart: s.Name, Version: s.Number, App: k.app(s)}
}
