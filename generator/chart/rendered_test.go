package chart

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// stanza is what was measured of one version of a chart: see the head of
// testdata/rendered.txt.
type stanza struct {
	chart, version string
	lines          [][2]string // a word and the rest, without chart
}

func (s stanza) first(word string) string {
	for _, l := range s.lines {
		if l[0] == word {
			return l[1]
		}
	}
	return ""
}

func (s stanza) all(word string) []string {
	var out []string
	for _, l := range s.lines {
		if l[0] == word {
			out = append(out, l[1])
		}
	}
	return out
}

func rendered(t *testing.T) []stanza {
	t.Helper()
	src, err := os.ReadFile("testdata/rendered.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []stanza
	for text := range strings.SplitSeq(string(src), "\n\n") {
		var s stanza
		for line := range strings.Lines(text) {
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch word {
			case "#", "":
			case "chart":
				s.chart, s.version, _ = strings.Cut(rest, " ")
			default:
				s.lines = append(s.lines, [2]string{word, rest})
			}
		}
		if len(s.lines) > 0 {
			out = append(out, s)
		}
	}
	if len(out) < 30 {
		t.Fatalf("there are %d stanzas", len(out))
	}
	return out
}

// TestRendered compares what the table answers with what charts rendered.
func TestRendered(t *testing.T) {
	for _, s := range rendered(t) {
		if gone := s.first("gone"); gone != "" {
			f := strings.Fields(gone) // a chart, a product, its version, and the feature that names the chart's
			expect(t, f[1], f[2], f[3], "")
			continue
		}
		v := find(t, s.chart).At(s.version)
		if v.App() == "" || v.Known() != Within {
			t.Errorf("%s is no release", v.Name())
		}
		var values map[string]any
		if text := s.first("values"); text != "" {
			if err := json.Unmarshal([]byte(text), &values); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, r := range v.Services(Install{Release: s.first("release"), Namespace: "n", Values: values}) {
			got = append(got, written(r))
		}
		same(t, v.Name()+": Services", got, s.all("service"))

		got = nil
		for _, r := range v.Receivers(values) {
			got = append(got, fmt.Sprintf("%s %d %s", r.Name, r.Port, r.Key))
		}
		if s.first("receiver") != "" {
			same(t, v.Name()+": receivers", got, s.all("receiver"))
		}
		got = nil
		for _, r := range v.Receivers(values) {
			if r.On {
				got = append(got, r.Name)
			}
		}
		if s.first("on") != "" {
			same(t, v.Name()+": receivers that are on", got, s.all("on"))
		}
		for _, dead := range s.all("dead-receiver") {
			if name, _, _ := strings.Cut(dead, " "); slices.Contains(v.Strings("receivers"), name) {
				t.Errorf("%s: the receiver %s works", v.Name(), name)
			}
		}
		checkFeatures(t, v, s)
		if args := s.all("argument"); len(args) > 0 {
			checkArguments(t, v, args)
		}
	}
}

// written is a Service as a stanza has it. The order of ports is nobody's fact.
func written(s Service) string {
	kind := s.Type
	if s.Headless {
		kind = "headless"
	}
	ports := make([]string, len(s.Ports))
	for i, p := range s.Ports {
		ports[i] = fmt.Sprintf("%s:%d", p.Name, p.Port)
		if p.Protocol != "TCP" {
			ports[i] += "/" + p.Protocol
		}
	}
	slices.Sort(ports)
	return strings.Join(append([]string{s.Name, kind}, ports...), " ")
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	sorted := func(lines []string) []string {
		out := make([]string, len(lines))
		for i, line := range lines {
			f := strings.Fields(line)
			if len(f) > 2 && strings.Contains(f[2], ":") {
				slices.Sort(f[2:])
			}
			out[i] = strings.Join(f, " ")
		}
		slices.Sort(out)
		return out
	}
	g, w := sorted(got), sorted(want)
	for _, line := range g {
		if !slices.Contains(w, line) {
			t.Errorf("%s: the table has %s, the chart not", what, line)
		}
	}
	for _, line := range w {
		if !slices.Contains(g, line) {
			t.Errorf("%s: the chart has %s, the table not", what, line)
		}
	}
}

func checkFeatures(t *testing.T, v *Version, s stanza) {
	t.Helper()
	if want := s.first("app"); want != "" && v.App() != want {
		t.Errorf("%s has the app version %s, want %s", v.Name(), v.App(), want)
	}
	for _, line := range s.all("feature") {
		name, want, _ := strings.Cut(line, " ")
		expect(t, s.chart, s.version, name, want)
	}
	for _, name := range s.all("has") {
		if !v.Has(name) {
			t.Errorf("%s has no %s", v.Name(), name)
		}
	}
	for _, name := range s.all("lacks") {
		if v.Has(name) {
			t.Errorf("%s has %s", v.Name(), name)
		}
	}
	if url := s.first("deprecated"); url != "" && v.Deprecated(url) == "" {
		t.Errorf("%s is not deprecated in %s", v.Name(), url)
	}
}

// checkArguments holds the arguments to the chart's flags: their spelling, their
// order, and that none is there that the table does not know.
func checkArguments(t *testing.T, v *Version, args []string) {
	t.Helper()
	flags, at := v.Strings("flags"), 0
	for _, arg := range args {
		i := slices.IndexFunc(flags[at:], func(flag string) bool {
			before, after, named := strings.Cut(flag, "{}")
			switch {
			case named:
				return strings.HasPrefix(arg, before) && strings.Contains(arg[len(before):], after)
			case strings.HasSuffix(flag, "="):
				return strings.HasPrefix(arg, flag)
			}
			return arg == flag
		})
		if i < 0 {
			t.Errorf("%s: the argument %s is not known, or out of order", v.Name(), arg)
			continue
		}
		at += i
	}
	empty := slices.Contains(args, "--tracing.otlp.http.tls.ca=")
	if empty != v.Bool("emptyTLSFlags") {
		t.Errorf("%s: empty TLS flags are rendered: %v", v.Name(), empty)
	}
}
