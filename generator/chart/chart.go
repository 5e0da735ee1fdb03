// Package chart is what is known about Helm charts by version: features,
// Services and ports, receivers, what a release renamed, and which repository
// holds what. Which values a chart reads is known to package keys below it.
//
// Code asks for a feature of a version and never compares versions itself: a
// test of this package fails on a comparison anywhere else. The facts are data,
// in schema/charts, and compiled into a table, so that nothing is evaluated
// when the program runs.
package chart

//go:generate go run ./gen

import (
	"slices"
	"strings"

	"golang.org/x/mod/semver"
)

// Chart is one Helm chart.
type Chart struct {
	name           string
	oldest, newest string
	repositories   []repository
	deprecated     []deprecation
	apps           []app     // sorted by version, as a string
	features       []feature // sorted by name
	renames        []Rename  // those that no feature tells
	defaults       []preset  // sorted by path
	services       []service // in the order of the data

	workloadDefaults []preset   // sorted by path, those of services aside
	workloads        []workload // in the order of the data
}

type repository struct{ url, from, until string }

// deprecation is of the chart, or of what one repository serves of it.
type deprecation struct {
	span
	repository, instead string
}

type app struct{ version, app string }

// feature has the value of the last step that is not newer than the version.
type feature struct {
	name, doc string
	steps     []step // ascending, all values of one type
}

// step's value is a bool, an int64, a string or a []string.
type step struct {
	from   string
	value  any
	source string
	beside bool // the path of the step before goes on working
}

// Find gives the chart of that name.
func Find(name string) (*Chart, bool) {
	i, ok := slices.BinarySearchFunc(table, name, func(c Chart, name string) int {
		return strings.Compare(c.name, name)
	})
	if !ok {
		return nil, false
	}
	return &table[i], true
}

// Names lists the charts, sorted.
func Names() []string {
	names := make([]string, len(table))
	for i := range table {
		names[i] = table[i].name
	}
	return names
}

// Name is the chart's name.
func (c *Chart) Name() string { return c.name }

// Oldest is the oldest version that the facts were checked against.
func (c *Chart) Oldest() string { return c.oldest }

// Newest is the newest version that the facts were checked against.
func (c *Chart) Newest() string { return c.newest }

// Releases lists the known releases of the chart, in ascending order.
func (c *Chart) Releases() []string {
	out := make([]string, len(c.apps))
	for i, a := range c.apps {
		out[i] = a.version
	}
	slices.SortFunc(out, Compare)
	return out
}

// Nearest gives the newest release up to a version, and whether it is that very
// version. A version before a release (with a dash) is not looked for: those are
// not in the table.
func (c *Chart) Nearest(version string) (release string, exact bool) {
	if strings.Contains(version, "-") || c.At(version).App() != "" {
		return version, true
	}
	for _, r := range c.Releases() {
		if Compare(r, version) <= 0 {
			release = r
		}
	}
	return release, false
}

// KnowsRepository reports whether the URL is one that serves the chart at any
// version. Of another, such as a mirror, nothing is known.
func (c *Chart) KnowsRepository(url string) bool {
	return slices.ContainsFunc(c.repositories, func(r repository) bool { return r.url == trimURL(url) })
}

// At gives the chart at an exact version. One that is not [Valid] counts as
// older than all others.
func (c *Chart) At(version string) *Version { return &Version{chart: c, version: version} }

// Valid reports whether the version is an exact one, such as 1.61.3, and no
// range.
func Valid(version string) bool {
	v := "v" + version
	return semver.IsValid(v) && semver.Canonical(v)+semver.Build(v) == v
}

// Compare orders versions by semver precedence. It is for those who keep lists
// of releases; code that asks what a version can do asks for a feature.
func Compare(a, b string) int { return semver.Compare("v"+a, "v"+b) }

func trimURL(url string) string { return strings.TrimRight(url, "/") }

// Fullname is the naming rule of Helm's usual helper: the release if it
// contains the name, otherwise both, cut at a length, and without the dash that
// the cut may leave at the end. Subcharts go by the release too.
func Fullname(release, name string, truncate int) string {
	full := release
	if !strings.Contains(release, name) {
		full = release + "-" + name
	}
	return cut(full, truncate)
}

// cut shortens a name to a length, if that is not zero, and takes the dash away
// that this may leave at its end.
func cut(name string, length int) string {
	if length > 0 && len(name) > length {
		name = name[:length]
	}
	return strings.TrimSuffix(name, "-")
}
