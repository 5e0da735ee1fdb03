package importer

import (
	"slices"
	"strings"
	"sync"

	"tracegen.dev/generator/chart/keys"
)

// refinement gives a key that a chart copies the shape of what it is copied
// into, where that is the configuration of a program, which no manifest shows.
type refinement struct {
	chart string // or "*" for each
	path  string // such as storage/trace, with * for any key and ** for any keys
	shape string // such as tempo/config.storage.trace; of a list, that of an item
	with  string // a key that must stand below, where a chart once meant something else by it
}

// refinements are applied when all else is known. What is missing is free:
// receivers and the settings of one are the collector's of the release that the
// program was built with; dashboards are JSON; the tenants' overrides and
// runtime configuration are another file; scrape configurations of the Prometheus
// operator are those of a Prometheus whose version its chart does not tell.
var refinements = sync.OnceValue(func() []refinement {
	var out []refinement
	add := func(chart, shape string, paths ...string) {
		for _, path := range paths {
			path, with, _ := strings.Cut(path, " with ")
			out = append(out, refinement{chart, path, shape, with})
		}
	}
	// same adds keys below a path that a program's file has under other names, as
	// value:key, or under the same ones.
	same := func(chart, path, shape string, names ...string) {
		for _, name := range names {
			value, key, renamed := strings.Cut(name, ":")
			if !renamed {
				key = value
			}
			add(chart, shape+"."+strings.ReplaceAll(key, "/", "."), path+value)
		}
	}

	add("*", "monitoring/RelabelConfig", "**/serviceMonitor/relabelings", "**/serviceMonitor/metricRelabelings",
		"**/podMonitor/relabelings", "**/podMonitor/metricRelabelings")

	const tempo = "tempo/config"
	same("tempo", "tempo/", tempo, "ingester", "querier", "queryFrontend:query_frontend", "server", "storage", "memberlist",
		"metricsGenerator/processor:metrics_generator/processor", "metricsGenerator/registry:metrics_generator/registry",
		"metricsGenerator/storage:metrics_generator/storage",
		"metricsGenerator/storage/remote_write:metrics_generator/storage/remote_write", "metricsGenerator/storage/wal:metrics_generator/storage/wal",
		"metricsGenerator/traces_storage:metrics_generator/traces_storage",
		"receivers:distributor/receivers", "global_overrides:overrides")
	add("tempo", tempo+".overrides", "tempo/overrides with per_tenant_override_config", "tempo/overrides with defaults")
	add("tempo", tempo, "tempo/structuredConfig")

	add("tempo-distributed", tempo, "tempo/structuredConfig")
	// From 1.58.0 on, pods are put together from a component's values and the
	// defaults, key by key, in templates that all components share.
	for name, shape := range map[string]string{"extraEnv": "EnvVar", "extraEnvFrom": "EnvFromSource", "extraVolumes": "Volume",
		"extraVolumeMounts": "VolumeMount", "resources": "ResourceRequirements", "tolerations": "Toleration",
		"topologySpreadConstraints": "TopologySpreadConstraint", "hostAliases": "HostAlias", "initContainers": "Container",
		"extraContainers": "Container"} {
		add("tempo-distributed", "k8s/"+shape, "*/"+name)
	}
	add("tempo-distributed", tempo+".overrides", "global_overrides", "overrides with defaults")
	same("tempo-distributed", "", tempo, "cache", "storage", "storage/trace", "storage/trace/azure", "storage/trace/block",
		"storage/trace/cache", "storage/trace/gcs", "storage/trace/pool", "storage/trace/s3", "storage/trace/search",
		"storage/trace/wal", "memberlist")
	same("tempo-distributed", "storage/trace/", tempo+".storage.trace", "azure", "block", "cache", "gcs", "local", "memcached", "pool", "redis",
		"s3", "search", "wal")
	for _, component := range []string{"compactor", "distributor", "ingester", "querier", "queryFrontend:query_frontend",
		"metricsGenerator:metrics_generator", "backendScheduler:backend_scheduler", "backendWorker:backend_worker",
		"blockBuilder:block_builder", "liveStore:live_store"} {
		value, key, renamed := strings.Cut(component, ":")
		if !renamed {
			key = value
		}
		same("tempo-distributed", value+"/", tempo, "config:"+key)
		for _, part := range []string{"compaction", "frontend_worker", "metrics", "partition_ring", "processor", "provider", "registry", "ring",
			"search", "storage", "trace_by_id", "traces_storage", "traces_query_storage", "wal", "work"} {
			same("tempo-distributed", value+"/config/", tempo+"."+key, part)
		}
	}
	same("tempo-distributed", "distributor/config/", tempo+".distributor", "cost_attribution:usage/cost_attribution", "forwarders")
	add("tempo-distributed", tempo+".metrics_generator.storage.remote_write.[]", "metricsGenerator/config/storage_remote_write")

	add("traefik", "k8s/ServiceSpec", "service/spec")

	const loki = "loki/config"
	add("loki", loki, "loki/structuredConfig")
	same("loki", "loki/", loki, "analytics", "block_builder", "bloom_build", "bloom_gateway", "compactor", "compactor_grpc_client",
		"commonConfig:common", "distributor", "frontend", "frontend_worker", "index_gateway", "ingester", "ingester_client", "limits_config",
		"memberlistConfig:memberlist", "operational_config", "pattern_ingester", "querier", "query_range", "query_scheduler",
		"rulerConfig:ruler", "schemaConfig:schema_config", "testSchemaConfig:schema_config", "server", "storage_config")

	for chart, prefix := range map[string]string{"grafana": "", "kube-prometheus-stack": "grafana/"} {
		add(chart, "grafana/datasources", prefix+"datasources/*")
		add(chart, "grafana/datasource", prefix+"additionalDataSources")
		add(chart, "grafana/providers", prefix+"dashboardProviders/*")
		add(chart, "grafana/ini", prefix+"grafana.ini")
	}

	add("ingress-nginx", "ingress-nginx/config", "controller/config")

	const operator = "monitoring/PrometheusSpec"
	same("kube-prometheus-stack", "prometheus/prometheusSpec/", operator, "apiserverConfig", "arbitraryFSAccessThroughSMs",
		"excludedFromEnforcement", "exemplars", "hostAliases", "otlp", "query", "remoteRead", "remoteWrite", "scrapeClasses",
		"storageSpec:storage", "thanos", "topologySpreadConstraints", "tracingConfig", "tsdb", "web")

	add("opentelemetry-collector", "otelcol/config", "config", "alternateConfig")

	const prometheus = "prometheus/config"
	add("prometheus", prometheus, "serverFiles/prometheus.yml")
	add("prometheus", "prometheus/rules", "serverFiles/alerting_rules.yml", "serverFiles/recording_rules.yml",
		"serverFiles/rules", "serverFiles/alerts")
	same("prometheus", "server/", prometheus, "global", "remoteWrite:remote_write", "remoteRead:remote_read", "tsdb:storage/tsdb",
		"exemplars:storage/exemplars", "otlp", "alertmanagers:alerting/alertmanagers")
	slices.SortStableFunc(out, func(a, b refinement) int { return strings.Compare(a.chart, b.chart) })
	return out
})

// refineAll applies the table to a chart's keys.
func refineAll(root *keys.Key, chart string) {
	for _, r := range refinements() {
		if r.chart == chart || r.chart == "*" {
			refine(root, strings.Split(r.path, "/"), r)
		}
	}
}

// refine sets the shape of the keys of a path, where they are copied: of others
// the chart takes no key that its templates do not read.
func refine(k *keys.Key, path []string, r refinement) {
	if len(path) == 0 {
		below := func(name string) int {
			return slices.IndexFunc(k.Keys(), func(b *keys.Key) bool { return b.Name == name })
		}
		if i := below(keys.EveryItem); k.Open == "" && i >= 0 { // each item is copied by itself
			k = k.Keys()[i]
		}
		copied := k.Open != "" || below(keys.EveryKey) >= 0 // whole, or name by name
		if copied && (r.with == "" || below(r.with) >= 0) {
			k.Like = r.shape
		}
		return
	}
	if path[0] == "**" {
		refine(k, path[1:], r)
		for _, below := range k.Keys() {
			refine(below, path, r)
		}
		return
	}
	for _, below := range k.Keys() {
		if below.Name == path[0] || path[0] == keys.EveryKey {
			refine(below, path[1:], r)
		}
	}
}
