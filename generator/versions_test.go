package generator

import (
	"fmt"
	"strings"
	"testing"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

// TestEveryVersion pins each component, in every profile, to each release of its
// chart; in short mode, to each whose facts differ from those of the one before.
// Where no rule objects, each leaf of what comes out must say where it comes from,
// none may rest on a feature that the version lacks, and each key must be one that
// the release reads; and where the user ignores the rules, at least nothing breaks.
func TestEveryVersion(t *testing.T) {
	emitted, library := 0, keys.NewLibrary(nil)
	for _, s := range suites(t) {
		var loaded diag.List
		err := s.w.Load(s.profiles, &loaded, func(p load.Profile, top *topology.Topology) error {
			for component, pin := range pins(top) {
				c, ok := chart.Find(pin.chart)
				if !ok {
					t.Fatalf("no chart %s", pin.chart)
				}
				old, before := pin.version.Value, ""
				for _, release := range c.Releases() {
					now := known(c.At(release))
					if testing.Short() && now == before {
						continue
					}
					pin.version.Value, before = release, now
					if c.At(release).Known() == chart.Within && !emitAt(t, library, p.Name+": "+component+" "+release, top) {
						break // one release that fails tells enough
					}
					emitted++
				}
				pin.version.Value = old
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d versions were tried", emitted)
	if emitted < 200 {
		t.Errorf("only %d versions were tried", emitted)
	}
}

// known is all that is known of a version.
func known(v *chart.Version) string {
	text := v.Repository()
	for _, f := range v.Features() {
		text += fmt.Sprint(" ", v.Value(f))
	}
	return text
}

// pin is where a topology names the version of a chart.
type pin struct {
	chart   string
	version *topology.String
}

func pins(t *topology.Topology) map[string]pin {
	out := map[string]pin{"tempo": {"tempo", &t.Tempo.Chart.Version}}
	if t.Tempo.TempoDistributed != nil {
		out["tempo"] = pin{"tempo-distributed", &t.Tempo.Chart.Version}
	}
	if m := t.Store.MinioCluster; m != nil {
		out["minio"] = pin{"minio", &m.Chart.Version}
	}
	if t.Traefik != nil {
		out["traefik"] = pin{"traefik", &t.Traefik.Chart.Version}
	}
	if t.IngressNginx != nil {
		out["ingress-nginx"] = pin{"ingress-nginx", &t.IngressNginx.Chart.Version}
	}
	if t.Linkerd != nil {
		out["linkerd"] = pin{"linkerd", &t.Linkerd.Version}
	}
	if t.Collector != nil {
		name := map[string]string{"alloy": "alloy", "otel-collector": "opentelemetry-collector"}[t.Collector.Kind.Value]
		out["collector"] = pin{name, &t.Collector.Chart.Version}
	}
	if g := t.Grafana; g != nil && g.GrafanaChart != nil {
		out["grafana"] = pin{"grafana", &g.GrafanaChart.Chart.Version}
	} else if g != nil && g.GrafanaStack != nil {
		out["grafana"] = pin{"kube-prometheus-stack", &g.GrafanaStack.Chart.Version}
	}
	if t.Prometheus != nil && t.Prometheus.PrometheusChart != nil {
		out["prometheus"] = pin{"prometheus", &t.Prometheus.PrometheusChart.Chart.Version}
	}
	if t.Loki != nil && t.Loki.LokiChart != nil {
		out["loki"] = pin{"loki", &t.Loki.LokiChart.Chart.Version}
	}
	out["flux"] = pin{"flux", &t.Flux.Version}
	return out
}

func emitAt(t *testing.T, library *keys.Library, what string, top *topology.Topology) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: panic: %v", what, r)
			ok = false
		}
	}()
	var linked, checked, overridden diag.List
	p := plan.Link("p", top, &linked)
	if linked.HasErrors() {
		return true
	}
	check.Run(p, library, Ignorable(), &checked)
	for _, r := range p.Releases {
		if r.Values.State == topology.Absent { // so that every rule looks at what is emitted
			r.Values.State, r.Values.Kind = topology.Given, topology.StructValue
		}
	}
	out, err := Emit(p, &overridden)
	if err != nil {
		t.Fatal(err)
	}
	if checked.HasErrors() {
		return true
	}
	path.Check(p, out, &overridden) // for a build proves only what values could break
	ok = true
	for _, d := range overridden.Sorted() {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s at %s: %s", what, d.Code, d.Path, d.Message)
			ok = false
		}
	}
	see := func(file string) func(string, tree.Node, fact.Origin) {
		return func(path string, n tree.Node, o fact.Origin) {
			for _, fault := range originFaults(o) {
				t.Errorf("%s: %s#%s = %s: %s", what, file, path, clip(value(n)), fault)
				ok = false
			}
			// A key that the chart does not have would read `.enabled`.
			if strings.HasPrefix(path, ".") || strings.Contains(path, "..") {
				t.Errorf("%s: %s#%s has a key that is nothing", what, file, path)
				ok = false
			}
		}
	}
	for component, values := range out.Values {
		if values.Len() == 0 {
			continue // somebody else's release, of which nothing is said
		}
		tree.Walk(values, "", see(component+"/values.yaml"))
	}
	for _, f := range out.Files {
		f.Leaves(see(f.Path))
	}
	for _, r := range p.Releases {
		release, known := check.KeysOf(r)
		if !known {
			continue
		}
		found, err := verify.Values(library, release, encoded(out, r.Component))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s: %s: %s", what, f.Message, f.Help)
			ok = false
		}
	}
	return ok
}
