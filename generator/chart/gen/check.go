package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/semver"
)

// check finds what CUE's types cannot: order.
func check(charts map[string]chart) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(charts)) {
		c := charts[name]
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf(name+": "+format, args...))
		}
		if !ascending(c.Oldest, c.Newest) && c.Oldest != c.Newest {
			bad("the oldest version, %s, is newer than the newest, %s", c.Oldest, c.Newest)
		}
		for _, r := range c.Repositories {
			if r.Until != "" && !ascending(r.From, r.Until) && r.From != r.Until {
				bad("%s holds versions until %s, which is before %s", r.URL, r.Until, r.From)
			}
		}
		for version := range c.Apps {
			if ascending(version, c.Oldest) || ascending(c.Newest, version) {
				bad("the app version of %s lies outside of %s to %s", version, c.Oldest, c.Newest)
			}
		}
		if _, ok := c.Apps[c.Newest]; !ok {
			bad("the newest version, %s, has no app version", c.Newest)
		}
		for _, feature := range []string{"name", "truncate"} {
			if _, ok := c.Features[feature]; !ok {
				bad("the feature %s, which every chart has, is missing", feature)
			}
		}
		for _, feature := range slices.Sorted(maps.Keys(c.Features)) {
			checkSteps(c, feature, bad)
		}
		checkRenames(c, bad)
		checkServices(c, bad)
		checkWorkloads(c, bad)
	}
	return errors.Join(errs...)
}

func checkSteps(c chart, feature string, bad func(string, ...any)) {
	steps := c.Features[feature].Steps
	for i, s := range steps {
		if ascending(s.From, c.Oldest) || ascending(c.Newest, s.From) {
			bad("%s: the step at %s lies outside of %s to %s", feature, s.From, c.Oldest, c.Newest)
		}
		if i == 0 {
			continue
		}
		last := steps[i-1]
		if !ascending(last.From, s.From) {
			bad("%s: the step at %s follows the one at %s", feature, s.From, last.From)
		}
		if fmt.Sprintf("%T", last.Value) != fmt.Sprintf("%T", s.Value) {
			bad("%s: the step at %s is of another type than the one before", feature, s.From)
		}
		if fmt.Sprint(last.Value) == fmt.Sprint(s.Value) {
			bad("%s: the step at %s changes nothing", feature, s.From)
		}
	}
}

func checkServices(c chart, bad func(string, ...any)) {
	span := func(what, from, before string) { checkSpan(c, what, from, before, bad) }
	for _, d := range c.Deprecated {
		span("deprecated", d.From, d.Before)
	}
	for _, s := range c.Services {
		span(s.Name, s.From, s.Before)
		for _, p := range s.Ports {
			span(s.Name+": "+p.Name, p.From, p.Before)
		}
	}
	checkDefaults(c, c.Defaults, bad)
}

// checkSpan refuses an edge that no known version is near.
func checkSpan(c chart, what, from, before string, bad func(string, ...any)) {
	for _, v := range []string{from, before} {
		if v != "" && (ascending(v, c.Oldest) || ascending(c.Newest, v)) {
			bad("%s: the edge %s lies outside of %s to %s", what, v, c.Oldest, c.Newest)
		}
	}
	if from != "" && before != "" && !ascending(from, before) {
		bad("%s: it is there from %s, and before %s", what, from, before)
	}
}

func checkDefaults(c chart, defaults map[string][]step, bad func(string, ...any)) {
	for _, path := range slices.Sorted(maps.Keys(defaults)) {
		for i, s := range defaults[path] {
			switch {
			case ascending(s.From, c.Oldest) || ascending(c.Newest, s.From):
				bad("default of %s: the step at %s lies outside of %s to %s", path, s.From, c.Oldest, c.Newest)
			case i > 0 && !ascending(defaults[path][i-1].From, s.From):
				bad("default of %s: the step at %s follows the one at %s", path, s.From, defaults[path][i-1].From)
			case i > 0 && fmt.Sprintf("%#v", defaults[path][i-1].Value) == fmt.Sprintf("%#v", s.Value):
				bad("default of %s: the step at %s changes nothing", path, s.From)
			}
		}
	}
}

func ascending(a, b string) bool { return semver.Compare("v"+a, "v"+b) < 0 }
