package generator

import (
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
)

// TestLinks has Tempo or the collector make metrics of spans, and looks for the
// links that they make possible.
func TestLinks(t *testing.T) {
	const file = `datasources."datasources.yaml".datasources[0].jsonData.`
	metrics := func(profile string) string {
		return profile + "\n" + `prometheus: {kind: "address", host: "p.example.com", queries: own: "up"}`
	}
	generator := func(processors ...string) func(*plan.Plan) {
		return func(p *plan.Plan) {
			p.Tempo.Generator = &plan.Generator{On: fact.Const(true, "test: it is on")}
			for _, name := range processors {
				p.Tempo.Generator.Processors = append(p.Tempo.Generator.Processors, fact.Const(name, "test: a processor"))
			}
		}
	}
	for _, c := range []struct {
		name, profile string
		set           func(*plan.Plan)
		want          map[string]string
	}{
		{"of Tempo", metrics(grafana12), generator("span-metrics", "service-graphs"), map[string]string{
			file + "tracesToMetrics.datasourceUid":    "prometheus",
			file + "tracesToMetrics.tags[0].key":      "service.name",
			file + "tracesToMetrics.tags[0].value":    "service",
			file + "tracesToMetrics.queries[0].query": "sum(rate(traces_spanmetrics_calls_total{$$__tags}[5m]))",
			file + "tracesToMetrics.queries[1].query": `sum(rate(traces_spanmetrics_calls_total{$$__tags, status_code="STATUS_CODE_ERROR"}[5m]))`,
			file + "tracesToMetrics.queries[2].query": "histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket{$$__tags}[5m])))",
			file + "tracesToMetrics.queries[3].name":  "own",
			file + "serviceMap.datasourceUid":         "prometheus",
		}},
		{"of Tempo, the graph alone", metrics(grafana12), generator("service-graphs"), map[string]string{
			file + "tracesToMetrics.tags[0].key":     "",
			file + "tracesToMetrics.queries[0].name": "own",
			file + "serviceMap.datasourceUid":        "prometheus",
		}},
		{"of the collector", metrics(grafana12 + alloy1), func(p *plan.Plan) {
			p.Collector.RemoteWrite = fact.Const("http://p.example.com", "test: it writes")
		}, map[string]string{
			file + "tracesToMetrics.tags[0].value":    "service_name",
			file + "tracesToMetrics.queries[2].query": "histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket{$$__tags}[5m])))",
			file + "serviceMap.datasourceUid":         "",
		}},
		{"that nobody keeps", grafana12, generator("span-metrics", "service-graphs"), map[string]string{
			file + "tracesToMetrics.datasourceUid": "",
			file + "serviceMap.datasourceUid":      "",
		}},
		{"in an old Grafana", `grafana: {kind: "grafana", chart: version: "6.43.5"}` + "\n" + `prometheus: {kind: "address", host: "p.example.com"}`,
			generator("span-metrics", "service-graphs"), map[string]string{
				file + "tracesToMetrics.datasourceUid": "",
				file + "serviceMap.datasourceUid":      "prometheus",
			}},
		{"results of a search", grafana12, streaming, map[string]string{
			file + "streamingEnabled.search":       "true",
			`"grafana.ini".feature_toggles.enable`: "",
		}},
		{"by a toggle", `grafana: {kind: "grafana", chart: version: "7.0.0"}`, streaming, map[string]string{
			file + "streamingEnabled.search":       "",
			`"grafana.ini".feature_toggles.enable`: "traceQLStreaming",
		}},
		{"in a Grafana that cannot", `grafana: {kind: "grafana", chart: version: "6.43.5"}`, streaming, map[string]string{
			file + "streamingEnabled.search":       "",
			`"grafana.ini".feature_toggles.enable`: "",
			file + "nodeGraph.enabled":             "true",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(c.profile)})
			plans, found := s.analyse(t)
			if len(found) > 0 {
				t.Fatalf("found:\n%s", text(s, found))
			}
			c.set(plans[0])
			out, err := Emit(plans[0], &diag.List{})
			if err != nil {
				t.Fatal(err)
			}
			got := leavesOf(out.Values["grafana"])
			for path, want := range c.want {
				if got[path] != want {
					t.Errorf("%s is %q, not %q", path, got[path], want)
				}
			}
		})
	}
}

func streaming(p *plan.Plan) { p.Tempo.Streaming = fact.Const(true, "test: Tempo streams") }
