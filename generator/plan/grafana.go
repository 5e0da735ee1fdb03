package plan

import (
	"fmt"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Grafana is the front end.
type Grafana struct {
	*Release
	Stack    bool // inside kube-prometheus-stack
	TempoUID fact.String
}

// Loki holds the logs.
type Loki struct {
	UID      fact.String
	Endpoint Endpoint
	Logs     topology.Logs
}

// Prometheus holds the metrics.
type Prometheus struct {
	UID        fact.String
	Stack      bool // the one of Grafana's kube-prometheus-stack, which brings its own datasource
	Endpoint   Endpoint
	TraceLabel fact.String
	Queries    []Pair

	RemoteWrite fact.Bool  // whether somebody writes metrics to it
	Refused     []fact.Any // who would write to it, where it takes none
}

// openRemoteWrite gives the endpoint that takes metrics, and has it opened where
// Prometheus is the tree's own.
func (p *Prometheus) openRemoteWrite(why fact.Any) (Endpoint, bool) {
	p.RemoteWrite = fact.Derive(true, why)
	return p.Endpoint, true
}

func (l *linker) grafana() {
	g := l.t.Grafana
	if g == nil {
		return
	}
	chartName := "grafana"
	if g.GrafanaStack != nil {
		chartName = "kube-prometheus-stack"
	}
	r := l.release(install{"grafana", chartName, g.Chart, g.Release, g.Namespace, g.Values, g.Delivery})
	if g.GrafanaChart == nil && g.GrafanaStack == nil {
		r.Chart, r.Fullname.Poisoned, r.Repository.Poisoned = nil, true, true
	}
	l.Grafana = &Grafana{Release: r, Stack: g.GrafanaStack != nil, TempoUID: of(g.Uids.Tempo).Named("uid.tempo")}
	if l.Loki != nil {
		l.Loki.UID = of(g.Uids.Loki).Named("uid.loki")
	}
}

func (l *linker) loki() {
	k := l.t.Loki
	if k == nil {
		return
	}
	l.Loki = &Loki{Logs: k.Logs}
	switch {
	case k.LokiChart != nil:
		c := k.LokiChart
		r := l.release(install{"loki", "loki", c.Chart, c.Release, c.Namespace, topology.Open{},
			&topology.Delivery{DeliverNone: &topology.DeliverNone{}}})
		l.Loki.Endpoint = l.inside("loki", r, r.Str("gatewayService"), r.Int("gatewayPort"))
	case k.LokiAddress != nil:
		a := k.LokiAddress
		l.Loki.Endpoint = outside("loki", a.Host, a.Port, a.Tls)
	default:
		l.Loki.Endpoint = nowhere()
	}
}

func (l *linker) prometheus() {
	m := l.t.Prometheus
	if m == nil {
		return
	}
	l.Prometheus = &Prometheus{TraceLabel: of(m.TraceLabel)}
	for _, q := range m.Queries {
		l.Prometheus.Queries = append(l.Prometheus.Queries, Pair{q.Key.Value, of(q.Value)})
	}
	switch {
	case m.PrometheusStack != nil:
		l.Prometheus.Stack = true
		if l.Grafana == nil || !l.Grafana.Stack && l.Grafana.Chart != nil {
			l.dangling(m.Kind.Place,
				fmt.Sprintf("%s is \"kube-prometheus-stack\", and Grafana does not come from one", m.Kind.Path),
				`write kind: "address" with its host, or grafana: kind: "kube-prometheus-stack"`)
			return
		}
		r := l.Grafana.Release
		l.Prometheus.Endpoint = l.inside("prometheus", r, r.Str("prometheusService"), r.Int("prometheusPort"))
	case m.PrometheusAddress != nil:
		a := m.PrometheusAddress
		l.Prometheus.Endpoint = outside("prometheus", a.Host, a.Port, a.Tls)
	default:
		l.Prometheus.Endpoint = nowhere()
	}
	if l.t.Grafana != nil {
		l.Prometheus.UID = of(l.t.Grafana.Uids.Prometheus).Named("uid.prometheus")
	}
}
