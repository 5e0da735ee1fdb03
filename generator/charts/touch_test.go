package charts

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// shipped opens the project's own profiles and goldens.
func shipped(t *testing.T) (*load.Workspace, []load.Profile) {
	t.Helper()
	w, err := load.Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"kind", "picluster"}
	dirs, err := filepath.Glob("../../golden/*/*.cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range dirs {
		if name := "golden/" + filepath.Base(filepath.Dir(file)); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	profiles, err := w.Named(names)
	if err != nil || len(profiles) < 20 {
		t.Fatalf("%v: there are %d profiles", err, len(profiles))
	}
	return w, profiles
}

// TestTouchEverything compares each release of every profile with the oldest and
// the newest version of its chart: it must never break, and never change what it
// is given.
func TestTouchEverything(t *testing.T) {
	w, profiles := shipped(t)
	k := Know(w)
	touched := 0
	for _, p := range profiles {
		var diags diag.List
		var top *topology.Topology
		if err := w.Load([]load.Profile{p}, &diags, func(_ load.Profile, read *topology.Topology) error {
			top = read
			return nil
		}); err != nil || diags.HasErrors() {
			t.Fatal(err, diags.Sorted())
		}
		before, err := json.Marshal(top)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range releases(plan.Link(p.Name, top, &diag.List{})) {
			c, ok := chart.Find(r.ChartName)
			if !ok {
				continue // an operator's objects, which are of no chart
			}
			for _, to := range []string{c.Oldest(), c.Newest()} {
				undo := setPin(top, r, to)
				if got := releaseOf(plan.Link(p.Name, top, &diag.List{}), r.ChartName); got != nil && got.Version.Value != to {
					t.Errorf("%s: %s is pinned to %s, not %s", p.Name, r.ChartName, got.Version.Value, to)
				}
				undo()
				from, err := k.Find(r.ChartName + "@" + r.Version.Value)
				if err != nil {
					continue // a golden of a version that is no release
				}
				d, err := k.Diff(from, find(t, k, r.ChartName+"@"+to))
				if err != nil {
					t.Fatal(err)
				}
				if _, err := k.Touch(d, from, find(t, k, r.ChartName+"@"+to), w, p); err != nil || d.Profile == nil {
					t.Fatalf("%s: %s: %v", p.Name, r.ChartName, err)
				}
				if from.Number == to && (len(d.Profile.Edits)+len(d.Profile.Findings)+len(d.Profile.Addresses)+len(d.Profile.Values) > 0 || !same(d)) {
					t.Errorf("%s: from %s to itself there is a difference: %+v", p.Name, from, d)
				}
				if len(d.Profile.Addresses) > 0 {
					touched++
				}
			}
		}
		if after, err := json.Marshal(top); err != nil || string(after) != string(before) {
			t.Errorf("%s: the topology has changed", p.Name)
		}
	}
	if touched < 10 {
		t.Errorf("only %d moves of addresses were seen", touched)
	}
}

// TestTouch holds what is said of one profile.
func TestTouch(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"cue.mod/module.cue": "module: \"example.com/x\"\nlanguage: version: \"v0.17.0\"\n",
		"profiles/p/p.cue": `package p

import "tracegen.dev/schema"

topology: schema.#Topology & {
	name: "p"
	cluster: kind: "k3s"
	store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}
	tempo: {
		mode: "distributed"
		chart: version: "1.32.7"
		retention: "24h"
		values: {
			global_overrides: max_traces_per_user: 7
			overrides: tenant: {}
			global_overrides: unheard_of: 1
		}
	}
	grafana: {kind: "grafana", chart: version: "12.11.1"}
}
`,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := load.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := w.All()
	if err != nil {
		t.Fatal(err)
	}
	k := Know(w)
	touch := func(from, to string) *Diff {
		t.Helper()
		a, b := find(t, k, from), find(t, k, to)
		d, err := k.Diff(a, b)
		if err != nil {
			t.Fatal(err)
		}
		ds, err := k.Touch(d, a, b, w, profiles[0])
		if err != nil || ds != nil {
			t.Fatal(err, ds)
		}
		return d
	}

	d := touch("tempo-distributed@1.32.7", "tempo-distributed@1.61.3")
	var edits []string
	for _, e := range d.Profile.Edits {
		edits = append(edits, e.Position.String()+" "+e.Help)
	}
	const want = `profiles/p/p.cue:11:10 write "1.61.3"
profiles/p/p.cue:14:22 write overrides.defaults.ingestion.max_traces_per_user
profiles/p/p.cue:16:22 find its new name below overrides
profiles/p/p.cue:15:15 write per_tenant_overrides.tenant`
	if got := strings.Join(edits, "\n"); got != want {
		t.Errorf("the edits are\n%s", got)
	}
	if a := d.Profile.Addresses; len(a) != 1 || a[0].Name != "tempo.query" || !strings.HasSuffix(a[0].New, ":3200") || !slices.Contains(a[0].Files, "grafana/datasources.yaml") {
		t.Errorf("the addresses are %+v", a)
	}
	if !slices.ContainsFunc(d.Features, func(f FeatureChange) bool { return f.Name == "httpPort" }) {
		t.Errorf("the features are %+v", d.Features)
	}
	if slices.ContainsFunc(d.Features, func(f FeatureChange) bool { return f.Name == "minioVersion" }) {
		t.Error("a feature is said to touch a profile that has no use for it")
	}

	d = touch("tempo-distributed@2.26.2", "tempo-distributed@3.3.0")
	if d.Profile.Unread != "3.3.0" || len(d.Profile.Findings) == 0 || d.Profile.Findings[0].Position.File == "" || len(d.Profile.Edits) > 0 {
		t.Errorf("it is %+v", d.Profile)
	}
	if got := brief(d.Keys); !strings.Contains(got, "compactor.config.compaction.block_retention>") {
		t.Errorf("the keys are %s", got)
	}
	if got := brief(touch("grafana@12.11.0", "grafana@12.11.1").Keys); strings.Contains(got, ">") {
		t.Errorf("the keys are %s", got)
	}
}
