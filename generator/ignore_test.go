package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tracegen.dev/generator/diag"
)

// TestIgnoring: what vet lists, and what stops a build, by what the profile
// ignores.
func TestIgnoring(t *testing.T) {
	const profile = `cluster: kind: "kind"
traefik: {chart: version: "39.0.7", service: "LoadBalancer", export: protocol: "otlp-http"}
tempo: {mode: "monolithic", chart: version: "2.2.4", values: {tempo: retenton: "1h", service: typ: "x"}}
`
	for _, c := range []struct {
		name, ignore string
		heeded       []string // what stops the build
		listed       []string // what vet adds
	}{
		{"nothing", `{}`, []string{"TG019 2", "TG075 3", "TG075 3"}, nil},
		{"a check", `{TG019: "MetalLB is there"}`, []string{"TG075 3", "TG075 3"}, []string{"TG019 2 MetalLB is there"}},
		{"a check in one place", `{"TG075 tempo.values.tempo": "our own fork"}`, []string{"TG019 2", "TG075 3"}, []string{"TG075 3 our own fork"}},
		{"the same check in both", `{"TG075 tempo.values.tempo": "a", "TG075 tempo.values.service": "b", TG019: "c"}`, nil,
			[]string{"TG019 2 c", "TG075 3 a", "TG075 3 b"}},
		{"another place", `{"TG019 collector": "why"}`, []string{"TG019 2", "TG075 3", "TG075 3"}, nil},
		{"what is not there", `{TG021: "why", TG019: "a", TG075: "b"}`, nil, []string{"TG019 2 a", "TG075 3 b", "TG075 3 b", "TG021 4 why"}},
		{"no code", `{TG999: "why"}`, []string{"TG019 2", "TG025 4", "TG075 3", "TG075 3"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(profile + "ignore: " + c.ignore)})
			_, heeded, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			all, err := Vet(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			var stops, lists []string
			for _, d := range heeded {
				stops = append(stops, fmt.Sprintf("%s %d", d.Code, d.Position.Line))
			}
			for _, d := range slices.DeleteFunc(slices.Clone(all), func(d diag.Diagnostic) bool { return d.Ignored == "" }) {
				lists = append(lists, fmt.Sprintf("%s %d %s", d.Code, d.Position.Line, d.Ignored))
			}
			slices.Sort(stops)
			if len(all) != len(stops)+len(lists) || !slices.Equal(stops, c.heeded) || !slices.Equal(lists, c.listed) {
				t.Errorf("stops: %q\nlists: %q\n%s", stops, lists, text(s, all))
			}
		})
	}
}

// TestIgnoredByOne: what one profile ignores, and another that shares the line
// does not, counts.
func TestIgnoredByOne(t *testing.T) {
	s := workspace(t, map[string]string{"a": complete(`ignore: TG075: "why"`), "b": complete("")})
	common := "package profiles\n\ntopology: tempo: values: tempo: retenton: \"1h\"\n"
	if err := os.WriteFile(filepath.Join(s.w.Dir, "profiles", "common.cue"), []byte(common), 0o666); err != nil {
		t.Fatal(err)
	}
	all, err := Vet(s.w, s.profiles)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 || all[0].Ignored != "" || all[0].Code != "TG075" {
		t.Errorf("found:\n%s", text(s, all))
	}
}
