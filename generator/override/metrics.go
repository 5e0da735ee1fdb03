package override

import "tracegen.dev/generator/plan"

// loki is for a Loki by its chart. Before it was called by the release, no full
// name moved its Services.
func loki(p *plan.Plan, r *plan.Release) []chartDefault {
	host, port := []string{"loki.host"}, p.Loki.Endpoint.Port
	by, ports := "singleNamedBy", "singlePortKeys"
	if p.Loki.Gateway.Value {
		by, ports = "gatewayNamedBy", "gatewayPortKeys"
	}
	out := []chartDefault{{feature: ports, facts: []string{"loki.port"}, value: port}}
	if r.Str(by).Value == "name" {
		return append(out, chartDefault{feature: "nameKeys", facts: host, value: r.Str("name"), gives: itself})
	}
	return append(out, names(r, "loki.host")...)
}

// prometheus is for a Prometheus by its own chart, whose server has a full name
// of its own.
func prometheus(p *plan.Plan, r *plan.Release) []chartDefault {
	host := []string{"prometheus.host"}
	name := service(p.Prometheus.Endpoint)
	return []chartDefault{
		{feature: "fullnameKeys", facts: host, value: name, gives: itself},
		{feature: "nameKeys", facts: host, value: r.Fullname, gives: renamed(r), input: r.Name, phrase: "write release: %q"},
		{feature: "namespaceKeys", facts: host, value: r.Namespace, gives: itself, input: r.Namespace, phrase: "write namespace: %q"},
		{feature: "serverNameKeys", facts: host, value: r.Str("serverService"), gives: itself},
		{feature: "serverServiceKeys", facts: host, value: constant(true)},
		{feature: "serverPortKeys", facts: []string{"prometheus.port"}, value: p.Prometheus.Endpoint.Port},
	}
}
