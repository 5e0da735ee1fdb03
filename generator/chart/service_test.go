package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Each expression of the table can be read, whatever the values, and gives
// names and ports that Kubernetes takes.
func TestServicesOfEveryRelease(t *testing.T) {
	for _, name := range Names() {
		c := find(t, name)
		for _, s := range c.services {
			for _, p := range s.ports {
				for _, text := range []string{s.when, s.headless, s.each, p.each, p.when, p.number} {
					if text != "" {
						c.At(c.newest).env(Install{}).eval(text)
					}
				}
			}
		}
		for _, release := range c.Releases() {
			seen := map[string]bool{}
			for _, s := range c.At(release).Services(Install{Release: "r", Namespace: "n"}) {
				if s.Name == "" || len(s.Name) > 63 || strings.Trim(s.Name, "-") != s.Name || seen[s.Name] {
					t.Errorf("%s %s renders the Service %q", name, release, s.Name)
				}
				seen[s.Name] = true
				ports := map[string]bool{}
				for _, p := range s.Ports {
					where := fmt.Sprint(p.Port, p.Protocol)
					if p.Port < 1 || p.Port > 65535 || ports[where] || !slices.Contains([]string{"TCP", "UDP", "SCTP"}, p.Protocol) {
						t.Errorf("%s %s: %s has the port %v", name, release, s.Name, p)
					}
					ports[where] = true
				}
			}
		}
	}
}

func TestExpressions(t *testing.T) {
	values := map[string]any{
		"on": true, "off": false, "none": nil, "port": 80, "float": 81.0, "text": "None", "empty": "",
		"list": []any{}, "a": map[string]any{"b": map[string]any{"c": "deep"}, "x.y": "dotted", "z-w": "dashed"},
	}
	e := &env{values: values, element: map[string]any{"port": 82}, key: "web", named: func(name string) (any, bool) {
		return "is " + name, name == "feature"
	}}
	for text, want := range map[string]string{
		"on": "true", "!on": "false", "!none": "true", "missing": "<nil>", "missing.below": "<nil>", "text.below": "<nil>",
		"port": "80", "float": "81", ".port": "82", "a.b.c": "deep", `a."x.y"`: "dotted", "a.z-w": "dashed",
		"off || port": "80", "port || off": "80", "on && port": "80", "off && port": "false",
		"off && off || on": "true", "off && (off || on)": "false", "!(off || on)": "false",
		`text == "None"`: "true", `text != "None"`: "false", "port == 80": "true", "float == 81": "true",
		"missing == nil": "true", "off == nil": "false", "port > 79": "true", "port > 80": "false", "missing > 0": "false",
		`"a && b" == text`: "false", "list || empty || 7": "7", "@feature": "is feature", "a && true": "true",
	} {
		if got := fmt.Sprint(e.eval(text)); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	if got := e.template("{@feature}-{port}{missing}{.port}"); got != "is feature-8082" {
		t.Errorf("the template gives %q", got)
	}
	for _, bad := range []string{"", "a b", "(a", "a)", "a ==", "&& a", "@other", "a = b"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q is an expression", bad)
				}
			}()
			e.eval(bad)
		}()
	}
}

func TestMergeKeepsItsInput(t *testing.T) {
	defaults := map[string]any{"a": map[string]any{"b": 1, "c": 2}, "d": 3}
	values := map[string]any{"a": map[string]any{"b": 4}, "d": nil}
	got := merge(defaults, values)
	if fmt.Sprint(got) != "map[a:map[b:4 c:2]]" {
		t.Errorf("merged: %v", got)
	}
	if fmt.Sprint(defaults, values) != "map[a:map[b:1 c:2] d:3] map[a:map[b:4] d:<nil>]" {
		t.Errorf("the input changed: %v, %v", defaults, values)
	}
}
