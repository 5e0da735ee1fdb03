package generator

import (
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// unchanged are the codes without a kind of mutation, and why.
var unchanged = map[string]string{
	"TG038": "where the tree lies in Git, and a mutant lies in no repository",
	"TG064": "two profiles that disagree",
}

// when gives what to set where something holds.
func when(holds bool, set ...string) []string {
	if !holds {
		return nil
	}
	return set
}

func monolithic(p *plan.Plan) bool   { return p.Topology.Tempo.TempoMonolithic != nil }
func distributing(p *plan.Plan) bool { return p.Topology.Tempo.TempoDistributed != nil }
func onKind(p *plan.Plan) bool       { return p.Topology.Cluster.Kind.Value == "kind" }
func traefikV3(p *plan.Plan) bool    { return p.Traefik != nil && p.Traefik.Tracing.Value == "otlp" }
func asked(p *plan.Plan) bool        { return p.Grafana != nil }
func plain(v topology.Open) bool     { return v.State != topology.Given }
func collects(p *plan.Plan, controller string) bool {
	return p.Collector != nil && p.Topology.Collector.Controller.Value == controller
}

func writes(p *plan.Plan) bool {
	return p.Topology.Prometheus != nil && p.Tempo.Generator != nil
}

// everything is what a change to who receives the spans may be felt in.
var everything = []string{"tempo", "store", "collector", "traefik", "linkerd", "ingressNginx", "grafana", "loki", "prometheus", "apps", "namespaces", "cluster", "flux", "ignore", "name"}
