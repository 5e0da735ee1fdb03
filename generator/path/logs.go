package path

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tracegen.dev/generator/plan"
)

// traceID stands in the line by which a derived field is tried.
const traceID = "4bf92f3577b34da6a3ce929d0e0e4736"

// logs follows a line of a log to Loki, from there to its trace, and back.
func (f *follower) logs() {
	if f.Loki == nil {
		return
	}
	hops := []*Hop{f.shipped()}
	if f.Grafana == nil {
		f.journey("logs", "a line of a log", hops...)
		return
	}
	h, loki := f.asks("loki", "loki")
	if loki != nil {
		if a, ok := h.read(loki.get("url")); ok {
			f.reach(h, loki.get("url"), a, f.loki("", a.scheme == "https"))
			h.Protocol = "http"
		}
	}
	hops = append(hops, h)
	tempo := f.source("tempo")
	if tempo == nil || loki == nil {
		f.journey("logs", "a line of a log", hops...)
		return
	}
	for i, log := range f.AccessLogs() {
		if f.writes(log) { // else a check has said so
			hops = append(hops, f.derived(loki, tempo, i, log))
		}
	}
	f.journey("logs", "from a log line to its trace", hops...)
	if h := f.toLogs(tempo, loki); h != nil {
		f.journey("trace-logs", "from a span to its log lines", h)
	}
}

func (f *follower) loki(urlPath string, tls bool) target {
	return target{node: "loki", protocol: "loki", path: urlPath, tls: tls, place: f.Loki.Endpoint, release: f.Loki.Release}
}

// shipped is how the lines reach Loki: by the collector, or by a shipper of the
// user's.
func (f *follower) shipped() *Hop {
	c := f.Collector
	if c == nil || c.PodLogs == nil || c.Chart == nil {
		h := f.hop("a log shipper of yours", "loki", "logs")
		h.ID = "shipper-loki"
		h.Listens = "Loki"
		h.Address = f.Loki.Endpoint.URL("").Value
		h.Outside = "said at " + said(f.Loki.Logs.Place)
		h.know(f.Loki.Endpoint.Host.Origin)
		return h
	}
	h := f.hop(c.Component, "loki", "loki push")
	if c.Component == plan.OtelCollector {
		h.Protocol = "otlp-http"
	}
	h.ID = c.Component + "-loki"
	p := f.pipeline()
	if len(p.logs) == 0 {
		h.fail(p.config, nil, "%s sends no lines to Loki", p.config.at)
		return h
	}
	protocol := h.Protocol
	h.know(c.PodLogs.URL.Origin)
	if a, ok := h.read(p.logs[0].address); ok {
		want := "/loki/api/v1/push"
		if c.Component == plan.OtelCollector {
			want = "/otlp"
		}
		f.reach(h, p.logs[0].address, a, f.loki(want, a.scheme == "https"))
	}
	h.Protocol = protocol
	return h
}

// derived is the link from a line of an access log to its trace: it is tried on a
// line as the ingress's final configuration writes it.
func (f *follower) derived(loki, tempo *source, i int, log plan.AccessLog) *Hop {
	at := fmt.Sprintf("jsonData.derivedFields[%d].", i)
	uid, pattern := loki.get(at+"datasourceUid"), loki.get(at+"matcherRegex")
	h := f.jump("loki-tempo", "loki", f.api(), "derived field", uid, tempo.uid.text())
	if i > 0 {
		h.ID += "-" + strconv.Itoa(i+1)
	}
	h.say(pattern)
	h.Address += ", " + f.unescaped(pattern.text())
	if f.Loki.Logs.Shape.Value == "label" {
		h.want(loki.get(at+"matcherType"), "label", "a trace ID in a label")
		h.want(pattern, f.Loki.Logs.TraceLabel.Value, "the label of the lines")
		h.Outside = "said at " + said(f.Loki.Logs.TraceLabel.Place)
		return h
	}
	line, reads, ok := f.line(h, log)
	for _, l := range reads {
		h.say(l)
	}
	h.know(log.TraceField.Origin)
	if !ok {
		return h
	}
	expression, err := regexp.Compile(f.unescaped(pattern.text()))
	if err != nil {
		h.fail(pattern, nil, "%s: %v", pattern.at, err)
		return h
	}
	blame, other := pattern, f.ingress(log)
	for _, l := range reads {
		if l.overridden() {
			blame = l
		}
	}
	for _, shaped := range f.shapes(line) {
		if m := expression.FindStringSubmatch(shaped); len(m) != 2 || m[1] != traceID {
			h.fail(blame, other, "%s does not find the trace ID in what the ingress writes: %q", pattern.at, shaped)
		}
	}
	return h
}

// ingress is the one that writes a log.
func (f *follower) ingress(log plan.AccessLog) *node {
	if f.Traefik != nil && log.TraceField.Value == f.Traefik.Log.TraceField.Value {
		return f.node(f.Traefik.Release)
	}
	return f.node(f.Nginx.Release)
}

// shapes are what a log shipper may make of a line.
func (f *follower) shapes(line string) []string {
	if f.Loki.Logs.Shape.Value == "nested" {
		return []string{`{"kubernetes":{},"message":` + line + `}`, fmt.Sprintf(`{"log":%q,"stream":"stdout"}`, line)}
	}
	return []string{line}
}

// line is one that the ingress writes, by its configuration.
func (f *follower) line(h *Hop, log plan.AccessLog) (line string, reads []leaf, ok bool) {
	if f.ingress(log).Component == "traefik" {
		return f.traefikLine(h)
	}
	r := f.Nginx.Release
	key := r.Str("logFormatKey").Value
	format := f.keyed(r, "configKey", "."+quoted(key))
	variable := r.Str("otlpTraceVariable").Value
	if f.Nginx.Zipkin {
		variable = r.Str("zipkinTraceVariable").Value
	}
	return strings.ReplaceAll(format.text(), "$"+variable, traceID), []leaf{format}, true
}

// writes reports whether the input has an ingress write its lines.
func (f *follower) writes(log plan.AccessLog) bool {
	if f.ingress(log).Component == "traefik" {
		return f.Topology.Traefik.AccessLog.Enabled.Value
	}
	return f.Topology.IngressNginx.AccessLog.Enabled.Value
}

func (f *follower) traefikLine(h *Hop) (line string, reads []leaf, ok bool) {
	r := f.Traefik.Release
	on := f.keyed(r, "accessLogKey", ".enabled")
	format := f.keyed(r, "accessLogKey", ".format")
	if !h.want(on, "true", "a line that leads to a trace") || !h.want(format, "json", "a field that can be found") {
		return "", nil, false
	}
	line = `{"ClientHost":"10.0.0.1"`
	mode := f.keyed(r, "accessLogKey", "."+r.Str("accessLogFieldsKey").Value+"."+r.Str("defaultModeKey").Value)
	if own := r.Str("logTraceField").Value; own != "" {
		only := f.keyed(r, "accessLogKey", "."+r.Str("accessLogFieldsKey").Value+".names."+own)
		if reads = append(reads, mode); only.there() {
			reads = append(reads, only)
		}
		if mode.text() == "keep" && only.text() != "drop" || only.text() == "keep" {
			line += fmt.Sprintf(",%q:%q", own, traceID)
		}
	}
	for _, header := range []struct{ name, value string }{
		{"X-B3-Traceid", traceID}, {"Traceparent", "00-" + traceID + "-00f067aa0ba902b7-01"},
	} {
		keep := f.keyed(r, "accessLogKey", ".fields.headers.names."+quoted(header.name))
		if keep.text() == "keep" {
			reads = append(reads, keep)
			line += fmt.Sprintf(",%q:%q", "request_"+header.name, header.value)
		}
	}
	return line + "}", reads, true
}

// toLogs is the link from a span to its lines.
func (f *follower) toLogs(tempo, loki *source) *Hop {
	for _, generation := range []string{"jsonData.tracesToLogsV2.", "jsonData.tracesToLogs."} {
		uid := tempo.get(generation + "datasourceUid")
		if !uid.there() {
			continue
		}
		h := f.jump("tempo-loki", f.api(), "loki", "traces to logs", uid, loki.uid.text())
		if query := tempo.get(generation + "query"); query.there() {
			h.say(query)
			h.Address += ", " + f.unescaped(query.text())
			stream := fmt.Sprintf("{%s=%q}", f.Loki.Logs.StreamLabel.Value, f.Loki.Logs.StreamValue.Value)
			if !strings.HasPrefix(f.unescaped(query.text()), stream) || !strings.Contains(f.unescaped(query.text()), "${__trace.traceId}") {
				h.fail(query, nil, "%s does not ask for the lines of the trace in the stream %s", query.at, stream)
			}
		}
		return h
	}
	return nil
}
