// Package linkerd emits the Helm values by which the proxies of Linkerd send their
// spans: those of the extension jaeger up to 2.18, the control plane's own from
// 2.19 on. What is meshed stands with the namespaces and with the ingress.
package linkerd

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "linkerd",
	Doc:  "Helm values of Linkerd: where the proxies send their spans, and by which identity they know who receives",
	Run:  run,
}

func run(c *emit.Context) error {
	m := c.Plan.Linkerd
	if m == nil {
		return nil
	}
	v := c.Values("linkerd")
	if m.Tracing.Value == "proxy" {
		proxies(m, v)
	} else {
		extension(c, m, v)
	}
	return nil
}

// extension is for the chart linkerd-jaeger, whose own collector and Jaeger have
// no use beside Tempo.
func extension(c *emit.Context, m *plan.Linkerd, v *tree.Map) {
	const why = "Tempo takes its place"
	v.Set(m.Str("collectorKey").Value, c.Bool(false, why))
	v.Set(m.Str("jaegerKey").Value, c.Bool(false, why))
	v.Set(m.Str("collectorAddressKey").Value, m.Export.Endpoint.Address())
	v.Set(m.Str("collectorAccountKey").Value, m.Account)
	if key := m.Str("protocolKey").Value; key != "" {
		v.Set(key, m.Sends)
	}
	if m.Domain.Value != "" {
		v.Set(m.Str("clusterDomainKey").Value, m.Domain)
	}
}

// proxies is for the chart linkerd-control-plane.
func proxies(m *plan.Linkerd, v *tree.Map) {
	set := func(feature string, f fact.Any) {
		if key := m.Str(feature).Value; key != "" { // a check refuses charts without
			v.Set(key, f)
		}
	}
	set("proxyTracingKey", fact.Derive(true, m.Tracing))
	set("collectorEndpointKey", m.Export.Endpoint.Address())
	set("collectorAccountKey", m.Account)
	if m.Receiver != nil { // in a draft, there may be nobody
		set("collectorNamespaceKey", m.Receiver.Namespace)
	}
}
