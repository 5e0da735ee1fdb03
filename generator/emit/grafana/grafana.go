// Package grafana emits Grafana's datasources, linked with each other: as a
// provisioning file for any Grafana, and inside the Helm values of its chart or
// of kube-prometheus-stack.
package grafana

import (
	"regexp"
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "grafana",
	Doc:  "Grafana's datasources Tempo, Loki and Prometheus, and the links between them",
	Run:  run,
}

func run(c *emit.Context) error {
	g := c.Plan.Grafana
	if g == nil {
		return nil
	}
	file := tree.NewMap()
	file.Set("apiVersion", c.Int(1, "the version of the provisioning format"))
	file.SetNode("datasources", datasources(c, escape.Grafana))
	c.File("grafana/datasources.yaml", tree.YAML{file})

	v := c.Values("grafana")
	at := g.Str("datasourcesKey").Value
	list := datasources(c, escape.HelmTemplate, escape.Grafana)
	if !g.Stack {
		v.Set(at+".apiVersion", c.Int(1, "the version of the provisioning format"))
		v.SetNode(at+".datasources", list)
		return nil
	}
	// The stack brings a datasource for its own Prometheus, and takes the link
	// from its exemplars by a key of its own.
	list.Items = list.Items[:len(list.Items)-ownPrometheus(c.Plan)]
	v.SetNode(at, list)
	if p := c.Plan.Prometheus; p != nil && p.Stack {
		v.SetNode(g.Str("enableFeaturesKey").Value, tree.Strings(
			c.Str("exemplar-storage", "Prometheus drops exemplars, which lead to traces, unless this is on")))
		if key := g.Str("exemplarKey").Value; key != "" {
			v.Set(key+".datasourceUid", g.TempoUID)
			v.Set(key+".traceIdLabelName", p.TraceLabel)
		}
	}
	return nil
}

// ownPrometheus counts the datasources at the end of the list that
// kube-prometheus-stack has already.
func ownPrometheus(p *plan.Plan) int {
	if p.Prometheus != nil && p.Prometheus.Stack {
		return 1
	}
	return 0
}

// writer writes datasources for one channel.
type writer struct {
	*emit.Context
	channel []escape.Layer
}

// datasources gives Tempo, Loki and Prometheus, as far as the topology has them.
func datasources(c *emit.Context, channel ...escape.Layer) *tree.List {
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
	return fact.Derive(escape.Text(f.Value, w.channel...), f)
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
	if p := w.Plan.Prometheus; p != nil && len(p.Queries) > 0 {
		m.Set("jsonData.tracesToMetrics.datasourceUid", p.UID)
		for i, q := range p.Queries {
			at := "jsonData.tracesToMetrics.queries[" + strconv.Itoa(i) + "]"
			m.Set(at+".name", w.text(fact.Derive(q.Key, q.Value)))
			m.Set(at+".query", w.text(q.Value))
		}
	}
	return m
}

// toLogs leads from a span to the lines that have its trace ID in them.
func (w *writer) toLogs(m *tree.Map) {
	loki := w.Plan.Loki
	generation := w.Plan.Grafana.Str("tracesToLogs")
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

func (w *writer) loki() *tree.Map {
	p := w.Plan
	m := w.datasource("Loki", "loki", p.Loki.UID, p.Loki.Endpoint.URL(""))
	for i, log := range p.AccessLogs() {
		w.derivedField(m, "jsonData.derivedFields["+strconv.Itoa(i)+"].", log)
	}
	return m
}

// derivedField leads from a line of an access log to its trace.
func (w *writer) derivedField(m *tree.Map, at string, log plan.AccessLog) {
	p := w.Plan
	m.Set(at+"name", w.Str("TraceID", "what people see beside the line"))
	m.Set(at+"datasourceUid", p.Grafana.TempoUID)
	m.Set(at+"url", w.text(w.Str("${__value.raw}", "the text that the expression found, which with a datasource is the query")))
	logs := p.Loki.Logs
	if logs.Shape.Value == "label" {
		m.Set(at+"matcherType", fact.Derive("label", plan.Leaf(logs.Shape)))
		m.Set(at+"matcherRegex", plan.Leaf(logs.TraceLabel))
		return
	}
	// A log shipper that nests Traefik's line in a field of its own JSON keeps it
	// as JSON, so that the text to find is the same.
	field := fact.Derive(regexp.QuoteMeta(log.TraceField.Value), log.TraceField)
	pattern := fact.Sprintf(`"%s":"(\w+)"`, field)
	if log.TracePrefix != "" {
		pattern = fact.Sprintf(`"%s":"`+log.TracePrefix+`(\w+)-`, field)
	}
	m.Set(at+"matcherRegex", w.text(fact.Derive(pattern.Value, pattern, plan.Leaf(logs.Shape))))
}

func (w *writer) prometheus() *tree.Map {
	p := w.Plan
	name := "Prometheus"
	if p.Grafana.Stack && !p.Prometheus.Stack {
		name = "Prometheus (tracing)" // the stack has a Prometheus of its own
	}
	m := w.datasource(name, "prometheus", p.Prometheus.UID, p.Prometheus.Endpoint.URL(""))
	at := "jsonData.exemplarTraceIdDestinations[0]."
	m.Set(at+"name", p.Prometheus.TraceLabel)
	m.Set(at+"datasourceUid", p.Grafana.TempoUID)
	return m
}
