package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Loki holds the logs.
type Loki struct {
	UID      fact.String
	Endpoint Endpoint
	Logs     topology.Logs
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
		r := l.release(install{"loki", "loki", c.Chart.Version, c.Chart.Repository, c.Release, c.Namespace, topology.Open{},
			&topology.Delivery{DeliverNone: &topology.DeliverNone{}}})
		l.Loki.Endpoint = l.inside("loki", r, r.Str("gatewayService"), r.Int("gatewayPort"))
	case k.LokiAddress != nil:
		a := k.LokiAddress
		l.Loki.Endpoint = outside("loki", a.Host, a.Port, a.Tls)
	default:
		l.Loki.Endpoint = nowhere()
	}
}
