package chart

import (
	"fmt"
	"testing"
)

// A version newer than those that are known has the facts of the newest, of
// each chart; of one that is older, nothing is known.
func TestNewerAndOlder(t *testing.T) {
	for _, name := range Names() {
		c := find(t, name)
		newest, newer, older := c.At(c.Newest()), c.At("99999.0.0"), c.At("0.0.1")
		if newer.Known() != Newer || older.Known() != Older || newest.Known() != Within {
			t.Errorf("%s: a newer version is %v, an older one %v, the newest %v", name, newer.Known(), older.Known(), newest.Known())
		}
		if newer.App() != "" || older.App() != "" {
			t.Errorf("%s: a version that is not known has an app version", name)
		}
		in := Install{Release: "r", Namespace: "n"}
		if got, want := fmt.Sprint(newer.Services(in)), fmt.Sprint(newest.Services(in)); got != want {
			t.Errorf("%s: a newer version renders %s, the newest %s", name, got, want)
		}
		for _, f := range newest.Features() {
			if got, want := fmt.Sprint(newer.Value(f)), fmt.Sprint(newest.Value(f)); got != want {
				t.Errorf("%s: %s of a newer version is %s, of the newest %s", name, f, got, want)
			}
			if older.Has(f) {
				t.Errorf("%s: %s of an older version is known", name, f)
			}
		}
		if s := older.Services(in); s != nil {
			t.Errorf("%s: the Services of an older version are known: %v", name, s)
		}
	}
}

func TestDeprecated(t *testing.T) {
	const grafana, community = "https://grafana.github.io/helm-charts", "https://grafana-community.github.io/helm-charts"
	for _, tc := range []struct {
		chart, version, repository string
		want                       bool
	}{
		{"tempo-distributed", "1.61.2", grafana, false},
		{"tempo-distributed", "1.61.3", grafana + "/", true},
		{"tempo-distributed", "1.61.3", community, false},
		{"tempo-distributed", "1.61.3", "", false},
		{"tempo", "1.24.3", grafana, false},
		{"tempo", "1.24.4", grafana, true},
		{"grafana", "10.5.15", grafana, true},
		{"grafana", "12.11.1", community, false},
		{"promtail", "6.17.0", grafana, false},
		{"promtail", "6.17.1", grafana, true},
		{"grafana-agent", "0.44.2", "", true},
		{"linkerd-jaeger", "30.4.4", "", true},
		{"alloy", "1.11.1", grafana, false},
	} {
		if got := find(t, tc.chart).At(tc.version).Deprecated(tc.repository); (got != "") != tc.want {
			t.Errorf("%s %s of %q: instead %q", tc.chart, tc.version, tc.repository, got)
		}
	}
}
