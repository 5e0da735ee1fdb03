package chart

import (
	"fmt"
	"slices"
	"strings"
)

// Version is a chart at one version.
type Version struct {
	chart   *Chart
	version string
}

// Range says how a version lies to those that the facts were checked against.
type Range int

const (
	Older  Range = iota // nothing is known of it
	Within              // its facts are known
	Newer               // it gets the facts of the newest
)

// String gives the word.
func (r Range) String() string {
	return [...]string{"older", "within", "newer"}[r]
}

// Known says how the version lies to the known ones.
func (v *Version) Known() Range {
	switch {
	case Compare(v.version, v.chart.oldest) < 0:
		return Older
	case Compare(v.version, v.chart.newest) > 0:
		return Newer
	}
	return Within
}

// Name is the chart's name and version, such as "tempo 2.2.4".
func (v *Version) Name() string { return v.chart.name + " " + v.version }

// Chart is the chart that this is a version of.
func (v *Version) Chart() *Chart { return v.chart }

// Number is the version's number.
func (v *Version) Number() string { return v.version }

// Features lists the names of what is known of the chart, sorted, whether
// present at this version or not.
func (v *Version) Features() []string {
	names := make([]string, len(v.chart.features))
	for i, f := range v.chart.features {
		names[i] = f.name
	}
	return names
}

// Knows reports whether there is such a feature of the chart, at whatever
// version.
func (v *Version) Knows(feature string) bool {
	_, ok := v.find(feature)
	return ok
}

// Has reports whether the feature is present. It is not at a version before
// its first step.
func (v *Version) Has(feature string) bool { return v.step(feature) != nil }

// Int is the feature's number, or zero where it is absent. Like its siblings
// it panics if the chart has no such feature, or one of another type: both are
// mistakes of the calling code, not of the user.
func (v *Version) Int(feature string) int64 { return get[int64](v, feature) }

// Bool is the feature's truth, or false where it is absent.
func (v *Version) Bool(feature string) bool { return get[bool](v, feature) }

// String is the feature's text, or empty where it is absent.
func (v *Version) String(feature string) string { return get[string](v, feature) }

// Strings is a copy of the feature's list, or nil where it is absent.
func (v *Version) Strings(feature string) []string {
	return slices.Clone(get[[]string](v, feature))
}

// Value is the feature's value of whatever type, or nil where it is absent.
func (v *Version) Value(feature string) any {
	s := v.step(feature)
	if s == nil {
		return nil
	}
	return s.value
}

// Doc says what the feature's value means.
func (v *Version) Doc(feature string) string { return v.feature(feature).doc }

// Evidence says where the feature's value was read, or what happens otherwise.
// It is empty where the value needs no explanation.
func (v *Version) Evidence(feature string) string {
	s := v.step(feature)
	if s == nil {
		return ""
	}
	return s.source
}

// Source says in one line where the feature's value comes from, such as
// "tempo-distributed 1.61.3: httpPort is 3200 from 1.41.0".
func (v *Version) Source(feature string) string {
	s := v.step(feature)
	if s == nil {
		return fmt.Sprintf("%s: %s is absent", v.Name(), feature)
	}
	value := s.value
	switch list, ok := value.([]string); {
	case ok && len(list) > 0:
		value = strings.Join(list, ", ")
	case ok, value == "":
		value = "empty"
	}
	return fmt.Sprintf("%s: %s is %v from %s", v.Name(), feature, value, s.from)
}

// App is the software's version in this release of the chart, without a
// leading v, or empty where the release is not known.
func (v *Version) App() string {
	i, ok := slices.BinarySearchFunc(v.chart.apps, v.version, func(a app, version string) int {
		return strings.Compare(a.version, version)
	})
	if !ok {
		return ""
	}
	return v.chart.apps[i].app
}

// Repository is the URL that the version is best taken from, or empty where
// none is known to hold it.
func (v *Version) Repository() string {
	i := slices.IndexFunc(v.chart.repositories, v.in)
	if i < 0 {
		return ""
	}
	return v.chart.repositories[i].url
}

// Repositories are the URLs that hold the version, the one that it is best taken
// from first.
func (v *Version) Repositories() []string {
	var out []string
	for _, r := range v.chart.repositories {
		if v.in(r) {
			out = append(out, r.url)
		}
	}
	return out
}

// OCI is the oci:// address that serves the version, or empty where none is
// known to.
func (v *Version) OCI() string {
	for _, r := range v.chart.repositories {
		if strings.HasPrefix(r.url, "oci://") && v.in(r) {
			return r.url
		}
	}
	return ""
}

// HasRepository reports whether the repository holds the version. It says no
// of a URL that [Chart.KnowsRepository] does not know.
func (v *Version) HasRepository(url string) bool {
	return slices.ContainsFunc(v.chart.repositories, func(r repository) bool {
		return r.url == trimURL(url) && v.in(r)
	})
}

// Deprecated says what takes the version's place where its maintainers have
// given it up, taken from this repository, or with none from any. It is empty
// where they have not.
func (v *Version) Deprecated(repository string) string {
	for _, d := range v.chart.deprecated {
		if v.within(d.span) && (d.repository == "" || d.repository == trimURL(repository)) {
			return d.instead
		}
	}
	return ""
}

// Fullname is the name that the chart gives to what it installs, and the start
// of all its names.
func (v *Version) Fullname(release string) string {
	return Fullname(release, v.String("name"), int(v.Int("truncate")))
}

// Renamed is the full name where the chart is told another name than its own,
// which charts call nameOverride.
func (v *Version) Renamed(release, name string) string {
	return Fullname(release, name, int(v.Int("truncate")))
}

// With gives the release nearest to this version at which a feature has a value,
// or, with nil, any: the next one, else the last one before. It is empty where
// there is none.
func (v *Version) With(feature string, want any) string {
	before := ""
	for _, release := range v.chart.Releases() {
		s := v.chart.At(release).step(feature)
		switch {
		case s == nil || want != nil && s.value != want:
		case Compare(release, v.version) > 0:
			return release
		default:
			before = release
		}
	}
	return before
}

func (v *Version) in(r repository) bool {
	return Compare(v.version, r.from) >= 0 && (r.until == "" || Compare(v.version, r.until) <= 0)
}

func (v *Version) find(name string) (int, bool) {
	return slices.BinarySearchFunc(v.chart.features, name, func(f feature, name string) int {
		return strings.Compare(f.name, name)
	})
}

func (v *Version) feature(name string) *feature {
	i, ok := v.find(name)
	if !ok {
		panic(fmt.Sprintf("chart: %s has no feature %q", v.chart.name, name))
	}
	return &v.chart.features[i]
}

// step is the one that holds at this version, or nil before the first.
func (v *Version) step(feature string) *step {
	return at(v.feature(feature).steps, v.version)
}

func at(steps []step, version string) *step {
	for i := len(steps) - 1; i >= 0; i-- {
		if Compare(steps[i].from, version) <= 0 {
			return &steps[i]
		}
	}
	return nil
}

// get checks the type even where the feature is absent, so that a wrong call
// is found at every version.
func get[T any](v *Version, feature string) T {
	var zero T
	if _, ok := v.feature(feature).steps[0].value.(T); !ok {
		panic(fmt.Sprintf("chart: feature %q of %s is no %T", feature, v.chart.name, zero))
	}
	s := v.step(feature)
	if s == nil {
		return zero
	}
	return s.value.(T)
}
