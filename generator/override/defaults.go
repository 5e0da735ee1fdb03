package override

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// A chartDefault is something that other files rely on and that the chart's own
// values decide, so that tracegen writes it nowhere: a Service's name, its
// port, that it is there at all.
type chartDefault struct {
	feature string   // of the chart: the value paths that decide it
	facts   []string // the plan's names of what follows from it
	value   fact.Any // what it is

	// For names: what an override makes of it, and the input that says it.
	gives  func(override string) string
	input  fact.String
	phrase string // what to write instead, with one %q
}

// defaults lists them, for the releases that others rely on.
func defaults(p *plan.Plan, r *plan.Release) []chartDefault {
	switch {
	case r == p.Tempo.Release:
		out := append(names(r, "tempo.query.host", "tempo.receiver.host"),
			chartDefault{feature: "httpPortKeys", facts: []string{"tempo.query.port"}, value: p.Tempo.Query.Port})
		out = append(out, account("tempo.serviceAccount", p.Tempo.ServiceAccount)...)
		if p.Store.Placement == "subchart" && r.Knows("minioServiceKeys") { // a check refuses the chart tempo, which has none
			out = append(out, subchart(p, r)...)
		}
		return out
	case r == p.Store.Release:
		return append(names(r, "store.host"),
			chartDefault{feature: "servicePortKeys", facts: []string{"store.port"}, value: p.Store.Endpoint.Port},
			chartDefault{feature: "tlsKeys", facts: []string{"store.host"}, value: p.Store.Endpoint.TLS})
	case p.Traefik != nil && r == p.Traefik.Release:
		return ingressClass(r)
	case p.Collector != nil && r == p.Collector.Release:
		out := append(names(r, "collector.receiver.host"),
			chartDefault{feature: "serviceKeys", facts: []string{"collector.receiver.host"}, value: constant(true)})
		return append(append(out, account("collector.serviceAccount", p.Collector.ServiceAccount)...), configuration(p, r)...)
	case p.Grafana != nil && r == p.Grafana.Release && p.Prometheus != nil && p.Prometheus.Stack && r.Knows("prometheusDatasourceKeys"):
		return append(names(r, "prometheus.host"),
			chartDefault{feature: "prometheusServiceKeys", facts: []string{"prometheus.host"}, value: constant(true)},
			chartDefault{feature: "prometheusPortKeys", facts: []string{"prometheus.port"}, value: p.Prometheus.Endpoint.Port},
			chartDefault{feature: "prometheusUidKeys", facts: []string{"uid.prometheus"}, value: p.Prometheus.UID},
			chartDefault{feature: "prometheusDatasourceKeys", facts: []string{"uid.prometheus"}, value: constant(true)})
	case p.Loki != nil && r == p.Loki.Release:
		return loki(p, r)
	case p.Prometheus != nil && r == p.Prometheus.Release:
		return prometheus(p, r)
	}
	return nil // nobody sends to it or asks it
}

// names are those that the release's hosts begin with, and their namespace.
func names(r *plan.Release, hosts ...string) []chartDefault {
	const full, release, namespace = "write chart: fullname: %q", "write release: %q", "write namespace: %q"
	out := []chartDefault{
		{feature: "fullnameKeys", facts: hosts, value: r.Fullname, gives: itself, input: r.Name, phrase: full},
		{feature: "nameKeys", facts: hosts, value: r.Fullname, gives: renamed(r), input: r.Name, phrase: release},
	}
	if r.Knows("namespaceKeys") {
		out = append(out, chartDefault{feature: "namespaceKeys", facts: hosts, value: r.Namespace, gives: itself, input: r.Namespace, phrase: namespace})
	}
	return out
}

// account is the ServiceAccount by which a mesh knows who receives.
func account(name string, is fact.String) []chartDefault {
	return []chartDefault{
		{feature: "serviceAccountKeys", facts: []string{name}, value: is, gives: itself},
		{feature: "serviceAccountCreateKeys", facts: []string{name}, value: constant(true)},
	}
}

// configuration keeps the one that tracegen writes in force: every receiver that
// is on stands in it.
func configuration(p *plan.Plan, r *plan.Release) []chartDefault {
	var facts []string
	for _, rc := range p.Collector.Receivers.On() {
		facts = append(facts, rc.On.Origin.Names...)
	}
	var out []chartDefault
	if r.Knows("configMapKeys") {
		out = append(out, chartDefault{feature: "configMapKeys", facts: facts, value: constant(true)})
	}
	if r.Knows("otherConfigKeys") {
		out = append(out, chartDefault{feature: "otherConfigKeys", facts: facts, value: constant("empty")})
	}
	return out
}

// ingressClass is what an application's Ingress names: the chart makes it, and
// calls it by the full name.
func ingressClass(r *plan.Release) []chartDefault {
	class := []string{"ingress.class"}
	var out []chartDefault
	for _, d := range names(r, class...) {
		if r.Knows(d.feature) && d.feature != "namespaceKeys" { // a class is in no namespace
			out = append(out, d)
		}
	}
	return append(out,
		chartDefault{feature: "ingressClassKeys", facts: class, value: constant(true)},
		chartDefault{feature: "ingressClassNameKeys", facts: class, value: r.Fullname, gives: itself})
}

// subchart is for the Minio that Tempo's chart brings along. Its Service is
// called by its full name.
func subchart(p *plan.Plan, r *plan.Release) []chartDefault {
	host := []string{"store.host"}
	name := service(p.Store.Endpoint)
	return []chartDefault{
		{feature: "minioFullnameKeys", facts: host, value: name, gives: itself},
		{feature: "minioNameKeys", facts: host, value: name, gives: renamed(r)},
		{feature: "minioServiceKeys", facts: host, value: constant(true)},
		{feature: "minioServicePortKeys", facts: []string{"store.port"}, value: p.Store.Endpoint.Port},
		{feature: "minioTLSKeys", facts: host, value: p.Store.Endpoint.TLS},
	}
}

// service is the name of the Service that an endpoint in the cluster is.
func service(e plan.Endpoint) fact.String {
	name, _, _ := strings.Cut(e.Host.Value, ".")
	return fact.Derive(name, e.Host)
}

// constant is what a chart's default is at every version.
func constant(value any) fact.Any { return fact.Of[any]{Value: value} }

func itself(name string) string { return name }

// renamed is what the chart makes of another name than its own.
func renamed(r *plan.Release) func(string) string {
	return func(name string) string { return r.Chart.Renamed(r.Name.Value, name) }
}

// keep reports the overrides that change a chart's default on which something
// relies.
func (m *merger) keep(r *plan.Release, d chartDefault) {
	if _, poisoned := d.value.Source(); poisoned {
		return
	}
	for _, key := range r.Strs(d.feature).Value {
		said, ok := find(r.Values.Value, key)
		if !ok {
			continue
		}
		// As text, since charts write ports both with quotes and without.
		value := fmt.Sprint(said.Scalar)
		if d.gives != nil {
			if said.Scalar == nil || value == "" {
				continue // that overrides nothing
			}
			value = d.gives(value)
		}
		if said.Kind == topology.ScalarValue && value == fmt.Sprint(d.value.Any()) {
			continue
		}
		if u, ok := m.anyone(d.facts); ok {
			c := contradiction{path: key, value: d.value.Any(), user: u, inputs: d.input.Origin.Inputs}
			if d.phrase != "" {
				c.instead = fmt.Sprintf(d.phrase, value)
			}
			m.report(c, said.Place)
		}
	}
}

// find gives what an override says at a path of the values. What replaces a
// map takes everything below with it, and says null there.
func find(v topology.Value, path string) (topology.Value, bool) {
	for _, step := range tree.ParsePath(path) {
		if v.Kind != topology.StructValue {
			return topology.Value{Place: v.Place}, true
		}
		i := slices.IndexFunc(v.Fields, func(f topology.Field) bool { return f.Name == step.Key })
		if i < 0 {
			return v, false
		}
		v = v.Fields[i].Value
	}
	return v, true
}
