package grafana

import (
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// writer writes datasources for one channel.
type writer struct {
	*emit.Context
	channel escape.Channel
}

// datasources gives Tempo, Loki and Prometheus, as far as the topology has them.
func datasources(c *emit.Context, channel escape.Channel) *tree.List {
	w := &writer{c, channel}
	list := &tree.List{Items: []tree.Node{w.tempo()}}
	if c.Plan.Loki != nil {
		list.Items = append(list.Items, w.loki())
	}
	if c.Plan.Prometheus != nil {
		list.Items = append(list.Items, w.prometheus())
	}
	return list
}

// text escapes a text for the channel.
func (w *writer) text(f fact.String) fact.String {
	return fact.Derive(w.channel.Text(f.Value), f)
}

func (w *writer) datasource(name, kind string, uid, url fact.String) *tree.Map {
	m := tree.NewMap()
	m.Set("name", w.Str(name, "what people see"))
	m.Set("type", w.Str(kind, "Grafana's plugin"))
	m.Set("uid", uid)
	m.Set("access", w.Str("proxy", "Grafana's server asks, not the browser"))
	m.Set("url", url)
	return m
}

func (w *writer) tempo() *tree.Map {
	g := w.Plan.Grafana
	m := w.datasource("Tempo", "tempo", g.TempoUID, w.Plan.Tempo.Query.URL(""))
	if w.Plan.Loki != nil {
		w.toLogs(m)
	}
	if w.Plan.Prometheus != nil {
		w.toMetrics(m)
	}
	m.Set("jsonData.nodeGraph.enabled", w.Bool(true, "a trace is drawn as a graph above its spans"))
	if p := w.Plan; p.Tempo.Streaming.Value && g.Can.Streaming.Value == "datasource" {
		m.Set("jsonData.streamingEnabled.search", fact.Derive(true, p.Tempo.Streaming, g.Can.Streaming))
	}
	return m
}

// toMetrics leads from a span to the metrics of its service, and draws the
// service graph.
func (w *writer) toMetrics(m *tree.Map) {
	g, p := w.Plan.Grafana, w.Plan.Prometheus
	queries := p.Queries
	if s, ok := w.Plan.SpanMetrics(); ok && g.Can.TracesToMetrics.Value == "on" {
		m.Set("jsonData.tracesToMetrics.tags[0].key", w.Str("service.name", "the attribute that every span has"))
		m.Set("jsonData.tracesToMetrics.tags[0].value", s.Service)
		queries = append(red(s), queries...)
	}
	if len(queries) > 0 {
		m.Set("jsonData.tracesToMetrics.datasourceUid", p.UID)
	}
	for i, q := range queries {
		at := "jsonData.tracesToMetrics.queries[" + strconv.Itoa(i) + "]"
		m.Set(at+".name", w.text(fact.Derive(q.Key, q.Value)))
		m.Set(at+".query", w.text(q.Value))
	}
	if t := w.Plan.Tempo.Generator; t.Makes("service-graphs") && g.Can.ServiceMap.Value {
		m.Set("jsonData.serviceMap.datasourceUid", fact.Derive(p.UID.Value, p.UID, t.On))
	}
}

// red asks for rate, errors and duration of the spans with the same tags.
func red(s plan.SpanMetrics) []plan.Pair {
	return []plan.Pair{
		{Key: "Rate", Value: fact.Sprintf("sum(rate(%s{$__tags}[5m]))", s.Calls)},
		{Key: "Errors", Value: fact.Sprintf(`sum(rate(%s{$__tags, %s="STATUS_CODE_ERROR"}[5m]))`, s.Calls, s.Status)},
		{Key: "Duration", Value: fact.Sprintf("histogram_quantile(0.95, sum by (le) (rate(%s_bucket{$__tags}[5m])))", s.Latency)},
	}
}

// toLogs leads from a span to the lines that have its trace ID in them.
func (w *writer) toLogs(m *tree.Map) {
	loki := w.Plan.Loki
	generation := w.Plan.Grafana.Can.TracesToLogs
	const around = "a line may be written some time before and after its span"
	if generation.Value == "v1" {
		at := "jsonData.tracesToLogs."
		m.Set(at+"datasourceUid", fact.Derive(loki.UID.Value, loki.UID, generation))
		m.Set(at+"filterByTraceID", w.Bool(true, "only the lines of this trace"))
		m.SetNode(at+"mappedTags", &tree.List{Items: []tree.Node{w.mappedTag()}})
		m.Set(at+"mapTagNamesEnabled", w.Bool(true, "the label's name differs from the tag's"))
		m.Set(at+"spanStartTimeShift", w.Str("-1h", around))
		m.Set(at+"spanEndTimeShift", w.Str("1h", around))
		return
	}
	at := "jsonData.tracesToLogsV2."
	m.Set(at+"datasourceUid", fact.Derive(loki.UID.Value, loki.UID, generation))
	m.Set(at+"spanStartTimeShift", w.Str("-1h", around))
	m.Set(at+"spanEndTimeShift", w.Str("1h", around))
	m.Set(at+"customQuery", w.Bool(true, "the query below, not one made of the span's tags"))
	logs := loki.Logs
	stream := fact.Sprintf(`{%s=%q}`, plan.Leaf(logs.StreamLabel), plan.Leaf(logs.StreamValue))
	query := fact.Sprintf("%s |= `${__trace.traceId}`", stream)
	if logs.Shape.Value == "label" {
		query = fact.Sprintf("%s | %s=`${__trace.traceId}`", stream, plan.Leaf(logs.TraceLabel))
	}
	m.Set(at+"query", w.text(query))
}

func (w *writer) mappedTag() *tree.Map {
	m := tree.NewMap()
	m.Set("key", w.Str("service.name", "the tag that every span has"))
	m.Set("value", plan.Leaf(w.Plan.Topology.Loki.Logs.StreamLabel))
	return m
}

func (w *writer) prometheus() *tree.Map {
	p := w.Plan
	name := "Prometheus"
	if p.Grafana.Stack() && !p.Prometheus.Stack {
		name = "Prometheus (tracing)" // the stack has a Prometheus of its own
	}
	m := w.datasource(name, "prometheus", p.Prometheus.UID, p.Prometheus.Endpoint.URL(""))
	for i, label := range p.Prometheus.TraceLabels {
		at := "jsonData.exemplarTraceIdDestinations[" + strconv.Itoa(i) + "]."
		m.Set(at+"name", label)
		m.Set(at+"datasourceUid", p.Grafana.TempoUID)
	}
	return m
}
