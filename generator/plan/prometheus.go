package plan

import (
	"fmt"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Prometheus holds the metrics.
type Prometheus struct {
	*Release // of its own chart; nil elsewhere

	UID         fact.String
	Stack       bool // the one of Grafana's kube-prometheus-stack, which brings its own datasource
	Endpoint    Endpoint
	TraceLabel  fact.String   // of an exemplar, that holds the trace ID
	TraceLabels []fact.String // that one, and those that others write
	Queries     []Pair
	RemoteWrite fact.Bool  // whether somebody writes to it, for whom it must open its receiver
	Refused     []fact.Any // who would write to it, where it takes none
	takes       fact.Bool  // whether it can be written to
}

func (l *linker) prometheus() {
	m := l.t.Prometheus
	if m == nil {
		return
	}
	p := &Prometheus{TraceLabel: of(m.TraceLabel), takes: fact.Derive(true, of(m.Kind))}
	l.Prometheus = p
	for _, q := range m.Queries {
		p.Queries = append(p.Queries, Pair{q.Key.Value, of(q.Value)})
	}
	switch {
	case m.PrometheusStack != nil:
		p.Stack = true
		if l.Grafana == nil || !l.Grafana.Stack() && l.Grafana.Kind != UnknownGrafana {
			p.Endpoint = nowhere()
			l.dangling(m.Kind.Place,
				fmt.Sprintf("%s is \"kube-prometheus-stack\", and Grafana does not come from one", m.Kind.Path),
				`write prometheus: {kind: "address", host: "…"}, or grafana: kind: "kube-prometheus-stack"`)
			return
		}
		r := l.Grafana.Release
		p.Endpoint = l.inside("prometheus", r, r.Str("prometheusService"), r.Int("prometheusPort"))
	case m.PrometheusChart != nil:
		l.prometheusChart(m.PrometheusChart)
	case m.PrometheusAddress != nil:
		a := m.PrometheusAddress
		p.Endpoint = outside("prometheus", a.Host, a.Port, a.Tls)
		p.takes = of(a.RemoteWrite)
	default:
		p.Endpoint = nowhere()
	}
	if l.t.Grafana != nil {
		p.UID = of(l.t.Grafana.Uids.Prometheus).Named("uid.prometheus")
	}
}

func (l *linker) prometheusChart(c *topology.PrometheusChart) {
	r := l.release(install{"prometheus", "prometheus", c.Chart, c.Release, c.Namespace, c.Values, c.Delivery})
	l.Prometheus.Release = r
	l.Prometheus.Endpoint = l.inside("prometheus", r, r.Str("serverService"), r.Int("serverPort"))
}

// openRemoteWrite has Prometheus take metrics, because of why, and gives the URL
// at which it does. Where Prometheus is not ours to configure and nobody says
// that it takes them, a check reports that at Prometheus.
func (p *Prometheus) openRemoteWrite(why fact.Any) fact.String {
	url := p.Endpoint.URL("/api/v1/write").Named("prometheus.remoteWrite")
	if !p.takes.Value && !p.takes.Poisoned {
		p.Refused = append(p.Refused, why)
		return url
	}
	if p.RemoteWrite.Value {
		why = fact.Derive(true, p.RemoteWrite, why)
	}
	p.RemoteWrite = fact.Derive(true, why)
	return url
}
