package grafana

import (
	"regexp"
	"strconv"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

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
	// Which text stands around the name and the ID: a log shipper that nests the
	// line in a field of its own JSON writes it as an object (fluentd with its
	// parser, as `| json | message_RequestHost` of 2022 shows), where the text is
	// the same, or as a string, where each quote has a backslash before it.
	quote, colon := `"`, `:`
	if logs.Shape.Value == "nested" {
		quote, colon = `\\*"`, `: ?`
	}
	field := fact.Derive(regexp.QuoteMeta(log.TraceField.Value), log.TraceField)
	id := `(\w+)` + quote
	if log.TracePrefix != "" {
		id = log.TracePrefix + `(\w+)-`
	}
	pattern := fact.Sprintf(`"%s`+quote+colon+quote+id, field)
	m.Set(at+"matcherRegex", w.text(fact.Derive(pattern.Value, pattern, plan.Leaf(logs.Shape))))
}
