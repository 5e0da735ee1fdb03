package generator

import "testing"

// TestHarmlessInForce has overrides that change what a rule over the values looks
// at, and break nothing.
func TestHarmlessInForce(t *testing.T) {
	for _, c := range []struct{ profile, override string }{
		{parts, `tempo: values: storage: trace: {backend: "s3", s3: {bucket: "traces", insecure: false, region: "eu-west-1"}}`},
		{kindStack, `tempo: values: tempo: storage: trace: {s3: region: "x", wal: path: "/var/tempo/log"}`}, // a Minio that is told none takes any
		{twoKeys, `tempo: values: querier: extraEnv: [{name: "AWS_ACCESS_KEY_ID", valueFrom: secretKeyRef: {name: "tempo-s3", key: "access_key"}}, {name: "AWS_SECRET_ACCESS_KEY", valueFrom: secretKeyRef: {name: "tempo-s3", key: "secret_key"}}, {name: "GOGC", value: "50"}]`},
		{twoKeys, `tempo: values: {querier: extraEnv: [], querier: extraEnvFrom: [{secretRef: name: "tempo-s3"}]}`},
		{twoKeys, `tempo: values: distributor: extraEnv: [{name: "MINIO_ACCESS_KEY", value: "x"}, {name: "MINIO_SECRET_KEY", valueFrom: secretKeyRef: {name: "tempo-s3", key: "secret_key"}}]`},
		{twoKeys, `tempo: values: memcached: extraEnv: [{name: "GOGC", value: "50"}]`},

		{parts, `tempo: values: ingester: {replicas: 2, config: replication_factor: 2}`},
		{parts, `tempo: values: ingester: autoscaling: {enabled: true, minReplicas: 3}`},
		{parts, `tempo: values: ingester: zoneAwareReplication: enabled: true`},
		{parts, `tempo: values: tempo: structuredConfig: ingester: lifecycler: ring: replication_factor: 1`},
		{kafkaStack, `tempo: values: {ingest: kafka: auto_create_topic_default_partitions: 4, blockBuilder: replicas: 4, liveStore: replicas: 4}`},
		{`tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: tempo: receivers: {zipkin: endpoint: "0.0.0.0:9411", jaeger: null, kafka: topic: "x"}`},
		{`tempo: {mode: "monolithic", chart: version: "1.17.0"}`, `tempo: values: tempo: receivers: zipkin: {}`}, // Tempo 2.6
		{`tempo: {mode: "monolithic", chart: version: "1.17.0"}`, `tempo: values: tempo: receivers: opencensus: {}`},
		{`tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: config: "storage:\n  {{- toYaml .Values.tempo.storage | nindent 2 }}"`},

		{otelStack, `collector: values: config: {processors: attributes: actions: [], service: pipelines: traces: processors: ["attributes", "batch"]}`},
		{otelStack, `collector: values: config: service: pipelines: {traces: receivers: ["otlp"], metrics: {receivers: ["otlp"], exporters: ["debug"]}, logs: null}`},
		{otelStack, `collector: values: config: {connectors: forward: {}, service: pipelines: {traces: exporters: ["forward"], "traces/out": {receivers: ["forward"], exporters: ["otlp/tempo"]}}}`},
		{otelStack, `collector: values: config: {extensions: zpages: {}, service: extensions: ["health_check", "zpages"]}`},
		{otelStack, `collector: values: replicaCount: 3`},
		{tailStack, `collector: values: replicaCount: 1`},
		{alloyTail, `collector: values: controller: replicas: 1`},
		{kindStack, `collector: values: alloy: {stabilityLevel: "experimental", configMap: name: "mine"}`},

		{kindStack, `traefik: values: additionalArguments: ["--log.level=DEBUG", "--tracing.serviceName=edge", "--accesslog.bufferingsize=100", "--accessLog.format=json"]`},
		{kindStack, `traefik: values: tracing: otlp: http: headers: "x-site": "home"`},
		{oldTraefik, `traefik: values: additionalArguments: ["--tracing.spanNameLimit=100"]`},
		{`traefik: {chart: version: "28.0.0", export: {protocol: "otlp-http", to: "tempo"}, sampling: 0.5}`, `traefik: values: additionalArguments: ["--log.level=DEBUG", "--tracing.samplerate=0.5"]`},
		{kindStack, `traefik: values: env: [{name: "OTEL_PROPAGATORS", value: "tracecontext,baggage,b3multi"}, {name: "TZ", value: "UTC"}]`},
		{kafkaStack, `traefik: values: env: [{name: "OTEL_PROPAGATORS", value: "b3multi"}]`},
		{kindStack, `traefik: values: tracing: sampleRate: 0.5`},
		{oldTraefik, `traefik: values: tracing: zipkin: sampleRate: 0.1`},
		{nginxStack, `ingressNginx: values: controller: config: {"otel-sampler": "TraceIdRatioBased", "otel-sampler-ratio": "0.5"}`},

		{kindStack, `traefik: values: logs: access: {filters: statuscodes: "500-599", fields: {general: names: ClientUsername: "drop", headers: names: "User-Agent": "keep"}}`},
		{kindStack, `traefik: values: logs: access: fields: general: {defaultmode: "drop", names: trace_id: "keep"}`},
		{kindStack, `traefik: values: logs: general: level: "DEBUG"`},
		{nginxStack, `ingressNginx: values: controller: config: "access-log-path": "/dev/stdout"`},

		{parts, `tempo: values: querier: extraEnvFrom: [{secretRef: name: "mine"}]`},
		{parts, `tempo: values: memcached: extraEnv: [{name: "X", valueFrom: secretKeyRef: {name: "tempo-s3", key: "secret_key"}}]`},
		{parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X", type: "loki", uid: "x", isDefault: true, jsonData: derivedFields: [{datasourceUid: "tempo", name: "T", matcherRegex: "x", url: "$${__value.raw}"}]}]}`},
		{parts, `grafana: values: datasources: "datasources.yaml": deleteDatasources: [{name: "Tempo", orgId: 1}]`},
		{parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X", type: "loki", uid: "x", url: "http://$LOKI_HOST"}]}`},
		{stackStack, `grafana: values: grafana: {sidecar: datasources: isDefaultDatasource: false, additionalDataSources: [{name: "P", type: "prometheus", isDefault: true, url: "http://x"}]}`},
		{stackStack, `grafana: values: grafana: sidecar: datasources: {searchNamespace: "ALL", labelValue: "1"}`},

		{meshStack, `collector: values: controller: podAnnotations: {"config.linkerd.io/skip-inbound-ports": "25,12345", "config.linkerd.io/proxy-cpu-request": "10m"}`},
		{meshStack, `linkerd: values: {proxy: logLevel: "info", identityTrustDomain: "cluster.local"}`},

		{kindStack, `traefik: values: {service: type: "NodePort", ports: websecure: expose: default: false}`},
		{kindStack, `traefik: values: {ports: metrics: expose: default: true, providers: kubernetesIngress: {ingressClass: "traefik", namespaces: ["shop", "observability"]}}`},
		{parts, `traefik: values: {service: type: "ClusterIP", ports: web: exposedPort: 8080}`}, // nobody comes from outside
		{kindStack, `grafana: values: ingress: hosts: ["grafana.localhost", "g.localhost"]`},

		{stackStack, `grafana: values: prometheus: prometheusSpec: enableFeatures: ["exemplar-storage", "native-histograms"]`},
		{parts, `tempo: values: tempo: structuredConfig: overrides: defaults: metrics_generator: processors: ["service-graphs", "span-metrics", "local-blocks"]`},

		{otelStack, `collector: values: config: processors: attributes: actions: [{key: "x", value: "{{ .Release.Name }}-${env:MY_POD_IP}-{{` + "`{{x}}`" + `}}", action: "insert"}]`},
		{otelStack, `collector: values: {extraEnvs: [{name: "SITE", value: "x"}], config: processors: attributes: actions: [{key: "x", value: "${env:SITE}", action: "insert"}]}`},
		{`tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: tempo: {storage: trace: s3: prefix: "${SITE}", extraArgs: "config.expand-env": true, extraEnvFrom: [{configMapRef: name: "site"}]}`},
		{parts, `tempo: values: distributor: podAnnotations: x: "${SITE} {{ x }}"`},

		{parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X", type: "postgres", uid: "x", url: "db:5432", user: "$__env{DB_USER}", secureJsonData: password: "$__file{/etc/secrets/db}"}]}`},
		{stackStack, `grafana: values: grafana: {sidecar: datasources: alertmanager: enabled: false, additionalDataSources: [{name: "Alertmanager", type: "alertmanager", url: "http://alerts:9093"}]}`},
		{kindStack, `grafana: values: "grafana.ini": server: {domain: "grafana.localhost", root_url: "%(protocol)s://%(domain)s/"}`},
		{kindStack, `grafana: values: "grafana.ini": server: root_url: "http://{{ index .Values.ingress.hosts 0 }}/"`},
		{kindStack, `grafana: values: ingress: hosts: ["{{ .Release.Name }}.localhost"]`},
		{kindStack, `grafana: values: env: GF_AUTH_GENERIC_OAUTH_CLIENT_ID: "q7XkP2vR9mT4sW8nB3yL6cZ1"`},

		{`tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: tempo: receivers: {jaeger: protocols: {}, otlp: protocols: grpc: max_recv_msg_size_mib: 16}`},
		{otelStack, `collector: values: {presets: kubernetesAttributes: enabled: true, config: service: pipelines: traces: processors: ["k8s_attributes", "memory_limiter", "batch"]}`},
		{otelStack, `collector: values: {presets: {hostMetrics: enabled: true, kubeletMetrics: enabled: true}, config: service: pipelines: metrics: {receivers: ["hostmetrics", "kubeletstats"], exporters: ["debug"]}}`},
		{otelStack, `collector: values: config: {exporters: "otlp/mine": {endpoint: "tempo.observability.svc.cluster.local:4317", tls: insecure: true}, service: pipelines: traces: exporters: ["otlp/mine", "debug"]}`},
		{kindStack, `traefik: values: {additionalArguments: ["--accesslog.filepath=/logs/access.log"], deployment: additionalContainers: [{name: "log", image: "busybox:1.36", args: ["tail", "-F", "/logs/access.log"]}]}`},
		{nginxStack, `ingressNginx: values: controller: {config: "access-log-path": "/logs/access.log", extraContainers: [{name: "log", image: "busybox:1.36", args: ["tail", "-F", "/logs/access.log"]}]}`},

		{kindStack, `traefik: values: deployment: replicas: 0`}, // the chart takes that for nothing, and has one pod
		{parts, `traefik: values: extraObjects: [{apiVersion: "v1", kind: "Secret", metadata: name: "x", stringData: users: "${USERS}"}]`},
		{parts, `loki: values: minio: users: [{accessKey: "loki", existingSecret: "loki-minio", existingSecretKey: "key", policy: "readwrite"}]`},

		{kindStack, `loki: values: loki: limits_config: retention_period: "24h"`},
		{kindStack, `loki: values: loki: limits_config: retention_period: "0s"`},
		{kindStack, `tempo: values: tempo: retention: "1h"`}, // Loki says nothing
	} {
		t.Run(c.override, func(t *testing.T) {
			workspace(t, map[string]string{"p": complete(c.profile + "\n" + c.override)}).compile(t)
		})
	}
}
