package generator

import (
	"strings"
	"testing"

	"tracegen.dev/generator/inspect"
)

// The stacks that overrides are tried on.
const (
	kindStack = `cluster: {kind: "kind", hostPorts: {}}
store: {kind: "minio", placement: "cluster", chart: version: "5.4.0", bucket: "traces", credentials: kind: "inline"}
tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "24h", metricsGenerator: {}}
collector: {kind: "alloy", chart: version: "1.11.1", logs: {}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
grafana: {kind: "grafana", chart: version: "12.11.1", ingress: host: "grafana.localhost", datasources: "sidecar"}
loki: {kind: "chart", chart: version: "18.11.0"}
prometheus: {kind: "prometheus", chart: version: "29.27.0"}
apps: shop: {namespace: "shop", protocol: "otlp-grpc", workloads: [{name: "web", container: "web"}], ingress: {host: "shop.localhost", service: "web"}}`
	parts = `store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", region: "eu-west-1", credentials: {kind: "external-secret", store: name: "vault", remote: "s3"}}
tempo: {mode: "distributed", chart: version: "1.61.3", metricsGenerator: {}}
collector: {kind: "alloy", chart: version: "1.11.1"}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-grpc"}
grafana: {kind: "grafana", chart: version: "12.11.1"}
loki: {kind: "chart", chart: version: "18.11.0"}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`
	meshStack = parts + `
linkerd: version: "2.19.0"`
	twoKeys = `store: {kind: "s3", provider: "garage", host: "garage.example.com", bucket: "traces", credentials: kind: "secret"}
tempo: {mode: "distributed", chart: version: "1.61.3"}`
	oldTraefik = `traefik: {chart: version: "18.1.0", export: {protocol: "zipkin", to: "tempo"}}
tempo: {mode: "distributed", chart: version: "1.61.3"}
grafana: {kind: "grafana", chart: version: "8.10.4"}
loki: {kind: "chart", chart: version: "6.27.0"}`
	kafkaStack = `tempo: {mode: "distributed", chart: version: "3.3.0", kafka: host: "kafka.example.com"}
traefik: {chart: version: "39.0.7", export: {protocol: "otlp-http", to: "tempo"}, propagation: "b3multi"}`
	stackStack = `tempo: {mode: "distributed", chart: version: "1.61.3", metricsGenerator: {}}
grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3"}
prometheus: kind: "kube-prometheus-stack"
loki: {kind: "chart", chart: version: "18.11.0"}`
	nginxStack = `cluster: {kind: "kind", hostPorts: {}}
ingressNginx: {chart: version: "4.11.3", export: to: "tempo"}
grafana: {kind: "grafana", chart: version: "8.10.4"}
loki: {kind: "chart", chart: version: "6.27.0", logs: streamValue: "ingress-nginx"}
ignore: TG072: "it is old"`
	otelStack = `collector: {kind: "otel-collector", chart: version: "0.170.0"}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}`
	tailStack = `collector: {kind: "otel-collector", chart: version: "0.170.0", controller: "deployment", replicas: 1, sampling: {kind: "tail", ratio: 0.1}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}`
	alloyTail = `collector: {kind: "alloy", chart: version: "1.11.1", controller: "deployment", replicas: 1, sampling: {kind: "tail", ratio: 0.1}}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}`
)

// inForceCases are overrides that break an invariant within one release, where
// no two files contradict each other. Those that do are TG014's.
var inForceCases = []ruleCase{
	inForce("TG087", kindStack, `tempo: values: tempo: storage: trace: backend: "local"`, "tempo.storage.trace.backend", "a store of the kind local, and the topology's is s3", "store"),
	inForce("TG087", kindStack, `tempo: values: tempo: storage: trace: s3: insecure: false`, "tempo.storage.trace.s3.insecure", "would be false, and the topology's store has true", leaveOut),
	inForce("TG087", parts, `tempo: values: storage: trace: s3: insecure: true`, "storage.trace.s3.insecure", "the one side would speak TLS", leaveOut),
	inForce("TG087", parts, `tempo: values: tempo: structuredConfig: storage: trace: backend: "local"`, "tempo.structuredConfig.storage.trace.backend", "of the kind local", leaveOut),
	inForce("TG087", parts, `tempo: values: tempo: structuredConfig: storage: trace: s3: bucket: "other"`, "tempo.structuredConfig.storage.trace.s3.bucket", "would be other, and the topology's store has traces", leaveOut),
	inForce("TG087", parts, `tempo: values: tempo: structuredConfig: storage: trace: s3: endpoint: "https://s3.example.com/"`, "tempo.structuredConfig.storage.trace.s3.endpoint", "host:port, without a scheme", leaveOut),
	inForce("TG087", parts, `tempo: values: tempo: structuredConfig: storage: trace: s3: region: "us-east-1"`, "tempo.structuredConfig.storage.trace.s3.region", "for one region", leaveOut),
	inForce("TG087", `store: {kind: "gcs", bucket: "traces", credentials: kind: "secret"}`+tempo2, `tempo: values: tempo: storage: trace: gcs: bucket_name: "other"`, "tempo.storage.trace.gcs.bucket_name", "that bucket is not the store's", leaveOut),
	inForce("TG087", twoKeys, `tempo: values: querier: extraEnv: [{name: "GOGC", value: "50"}]`, "querier.extraEnv", "querier.extraEnv lacks AWS_ACCESS_KEY_ID", `{name: "AWS_ACCESS_KEY_ID", valueFrom: secretKeyRef:`),
	inForce("TG087", twoKeys, `tempo: values: ingester: extraEnv: null`, "ingester.extraEnv", "its ingester could not sign in", "AWS_SECRET_ACCESS_KEY"),
	warned(inForce("TG087", kindStack, `tempo: values: tempo: storage: trace: wal: path: "/tmp/wal"`, "tempo.storage.trace.wal.path", "lost with each restart", "below /var/tempo")),

	warned(ruleCase{
		code: "TG087", name: "port of the other scheme",
		profile: `store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret", tls: false, port: 443} // here`,
		path:    "store.port", message: []string{"port 443 is that of TLS"}, help: []string{"tls: true"},
	}),
	warned(ruleCase{
		code: "TG087", name: "TLS at the port of plain text",
		profile: `store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret", port: 80} // here`,
		path:    "store.port", message: []string{"port 80 is that of plain HTTP"}, help: []string{"store: tls: false"},
	}),

	inForce("TG087", kindStack, `store: values: rootUser: "ab"`, "rootUser", "no less than 3", "a longer one"),
	inForce("TG088", `tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: replicas: 0`, "replicas", "no pod of Tempo", leaveOut),
	inForce("TG088", parts, `tempo: values: queryFrontend: replicas: 0`, "queryFrontend.replicas", "no pod of the query-frontend", leaveOut),
	inForce("TG088", parts, `tempo: values: compactor: replicas: 0`, "compactor.replicas", "nothing is ever deleted", leaveOut),
	inForce("TG089", alloyTail, `collector: values: controller: replicas: 0`, "controller.replicas", "no pod of the collector", leaveOut),
	inForce("TG089", otelStack, `collector: values: config: {processors: tail_sampling: policies: [{name: "x", type: "always_sample"}], service: pipelines: traces: processors: ["tail_sampling"]}`, "config.service.pipelines.traces.processors[0]", "a pod on every node, and tail_sampling needs one", `controller: "deployment"`),
	inForce("TG091", kindStack, `traefik: values: additionalArguments: ["--tracing=false"]`, "additionalArguments[0]", "would make no span", "leave it out"),
	inForce("TG091", kindStack, `traefik: values: ports: web: observability: tracing: false`, "ports.web.observability.tracing", "comes in by the entry point web", leaveOut),
	inForce("TG092", kindStack, `traefik: values: ports: web: observability: accessLogs: false`, "ports.web.observability.accessLogs", "would not be logged", leaveOut),
	inForce("TG092", kindStack, `traefik: values: additionalArguments: ["--accesslog.fields.names.trace_id=drop"]`, "additionalArguments[0]", "is not kept", "leave it out"),

	inForce("TG088", parts, `tempo: values: ingester: replicas: 1`, "ingester.replicas", "ingester.replicas is 1 and ingester.config.replication_factor is 3", "replicationFactor: 1"),
	inForce("TG088", parts, `tempo: values: ingester: replicas: 0`, "ingester.replicas", "ingester.replicas is 0 and", "replicationFactor: 1"),
	inForce("TG088", parts, `tempo: values: ingester: replicas: 2`, "ingester.replicas", "as soon as one of them restarts", "replicationFactor: 2"),
	inForce("TG088", parts, `tempo: values: ingester: config: replication_factor: 5`, "ingester.config.replication_factor", "ingester.replicas is 3", "replicas: 5"),
	inForce("TG088", parts, `tempo: values: tempo: structuredConfig: ingester: lifecycler: ring: replication_factor: 7`, "tempo.structuredConfig.ingester.lifecycler.ring.replication_factor", "replication_factor is 7: that few", "replicas: 7"),
	inForce("TG088", parts, `tempo: values: ingester: autoscaling: enabled: true`, "ingester.autoscaling.enabled", "ingester.autoscaling.minReplicas is 2", "replicationFactor: 2"),
	leading(inForce("TG088", parts, `tempo: values: ingester: autoscaling: {enabled: true, minReplicas: 1}`, "ingester.autoscaling.minReplicas", "minReplicas is 1", "replicationFactor: 1"), "TG088"),
	inForce("TG088", kafkaStack, `tempo: values: blockBuilder: replicas: 1`, "blockBuilder.replicas", "has 3 partitions, and 1 pods of blockBuilder read 1", "tempo: kafka: partitions: "),
	inForce("TG088", kafkaStack, `tempo: values: liveStore: replicas: 4`, "liveStore.replicas", "some have none", "tempo: kafka: partitions: "),
	inForce("TG088", kafkaStack, `tempo: values: blockBuilder: config: partitions_per_instance: 2`, "blockBuilder.config.partitions_per_instance", "3 pods of blockBuilder read 6", "tempo: kafka: partitions: "),
	inForce("TG088", `tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: tempo: receivers: opencensus: endpoint: "0.0.0.0:55678"`, "tempo.receivers.opencensus", "the receiver opencensus, which the Tempo of tempo 2.2.4 does not have", `receivers: ["otlp-grpc"]`),
	inForce("TG088", `tempo: {mode: "distributed", chart: version: "2.26.2"}`, `tempo: values: traces: opencensus: enabled: true`, "traces.opencensus.enabled", "it exits at its start", "OTLP"),
	warned(inForce("TG088", `tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: tempo: receivers: zipkin: {}`, "tempo.receivers.zipkin", "listens on localhost alone", `tempo: receivers: ["zipkin"]`)),
	warned(inForce("TG088", parts, `tempo: values: config: "target: all"`, "config", "the template by which the chart makes", "tempo.structuredConfig")),

	warned(ruleCase{
		code: "TG089", name: "gRPC to the port of HTTP",
		profile: otelStack + "\n" + `collector: exporters: far: {protocol: "otlp-grpc", host: "x.example.com", port: 4318} // here`,
		path:    "collector.exporters.far.port", message: []string{"port 4318 is that of otlp-http"}, help: []string{`"far": protocol: "otlp-http"`, "port: 4317"},
	}),
	warned(ruleCase{
		code: "TG089", name: "no TLS at its port",
		profile: otelStack + "\n" + `collector: exporters: far: {protocol: "otlp-http", host: "x.example.com", tls: false, port: 443} // here`,
		path:    "collector.exporters.far.port", message: []string{"port 443 is that of TLS"}, help: []string{"tls: true"},
	}),
	warned(ruleCase{
		code: "TG048", name: "ingress-nginx and collector",
		profile: `ingressNginx: {chart: version: "4.11.3", export: to: "collector", sampling: 0.5}
collector: {kind: "otel-collector", chart: version: "0.170.0", sampling: {kind: "probabilistic", ratio: 0.25}} // here
ignore: TG072: "it is old"`,
		path: "collector.sampling.ratio", message: []string{"the ingress keeps 0.5 of the traces, and the collector 0.25 of those: 0.125"}, help: []string{"leave ingressNginx.sampling out"},
	}),
	inForce("TG089", otelStack, `collector: values: config: service: pipelines: traces: processors: ["nope"]`, "config.service.pipelines.traces.processors[0]", "names nope, which is not among the processors", "define it below config.processors"),
	inForce("TG089", strings.Replace(otelStack, "0.170.0", "0.158.2", 1), `collector: values: {presets: kubernetesAttributes: enabled: true, config: service: pipelines: traces: processors: ["k8s_attributes", "memory_limiter", "batch"]}`, "config.service.pipelines.traces.processors[0]", "names k8s_attributes", "define it below"),
	inForce("TG089", otelStack, `collector: values: config: service: pipelines: traces: exporters: ["debug"]`, "config.service.pipelines.traces.exporters", "lacks otlp/tempo: no span would reach Tempo", `add "otlp/tempo"`),
	inForce("TG089", otelStack, `collector: values: config: service: pipelines: traces: receivers: ["zipkin"]`, "config.service.pipelines.traces.receivers", "lacks otlp: nobody would listen at port 4318", `add "otlp"`),
	inForce("TG089", otelStack, `collector: values: config: service: pipelines: metrics: {receivers: [], exporters: ["debug"]}`, "config.service.pipelines.metrics.receivers", "the pipeline metrics has no receivers", "name one"),
	inForce("TG089", otelStack, `collector: values: config: service: pipelines: traces: null`, "config.service.pipelines.traces", "no pipeline for traces", leaveOut),
	inForce("TG089", otelStack, `collector: values: config: processors: batch: null`, "config.processors.batch", "config.processors.batch is taken away", leaveOut),
	inForce("TG089", otelStack, `collector: values: config: service: extensions: ["zpages", "health_check"]`, "config.service.extensions[0]", "the extension zpages", "define it below config.extensions"),
	inForce("TG089", otelStack, `collector: values: config: service: extensions: []`, "config.service.extensions", "lacks health_check", `"health_check"`),
	inForce("TG089", tailStack, `collector: values: config: service: pipelines: traces: processors: ["batch"]`, "config.service.pipelines.traces.processors", "lacks tail_sampling", `"tail_sampling"`),
	inForce("TG089", tailStack, `collector: values: replicaCount: 3`, "replicaCount", "would have 3 pods, and tail sampling needs one", `controller: "deployment"`),
	inForce("TG089", tailStack, `collector: values: autoscaling: enabled: true`, "autoscaling.enabled", "as many pods as its load asks for", "replicas: 1"),
	inForce("TG089", tailStack, `collector: values: mode: "daemonset"`, "mode", "a pod on every node", "replicas: 1"),
	inForce("TG089", alloyTail, `collector: values: controller: replicas: 2`, "controller.replicas", "would have 2 pods", "replicas: 1"),
	inForce("TG089", alloyTail, `collector: values: controller: autoscaling: horizontal: enabled: true`, "controller.autoscaling.horizontal.enabled", "as its load asks for", "replicas: 1"),
	inForce("TG089", kindStack, `collector: values: agent: configMap: content: "x"`, "agent.configMap", "merges agent.configMap over alloy.configMap", leaveOut),
	inForce("TG014", kindStack, `collector: values: alloy: configMap: create: false`, "alloy.configMap.create", "which is true", leaveOut),

	inForce("TG090", kindStack, `traefik: values: additionalArguments: ["--tracing.zipkin=true"]`, "additionalArguments[0]", "has no flag --tracing.zipkin", "samplerate"),
	inForce("TG090", kindStack, `traefik: values: additionalArguments: ["--accesslog.frobs=1"]`, "additionalArguments[0]", "has no flag --accesslog.frobs", "bufferingsize"),
	inForce("TG090", kindStack, `traefik: values: additionalArguments: ["--tracing.otlp.http.endpoint=http://x:4318/v1/traces"]`, "additionalArguments[0]", "Traefik takes the last", "change collector.release or collector.namespace or cluster.domain instead"),
	inForce("TG090", kindStack, `traefik: values: additionalArguments: ["--accesslog=false"]`, "additionalArguments[0]", "--accesslog=true: this one would win", "leave it out"),
	inForce("TG090", kindStack, `traefik: values: additionalArguments: ["--tracing.otlp.grpc.endpoint=x:4317"]`, "additionalArguments[0]", "a second way to send spans", "export: protocol:"),
	inForce("TG090", kindStack, `traefik: values: additionalArguments: ["--configFile=/etc/traefik.yaml"]`, "additionalArguments[0]", "reads no flag at all", "leave it out"),
	inForce("TG090", kindStack, `traefik: values: tracing: otlp: grpc: enabled: true`, "tracing.otlp.grpc.enabled", "Traefik takes one alone: tracing.otlp.grpc", "export: protocol:"),
	warned(inForce("TG090", parts, `traefik: values: tracing: otlp: http: enabled: true`, "tracing.otlp.http.enabled", "this one does nothing", "collector.exporters")),
	inForce("TG090", oldTraefik, `traefik: values: tracing: jaeger: samplingServerURL: "http://x"`, "tracing.jaeger", "Traefik takes one alone: tracing.jaeger", "leave it out"),
	inForce("TG090", parts, `traefik: values: tracing: otlp: grpc: tls: insecureSkipVerify: true`, "tracing.otlp.grpc.tls.insecureSkipVerify", "the two exclude each other", "collector.tls"),
	inForce("TG090", parts, `traefik: values: additionalArguments: ["--tracing.otlp.grpc.tls.ca=/ca.crt"]`, "additionalArguments[0]", "the two exclude each other", "collector.tls"),
	inForce("TG090", `traefik: {chart: version: "28.0.0", export: {protocol: "otlp-http", to: "tempo"}, sampling: 0.5}`, `traefik: values: additionalArguments: ["--log.level=DEBUG"]`, "additionalArguments", "lacks --tracing.samplerate=0.5", `add "--tracing.samplerate=0.5"`),
	inForce("TG090", `traefik: {chart: version: "33.2.1", export: {protocol: "otlp-http", to: "tempo"}}`, `traefik: values: globalArguments: ["--tracing.resourceattributes.x=y"]`, "globalArguments[0]", "has no flag --tracing.resourceattributes.x", "globalattributes"),
	warned(inForce("TG090", kindStack, `traefik: values: env: [{name: "TRAEFIK_TRACING_SAMPLERATE", value: "0.1"}]`, "env[0]", "does nothing", "additionalArguments")),

	inForce("TG091", kindStack, `traefik: values: tracing: sampleRate: 0`, "tracing.sampleRate", "no trace would begin", "sampling: 0.1"),
	inForce("TG091", kindStack, `traefik: values: additionalArguments: ["--tracing.samplerate=0"]`, "additionalArguments[0]", "no trace would begin", "sampling: 0.1"),
	inForce("TG091", oldTraefik, `traefik: values: tracing: zipkin: sampleRate: 0`, "tracing.zipkin.sampleRate", "the chart drops a rate of 0", "sampling: 0.1"),
	inForce("TG091", oldTraefik, `traefik: values: tracing: zipkin: sampleRate: 1.5`, "tracing.zipkin.sampleRate", "1.5 is none", "sampling: 0.1"),
	warned(inForce("TG091", tailStack, `traefik: values: tracing: sampleRate: 0.5`, "tracing.sampleRate", "decided twice", leaveOut)),
	inForce("TG091", kindStack, `traefik: values: env: [{name: "OTEL_PROPAGATORS", value: "b3multi"}]`, "env[0]", `OTEL_PROPAGATORS is "b3multi"`, "traefik.propagation"),
	inForce("TG091", kafkaStack, `traefik: values: env: []`, "env", "is tracecontext,baggage without it", `{name: "OTEL_PROPAGATORS", value: "b3multi"}`),
	inForce("TG091", nginxStack, `ingressNginx: values: controller: config: "enable-opentelemetry": "false"`, `controller.config.enable-opentelemetry`, "would write no span", leaveOut),
	inForce("TG091", nginxStack, `ingressNginx: values: controller: config: "otel-sampler": "AlwaysOff"`, `controller.config.otel-sampler`, "no trace would begin", "sampling: 0.1"),

	inForce("TG092", kindStack, `traefik: values: logs: access: format: "common"`, "logs.access.format", `"common", not JSON`, `"json"`),
	inForce("TG092", kindStack, `traefik: values: logs: access: fields: general: defaultmode: "drop"`, "logs.access.fields.general.defaultmode", "drops all fields", "logs.access.fields.general.names"),
	inForce("TG092", kindStack, `traefik: values: logs: access: fields: general: names: trace_id: "redact"`, "logs.access.fields.general.names.trace_id", "is redacted", `"keep"`),
	warned(inForce("TG092", kindStack, `traefik: values: additionalArguments: ["--accesslog.filepath=/data/access.log"]`, "additionalArguments[0]", "would go to /data/access.log", "sidecar")),
	inForce("TG092", nginxStack, `ingressNginx: values: controller: config: "disable-access-log": "true"`, "controller.config.disable-access-log", "would write no access log", leaveOut),
	inForce("TG092", nginxStack, `ingressNginx: values: controller: config: "access-log-path": "/tmp/access.log"`, "controller.config.access-log-path", "would go to /tmp/access.log", leaveOut),

	warned(inForce("TG093", parts+"\n"+`grafana: namespace: "monitoring"`, `grafana: values: extraSecretMounts: [{name: "s3", secretName: "tempo-s3", mountPath: "/s3", readOnly: true}]`, "extraSecretMounts[0].secretName", "is in the namespace observability, and", "write the name of a Secret in monitoring")),
	inForce("TG093", parts, `tempo: values: memcached: extraEnv: [{name: "X", valueFrom: secretKeyRef: {name: "tempo-s3", key: "password"}}]`, "memcached.extraEnv[0].valueFrom.secretKeyRef.key", "password is none of them", "secret_key"),

	inForce("TG094", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X", type: "tempo", uid: "tempo", url: "http://x"}]}`, `datasources."more.yaml".datasources[0].uid`, "Tempo and X have the same uid tempo", "another uid"),
	inForce("TG094", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "A", type: "loki", isDefault: true}, {name: "B", type: "loki", isDefault: true}]}`, `datasources."more.yaml".datasources[1].isDefault`, "A and B are both the default", "leave it out"),
	inForce("TG094", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "Tempo", type: "tempo", uid: "t", url: "http://x"}]}`, `datasources."more.yaml".datasources[0].name`, "two datasources are called Tempo", "another name"),
	inForce("TG094", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, deleteDatasources: [{name: "Tempo", orgId: 1}]}`, `datasources."more.yaml".deleteDatasources[0]`, "deletes the datasource Tempo", "leave it out"),
	warned(inForce("TG094", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X", type: "loki", uid: "x", jsonData: derivedFields: [{datasourceUid: "temp", name: "T", matcherRegex: "x"}]}]}`, `datasources."more.yaml".datasources[0].jsonData.derivedFields[0].datasourceUid`, "links to the uid temp", "tempo")),
	inForce("TG094", stackStack, `grafana: values: grafana: additionalDataSources: [{name: "P", type: "prometheus", isDefault: true, url: "http://x"}]`, "grafana.additionalDataSources[0].isDefault", "Prometheus and P are both the default", "isDefaultDatasource: false"),
	inForce("TG094", stackStack, `grafana: values: grafana: additionalDataSources: [{name: "L", type: "loki", uid: "loki", url: "http://x"}]`, "grafana.additionalDataSources[0].uid", "Loki and L have the same uid", "another uid"),
	inForce("TG094", stackStack, `grafana: values: grafana: sidecar: datasources: labelValue: "2"`, "grafana.sidecar.datasources.labelValue", `whose label is "2"`, "leave it out"),
	inForce("TG094", stackStack, `grafana: values: grafana: sidecar: datasources: searchNamespace: "apps"`, "grafana.sidecar.datasources.searchNamespace", "other namespaces than monitoring", "leave it out"),
	inForce("TG094", stackStack, `grafana: values: grafana: enabled: false`, "grafana.enabled", "there would be no Grafana", `"grafana-operator"`),
	inForce("TG014", kindStack, `grafana: values: sidecar: datasources: enabled: false`, "sidecar.datasources.enabled", "which is true", leaveOut),

	inForce("TG095", meshStack, `collector: values: controller: podAnnotations: "linkerd.io/inject": "disabled"`, `controller.podAnnotations."linkerd.io/inject"`, "kept out of the mesh", leaveOut),
	inForce("TG095", meshStack, `collector: values: controller: podAnnotations: "config.linkerd.io/skip-inbound-ports": "25,4000-4400"`, `controller.podAnnotations."config.linkerd.io/skip-inbound-ports"`, "port 4317 would bypass", leaveOut),
	inForce("TG095", meshStack, `collector: values: controller: hostNetwork: true`, "controller.hostNetwork", "with the node's network", leaveOut),
	inForce("TG095", meshStack, `traefik: values: deployment: podAnnotations: "linkerd.io/inject": "disabled"`, `deployment.podAnnotations."linkerd.io/inject"`, "the ingress would be kept out of the mesh", "linkerd.ingress"),
	inForce("TG095", meshStack, `linkerd: values: proxy: tracing: enabled: false`, "proxy.tracing.enabled", "no proxy would send a span", "leave it out"),
	inForce("TG095", meshStack, `linkerd: values: identityTrustDomain: "other.local"`, "identityTrustDomain", "ends in cluster.local", "trustDomain"),

	inForce("TG096", kindStack, `traefik: values: service: type: "ClusterIP"`, "service.type", "has no port on the nodes", leaveOut),
	inForce("TG096", kindStack, `traefik: values: service: type: "LoadBalancer"`, "service.type", "stays pending", leaveOut),
	inForce("TG096", kindStack, `traefik: values: service: enabled: false`, "service.enabled", "no Service", leaveOut),
	inForce("TG096", kindStack, `traefik: values: ports: web: expose: default: false`, "ports.web.expose.default", "would not have the port of the entry point web", leaveOut),
	inForce("TG096", kindStack, `traefik: values: providers: kubernetesIngress: enabled: false`, "providers.kubernetesIngress.enabled", "take no Ingress", leaveOut),
	inForce("TG096", kindStack, `traefik: values: providers: kubernetesIngress: ingressClass: "edge"`, "providers.kubernetesIngress.ingressClass", "of the class edge alone", leaveOut),
	inForce("TG096", kindStack, `traefik: values: providers: kubernetesIngress: namespaces: ["default", "observability"]`, "providers.kubernetesIngress.namespaces", "other namespaces than shop", `add "shop"`),
	inForce("TG096", kindStack[:strings.Index(kindStack, "\napps:")], `grafana: values: ingress: ingressClassName: "nginx"`, "ingress.ingressClassName", `of the class "nginx"`, "ingress: class:"),
	inForce("TG096", kindStack, `grafana: values: ingress: hosts: ["x.localhost"]`, "ingress.hosts", `for "x.localhost"`, "ingress: host:"),
	inForce("TG096", kindStack, `grafana: values: ingress: enabled: false`, "ingress.enabled", "no Ingress", "grafana.ingress"),
	inForce("TG096", nginxStack, `ingressNginx: values: controller: hostPort: enabled: false`, "controller.hostPort.enabled", "no port of its node", leaveOut),
	inForce("TG096", parts+"\n"+`apps: shop: {namespace: "shop", protocol: "otlp-grpc", workloads: [{name: "web", container: "web"}], ingress: {host: "shop.example.com", service: "web"}}`,
		`traefik: values: ports: web: exposedPort: 8080`, "ports.web.exposedPort", "at another port", leaveOut),

	inForce("TG097", stackStack, `grafana: values: prometheus: prometheusSpec: enableFeatures: ["native-histograms"]`, "prometheus.prometheusSpec.enableFeatures", "lacks exemplar-storage", leaveOut),
	inForce("TG097", parts, `tempo: values: tempo: structuredConfig: metrics_generator: storage: remote_write: [{url: "http://x/api/v1/write"}]`, "tempo.structuredConfig.metrics_generator.storage.remote_write", "would not reach the topology's Prometheus", leaveOut),
	inForce("TG097", parts, `tempo: values: tempo: structuredConfig: overrides: defaults: metrics_generator: processors: ["span-metrics"]`, "tempo.structuredConfig.overrides.defaults.metrics_generator.processors", "lacks service-graphs", leaveOut),
	inForce("TG097", `tempo: {mode: "distributed", chart: version: "1.61.3", metricsGenerator: {}}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`, `tempo: values: metricsGenerator: config: storage: remote_write: []`, "metricsGenerator.config.storage.remote_write", "lacks http://p.example.com", leaveOut),

	inForce("TG097", kindStack, `prometheus: values: server: prefixURL: "/prom"`, "server.prefixURL", "all its paths below /prom", leaveOut),
	inForce("TG097", kindStack, `prometheus: values: server: baseURL: "http://x.example.com/prom"`, "server.baseURL", "all its paths below /prom", leaveOut),
	inForce("TG097", kindStack, `prometheus: values: server: replicaCount: 0`, "server.replicaCount", "no pod of Prometheus", leaveOut),
	inForce("TG097", stackStack, `grafana: values: prometheus: prometheusSpec: routePrefix: "/prom"`, "prometheus.prometheusSpec.routePrefix", "all its paths below /prom", leaveOut),
	inForce("TG097", stackStack, `grafana: values: prometheus: prometheusSpec: replicas: 0`, "prometheus.prometheusSpec.replicas", "no pod of Prometheus", leaveOut),

	inForce("TG098", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X", type: "loki", uid: "x", jsonData: derivedFields: [{datasourceUid: "tempo", name: "T", matcherRegex: "x", url: "${__value.raw}"}]}]}`,
		`datasources."more.yaml".datasources[0].jsonData.derivedFields[0].url`, "it becomes empty", "$${__value.raw}"),
	inForce("TG098", parts, `grafana: values: datasources: "more.yaml": {apiVersion: 1, datasources: [{name: "X {{instance}}", type: "loki", uid: "x"}]}`,
		`datasources."more.yaml".datasources[0].name`, "{{instance}} is nothing that Helm knows", "{{`{{instance}}`}}"),
	inForce("TG098", otelStack, `collector: values: config: processors: attributes: actions: [{key: "x", value: "{{ .spanName }}", action: "insert"}]`,
		"config.processors.attributes.actions[0].value", "{{ .spanName }} is nothing", "{{`{{ .spanName }}`}}"),
	warned(inForce("TG098", otelStack, `collector: values: config: processors: attributes: actions: [{key: "x", value: "${env:SITE}", action: "insert"}]`,
		"config.processors.attributes.actions[0].value", "no variable SITE", "extraEnvs")),
	inForce("TG098", parts, `tempo: values: storage: trace: s3: prefix: "${SITE}"`, "storage.trace.s3.prefix", "as it stands", `add "-config.expand-env=true" to distributor.extraArgs`),
	inForce("TG098", `tempo: {mode: "monolithic", chart: version: "2.2.4"}`, `tempo: values: tempo: {storage: trace: s3: prefix: "${SITE}", extraArgs: "config.expand-env": true}`, "tempo.storage.trace.s3.prefix", "no variable SITE", `{name: "SITE", …} to tempo.extraEnv`),

	warned(inForce("TG099", strings.Replace(kindStack, `chart: version: "18.11.0"`, `chart: version: "18.11.0", retention: "24h"`, 1), `tempo: values: tempo: overrides: defaults: compaction: block_retention: "1h"`, "tempo.overrides.defaults.compaction.block_retention", "kept for 1h, and logs for 24h", `retention: "24h"`)),
	warned(inForce("TG099", strings.Replace(kindStack, `chart: version: "18.11.0"`, `chart: version: "18.11.0", retention: "48h"`, 1), `tempo: values: tempo: retention: "36h"`, "tempo.retention", "kept for 36h, and logs for 48h", `retention: "48h"`)),
	warned(inForce("TG099", strings.Replace(kindStack, `chart: version: "18.11.0"`, `chart: version: "18.11.0", retention: "48h"`, 1), `tempo: values: tempo: retention: "0s"`, "tempo.retention", "kept for 0s, and logs for 48h", `retention: "48h"`)),
	warned(ruleCase{
		code: "TG099", name: "logs by an override",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "24h"} // here
grafana: {kind: "grafana", chart: version: "12.11.1"}
loki: {kind: "chart", chart: version: "18.11.0", logs: streamValue: "x", values: loki: limits_config: retention_period: "7d"}`,
		path: "tempo.retention", message: []string{"kept for 24h, and logs for 7d"}, help: []string{`retention: "168h"`},
	}),
	warned(ruleCase{
		code: "TG099", name: "traces by default",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4"}
grafana: {kind: "grafana", chart: version: "12.11.1"}
loki: {kind: "chart", chart: version: "18.11.0", logs: streamValue: "x", retention: "72h"} // here`,
		path: "loki.retention", message: []string{"kept for 24h, and logs for 72h"}, help: []string{`retention: "72h"`},
	}),
}

const leaveOut = "leave it out of values"

// inForce is a case whose last line overrides something. The path begins below
// `values`.
func inForce(code, profile, override, path, message, help string) ruleCase {
	section, _, _ := strings.Cut(override, ":")
	full := section + ".values." + path
	if rest, ok := strings.CutPrefix(path, "!"); ok {
		full = rest
	}
	return ruleCase{
		code: code, name: override, profile: profile + "\n" + override + " // here",
		path: full, message: []string{message}, help: []string{help},
	}
}

// leading is a case in which it is found again where the help is followed.
func leading(c ruleCase, then string) ruleCase {
	c.then = then
	return c
}

func warned(c ruleCase) ruleCase {
	c.warns = true
	return c
}

// TestInForceList demands that the codes of inspect follow each other.
func TestInForceList(t *testing.T) {
	last := ""
	for _, r := range inspect.Rules {
		if r.Code <= last {
			t.Errorf("%s does not follow %s", r.Code, last)
		}
		last = r.Code
	}
}
