package generator

import (
	"slices"
	"strings"
)

// invariants are what one release says, and nothing else in the tree repeats.
func (r *reading) invariants() {
	r.ring()
	r.onePod()
	r.backend()
	r.prometheusTakes()
	r.mappedPorts()
	r.grafanaFront()
	r.kept()
	r.repositories()
}

func whole(v any, otherwise int) int {
	if n, ok := v.(int); ok {
		return n
	}
	return otherwise
}

// ring: a trace has as many copies as the factor says, and each an ingester of
// its own.
func (r *reading) ring() {
	values, rel := r.values["tempo"], r.releases["tempo"]
	if rel.chart != "tempo-distributed" || strings.HasPrefix(rel.version, "3.") {
		return
	}
	factor := whole(at(values, "ingester", "config", "replication_factor"), 3)
	r.compared++
	if replicas := whole(at(values, "ingester", "replicas"), 3); replicas < factor {
		r.fault("%d ingesters cannot hold %d copies", replicas, factor)
	}
}

// onePod: what needs all spans of a trace or a series has one pod.
func (r *reading) onePod() {
	alloy, otel := r.values["alloy"], r.values["otel-collector"]
	config := str(alloy, "alloy", "configMap", "content")
	if strings.Contains(config, "tail_sampling") || strings.Contains(config, "connector.spanmetrics") {
		r.single("Alloy", at(alloy, "controller", "type"), at(alloy, "controller", "replicas"))
	}
	if at(otel, "config", "processors", "tail_sampling") != nil || at(otel, "config", "connectors", "spanmetrics") != nil {
		r.single("the collector", at(otel, "mode"), at(otel, "replicaCount"))
	}
}

func (r *reading) single(who string, kind, replicas any) {
	r.compared++
	if n := whole(replicas, 1); kind != "deployment" && kind != "statefulset" || n != 1 {
		r.fault("%s is a %v of %d", who, kind, n)
	}
}

// backend: where there is an S3 policy, Tempo speaks S3.
func (r *reading) backend() {
	for name := range r.text {
		if strings.HasSuffix(name, "/policy.json") {
			trace := at(r.values["tempo"], "storage", "trace")
			if r.releases["tempo"].chart == "tempo" {
				trace = at(r.values["tempo"], "tempo", "storage", "trace")
			}
			r.same("Tempo's store, and the policy's", at(trace, "backend"), "s3")
		}
	}
}

// prometheusTakes: the stack's Prometheus takes what Tempo writes to it, and keeps
// the exemplars that its datasource links to.
func (r *reading) prometheusTakes() {
	values := r.values["grafana"]
	spec := at(values, "prometheus", "prometheusSpec")
	written := false
	scalars(r.values["tempo"], "", func(_ string, v any) {
		written = written || strings.Contains(str(v), "kube-prometheus-stack") && strings.HasSuffix(str(v), "/api/v1/write")
	})
	if written {
		r.same("whether Prometheus takes writes", at(spec, "enableRemoteWriteReceiver"), true)
	}
	if at(values, "grafana", "sidecar", "datasources", "exemplarTraceIdDestinations") != nil {
		features, _ := at(spec, "enableFeatures").([]any)
		r.compared++
		if !slices.Contains(features, any("exemplar-storage")) {
			r.fault("Prometheus drops exemplars, which Grafana links to")
		}
	}
}

// mappedPorts: the node's ports that the machine's lead to are those of Traefik's
// Service.
func (r *reading) mappedPorts() {
	traefik := r.values["traefik"]
	if r.text[r.profile+"/kind/cluster.yaml"] == "" || traefik == nil {
		return
	}
	kind := at(traefik, "service", "type")
	if kind == nil {
		kind = at(traefik, "service", "spec", "type")
	}
	r.same("the type of Traefik's Service on kind", kind, "NodePort")
	nodes, _ := r.yaml(r.profile + "/kind/cluster.yaml")["nodes"].([]any)
	for _, n := range nodes {
		for i, name := range []string{"web", "websecure"} {
			if maps, _ := at(n, "extraPortMappings").([]any); i < len(maps) {
				r.same("the node's port of "+name, at(maps[i], "containerPort"), at(traefik, "ports", name, "nodePort"))
			}
		}
	}
}

// grafanaFront: the host of Grafana's Ingress is the one in its own links, and the
// class that of the ingress.
func (r *reading) grafanaFront() {
	values := r.values["grafana"]
	if r.releases["grafana"].chart == "kube-prometheus-stack" {
		values, _ = at(values, "grafana").(object)
	}
	if at(values, "ingress", "enabled") != true {
		return
	}
	root := str(values, "grafana.ini", "server", "root_url")
	hosts, _ := at(values, "ingress", "hosts").([]any)
	_, host, _ := strings.Cut(root, "://")
	host, _, _ = strings.Cut(host, ":")
	r.same("the host of Grafana's Ingress, and of its links", str(hosts, 0), host)
	class := str(values, "ingress", "ingressClassName")
	if t, ok := r.releases["traefik"]; ok && class != "" && r.values["ingress-nginx"] == nil {
		r.same("the class of Grafana's Ingress", class, t.fullname("traefik"))
	}
}

// kept: where both say how long, traces are kept as long as logs.
func (r *reading) kept() {
	hours := func(v any) int {
		return whole(map[string]any{"12h": 12, "24h": 24, "48h": 48, "72h": 72, "168h": 168}[str(v)], 0)
	}
	tempo := r.values["tempo"]
	traces := hours(at(tempo, "tempo", "retention")) + hours(at(tempo, "compactor", "config", "compaction", "block_retention"))
	logs := hours(at(r.values["loki"], "loki", "limits_config", "retention_period"))
	if traces == 0 || logs == 0 {
		return
	}
	r.compared++
	if traces < logs {
		r.fault("traces are kept for %d hours, and logs for %d", traces, logs)
	}
}

// lastOfGrafana are the last releases in Grafana's own repository of the charts
// that went on in that of the community.
var lastOfGrafana = map[string]int{"tempo": 1_24_99, "tempo-distributed": 1_61_99, "grafana": 10_05_99}

// repositories: a chart's release is in the repository that is named.
func (r *reading) repositories() {
	for component, rel := range r.releases {
		last, moved := lastOfGrafana[rel.chart]
		source := "base/" + component + "/source.yaml"
		if !moved || r.text[source] == "" {
			continue
		}
		version := 0
		for _, part := range strings.SplitN(rel.version, ".", 3) {
			n := 0
			for _, c := range part {
				n = n*10 + int(c-'0')
			}
			version = version*100 + n
		}
		r.compared++
		if url := str(r.yaml(source), "spec", "url"); version > last && strings.Contains(url, "grafana.github.io") {
			r.fault("%s has no %s %s", url, rel.chart, rel.version)
		}
	}
}
