package chart

import (
	"slices"
	"testing"
)

// The edges of what the values of tempo, tempo-distributed, traefik, alloy and
// minio can say beyond tracing itself, on both sides.
func TestOwnEdges(t *testing.T) {
	for _, tc := range []struct{ chart, feature, before, was, from, is string }{
		{"tempo-distributed", "s3LookupField", "1.2.11", "<nil>", "1.3.0", "bucket_lookup_type"},
		{"tempo-distributed", "azureContainerField", "0.28.0", "container-name", "1.0.0", "container_name"},
		{"tempo-distributed", "azureAccountField", "0.28.0", "storage-account-name", "1.0.0", "storage_account_name"},
		{"tempo-distributed", "azureAccountKeyField", "0.28.0", "storage-account-key", "1.0.0", "storage_account_key"},
		{"tempo-distributed", "azureManagedIdentityField", "0.22.0", "<nil>", "0.23.0", "use-managed-identity"},
		{"tempo-distributed", "azureManagedIdentityField", "0.28.0", "use-managed-identity", "1.0.0", "use_managed_identity"},
		{"tempo-distributed", "azureFederatedTokenField", "1.2.11", "<nil>", "1.3.0", "use_federated_token"},
		{"tempo-distributed", "processors", "1.4.15", "[service-graphs span-metrics]", "1.5.0", "[service-graphs span-metrics local-blocks]"},
		{"tempo-distributed", "processors", "1.41.2", "[service-graphs span-metrics local-blocks]", "1.42.0", "[service-graphs span-metrics local-blocks host-info]"},
		{"tempo-distributed", "processors", "2.26.2", "[service-graphs span-metrics local-blocks host-info]", "3.0.0", "[service-graphs span-metrics host-info]"},
		{"tempo-distributed", "generatorWorks", "2.26.2", "true", "3.0.0", "false"},
		{"tempo-distributed", "generatorWorks", "3.0.2", "false", "3.0.3", "true"},
		{"tempo-distributed", "generatorKindKey", "1.8.3", "<nil>", "1.8.4", "metricsGenerator.kind"},
		{"tempo-distributed", "spanDimensionsKey", "0.20.4", "<nil>", "0.21.0", "tempo.structuredConfig.metrics_generator.processor.span_metrics.dimensions"},
		{"tempo-distributed", "spanDimensionsKey", "0.25.0", "tempo.structuredConfig.metrics_generator.processor.span_metrics.dimensions", "0.26.0", "metricsGenerator.config.processor.span_metrics.dimensions"},
		{"tempo-distributed", "graphDimensionsKey", "0.20.4", "<nil>", "0.21.0", "tempo.structuredConfig.metrics_generator.processor.service_graphs.dimensions"},
		{"tempo-distributed", "graphDimensionsKey", "0.25.0", "tempo.structuredConfig.metrics_generator.processor.service_graphs.dimensions", "0.26.0", "metricsGenerator.config.processor.service_graphs.dimensions"},
		{"tempo-distributed", "generatorLabelsKey", "0.25.0", "<nil>", "0.26.0", "metricsGenerator.config.registry.external_labels"},
		{"tempo-distributed", "localBlocksFlushKey", "1.17.0", "<nil>", "1.18.0", "metricsGenerator.config.processor.local_blocks.flush_to_storage"},
		{"tempo-distributed", "localBlocksFlushKey", "2.26.2", "metricsGenerator.config.processor.local_blocks.flush_to_storage", "3.0.0", ""},
		{"tempo-distributed", "tracesStorageKey", "1.4.15", "<nil>", "1.5.0", "tempo.structuredConfig.metrics_generator.traces_storage.path"},
		{"tempo-distributed", "tracesStorageKey", "1.8.3", "tempo.structuredConfig.metrics_generator.traces_storage.path", "1.8.4", "metricsGenerator.config.traces_storage.path"},
		{"tempo-distributed", "tracesStorageKey", "2.26.2", "metricsGenerator.config.traces_storage.path", "3.0.0", ""},
		{"tempo-distributed", "limitRateKey", "1.32.7", "global_overrides.ingestion_rate_limit_bytes", "1.33.0", "overrides.defaults.ingestion.rate_limit_bytes"},
		{"tempo-distributed", "limitBurstKey", "1.32.7", "global_overrides.ingestion_burst_size_bytes", "1.33.0", "overrides.defaults.ingestion.burst_size_bytes"},
		{"tempo-distributed", "limitTracesKey", "1.32.7", "global_overrides.max_traces_per_user", "1.33.0", "overrides.defaults.ingestion.max_traces_per_user"},
		{"tempo-distributed", "limitTraceBytesKey", "1.32.7", "global_overrides.max_bytes_per_trace", "1.33.0", "overrides.defaults.global.max_bytes_per_trace"},
		{"tempo-distributed", "limitSearchKey", "0.22.0", "<nil>", "0.23.0", "global_overrides.max_search_duration"},
		{"tempo-distributed", "limitSearchKey", "1.32.7", "global_overrides.max_search_duration", "1.33.0", "overrides.defaults.read.max_search_duration"},
		{"tempo-distributed", "tenantOverridesKey", "1.32.7", "overrides", "1.33.0", "per_tenant_overrides"},
		{"tempo-distributed", "tenantOverridesText", "1.15.1", "true", "1.15.2", "false"},
		{"tempo-distributed", "streamOverHTTPRawKey", "1.6.14", "<nil>", "1.7.0", "tempo.structuredConfig.stream_over_http_enabled"},
		{"tempo-distributed", "kafkaTopicKey", "2.26.2", "<nil>", "3.0.0", "ingest.kafka.topic"},
		{"tempo-distributed", "kafkaTopic", "2.26.2", "<nil>", "3.0.0", "tempo-traces"},
		{"tempo-distributed", "kafkaAutoCreateKey", "2.26.2", "<nil>", "3.0.0", "ingest.kafka.auto_create_topic_enabled"},
		{"tempo-distributed", "kafkaPartitionsKey", "2.26.2", "<nil>", "3.0.0", "ingest.kafka.auto_create_topic_default_partitions"},
		{"tempo-distributed", "kafkaPartitions", "2.26.2", "<nil>", "3.0.0", "3"},
		{"tempo-distributed", "parts", "1.12.0", "[distributor ingester querier queryFrontend compactor]", "1.13.0", "[distributor querier queryFrontend compactor]"},
		{"tempo-distributed", "parts", "1.13.1", "[distributor querier queryFrontend compactor]", "1.13.2", "[distributor ingester querier queryFrontend compactor]"},
		{"tempo-distributed", "parts", "2.26.2", "[distributor ingester querier queryFrontend compactor]", "3.0.0", "[distributor querier queryFrontend backendScheduler backendWorker blockBuilder liveStore]"},
		{"tempo-distributed", "persistenceKeys", "1.8.3", "[ingester.persistence]", "1.8.4", "[ingester.persistence metricsGenerator.persistence]"},
		{"tempo-distributed", "persistenceKeys", "2.26.2", "[ingester.persistence metricsGenerator.persistence]", "3.0.0", "[metricsGenerator.persistence]"},
		{"tempo-distributed", "gatewayWorks", "0.27.15", "true", "0.27.16", "false"},
		{"tempo-distributed", "gatewayWorks", "0.27.16", "false", "0.27.17", "true"},

		{"tempo-distributed", "registryKeys", "2.17.1", "[global.image.registry]", "2.17.2", "[tempo.image.registry]"},
		{"tempo-distributed", "registryKeys", "2.17.7", "[tempo.image.registry]", "2.17.8", "[global.image.registry]"},
		{"tempo-distributed", "nodeSelectorKeys", "2.25.3", "[distributor.nodeSelector ingester.nodeSelector querier.nodeSelector queryFrontend.nodeSelector compactor.nodeSelector metricsGenerator.nodeSelector memcached.nodeSelector gateway.nodeSelector]", "2.25.4", "[defaults.nodeSelector memcached.nodeSelector gateway.nodeSelector]"},
		{"tempo-distributed", "tolerationsKeys", "2.25.3", "[distributor.tolerations ingester.tolerations querier.tolerations queryFrontend.tolerations compactor.tolerations metricsGenerator.tolerations memcached.tolerations gateway.tolerations]", "2.25.4", "[defaults.tolerations memcached.tolerations gateway.tolerations]"},
		{"tempo-distributed", "priorityClassKeys", "0.20.2", "<nil>", "0.20.3", "[global.priorityClassName]"},
		{"tempo-distributed", "storageClassKeys", "1.8.3", "[ingester.persistence.storageClass]", "1.8.4", "[ingester.persistence.storageClass metricsGenerator.persistence.storageClass]"},
		{"tempo-distributed", "storageClassKeys", "1.28.0", "[ingester.persistence.storageClass metricsGenerator.persistence.storageClass]", "1.28.1", "[global.storageClass]"},
		{"tempo-distributed", "podSecurityKeys", "0.23.0", "<nil>", "0.24.0", "[tempo.podSecurityContext]"},
		{"tempo-distributed", "serviceMonitorKeys", "0.26.9", "[serviceMonitor.enabled]", "0.27.0", "[metaMonitoring.serviceMonitor.enabled]"},
		{"tempo-distributed", "resourcesKeys", "2.26.2", "[distributor.resources ingester.resources querier.resources queryFrontend.resources compactor.resources metricsGenerator.resources memcached.resources memcachedExporter.resources gateway.resources]", "3.0.0", "[distributor.resources querier.resources queryFrontend.resources metricsGenerator.resources backendScheduler.resources backendWorker.resources blockBuilder.resources liveStore.resources memcached.resources memcachedExporter.resources gateway.resources]"},
		{"tempo-distributed", "podSelector", "0.26.9", "[app.kubernetes.io/name=tempo-distributed app.kubernetes.io/instance={release} app.kubernetes.io/component=distributor]", "0.27.0", "[app.kubernetes.io/name=tempo app.kubernetes.io/instance={release} app.kubernetes.io/component=distributor]"},
		{"tempo-distributed", "restrictedNeeds", "0.23.0", "[capabilities escalation nonroot seccomp]", "0.24.0", "[seccomp]"},

		{"tempo", "s3LookupField", "1.1.0", "<nil>", "1.2.1", "bucket_lookup_type"},
		{"tempo", "azureContainerField", "0.16.9", "container-name", "1.0.0", "container_name"},
		{"tempo", "azureAccountField", "0.16.9", "storage-account-name", "1.0.0", "storage_account_name"},
		{"tempo", "azureAccountKeyField", "0.16.9", "storage-account-key", "1.0.0", "storage_account_key"},
		{"tempo", "azureManagedIdentityField", "0.16.9", "use-managed-identity", "1.0.0", "use_managed_identity"},
		{"tempo", "azureFederatedTokenField", "1.1.0", "<nil>", "1.2.1", "use_federated_token"},
		{"tempo", "processors", "1.3.1", "[service-graphs span-metrics]", "1.4.0", "[service-graphs span-metrics local-blocks]"},
		{"tempo", "processors", "1.22.0", "[service-graphs span-metrics local-blocks]", "1.23.0", "[service-graphs span-metrics local-blocks host-info]"},
		{"tempo", "exemplarsField", "1.24.1", "<nil>", "1.24.2", "send_exemplars"},
		{"tempo", "spanDimensionsKey", "1.18.3", "tempo.global_overrides.metrics_generator_processor_span_metrics_dimensions", "1.19.0", "tempo.overrides.defaults.metrics_generator.processor.span_metrics.dimensions"},
		{"tempo", "spanDimensionsKey", "1.24.1", "tempo.overrides.defaults.metrics_generator.processor.span_metrics.dimensions", "1.24.2", "tempo.metricsGenerator.processor.span_metrics.dimensions"},
		{"tempo", "graphDimensionsKey", "1.18.3", "tempo.global_overrides.metrics_generator_processor_service_graphs_dimensions", "1.19.0", "tempo.overrides.defaults.metrics_generator.processor.service_graphs.dimensions"},
		{"tempo", "graphDimensionsKey", "1.24.1", "tempo.overrides.defaults.metrics_generator.processor.service_graphs.dimensions", "1.24.2", "tempo.metricsGenerator.processor.service_graphs.dimensions"},
		{"tempo", "generatorLabelsKey", "1.24.1", "<nil>", "1.24.2", "tempo.metricsGenerator.registry.external_labels"},
		{"tempo", "localBlocksFlushKey", "1.24.1", "<nil>", "1.24.2", "tempo.metricsGenerator.processor.local_blocks.flush_to_storage"},
		{"tempo", "tracesStorageKey", "1.24.1", "<nil>", "1.24.2", "tempo.metricsGenerator.traces_storage.path"},
		{"tempo", "limitRateKey", "1.18.3", "tempo.global_overrides.ingestion_rate_limit_bytes", "1.19.0", "tempo.overrides.defaults.ingestion.rate_limit_bytes"},
		{"tempo", "limitBurstKey", "1.18.3", "tempo.global_overrides.ingestion_burst_size_bytes", "1.19.0", "tempo.overrides.defaults.ingestion.burst_size_bytes"},
		{"tempo", "limitTracesKey", "1.18.3", "tempo.global_overrides.max_traces_per_user", "1.19.0", "tempo.overrides.defaults.ingestion.max_traces_per_user"},
		{"tempo", "limitTraceBytesKey", "1.18.3", "tempo.global_overrides.max_bytes_per_trace", "1.19.0", "tempo.overrides.defaults.global.max_bytes_per_trace"},
		{"tempo", "limitSearchKey", "1.18.3", "tempo.global_overrides.max_search_duration", "1.19.0", "tempo.overrides.defaults.read.max_search_duration"},
		{"tempo", "tenantOverridesKey", "1.18.3", "tempo.overrides", "1.19.0", "tempo.per_tenant_overrides"},
		{"tempo", "queryUIDefault", "1.1.0", "true", "1.2.1", "false"},
		{"tempo", "networkPolicyKey", "1.9.0", "<nil>", "1.10.0", "networkPolicy.enabled"},

		{"tempo", "registryKeys", "1.24.0", "<nil>", "1.24.1", "[tempo.registry]"},
		{"tempo", "imageKeys", "1.24.0", "[tempo.repository=grafana/tempo tempoQuery.repository=grafana/tempo-query]", "1.24.1", "[tempoQuery.repository=grafana/tempo-query]"},
		{"tempo", "restrictedNeeds", "1.10.2", "[capabilities escalation nonroot seccomp]", "1.10.3", "[capabilities escalation seccomp]"},

		{"traefik", "exposeKey", "26.1.0", "expose", "27.0.0", "expose.default"},
		{"traefik", "grpcCAKey", "27.0.2", "<nil>", "28.0.0", "tracing.otlp.grpc.tls.ca"},
		{"traefik", "httpCAKey", "27.0.2", "<nil>", "28.0.0", "tracing.otlp.http.tls.ca"},
		{"traefik", "capturedRequestHeadersKey", "27.0.2", "<nil>", "28.0.0", ""},
		{"traefik", "capturedRequestHeadersKey", "33.1.0", "", "33.2.0", "tracing.capturedRequestHeaders"},
		{"traefik", "capturedResponseHeadersKey", "27.0.2", "<nil>", "28.0.0", ""},
		{"traefik", "capturedResponseHeadersKey", "33.1.0", "", "33.2.0", "tracing.capturedResponseHeaders"},
		{"traefik", "ingressClassKey", "9.2.1", "<nil>", "9.3.0", "ingressClass.enabled"},
		{"traefik", "ingressClassOn", "18.3.0", "false", "19.0.0", "true"},
		{"traefik", "ingressClassDefaultKey", "9.2.1", "<nil>", "9.3.0", "ingressClass.isDefaultClass"},
		{"traefik", "ingressClassNameKey", "23.1.0", "<nil>", "23.2.0", "ingressClass.name"},
		{"traefik", "dashboardRoute", "28.3.0", "true", "29.0.0", "false"},
		{"traefik", "registryKeys", "21.2.0", "<nil>", "21.2.1", "[image.registry]"},
		{"traefik", "imageKeys", "20.8.0", "[image.name=traefik]", "21.0.0", "[image.repository=traefik]"},
		{"traefik", "imageKeys", "21.2.0", "[image.repository=traefik]", "21.2.1", "[]"},
		{"traefik", "serviceMonitorKeys", "20.3.1", "<nil>", "20.4.0", "[metrics.prometheus.serviceMonitor.enabled metrics.prometheus.service.enabled]"},
		{"traefik", "serviceMonitorKeys", "23.0.1", "[metrics.prometheus.serviceMonitor.enabled metrics.prometheus.service.enabled]", "23.1.0", "[metrics.prometheus.serviceMonitor.enabled]"},
		{"traefik", "podLabelsKeys", "9.10.2", "<nil>", "9.11.0", "[deployment.podLabels]"},
		{"traefik", "podSelector", "16.2.0", "[app.kubernetes.io/name=traefik app.kubernetes.io/instance={release}]", "17.0.0", "[app.kubernetes.io/name=traefik app.kubernetes.io/instance={release}-{namespace}]"},
		{"traefik", "serviceWorks", "16.2.0", "true", "17.0.0", "false"},
		{"traefik", "serviceWorks", "17.0.0", "false", "17.0.1", "true"},
		{"traefik", "restricted", "38.0.1", "false", "38.0.2", "true"},
		{"traefik", "restrictedNeeds", "23.1.0", "[escalation seccomp]", "23.2.0", "[seccomp]"},
		{"traefik", "restrictedNeeds", "38.0.1", "[seccomp]", "38.0.2", "[]"},

		{"alloy", "rulesKey", "1.3.1", "<nil>", "1.4.0", "rbac.rules"},
		{"alloy", "networkPolicyKey", "1.1.1", "<nil>", "1.1.2", "networkPolicy.enabled"},
		{"alloy", "hasOpencensus", "1.5.3", "true", "1.6.0", "false"},

		{"minio", "renders", "5.0.1", "true", "5.0.2", "false"},
		{"minio", "renders", "5.0.2", "false", "5.0.3", "true"},
		{"minio", "renders", "5.0.5", "true", "5.0.6", "false"},
		{"minio", "renders", "5.0.6", "false", "5.0.7", "true"},
		{"minio", "renders", "5.0.11", "true", "5.0.12", "false"},
		{"minio", "renders", "5.0.12", "false", "5.0.13", "true"},
		{"minio", "standaloneRenders", "5.0.1", "true", "5.0.2", "false"},
		{"minio", "standaloneRenders", "5.0.2", "false", "5.0.3", "true"},
		{"minio", "standaloneRenders", "5.0.5", "true", "5.0.6", "false"},
		{"minio", "standaloneRenders", "5.0.6", "false", "5.0.7", "true"},
		{"minio", "standaloneRenders", "5.0.8", "true", "5.0.9", "false"},
		{"minio", "standaloneRenders", "5.0.9", "false", "5.0.10", "true"},
		{"minio", "standaloneRenders", "5.0.11", "true", "5.0.12", "false"},
		{"minio", "standaloneRenders", "5.0.12", "false", "5.0.13", "true"},
		{"minio", "nodeSelectorKeys", "5.0.1", "[nodeSelector makeBucketJob.nodeSelector makePolicyJob.nodeSelector makeUserJob.nodeSelector customCommandJob.nodeSelector]", "5.0.2", "[nodeSelector postJob.nodeSelector]"},
		{"minio", "tolerationsKeys", "5.0.1", "[tolerations makeBucketJob.tolerations makePolicyJob.tolerations makeUserJob.tolerations customCommandJob.tolerations]", "5.0.2", "[tolerations postJob.tolerations]"},
		{"minio", "podSecurityKeys", "5.2.0", "[]", "5.3.0", "[securityContext]"},
		{"minio", "containerSecurityKeys", "5.2.0", "<nil>", "5.3.0", "[containerSecurityContext]"},
		{"minio", "serviceMonitorKeys", "4.0.14", "[metrics.serviceMonitor.enabled]", "4.0.15", "[metrics.serviceMonitor.enabled metrics.serviceMonitor.includeNode]"},
		{"minio", "podAnnotationsKeys", "5.0.1", "[podAnnotations makeBucketJob.podAnnotations makePolicyJob.podAnnotations makeUserJob.podAnnotations customCommandJob.podAnnotations]", "5.0.2", "[podAnnotations postJob.podAnnotations]"},

		{"tempo-distributed", "workerBudgetKey", "2.26.2", "<nil>", "3.0.0", "backendWorker.podDisruptionBudget.enabled"},
		{"tempo-distributed", "restrictable", "0.23.0", "false", "0.24.0", "true"},
		{"tempo", "restrictable", "1.1.0", "false", "1.2.1", "true"},
		{"tempo", "userID", "1.8.0", "<nil>", "1.9.0", "10001"},
	} {
		expect(t, tc.chart, tc.before, tc.feature, tc.was)
		expect(t, tc.chart, tc.from, tc.feature, tc.is)
	}
}

// Some of them follow from Tempo's version, which is known of every release.
func TestOwnEdgesFollowTempo(t *testing.T) {
	for _, tc := range []struct{ chart, feature, app, before, from string }{
		{"tempo-distributed", "azureContainerField", "2.0.0", "container-name", "container_name"},
		{"tempo-distributed", "azureAccountField", "2.0.0", "storage-account-name", "storage_account_name"},
		{"tempo-distributed", "azureAccountKeyField", "2.0.0", "storage-account-key", "storage_account_key"},
		{"tempo-distributed", "azureFederatedTokenField", "2.1.0", "<nil>", "use_federated_token"},
		{"tempo-distributed", "s3LookupField", "2.1.0", "<nil>", "bucket_lookup_type"},
		{"tempo-distributed", "streamOverHTTPRawKey", "2.3.0", "<nil>", "tempo.structuredConfig.stream_over_http_enabled"},
		{"tempo", "azureContainerField", "2.0.0", "container-name", "container_name"},
		{"tempo", "azureAccountField", "2.0.0", "storage-account-name", "storage_account_name"},
		{"tempo", "azureAccountKeyField", "2.0.0", "storage-account-key", "storage_account_key"},
		{"tempo", "azureManagedIdentityField", "2.0.0", "use-managed-identity", "use_managed_identity"},
		{"tempo", "azureFederatedTokenField", "2.1.0", "<nil>", "use_federated_token"},
		{"tempo", "s3LookupField", "2.1.0", "<nil>", "bucket_lookup_type"},
	} {
		c := find(t, tc.chart)
		for _, version := range c.Releases() {
			want := tc.before
			if compare(c.At(version).App(), tc.app) >= 0 {
				want = tc.from
			}
			expect(t, tc.chart, version, tc.feature, want)
		}
	}
}

func TestProcessorsFollowTempo(t *testing.T) {
	for _, name := range []string{"tempo-distributed", "tempo"} {
		c := find(t, name)
		for _, version := range c.Releases() {
			v := c.At(version)
			for processor, want := range map[string]bool{
				"service-graphs": true,
				"span-metrics":   true,
				"local-blocks":   compare(v.App(), "2.2.0") >= 0 && compare(v.App(), "3.0.0") < 0,
				"host-info":      compare(v.App(), "2.8.0") >= 0,
			} {
				if got := slices.Contains(v.Strings("processors"), processor); got != want {
					t.Errorf("%s: the processor %s is there: %v, want %v", v.Name(), processor, got, want)
				}
			}
		}
	}
}

// One emitter reads these of every chart alike.
func TestPodFeatures(t *testing.T) {
	for _, name := range []string{"alloy", "minio", "tempo", "tempo-distributed", "traefik"} {
		newest := find(t, name).At(find(t, name).Newest())
		for _, feature := range []string{"nodeSelectorKeys", "tolerationsKeys", "priorityClassKeys", "podSecurityKeys", "containerSecurityKeys", "serviceMonitorKeys", "podAnnotationsKeys", "podLabelsKeys", "resourcesKeys", "serviceAccountKeys", "podSelector"} {
			if len(newest.Strings(feature)) == 0 {
				t.Errorf("%s has no %s", newest.Name(), feature)
			}
		}
		for _, feature := range []string{"registryKeys", "storageClassKeys", "restricted", "restrictedNeeds", "restrictable"} {
			if !newest.Has(feature) {
				t.Errorf("%s has no %s", newest.Name(), feature)
			}
		}
	}
}
