package chart

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// What is no chart: a product whose releases differ, and which no repository holds.
var products = []string{"flux", "linkerd"}

func TestTable(t *testing.T) {
	names := Names()
	if len(names) == 0 || !slices.IsSorted(names) {
		t.Fatalf("the charts are %v", names)
	}
	for _, name := range names {
		c := find(t, name)
		newest := c.At(c.Newest())
		if newest.App() == "" || newest.Repository() == "" && !slices.Contains(products, name) || newest.Known() != Within {
			t.Errorf("%s: the newest version has app %q, repository %q, is %v", name, newest.App(), newest.Repository(), newest.Known())
		}
		for _, f := range newest.Features() {
			if newest.Doc(f) == "" {
				t.Errorf("%s: the feature %s has no doc", name, f)
			}
		}
		for _, version := range c.Releases() {
			if !c.At(version).HasRepository(c.At(version).Repository()) && !slices.Contains(products, name) {
				t.Errorf("%s %s is in no repository", name, version)
			}
		}
	}
	if _, ok := Find("nginx"); ok {
		t.Error("found a chart that is not there")
	}
}

// Every receiver that works has a place in the values and a port.
func TestReceivers(t *testing.T) {
	for _, name := range []string{"tempo", "tempo-distributed"} {
		c := find(t, name)
		for _, version := range c.Releases() {
			v := c.At(version)
			for _, r := range v.Strings("receivers") {
				if v.String("key."+r) == "" || v.Int("port."+r) == 0 {
					t.Errorf("%s: the receiver %s has no key or no port", v.Name(), r)
				}
			}
		}
	}
}

// One emitter reads these of every chart alike.
func TestPodFeatures(t *testing.T) {
	for _, name := range []string{"alloy", "minio", "tempo", "tempo-distributed", "traefik"} {
		newest := find(t, name).At(find(t, name).Newest())
		for _, feature := range []string{"nodeSelectorKeys", "tolerationsKeys", "priorityClassKeys", "podSecurityKeys", "containerSecurityKeys", "serviceMonitorKeys", "podAnnotationsKeys", "podLabelsKeys", "resourcesKeys", "serviceAccountKeys", "podSelector"} {
			if len(newest.Strings(feature)) == 0 {
				t.Errorf("%s has no %s", newest.Name(), feature)
			}
		}
		for _, feature := range []string{"registryKeys", "storageClassKeys", "restricted", "restrictedNeeds", "restrictable"} {
			if !newest.Has(feature) {
				t.Errorf("%s has no %s", newest.Name(), feature)
			}
		}
	}
}

func TestValid(t *testing.T) {
	for version, want := range map[string]bool{
		"1.61.3": true, "0.27.4": true, "28.0.0-rc.1": true, "1.0.0+build.1": true,
		"": false, "1": false, "1.61": false, "v1.61.3": false, "1.61.x": false, "^1.61.3": false,
		"1.061.3": false, "1.61.3 ": false, "latest": false, ">=1.0.0": false, "1.*": false,
	} {
		if got := Valid(version); got != want {
			t.Errorf("Valid(%q) = %v", version, got)
		}
	}
}

func TestKnown(t *testing.T) {
	c := find(t, "tempo-distributed")
	for version, want := range map[string]Range{
		"0.19.9": Older, "0.20.0": Within, "1.61.3": Within, "3.3.0": Within,
		"3.3.1": Newer, "10.0.0": Newer, "not a version": Older,
	} {
		if got := c.At(version).Known(); got != want {
			t.Errorf("%s is %v, want %v", version, got, want)
		}
	}
	older, newer := c.At("0.19.9"), c.At("10.0.0")
	if older.Has("httpPort") || older.Int("httpPort") != 0 || older.App() != "" || older.Repository() != "" {
		t.Error("something is known of an older version")
	}
	if newer.Int("httpPort") != 3200 || !newer.Bool("kafka") || newer.App() != "" || newer.Repository() == "" {
		t.Error("a newer version has not the facts of the newest")
	}
}

func TestRepositories(t *testing.T) {
	const grafana, community = "https://grafana.github.io/helm-charts", "https://grafana-community.github.io/helm-charts"
	for _, tc := range []struct {
		chart, version, first string
		grafana, community    bool
	}{
		{"tempo-distributed", "0.27.4", community, true, true},
		{"tempo-distributed", "1.61.3", community, true, true},
		{"tempo-distributed", "1.62.1", community, false, true},
		{"tempo", "1.24.4", community, true, true},
		{"tempo", "2.2.4", community, false, true},
		{"grafana", "10.5.15", community, true, true},
		{"grafana", "12.11.1", community, false, true},
		{"loki", "3.3.0", grafana, true, true},
		{"loki", "6.57.0", community, false, true},
		{"loki", "7.3.0", grafana, true, false},
		{"loki", "18.11.0", community, false, true},
		{"alloy", "1.11.1", grafana, true, false},
	} {
		v := find(t, tc.chart).At(tc.version)
		if v.Repository() != tc.first || v.HasRepository(grafana+"/") != tc.grafana || v.HasRepository(community) != tc.community {
			t.Errorf("%s: the default is %s, grafana %v, community %v", v.Name(), v.Repository(), v.HasRepository(grafana), v.HasRepository(community))
		}
	}
	loki := find(t, "loki")
	if !loki.KnowsRepository(community+"/") || loki.KnowsRepository("https://charts.example.org") {
		t.Error("the wrong repositories are known")
	}
}

func TestFullname(t *testing.T) {
	long := strings.Repeat("a", 60)
	for _, tc := range []struct{ chart, version, release, want string }{
		{"tempo-distributed", "1.61.3", "tempo", "tempo"},
		{"tempo-distributed", "1.61.3", "tracing", "tracing-tempo"},
		{"tempo-distributed", "1.61.3", "my-tempo", "my-tempo"},
		{"tempo-distributed", "0.26.9", "tempo", "tempo-tempo-distributed"},
		{"tempo", "2.2.4", long, long + "-te"},
		{"tempo", "2.2.4", long + "aa", long + "aa"},
		{"tempo", "2.2.4", "tempo" + long, "tempo" + long[:58]},
		{"traefik", "18.1.0", "edge", "edge-traefik"},
		{"alloy", "0.12.5", "alloy", "alloy"},
		{"grafana", "8.10.4", "graf", "graf-grafana"},
		{"loki", "3.3.0", "logs", "logs-loki"},
		{"minio", "5.4.0", "store", "store-minio"},
		{"kube-prometheus-stack", "41.6.1", "kube-prometheus-stack", "kube-prometheus-stack"},
		{"kube-prometheus-stack", "41.6.1", "monitoring", "monitoring-kube-prometheus"},
		{"opentelemetry-collector", "0.170.0", "otel", "otel-opentelemetry-collector"},
		{"opentelemetry-collector", "0.80.0", "opentelemetry-collector", "opentelemetry-collector"},
		{"prometheus", "29.27.0", "prometheus", "prometheus"},
		{"prometheus", "15.0.0", "metrics", "metrics-prometheus"},
		{"ingress-nginx", "4.15.1", "ingress-nginx", "ingress-nginx"},
	} {
		if got := find(t, tc.chart).At(tc.version).Fullname(tc.release); got != tc.want {
			t.Errorf("%s %s, release %s: %s, want %s", tc.chart, tc.version, tc.release, got, tc.want)
		}
	}
}

func TestRenamed(t *testing.T) {
	for _, tc := range []struct{ chart, version, release, name, want string }{
		{"tempo", "2.2.4", "tempo", "tracing", "tempo-tracing"},
		{"tempo", "2.2.4", "tempo", "temp", "tempo"},
		{"kube-prometheus-stack", "88.5.3", "monitoring", "a-name-that-is-long", "monitoring-a-name-that-is"},
	} {
		if got := find(t, tc.chart).At(tc.version).Renamed(tc.release, tc.name); got != tc.want {
			t.Errorf("%s %s, release %s, called %s: %s, want %s", tc.chart, tc.version, tc.release, tc.name, got, tc.want)
		}
	}
}

func TestSource(t *testing.T) {
	for _, tc := range []struct{ chart, version, feature, want string }{
		{"tempo-distributed", "1.61.3", "httpPort", "tempo-distributed 1.61.3: httpPort is 3200 from 1.41.0"},
		{"tempo-distributed", "3.3.0", "replicationFactorKey", "tempo-distributed 3.3.0: replicationFactorKey is empty from 3.0.0"},
		{"tempo-distributed", "1.0.0", "kafkaAddressKey", "tempo-distributed 1.0.0: kafkaAddressKey is absent"},
		{"traefik", "27.0.2", "envDefaults", "traefik 27.0.2: envDefaults is POD_NAME, POD_NAMESPACE from 23.2.0"},
		{"traefik", "39.0.7", "envDefaults", "traefik 39.0.7: envDefaults is empty from 33.0.0"},
	} {
		if got := find(t, tc.chart).At(tc.version).Source(tc.feature); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
	if got := find(t, "traefik").At("39.0.7").Evidence("logTraceField"); got != "Traefik 3.6.11" {
		t.Errorf("the evidence is %q", got)
	}
}

func TestMistakesPanic(t *testing.T) {
	v := find(t, "tempo-distributed").At("1.0.0")
	for name, call := range map[string]func(){
		"unknown feature":            func() { v.Int("htpPort") },
		"unknown feature, Has":       func() { v.Has("htpPort") },
		"wrong type":                 func() { v.String("httpPort") },
		"wrong type of one not here": func() { v.Int("kafkaAddressKey") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}

func TestStringsIsACopy(t *testing.T) {
	v := find(t, "tempo").At("2.2.4")
	v.Strings("receivers")[0] = "changed"
	if v.Strings("receivers")[0] != "otlp-grpc" {
		t.Error("a caller changed the table")
	}
}

// TestReadme holds the README's table to what is known.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		c, _ := Find(name)
		if row := fmt.Sprintf("\n| %s | %s | %s |\n", name, c.Oldest(), c.Newest()); !strings.Contains(string(readme), row) {
			t.Errorf("the README has no row %s", strings.TrimSpace(row))
		}
	}
}
