package load

import (
	"os"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// TestShipped loads the profiles that come with the compiler.
func TestShipped(t *testing.T) {
	n := 0
	diags, err := loadAll("../..", func(p Profile, top *topology.Topology) {
		n++
		if top.Name.Value != p.Name {
			t.Errorf("%s is called %q", p.Name, top.Name.Value)
		}
	})
	if err != nil || len(diags) != 0 {
		t.Fatal(err, diags)
	}
	if n == 0 {
		t.Fatal("no profile was handed on")
	}
}

// TestSettled looks at the values of the case of that name: what CUE worked out
// from the schema's defaults, and where each is said to come from.
func TestSettled(t *testing.T) {
	data, err := os.ReadFile("testdata/errors/settled.txtar")
	if err != nil {
		t.Fatal(err)
	}
	a := parseArchive(data)
	dir := t.TempDir()
	writeFiles(t, dir, a.files)
	tops := map[string]*topology.Topology{}
	if _, err := loadAll(dir, func(p Profile, top *topology.Topology) { tops[p.Name] = top }); err != nil {
		t.Fatal(err)
	}
	x, y := tops["x"], tops["y"]
	if x.Tempo.TempoDistributed == nil || x.Traefik == nil {
		t.Fatal("the arm, or the struct that a condition makes, is missing")
	}
	own, shared := "profiles/x/x.cue", "profiles/common.cue"
	for _, c := range []struct {
		leaf  topology.String
		value string
		state topology.State
		file  string
	}{
		{x.Name, "x-tempo", topology.Given, own},
		{x.Cluster.Kind, "kind", topology.Given, own},
		{x.Cluster.Domain, "cluster.local", topology.Default, own},
		{x.Store.MinioExternal.Host, "minio.observability.svc.cluster.local", topology.Given, own},
		{x.Tempo.Release, "tempo", topology.Given, shared},
		{x.Tempo.Namespace, "observability", topology.Given, shared},
		{x.Tempo.Retention, "48h", topology.Given, own},
		{x.Flux.Interval, "30m", topology.Default, shared},
		{x.Traefik.Namespace, "traefik", topology.Default, own},
		{x.Traefik.ServiceName, "", topology.Absent, own},
		{y.Name, "y", topology.Given, "profiles/y/y.cue"},
		{y.Cluster.Kind, "k3s", topology.Given, shared},
		{y.Tempo.Retention, "24h", topology.Given, "profiles/y/y.cue"},
	} {
		if c.leaf.Value != c.value || c.leaf.State != c.state || c.leaf.Position.File != c.file || c.leaf.Position.Line == 0 {
			t.Errorf("%s: got %+v, want %q, state %d, in %s", c.leaf.Path, c.leaf, c.value, c.state, c.file)
		}
	}
	if r := x.Tempo.TempoDistributed.Components.Ingester.Replicas; r.Value != 4 {
		t.Errorf("replicas is %+v", r)
	}
	if !x.Tempo.LogSpans.Value {
		t.Error("the condition on a default did not hold")
	}
	if v := x.Tempo.Values.Fields; len(v) != 1 || v[0].Value.Scalar != int64(9000) {
		t.Errorf("values is %+v", v)
	}
	if n := x.Namespaces; len(n) != 2 || n[0].Key.Value != "flux-system" || n[0].Value.Create.Value || !n[1].Value.Create.Value {
		t.Errorf("namespaces is %+v", n)
	}
}

// TestPoison shows that what a finding is about is poison, and its neighbours
// are not.
func TestPoison(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, []file{{"profiles/x/x.cue", `package x
topology: {
	name: "X"
	cluster: kind: "k3s"
	store: {kind: "minio", placement: "nowhere", bucket: "bbb"}
	tempo: {mode: "monolithic", chart: version: "1.0.0", release: 5, nmaespace: "a", values: {a: 1, b: 1 & 2}}
	grafanna: {}
}
`}})
	var top *topology.Topology
	diags, err := loadAll(dir, func(_ Profile, t *topology.Topology) { top = t })
	if err != nil || !hasErrors(diags) {
		t.Fatal(err, diags)
	}
	for _, l := range []topology.String{top.Name, top.Store.Kind, top.Tempo.Release, top.Tempo.Namespace} {
		if l.State != topology.Poisoned {
			t.Errorf("%+v is not poisoned", l)
		}
	}
	if top.Tempo.Values.State != topology.Poisoned {
		t.Error("values is not poisoned")
	}
	if top.Grafana == nil || top.Grafana.Kind.State != topology.Poisoned {
		t.Error("a misspelt component is absent, not poisoned")
	}
	if top.Traefik != nil {
		t.Error("an absent component came into being")
	}
	for _, l := range []topology.String{top.Cluster.Kind, top.Tempo.Chart.Version} {
		if l.State != topology.Given {
			t.Errorf("%+v is poisoned", l)
		}
	}
}

func hasErrors(diags []diag.Diagnostic) bool {
	var l diag.List
	l.Add(diags...)
	return l.HasErrors()
}
