package chart

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// contracts names the variable that says where the measurements behind
// testdata/rendered.txt are: they are not part of the project.
const contracts = "TRACEGEN_CONTRACTS"

// What the measurements call versions that the charts number otherwise: a tag of
// Linkerd, and none at all.
var tagged = map[string]string{
	"linkerd-jaeger 2025.4.x (source tag version-2.18)": "2025.4.4",
	"linkerd-jaeger (none)":                             "",
	"linkerd-control-plane version-2.18":                "2025.4.4",
	"linkerd-control-plane version-2.19":                "2025.10.7",
	"linkerd-control-plane version-2.20":                "2026.6.3",
	"linkerd-viz stable-2.12.2":                         "30.3.4",
	"linkerd-viz version-2.18":                          "2025.4.4",
}

type measured struct {
	Version, AppVersion string
	Services            []struct {
		Name  string `json:"name_template"`
		Type  string
		Ports []struct {
			Name, Protocol string
			Port           int
		}
	}
	Args      []string       `json:"rendered_args"`
	Receivers map[string]any // of tempo-distributed, by a name with underscores
}

// TestContracts holds testdata/rendered.txt to the measurements, none left out
// and none made up.
func TestContracts(t *testing.T) {
	file := os.Getenv(contracts)
	if file == "" {
		t.Skip(contracts + " names no file")
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var charts map[string][]measured
	if err := json.Unmarshal(src, &charts); err != nil {
		t.Fatal(err)
	}
	carried := map[string]stanza{}
	for _, s := range rendered(t) {
		name := s.chart + " " + s.version
		if gone := s.first("gone"); gone != "" {
			name = strings.Fields(gone)[0] + " "
		}
		carried[name] = s
	}
	for chart, versions := range charts {
		for _, m := range versions {
			version, odd := tagged[chart+" "+m.Version]
			if !odd {
				version = m.Version
			}
			name := chart + " " + version
			s, ok := carried[name]
			if !ok {
				t.Errorf("%s is not carried", name)
				continue
			}
			delete(carried, name)
			var want []string
			for _, r := range m.Services {
				kind := r.Type
				if _, after, headless := strings.Cut(r.Type, "/"); headless {
					kind = after
				}
				line := strings.ReplaceAll(r.Name, "{release}", s.first("release")) + " " + kind
				for _, p := range r.Ports {
					line += fmt.Sprintf(" %s:%d", p.Name, p.Port)
					if p.Protocol != "" && p.Protocol != "TCP" {
						line += "/" + p.Protocol
					}
				}
				want = append(want, line)
			}
			same(t, name+" as carried", s.all("service"), want)
			same(t, name+" as carried", s.all("argument"), m.Args)
			if chart == "tempo-distributed" {
				want = nil
				for receiver, r := range m.Receivers {
					r := r.(map[string]any)
					want = append(want, fmt.Sprintf("%s %v %s", strings.ReplaceAll(receiver, "_", "-"), r["port"], r["valuesPath"]))
				}
				same(t, name+" as carried", append(s.all("receiver"), s.all("dead-receiver")...), want)
			}
			if app := s.first("app"); app != "" && app != strings.TrimPrefix(m.AppVersion, "v") {
				t.Errorf("%s: the app version %s is carried, %s was measured", name, app, m.AppVersion)
			}
		}
	}
	for name := range carried {
		t.Errorf("%s is carried, and was not measured", name)
	}
}
