package generator

import (
	"slices"
	"strconv"

	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// inForceChanges break, by an override, what will really be installed, where no
// two files of the tree contradict each other.
var inForceChanges = []change{
	{code: path.CodeUnproven, name: "a receiver at another port", restsOn: proof, set: func(p *plan.Plan) []string {
		return when(distributing(p) && exports(p, "otlp-grpc") && plain(p.Tempo.Values), "tempo.values.traces.otlp.grpc.receiverConfig.endpoint", `"0.0.0.0:14317"`)
	}},
	{code: path.CodeUnproven, name: "nobody who answers queries", restsOn: proof, set: func(p *plan.Plan) []string {
		return when(distributing(p) && asked(p) && plain(p.Tempo.Values), "tempo.values.querier.replicas", `0`)
	}},
	{code: path.CodeUnproven, name: "a Grafana without a Service", restsOn: proof, set: func(p *plan.Plan) []string {
		return when(shown(p), "grafana.values.service.enabled", `false`)
	}},
	{code: path.CodeBroken, name: "sampled twice by a pipeline of one's own", at: "traefik.sampling", restsOn: proof, set: func(p *plan.Plan) []string {
		return when(opened(p) && p.Traefik != nil && p.Topology.Traefik.Export.To.Value != "tempo" && p.Topology.Collector.Sampling == nil && plain(p.Traefik.Values),
			"traefik.sampling", `0.5`,
			"collector.values.config", `{processors: probabilistic_sampler: sampling_percentage: 10, service: pipelines: traces: processors: ["probabilistic_sampler", "batch"]}`)
	}},

	{code: "TG087", name: "a store of another kind", restsOn: []string{"store"}, set: func(p *plan.Plan) []string {
		return when(monolithic(p) && plain(p.Tempo.Values) && p.Store.Backend.Value != "local", "tempo.values.tempo.storage.trace.backend", `"local"`)
	}},
	{code: "TG087", name: "plain text at a store with TLS, or the other way round", restsOn: []string{"store"}, set: func(p *plan.Plan) []string {
		return when(distributing(p) && plain(p.Tempo.Values) && p.Store.Backend.Value == "s3", "tempo.values.storage.trace.s3.insecure", strconv.FormatBool(p.Store.Endpoint.TLS.Value))
	}},
	{code: "TG087", name: "a part that cannot sign in", restsOn: []string{"store"}, set: func(p *plan.Plan) []string {
		return when(distributing(p) && plain(p.Tempo.Values) && p.Topology.Store.S3 != nil && p.Store.Secret.AccessAt.Value != "",
			"tempo.values.querier.extraEnv", `[{name: "GOGC", value: "50"}]`)
	}},
	{code: "TG087", name: "TLS at the port of plain text", at: "store.port", restsOn: []string{"tempo"}, set: func(p *plan.Plan) []string {
		return when(p.Topology.Store.MinioExternal != nil && p.Store.Endpoint.TLS.Value, "store.port", `80`)
	}},

	{code: "TG088", name: "fewer ingesters than copies", set: func(p *plan.Plan) []string {
		return when(distributing(p) && plain(p.Tempo.Values) && p.Tempo.Kafka == nil && p.Topology.Tempo.TempoDistributed.ReplicationFactor.Value > 1, "tempo.values.ingester.replicas", `1`)
	}},
	{code: "TG088", name: "partitions that nobody reads", set: func(p *plan.Plan) []string {
		return when(distributing(p) && plain(p.Tempo.Values) && p.Tempo.Kafka != nil, "tempo.values.blockBuilder.replicas", `1`)
	}},
	{code: "TG088", name: "a receiver that is gone", set: func(p *plan.Plan) []string {
		return when(monolithic(p) && plain(p.Tempo.Values) && !slices.Contains(p.Tempo.Strs("receivers").Value, "opencensus"), "tempo.values.tempo.receivers.opencensus", `{endpoint: "0.0.0.0:55678"}`)
	}},

	{code: "TG089", name: "a pipeline with a processor that is not there", at: "collector.values.config.service.pipelines.traces.processors[0]", set: func(p *plan.Plan) []string {
		return when(opened(p) && p.Topology.Collector.Sampling == nil, "collector.values.config.service.pipelines.traces.processors", `["nope"]`)
	}},
	{code: "TG089", name: "a pipeline that does not lead to Tempo", restsOn: []string{"tempo"}, set: func(p *plan.Plan) []string {
		return when(opened(p) && p.Topology.Collector.SpanMetrics == nil && len(p.Topology.Collector.Exporters) == 0, "collector.values.config.service.pipelines.traces.exporters", `["debug"]`)
	}},
	{code: "TG089", name: "the block of an older chart", at: "collector.values.agent.configMap", set: func(p *plan.Plan) []string {
		return when(byAlloy(p), "collector.values.agent.configMap", `{content: "none"}`)
	}},
	{code: "TG089", name: "gRPC to the port of HTTP", at: "collector.exporters.zz.port", set: func(p *plan.Plan) []string {
		return when(p.Collector != nil, "collector.exporters.zz", `{protocol: "otlp-grpc", host: "otlp.example.com", port: 4318}`)
	}},

	{code: "TG090", name: "a flag that Traefik does not have", at: "traefik.values.additionalArguments[0]", set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil && plain(p.Traefik.Values) && p.Topology.Traefik.Sampling.State != topology.Given, "traefik.values.additionalArguments", `["--accesslog.frobs=1"]`)
	}},
	{code: "TG090", name: "a second way to send spans", restsOn: []string{"collector"}, set: func(p *plan.Plan) []string {
		return when(traefikV3(p) && p.Traefik.Export.Protocol.Value == "otlp-http" && plain(p.Traefik.Values), "traefik.values.tracing.otlp.grpc.enabled", `true`)
	}},

	{code: "TG091", name: "a root that begins no trace", set: func(p *plan.Plan) []string {
		return when(traefikV3(p) && p.Traefik.Str("sampleRateKey").Value == "tracing.sampleRate" && plain(p.Traefik.Values), "traefik.values.tracing.sampleRate", `0`)
	}},
	{code: "TG091", name: "an ingress without spans", set: func(p *plan.Plan) []string {
		return when(p.Nginx != nil && !p.Nginx.Zipkin && plain(p.Nginx.Values), "ingressNginx.values.controller.config.enable-opentelemetry", `"false"`)
	}},

	{code: "TG092", name: "a log that is not JSON", restsOn: []string{"loki", "grafana"}, set: func(p *plan.Plan) []string {
		if p.Traefik == nil {
			return nil
		}
		return when(logged(p) && plain(p.Traefik.Values) && p.Topology.Traefik.AccessLog.Enabled.Value, "traefik.values."+p.Traefik.Str("accessLogKey").Value+".format", `"common"`)
	}},
	{code: "TG092", name: "no log of the ingress", restsOn: []string{"loki", "grafana"}, set: func(p *plan.Plan) []string {
		return when(logged(p) && p.Nginx != nil && plain(p.Nginx.Values), "ingressNginx.values.controller.config.disable-access-log", `"true"`)
	}},

	{code: "TG093", name: "a Secret of another namespace", at: "grafana.values.extraSecretMounts[0].secretName", restsOn: []string{"tempo", "store"}, set: func(p *plan.Plan) []string {
		if !ownGrafana(p) || p.Store.Secret.Inline || p.Grafana.Namespace.Value == p.Tempo.Namespace.Value || p.Store.Release != nil {
			return nil
		}
		return when(p.Store.Secret.Name.Value != "", "grafana.values.extraSecretMounts", `[{name: "zz", secretName: `+strconv.Quote(p.Store.Secret.Name.Value)+`, mountPath: "/zz", readOnly: true}]`)
	}},

	{code: "TG094", name: "a datasource with the uid of another", at: `grafana.values.datasources."zz.yaml".datasources[0].uid`, set: func(p *plan.Plan) []string {
		if !ownGrafana(p) {
			return nil
		}
		return when(true, `grafana.values.datasources."zz.yaml"`, `{apiVersion: 1, datasources: [{name: "ZZ", type: "tempo", url: "http://zz", uid: `+strconv.Quote(p.Grafana.TempoUID.Value)+`}]}`)
	}},
	{code: "TG094", name: "a stack without its Grafana", set: func(p *plan.Plan) []string {
		return when(asked(p) && p.Grafana.Stack() && plain(p.Grafana.Values), "grafana.values.grafana.enabled", `false`)
	}},

	{code: "TG095", name: "a receiver out of the mesh", restsOn: []string{"linkerd"}, set: func(p *plan.Plan) []string {
		return when(byAlloy(p) && p.Linkerd != nil && p.Linkerd.Receiver == p.Collector.Release, `collector.values.controller.podAnnotations."linkerd.io/inject"`, `"disabled"`)
	}},
	{code: "TG095", name: "proxies that send no spans", set: func(p *plan.Plan) []string {
		return when(p.Linkerd != nil && p.Linkerd.Tracing.Value == "proxy" && plain(p.Linkerd.Values), "linkerd.values.proxy.tracing.enabled", `false`)
	}},

	{code: "TG096", name: "an ingress without a Service", restsOn: []string{"cluster", "apps", "grafana"}, set: func(p *plan.Plan) []string {
		return when(p.Traefik != nil && plain(p.Traefik.Values) && (len(p.Hosts) > 0 || p.HostPorts.On), "traefik.values.service.enabled", `false`)
	}},
	{code: "TG096", name: "a Grafana without its Ingress", set: func(p *plan.Plan) []string {
		return when(shown(p), "grafana.values.ingress.enabled", `false`)
	}},

	{code: "TG097", name: "metrics for another Prometheus", restsOn: []string{"prometheus", "cluster"}, set: func(p *plan.Plan) []string {
		return when(distributing(p) && writes(p) && plain(p.Tempo.Values) && p.Tempo.Knows("structuredConfigKey") && p.Tempo.Str("structuredConfigKey").Value != "",
			"tempo.values.tempo.structuredConfig.metrics_generator.storage.remote_write", `[{url: "http://zz/api/v1/write"}]`)
	}},

	{code: "TG098", name: "a variable that nobody expands", set: func(p *plan.Plan) []string {
		return when(distributing(p) && p.Tempo.Version.Value > "1.0.0" && plain(p.Tempo.Values) && p.Store.Backend.Value == "s3", "tempo.values.storage.trace.s3.prefix", `"${SITE}"`)
	}},
	{code: "TG098", name: "braces that are not Helm's", at: `grafana.values.datasources."zz.yaml".datasources[0].name`, set: func(p *plan.Plan) []string {
		return when(ownGrafana(p), `grafana.values.datasources."zz.yaml"`, `{apiVersion: 1, datasources: [{name: "ZZ {{instance}}", type: "loki", url: "http://zz"}]}`)
	}},

	{code: "TG099", name: "traces that are gone before their logs", at: "loki.retention", restsOn: []string{"tempo", "grafana"}, set: func(p *plan.Plan) []string {
		return when(asked(p) && p.Topology.Loki != nil && p.Topology.Loki.LokiChart != nil && p.Topology.Tempo.Retention.State != topology.Given, "loki.retention", `"1000h"`)
	}},
}

// fileChanges break files that stand beside the profile.
var fileChanges = []change{
	{code: "TG078", name: "imported value keys that are none", file: func(p *plan.Plan) (file, old, text string) {
		return ContractPath(p.Tempo.ChartName, p.Tempo.Version.Value), "", "no keys\n"
	}, restsOn: []string{"tempo"}},
	{code: "TG081", name: "a misspelt action in the policy", at: "store.policyFile", restsOn: []string{"tempo"}, file: inPolicy(`"s3:GetObject"`, `"s3:GetObjcet"`)},
	{code: "TG082", name: "a policy without an action that Tempo needs", at: "store.policyFile", restsOn: []string{"tempo"}, file: inPolicy(`"s3:DeleteObject"`, `"s3:AbortMultipartUpload"`)},
	{code: "TG083", name: "a policy with more than Tempo needs", at: "store.policyFile", restsOn: []string{"tempo"}, file: inPolicy(`"s3:GetObject"`, `"s3:*"`)},
}

// inPolicy replaces an action in the user's own policy of the bucket.
func inPolicy(old, text string) func(*plan.Plan) (string, string, string) {
	return func(p *plan.Plan) (string, string, string) { return p.Store.Policy.File.Value, old, text }
}

// proof is what the proof of a hop rests on.
var proof = []string{"tempo", "store", "collector", "traefik", "ingressNginx", "linkerd", "grafana", "loki", "prometheus", "cluster"}

func byAlloy(p *plan.Plan) bool {
	return p.Collector != nil && p.Topology.Collector.Kind.Value == "alloy" && plain(p.Collector.Values)
}

func opened(p *plan.Plan) bool {
	return p.Collector != nil && p.Topology.Collector.Kind.Value == "otel-collector" && plain(p.Collector.Values)
}

func exports(p *plan.Plan, protocol string) bool {
	return p.Collector != nil && p.Collector.Export.Protocol.Value == protocol
}

func logged(p *plan.Plan) bool { return p.Loki != nil && asked(p) }

func ownGrafana(p *plan.Plan) bool {
	return asked(p) && p.Grafana.Kind == plan.OwnChart && plain(p.Grafana.Values)
}

func shown(p *plan.Plan) bool {
	return ownGrafana(p) && p.Grafana.People.Host.Value != "" && (p.Traefik != nil || p.Nginx != nil)
}
