package plan

import (
	"fmt"

	"tracegen.dev/generator/fact"
)

// Prometheus holds the metrics.
type Prometheus struct {
	UID        fact.String
	Stack      bool // the one of Grafana's kube-prometheus-stack, which brings its own datasource
	Endpoint   Endpoint
	TraceLabel fact.String
	Queries    []Pair
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
		if l.Grafana == nil || !l.Grafana.Stack() && l.Grafana.Kind != UnknownGrafana {
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
