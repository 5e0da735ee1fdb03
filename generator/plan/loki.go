package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Loki holds the logs.
type Loki struct {
	*Release // nil where it lies at an address

	UID      fact.String
	Endpoint Endpoint
	Gateway  fact.Bool // whether the endpoint is that of the chart's gateway
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
		l.lokiChart(k.LokiChart)
	case k.LokiAddress != nil:
		a := k.LokiAddress
		l.Loki.Endpoint = outside("loki", a.Host, a.Port, a.Tls)
	default:
		l.Loki.Endpoint = nowhere()
	}
}

// lokiChart resolves where a Loki of the chart listens: at the gateway, which
// old charts lack beside a single pod. One that others install is taken to have
// it, since what else it consists of is unknown.
func (l *linker) lokiChart(c *topology.LokiChart) {
	r := l.release(install{"loki", "loki", c.Chart, c.Release, c.Namespace, c.Values, c.Delivery})
	l.Loki.Release = r
	l.Loki.Gateway = r.Bool("gatewayInSingle")
	if r.Delivery.Way == ByOthers {
		l.Loki.Gateway.Value = true
	}
	by, suffix, port := r.Str("singleNamedBy"), fact.String{}, r.Int("singlePort")
	if l.Loki.Gateway.Value {
		by, suffix, port = r.Str("gatewayNamedBy"), r.Str("gatewayService"), r.Int("gatewayPort")
	}
	named := *r
	if by.Value == "name" { // whatever the release
		name := r.Str("name")
		named.Fullname = fact.Derive(name.Value, name, by)
	}
	l.listen("loki.port", r, port)
	l.Loki.Endpoint = Endpoint{Host: l.service(&named, suffix).Named("loki.host"), Port: port.Named("loki.port"), TLS: plainText()}
}
