package charts

import (
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
)

// Entry is a chart in the list of them all.
type Entry struct {
	Chart      string `json:"chart"`
	Oldest     string `json:"oldest"`
	Newest     string `json:"newest"`
	Versions   int    `json:"versions"`   // how many releases are known
	Keys       int    `json:"keys"`       // of how many of them the value keys are
	AppVersion string `json:"appVersion"` // of the newest
	Repository string `json:"repository"` // the default of the newest; empty for a product that is no chart
	Deprecated string `json:"deprecated"` // what is given up, and what takes its place; or empty
	Pins       []Pin  `json:"pins"`

	Imported []string `json:"imported"` // versions that the user imported
}

// Release is a version of a chart, in the list of all of them.
type Release struct {
	Version    string   `json:"version"`
	AppVersion string   `json:"appVersion"`
	Repository string   `json:"repository"`
	Deprecated string   `json:"deprecated"`
	Keys       bool     `json:"keys"`
	Profiles   []string `json:"profiles"`
}

// List has every chart, by name: those that tracegen knows, and behind them
// those that only a contract of the user's is known of.
func (k *Knowledge) List(pins []Pin) []Entry {
	var out []Entry
	for _, name := range chart.Names() {
		c, _ := chart.Find(name)
		newest := c.At(c.Newest())
		e := Entry{
			Chart: name, Oldest: c.Oldest(), Newest: c.Newest(), Versions: len(c.Releases()),
			AppVersion: newest.App(), Repository: newest.Repository(),
			Deprecated: deprecated(c), Pins: pinsOf(name, pins), Imported: orEmpty(k.imports(name)),
		}
		for _, r := range c.Releases() {
			if k.knows(name, r) {
				e.Keys++
			}
		}
		out = append(out, e)
	}
	var others []string
	for _, i := range k.Imported {
		if _, ok := chart.Find(i.Chart); !ok && !slices.Contains(others, i.Chart) {
			others = append(others, i.Chart)
		}
	}
	for _, name := range others {
		own := k.imports(name)
		out = append(out, Entry{Chart: name, Oldest: own[0], Newest: own[len(own)-1], Versions: len(own), Keys: len(own), Pins: []Pin{}, Imported: own})
	}
	return out
}

// Releases lists the versions of a chart, the newest first.
func (k *Knowledge) Releases(name string, pins []Pin) ([]Release, error) {
	own := k.imports(name)
	c, ok := chart.Find(name)
	if !ok && len(own) == 0 {
		return nil, k.unknownChart(name)
	}
	all := slices.Clone(own)
	if ok {
		all = append(all, c.Releases()...)
	}
	for _, p := range pinsOf(name, pins) {
		all = append(all, p.Version) // even one that is no release
	}
	slices.SortFunc(all, func(a, b string) int {
		if n := chart.Compare(b, a); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	out := []Release{}
	for _, version := range slices.Compact(all) {
		r := Release{Version: version, Keys: k.knows(name, version), Profiles: []string{}}
		if ok {
			v := c.At(version)
			r.AppVersion, r.Repository, r.Deprecated = v.App(), v.Repository(), strings.Join(deprecations(v), "; ")
		}
		for _, p := range pins {
			if p.Chart == name && p.Version == version {
				r.Profiles = append(r.Profiles, p.Profile)
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// deprecated says what of a chart is given up: its newest version, or the copies
// of a repository that goes no further.
func deprecated(c *chart.Chart) string {
	var out []string
	for _, version := range slices.Backward(c.Releases()) {
		for _, text := range deprecations(c.At(version)) {
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return strings.Join(out, "; ")
}

// deprecations says what takes a version's place where its maintainers have given
// it up: everywhere, or in one of the repositories that hold it.
func deprecations(v *chart.Version) []string {
	if instead := v.Deprecated(v.Repository()); instead != "" {
		return []string{"use " + instead}
	}
	var out []string
	for _, url := range v.Repositories() {
		if instead := v.Deprecated(url); instead != "" {
			out = append(out, "in "+url+": use "+instead)
		}
	}
	return out
}

// knows reports whether the value keys of a version are known.
func (k *Knowledge) knows(name, version string) bool {
	if slices.Contains(k.Imported, Own{name, version}) {
		return true
	}
	known := k.Library.Known(name)
	return known != nil && known.Has(version)
}

func pinsOf(name string, pins []Pin) []Pin {
	out := []Pin{}
	for _, p := range pins {
		if p.Chart == name {
			out = append(out, p)
		}
	}
	return out
}

// orEmpty makes a list of none, which JSON prints as one.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
