package path

import (
	"fmt"
	"slices"
	"strings"
)

// metrics follows what is made of spans to Prometheus, and from there back to a
// trace.
func (f *follower) metrics() {
	if f.Prometheus == nil {
		return
	}
	var hops []*Hop
	if g := f.Tempo.Generator; g != nil && f.Tempo.Chart != nil {
		if f.Tempo.Distributed {
			hops = append(hops, f.fed())
		}
		hops = append(hops, f.generated())
	}
	if c := f.Collector; c != nil && c.Chart != nil && c.RemoteWrite.Value != "" {
		hops = append(hops, f.counted())
	}
	if f.Grafana != nil {
		hops = append(hops, f.asksPrometheus()...)
	}
	f.journey("metrics", "from a metric to its trace", hops...)
}

// prometheus is where metrics are written, or asked for.
func (f *follower) prometheus(protocol, urlPath string, tls bool) target {
	p := f.Prometheus
	t := target{node: "prometheus", protocol: protocol, path: urlPath, tls: tls, place: p.Endpoint, release: p.Release}
	if p.Stack {
		t.release = f.Grafana.Release
	}
	return t
}

// fed is how spans reach the metrics generator: from the distributor, or in Tempo 3
// from Kafka.
func (f *follower) fed() *Hop {
	t := f.Tempo
	if t.Kafka == nil || !t.Bool("kafka").Value {
		return f.part("distributor", "metrics-generator")
	}
	h := f.hop("kafka", "tempo metrics-generator", "kafka")
	h.ID = "kafka-tempo-metrics-generator"
	says := f.keyed(t.Release, "kafkaAddressKey", "")
	if a, ok := h.read(says); ok {
		f.reach(h, says, a, target{node: h.To, protocol: "kafka", place: t.Kafka.Endpoint})
	}
	f.topic(h)
	f.running(h, f.node(t.Release), "metrics-generator")
	return h
}

// generated is what Tempo's metrics generator writes.
func (f *follower) generated() *Hop {
	t := f.Tempo
	from := "tempo"
	if t.Distributed {
		from = "tempo metrics-generator"
	}
	h := f.hop(from, "prometheus", "remote-write")
	h.ID = "tempo-prometheus"
	h.want(f.keyed(t.Release, "metricsGeneratorKey", ""), "true", "the metrics generator")
	if t.Distributed {
		f.running(h, f.node(t.Release), "metrics-generator")
	}
	url := f.keyed(t.Release, "remoteWriteKey", "[0].url")
	if !url.there() {
		url = f.keyed(t.Release, "remoteWriteURLKey", "")
	}
	if list := f.keyed(t.Release, "processorsKey", ""); list.at != "" {
		h.say(list)
		for _, p := range t.Generator.Processors {
			if !slices.Contains(names(list.node), p.Value) {
				h.fail(list, nil, "%s does not list %s, so nobody makes its metrics", list.at, p.Value)
			}
		}
	}
	h.know(t.Generator.On.Origin)
	if a, ok := h.read(url); ok {
		f.reach(h, url, a, f.prometheus("remote-write", "/api/v1/write", a.scheme == "https"))
	}
	return h
}

// counted is what the collector writes.
func (f *follower) counted() *Hop {
	c := f.Collector
	h := f.hop(c.Component, "prometheus", "remote-write")
	h.ID = c.Component + "-prometheus"
	p := f.pipeline()
	if len(p.metrics) == 0 {
		h.fail(p.config, nil, "%s writes no metrics of spans", p.config.at)
		return h
	}
	h.know(c.RemoteWrite.Origin)
	if a, ok := h.read(p.metrics[0].address); ok {
		f.reach(h, p.metrics[0].address, a, f.prometheus("remote-write", "/api/v1/write", a.scheme == "https"))
	}
	return h
}

// asksPrometheus is Grafana's way to the metrics, and the links between them and
// the traces.
func (f *follower) asksPrometheus() []*Hop {
	var hops []*Hop
	own := f.Prometheus.Stack // whose datasource the stack's chart makes
	var s *source
	if !own {
		var h *Hop
		if h, s = f.asks("prometheus", "prometheus"); s != nil {
			if a, ok := h.read(s.get("url")); ok {
				f.reach(h, s.get("url"), a, f.prometheus("prometheus", "", a.scheme == "https"))
				h.Protocol = "http"
			}
		}
		hops = append(hops, h)
	}
	if own {
		hops = append(hops, f.ownSource())
	}
	tempo := f.source("tempo")
	if tempo == nil {
		return hops
	}
	if h := f.exemplar(s, tempo); h != nil {
		hops = append(hops, h)
	}
	uid := f.Prometheus.UID.Value
	if s != nil {
		uid = s.uid.text()
	}
	if m := tempo.get("jsonData.serviceMap.datasourceUid"); m.there() {
		h := f.jump("tempo-service-map", f.api(), "prometheus", "service map", m, uid)
		if !f.Tempo.Generator.Makes("service-graphs") {
			h.fail(m, nil, "%s draws a service graph, and nobody makes its metrics", m.at)
		}
		hops = append(hops, h)
	}
	if m := tempo.get("jsonData.tracesToMetrics.datasourceUid"); m.there() {
		hops = append(hops, f.jump("tempo-metrics", f.api(), "prometheus", "traces to metrics", m, uid))
	}
	return hops
}

// ownSource is the datasource that kube-prometheus-stack makes of its own
// Prometheus.
func (f *follower) ownSource() *Hop {
	h := f.hop("grafana", "prometheus", "http")
	h.ID = "grafana-prometheus"
	r := f.Grafana.Release
	for _, key := range r.Strs("prometheusDatasourceKeys").Value {
		if on := f.value(r, key); on.text() == "false" {
			h.fail(on, nil, "%s is false, so Grafana has no datasource for Prometheus", on.at)
		}
	}
	p := f.Prometheus.Endpoint
	h.Address = p.URL("").Value
	f.reach(h, leaf{at: "the stack's own datasource", release: r}, address{host: p.Host.Value, port: int(p.Port.Value)}, f.prometheus("prometheus", "", false))
	h.Protocol = "http"
	return h
}

// jump is a link in Grafana from one datasource to another, by its uid.
func (f *follower) jump(id, from, to, protocol string, says leaf, uid string) *Hop {
	h := f.hop(from, to, protocol)
	h.ID = id
	h.Address = "datasource " + says.text()
	to, _, _ = strings.Cut(to, " ")
	h.Listens = "Grafana's datasource of the type " + to
	h.want(says, uid, "the datasource of the type "+to)
	h.know(says.origin())
	return h
}

// api is the program of Tempo's that answers.
func (f *follower) api() string {
	if f.Tempo.Distributed {
		return "tempo query-frontend"
	}
	return "tempo"
}

// exemplar is the link from a point of a metric to a trace.
func (f *follower) exemplar(prometheus, tempo *source) *Hop {
	var uid, label leaf
	if prometheus != nil {
		uid = prometheus.get("jsonData.exemplarTraceIdDestinations[0].datasourceUid")
		label = prometheus.get("jsonData.exemplarTraceIdDestinations[0].name")
	} else {
		uid = f.keyed(f.Grafana.Release, "exemplarKey", ".datasourceUid")
		label = f.keyed(f.Grafana.Release, "exemplarKey", ".traceIdLabelName")
	}
	if !uid.there() {
		return nil
	}
	h := f.jump("prometheus-tempo", "prometheus", f.api(), "exemplar", uid, tempo.uid.text())
	h.say(label)
	h.Address += fmt.Sprintf(", label %s", label.text())
	written := false
	for _, l := range f.Prometheus.TraceLabels {
		written = written || l.Value == label.text()
	}
	if !written {
		h.fail(label, nil, "%s is %q, and nobody writes exemplars with that label", label.at, label.text())
	}
	return h
}
