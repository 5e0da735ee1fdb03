package generator

import (
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// changes are the kinds of mutation that link and the stages behind it must see.
var changes = slices.Concat(clusterChanges, tempoChanges, senderChanges, peopleChanges, valueChanges, inForceChanges, fileChanges)

// clusterChanges break what holds for the cluster, its charts and their order.
var clusterChanges = []change{
	{code: "TG011", name: "a chart that is too old", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil, "traefik.chart.version", `"8.0.0"`)
	}},
	{code: "TG011", name: "a Flux that is too old", set: func(p *plan.Plan) []string {
		return when(true, "flux.version", `"2.2.0"`)
	}},
	{code: "TG012", name: "a chart that is newer than what is known", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil && p.Topology.Collector.Kind.Value == "alloy" && p.Linkerd == nil && p.Topology.Collector.Receivers == nil, "collector.chart.version", `"99.0.0"`)
	}},
	{code: "TG013", name: "a repository that does not hold the version", restsOn: everything, set: func(p *plan.Plan) []string {
		for _, url := range []string{"https://grafana.github.io/helm-charts", "https://grafana-community.github.io/helm-charts"} {
			if c := p.Tempo.Chart; p.Topology.Tempo.Chart.Source.State != topology.Given && c.Chart().KnowsRepository(url) && !c.HasRepository(url) {
				return []string{"tempo.chart.repository", strconv.Quote(url)}
			}
		}
		return nil
	}},
	{code: "TG022", name: "a cluster that a chart refuses", at: "grafana.chart.version", restsOn: everything, set: refusedCluster},
	{code: "TG023", name: "two releases of one name", restsOn: everything, set: func(p *plan.Plan) []string {
		if p.Traefik == nil || p.Loki != nil || p.Linkerd != nil || !p.Traefik.InTree() || !p.Tempo.InTree() {
			return nil
		}
		return when(true, "traefik.release", strconv.Quote(p.Tempo.Name.Value), "traefik.namespace", strconv.Quote(p.Tempo.Namespace.Value))
	}},
	{code: "TG025", name: "an unknown code is ignored", at: "ignore.TG999", set: func(p *plan.Plan) []string {
		return when(true, "ignore.TG999", `"whatever"`)
	}},
	{code: "TG032", name: "a circle of dependsOn", at: "flux.dependsOn[0]", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Tempo.InTree(), "flux.dependsOn", `["tracing-tempo"]`)
	}},
	{code: "TG033", name: "two nodes of one name", at: "cluster.nodes[1].name", set: func(p *plan.Plan) []string {
		return when(true, "cluster.nodes", `[{name: "one", role: "control-plane"}, {name: "one"}]`)
	}},
	{code: "TG035", name: "no name of a namespace", set: func(p *plan.Plan) []string {
		return when(true, `namespaces."Bad Name"`, `{}`)
	}},
	{code: "TG037", name: "a release that is not there", restsOn: everything, set: func(p *plan.Plan) []string {
		none := p.Tempo.Version.Value[:strings.LastIndex(p.Tempo.Version.Value, ".")] + ".99"
		return when(p.Tempo.Chart.Chart().At(none).Known() == chart.Within && p.Linkerd == nil, "tempo.chart.version", strconv.Quote(none))
	}},
	{code: "TG046", name: "Secrets inside of the tree", restsOn: []string{"flux"}, set: func(p *plan.Plan) []string {
		return when(p.Secrets != nil, "store.credentials.path", strconv.Quote(p.Flux.Path.Value+"/secrets"))
	}},
	{code: "TG058", name: "no value of a node's label", set: func(p *plan.Plan) []string {
		return when(true, "cluster.nodeSelector.pool", `"no, not this"`)
	}},
	{code: "TG059", name: "a toleration without a key", at: "cluster.tolerations[0]", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(true, "cluster.tolerations", `[{value: "x"}]`)
	}},
	{code: "TG060", name: "pods that a standard forbids", at: "grafana.chart.version", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(asked(p) && p.Grafana.Kind == plan.StackChart && p.Pods.Security.Value == "" && p.Topology.Cluster.HostPorts == nil && p.Topology.Grafana.GrafanaStack.Delivery == nil, "cluster.podSecurity", `"baseline"`)
	}},
	{code: "TG061", name: "ports of a node that is no container", restsOn: []string{"traefik", "ingressNginx"}, set: func(p *plan.Plan) []string {
		return when(!onKind(p), "cluster.hostPorts", `{}`)
	}},
	{code: "TG063", name: "no registry that holds the chart", restsOn: everything, set: func(p *plan.Plan) []string {
		oci := func(url string) bool { return strings.HasPrefix(url, "oci:") }
		return when(p.Tempo.InTree() && !slices.ContainsFunc(p.Tempo.Chart.Repositories(), oci), "tempo.chart.source", `"OCIRepository"`)
	}},
	{code: "TG072", name: "an ingress without fixes", at: "ingressNginx.chart.version", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Nginx == nil && p.Traefik == nil && p.Loki == nil && p.Linkerd == nil && p.Collector == nil && len(p.Apps) == 0 && len(p.Hosts) == 0,
			"ingressNginx", `{chart: version: "4.15.1"}`)
	}},
	{code: "TG073", name: "monitors that no operator reads", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(len(p.Releases) == 1 && p.Grafana == nil && monolithic(p), "cluster.serviceMonitors", `true`, "cluster.networkPolicies", `true`)
	}},
}

// refusedCluster takes a Kubernetes that the most demanding chart alone refuses.
func refusedCluster(p *plan.Plan) []string {
	most, second, at := 0, 0, ""
	for _, r := range p.Releases {
		if r.ChartName == "" || !r.Knows("minKubernetes") {
			continue
		}
		if n := minorOf(r.Str("minKubernetes").Value); n > most {
			most, second, at = n, most, r.PinnedAt.Path
		} else if n > second {
			second = n
		}
	}
	if most-1 <= second || at != "grafana.chart.version" {
		return nil
	}
	return []string{"cluster.kubernetes", strconv.Quote("1." + strconv.Itoa(most-1))}
}

// tempoChanges break Tempo and its store.
var tempoChanges = []change{
	{code: "TG010", name: "metrics that nobody takes", restsOn: []string{"prometheus", "grafana"}, set: func(p *plan.Plan) []string {
		return when(p.Topology.Prometheus == nil && p.Tempo.Generator == nil, "tempo.metricsGenerator", `{}`)
	}},
	{code: "TG015", name: "credentials in Git", at: "store.credentials.secretKey", restsOn: []string{"cluster", "tempo"}, set: func(p *plan.Plan) []string {
		m := p.Topology.Store.MinioExternal
		return when(m != nil && m.Credentials.SecretCredentials != nil && !p.Throwaway.Value, "store.credentials", `{kind: "inline", secretKey: "open-sesame"}`)
	}},
	{code: "TG016", name: "a subchart that Tempo's chart does not bring", at: "store.placement", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(monolithic(p) && p.Throwaway.Value, "store", `{kind: "minio", placement: "subchart", bucket: "traces", credentials: kind: "inline"}`)
	}},
	{code: "TG018", name: "more replicas than ingesters", set: func(p *plan.Plan) []string {
		t := p.Topology.Tempo.TempoDistributed
		return when(t != nil && t.Components.Ingester.Replicas.State != topology.Given && p.Tempo.Str("replicationFactorKey").Value != "", "tempo.replicationFactor", `9`)
	}},
	{code: "TG017", name: "a bucket beyond its quota", restsOn: []string{"cluster"}, set: func(p *plan.Plan) []string {
		return when(p.Topology.Store.MinioExternal != nil && monolithic(p) && p.Topology.Tempo.Ingest == nil && p.Topology.Tempo.Retention.Present(),
			"store.quota", `"1Gi"`, "tempo.ingest", `{spansPerSecond: 500}`)
	}},
	{code: "TG084", name: "a pod larger than any node", at: "tempo.resources.requests.memory", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(monolithic(p) && len(p.Releases) == 1, "tempo.resources", `{requests: memory: "8Gi"}`, "cluster.nodes", `[{name: "one", memory: "4Gi", role: "control-plane"}]`)
	}},
	{code: "TG085", name: "nodes that are nearly full", at: "cluster.nodes[0].name", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(monolithic(p) && len(p.Releases) == 1 && len(p.Topology.Cluster.Nodes) == 0 && !onKind(p), "tempo.resources", `{requests: memory: "2500Mi"}`, "cluster.nodes", `[{name: "one", memory: "4Gi", reserved: memory: "1Gi"}]`)
	}},
	{code: "TG086", name: "a lifecycle before the retention", restsOn: []string{"tempo"}, set: func(p *plan.Plan) []string {
		return when(p.Topology.Store.MinioExternal != nil && monolithic(p) && p.Topology.Tempo.Retention.Value > "2", "store.expiryDays", `1`)
	}},
	{code: "TG020", name: "Kafka for a Tempo without", set: func(p *plan.Plan) []string {
		return when(distributing(p) && !p.Tempo.Bool("kafka").Value, "tempo.kafka", `{host: "kafka.example.com"}`)
	}},
	{code: "TG021", name: "the root user's name", restsOn: []string{"cluster", "tempo"}, set: func(p *plan.Plan) []string {
		return when(p.Topology.Store.MinioCluster != nil && p.Topology.Store.MinioCluster.RootSecret.State != topology.Given, "store.user", strconv.Quote(p.Store.Root.User.Value))
	}},
	{code: "TG034", name: "a limit below the request", at: "tempo.resources.limits.memory", set: func(p *plan.Plan) []string {
		return when(monolithic(p), "tempo.resources", `{requests: memory: "2Gi", limits: memory: "1Gi"}`)
	}},
	{code: "TG041", name: "a volume for many pods", at: "store.kind", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(distributing(p) && len(p.Apps) == 0, "store", `{kind: "local"}`)
	}},
	{code: "TG042", name: "dimensions of nothing", at: "tempo.metricsGenerator.dimensions[0]", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(writes(p) && monolithic(p) && p.Tempo.Version.Value >= "2", "tempo.metricsGenerator", `{processors: ["host-info"], dimensions: ["a"]}`)
	}},
	{code: "TG043", name: "replicas of what is off", set: func(p *plan.Plan) []string {
		return when(distributing(p) && p.Tempo.Generator == nil, "tempo.components.metricsGenerator.replicas", `2`)
	}},
	{code: "TG044", name: "a chart of Minio that is broken", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Topology.Store.MinioCluster != nil && p.Store.Release.InTree() && !p.Topology.Store.MinioCluster.PolicyFile.Present(), "store.chart.version", `"5.0.12"`)
	}},
	{code: "TG045", name: "streaming that the version has not", restsOn: []string{"grafana"}, set: func(p *plan.Plan) []string {
		return when(p.Tempo.StreamingKey().Value == "", "tempo.streaming", `true`)
	}},
	{code: "TG081", name: "a policy that is not there", restsOn: []string{"tempo"}, set: func(p *plan.Plan) []string {
		m := p.Topology.Store.MinioExternal
		return when(m != nil && !m.PolicyFile.Present() && m.Policy.State != topology.Given, "store.policyFile", `"policies/none.json"`)
	}},
	{code: "TG057", name: "two attributes of one label", at: "tempo.metricsGenerator.dimensions[1]", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(writes(p), "tempo.metricsGenerator.dimensions", `["http.route", "http_route"]`)
	}},
}

// senderChanges break the ways of the spans.
var senderChanges = []change{
	{code: "TG010", name: "to a collector that is not there", restsOn: []string{"collector"}, set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil && p.Collector == nil, "traefik.export.to", `"collector"`)
	}},
	{code: "TG010", name: "a protocol that the receiver lacks", at: "apps.zz.protocol", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector == nil && !slices.Contains(p.Tempo.Strs("receivers").Value, "opencensus"),
			"apps.zz", `{namespace: `+strconv.Quote(p.Tempo.Namespace.Value)+`, workloads: [{name: "zz", container: "zz"}], protocol: "opencensus"}`)
	}},
	{code: "TG019", name: "a load balancer on kind", restsOn: []string{"cluster"}, set: func(p *plan.Plan) []string {
		return when(onKind(p) && p.Traefik != nil && p.Topology.Cluster.HostPorts == nil, "traefik.service", `"LoadBalancer"`)
	}},
	{code: "TG024", name: "Zipkin to Traefik v3", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(traefikV3(p), "traefik.export.protocol", `"zipkin"`)
	}},
	{code: "TG024", name: "OTLP to Traefik v2", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil && !traefikV3(p), "traefik.export.protocol", `"otlp-http"`)
	}},
	{code: "TG028", name: "no access log for Loki", restsOn: []string{"loki", "grafana", "collector"}, set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil && p.Loki != nil && asked(p) && p.Topology.Traefik.AccessLog.KeepHeaders == nil, "traefik.accessLog.enabled", `false`)
	}},
	{code: "TG029", name: "replicas of a daemonset", restsOn: []string{"loki"}, set: func(p *plan.Plan) []string {
		return when(collects(p, "daemonset"), "collector.replicas", `3`)
	}},
	{code: "TG030", name: "a collector that nobody sends to", at: "collector", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector == nil && p.Traefik == nil && p.Nginx == nil && p.Linkerd == nil && len(p.Apps) == 0,
			"collector", `{kind: "alloy", chart: version: "1.11.1"}`)
	}},
	{code: "TG039", name: "a secret header in the log", at: "traefik.accessLog.keepHeaders[0]", restsOn: []string{"loki"}, set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil && p.Topology.Traefik.AccessLog.Enabled.Value, "traefik.accessLog.keepHeaders", `["Cookie"]`)
	}},
	{code: "TG040", name: "a program that nobody maintains", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil, "collector.kind", `"grafana-agent"`)
	}},
	{code: "TG047", name: "tail sampling on every node", at: "collector.sampling.kind", restsOn: []string{"traefik", "ingressNginx", "linkerd", "apps"}, set: func(p *plan.Plan) []string {
		return when(collects(p, "daemonset") && p.Traefik != nil && p.Topology.Traefik.Sampling.State != topology.Given, "collector.sampling", `{kind: "tail", ratio: 0.1}`)
	}},
	{code: "TG048", name: "sampled twice by chance", at: "collector.sampling.ratio", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil && p.Traefik != nil && p.Topology.Traefik.Export.To.Value != "tempo" && p.Topology.Collector.Sampling == nil,
			"collector.sampling", `{kind: "probabilistic", ratio: 0.5}`, "traefik.sampling", `0.5`)
	}},
	{code: "TG049", name: "span metrics twice", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil && writes(p) && p.Topology.Collector.SpanMetrics == nil && p.Topology.Collector.Logs == nil,
			"collector.spanMetrics", `{}`, "collector.controller", `"deployment"`, "collector.replicas", `1`)
	}},
	{code: "TG050", name: "pods' logs that two pods send", at: "collector.replicas", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil && p.Collector.PodLogs != nil && p.Topology.Collector.Kind.Value == "alloy",
			"collector.replicas", `2`, "collector.controller", `"deployment"`)
	}},
	{code: "TG051", name: "a spike above the limit", at: "collector.memoryLimit.spike", set: func(p *plan.Plan) []string {
		return when(p.Collector != nil, "collector.memoryLimit", `{unit: "MiB", limit: 100, spike: 100}`)
	}},
	{code: "TG051", name: "a limit above the container's", at: "collector.memoryLimit.limit", set: func(p *plan.Plan) []string {
		return when(p.Collector != nil, "collector.memoryLimit", `{unit: "MiB", limit: 256}`, "collector.resources", `{limits: memory: "256Mi"}`)
	}},
	{code: "TG052", name: "no name of an exporter", set: func(p *plan.Plan) []string {
		return when(p.Collector != nil, "collector.exporters.long-term", `{protocol: "otlp-grpc", host: "otlp.example.com", port: 4317}`)
	}},
	{code: "TG062", name: "no name of an application", set: func(p *plan.Plan) []string {
		return when(true, `apps."Web Site"`, `{namespace: `+strconv.Quote(p.Tempo.Namespace.Value)+`, workloads: [{name: "zz", container: "zz"}], protocol: "otlp-grpc"}`)
	}, restsOn: everything},
	{code: "TG062", name: "one workload twice", at: "apps.zz.workloads[1].name", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(true, "apps.zz", `{namespace: `+strconv.Quote(p.Tempo.Namespace.Value)+`, workloads: [{name: "zz", container: "zz"}, {name: "zz", container: "zz"}], protocol: "otlp-grpc"}`)
	}},
	{code: "TG062", name: "one host twice", at: "apps.zz.ingress.host", restsOn: everything, set: func(p *plan.Plan) []string {
		for _, a := range p.Apps {
			if in := a.In.Ingress; in != nil && a.Name < "zz" {
				return []string{"apps.zz", `{namespace: ` + strconv.Quote(a.In.Namespace.Value) + `, workloads: [{name: "zz", container: "zz"}], protocol: "otlp-grpc", ingress: {service: "zz", path: ` + strconv.Quote(in.Path.Value) + `, host: ` + strconv.Quote(in.Host.Value) + `}}`}
			}
		}
		return nil
	}},
	{code: "TG065", name: "a propagation that the mesh does not speak", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Linkerd != nil && traefikV3(p) && !p.Linkerd.Understands(fact.Const("w3c", "")), "traefik.propagation", `"w3c"`)
	}},
	{code: "TG066", name: "a control plane of the tree", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Linkerd != nil && p.Linkerd.Tracing.Value == "proxy" && p.Topology.Linkerd.Delivery == nil, "linkerd.delivery", `{kind: "release"}`)
	}, at: "linkerd.delivery.kind"},
	{code: "TG067", name: "a trust domain that nobody has", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Linkerd != nil && p.Linkerd.Tracing.Value == "proxy" && p.Linkerd.Str("identityDomain").Value == "clusterDomain" && p.Topology.Linkerd.TrustDomain.State != topology.Given, "linkerd.trustDomain", `"mesh.example.com"`)
	}},
	{code: "TG068", name: "a plain sender to a receiver with TLS", at: "linkerd.version", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Linkerd != nil && p.Collector != nil && p.Collector.TLS == nil && p.Topology.Linkerd.To.State != topology.Given,
			"collector.tls", `{secret: "tls", caSecret: "ca"}`)
	}},
	{code: "TG069", name: "a receiver's port past the mesh", at: "linkerd.skipInboundPorts[0]", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Linkerd != nil && p.Linkerd.Export.Endpoint.Port.Value == 4317, "linkerd.skipInboundPorts", `[4317]`)
	}},
	{code: "TG070", name: "a generation of ingress-nginx that is gone", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Nginx != nil && !p.Nginx.Zipkin, "ingressNginx.export.protocol", `"zipkin"`)
	}},
	{code: "TG071", name: "two ingresses", at: "ingressNginx", restsOn: everything, set: func(p *plan.Plan) []string {
		if p.Traefik == nil {
			return nil
		}
		return when(p.Nginx == nil && len(p.Topology.Ignore) == 0 && p.Linkerd == nil && p.Collector == nil,
			"ingressNginx", `{chart: version: "4.15.1", namespace: `+strconv.Quote(p.Traefik.Namespace.Value)+`}`, "ignore.TG072", `"another kind"`)
	}},
}

// peopleChanges break Grafana, Loki and Prometheus.
var peopleChanges = []change{
	{code: "TG026", name: "one uid twice", restsOn: everything, set: func(p *plan.Plan) []string {
		if !asked(p) || p.Loki == nil {
			return nil
		}
		return when(true, "grafana.uids.loki", strconv.Quote(p.Grafana.TempoUID.Value))
	}},
	{code: "TG027", name: "a full name that the chart cannot take", restsOn: everything, set: func(p *plan.Plan) []string {
		for _, r := range p.Releases {
			if chart, ok := strings.CutSuffix(r.PinnedAt.Path, ".chart.version"); ok && r.Component != "linkerd" && !slices.Contains(r.Strs("fullnameKeys").Value, "fullnameOverride") {
				return []string{chart + ".chart.fullname", `"other"`}
			}
		}
		return nil
	}},
	{code: "TG053", name: "a list into a release of the user's", restsOn: everything, set: func(p *plan.Plan) []string {
		g := p.Topology.Grafana
		return when(g != nil && g.GrafanaStack != nil && g.GrafanaStack.Delivery == nil && plain(p.Grafana.Values), "grafana.datasources", `"values"`, "grafana.delivery", `{kind: "component"}`)
	}},
	{code: "TG054", name: "a Prometheus that takes no metrics", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(writes(p) && p.Topology.Prometheus.PrometheusAddress != nil, "prometheus.remoteWrite", `false`)
	}},
	{code: "TG055", name: "a Grafana without a login", restsOn: []string{"cluster"}, set: func(p *plan.Plan) []string {
		return when(asked(p) && p.Grafana.Kind == plan.OwnChart && !p.Throwaway.Value, "grafana.anonymous", `true`)
	}},
	{code: "TG056", name: "a password that everybody knows", at: "grafana.ingress.host", restsOn: everything, set: func(p *plan.Plan) []string {
		g := p.Topology.Grafana
		return when(g != nil && g.GrafanaStack != nil && p.Traefik != nil && g.GrafanaStack.Ingress == nil && !p.Throwaway.Value && p.Grafana.Str("adminPassword").Value != "" && p.Grafana.People.Admin.Value == "", "grafana.ingress", `{host: "grafana.example.com"}`)
	}},
	{code: "TG074", name: "logs that are gone before their traces", restsOn: []string{"tempo"}, set: func(p *plan.Plan) []string {
		return when(p.Topology.Loki != nil && p.Topology.Loki.LokiChart != nil, "loki.retention", `"1h"`)
	}},
}

// valueChanges break the user's overrides of values.
var valueChanges = []change{
	{code: "TG014", name: "an override of the port that Grafana asks", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(asked(p) && monolithic(p) && plain(p.Tempo.Values), "tempo.values.tempo.server.http_listen_port", `9999`)
	}},
	{code: "TG014", name: "an override of the bucket", restsOn: []string{"store"}, set: func(p *plan.Plan) []string {
		return when(monolithic(p) && plain(p.Tempo.Values) && (p.Topology.Store.MinioExternal != nil || p.Topology.Store.MinioCluster != nil), "tempo.values.tempo.storage.trace.s3.bucket", `"others"`)
	}},
	{code: "TG014", name: "an override of a receiver that is used", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(distributing(p) && p.Collector != nil && plain(p.Tempo.Values) && p.Collector.Export.Protocol.Value == "otlp-grpc", "tempo.values.traces.otlp.grpc.enabled", `false`)
	}},
	{code: "TG014", name: "an override of a name that a host begins with", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(asked(p) && plain(p.Tempo.Values), "tempo.values.fullnameOverride", `"traces"`)
	}},
	{code: "TG014", name: "an override of the collector's configuration", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil && p.Topology.Collector.Kind.Value == "alloy" && plain(p.Collector.Values), "collector.values.alloy.configMap.content", `"none"`)
	}},
	{code: "TG036", name: "a password among the values", restsOn: []string{"cluster"}, set: func(p *plan.Plan) []string {
		return when(asked(p) && p.Grafana.Kind == plan.OwnChart && !p.Throwaway.Value && plain(p.Grafana.Values), "grafana.values.adminPassword", `"hunter2"`)
	}},
	{code: check.CodeSecret, name: "a secret in a variable among the values", at: "grafana.values.env.ZZ_CLIENT_SECRET", restsOn: []string{"cluster"}, set: func(p *plan.Plan) []string {
		return when(asked(p) && p.Grafana.Kind == plan.OwnChart && !p.Throwaway.Value && plain(p.Grafana.Values), "grafana.values.env.ZZ_CLIENT_SECRET", `"hunter2"`)
	}},
	{code: check.CodeSecret, name: "a token in an attribute", restsOn: []string{"cluster"}, set: func(p *plan.Plan) []string {
		return when(p.Collector != nil && !p.Throwaway.Value, "collector.attributes.zz", strconv.Quote(notReal))
	}},
	{code: "TG075", name: "an unknown key among the values", set: func(p *plan.Plan) []string {
		return when(plain(p.Tempo.Values), "tempo.values.zzUnknownZz", `1`)
	}},
	{code: "TG076", name: "a wrong kind among the values", set: func(p *plan.Plan) []string {
		return when(monolithic(p) && plain(p.Tempo.Values), "tempo.values.persistence.enabled", `"false"`)
	}},
	{code: "TG077", name: "a release of one's own", restsOn: everything, set: func(p *plan.Plan) []string {
		return when(p.Topology.Tempo.Delivery == nil, "tempo.chart.version", strconv.Quote(p.Tempo.Version.Value+"-shop.1"))
	}},
}

func minorOf(kubernetes string) int {
	_, rest, _ := strings.Cut(kubernetes, ".")
	rest, _, _ = strings.Cut(rest, ".")
	n, _ := strconv.Atoi(rest)
	return n
}
