package generator

import "testing"

// TestTempoFiles looks for lines in what Tempo and its store come to.
func TestTempoFiles(t *testing.T) {
	const prometheus = "\nprometheus: {kind: \"address\", host: \"p.example.com\", remoteWrite: true}"
	const vault = `credentials: {kind: "external-secret", store: name: "vault", remote: "tempo"}`
	filesHave(t, []fileCase{
		{"a generator of its own keys", `tempo: {mode: "distributed", chart: version: "1.32.7", metricsGenerator: {}}` + prometheus, "base/tempo/values.yaml",
			[]string{"global_overrides:\n  metrics_generator_processors:\n  - service-graphs\n  - span-metrics\n", "- send_exemplars: true\n        url: http://p.example.com:9090/api/v1/write\n"}, []string{"dimensions", "defaults:"}},
		{"no exemplars unless wanted", `tempo: {mode: "monolithic", chart: version: "2.2.4", metricsGenerator: exemplars: false}` + prometheus, "base/tempo/values.yaml",
			[]string{"- url: http://p.example.com:9090/api/v1/write\n"}, []string{"exemplars"}},
		{"a URL alone", `tempo: {mode: "monolithic", chart: version: "1.14.0", metricsGenerator: dimensions: ["a.b"]}` + prometheus, "base/tempo/values.yaml",
			[]string{"remoteWriteUrl: http://p.example.com:9090/api/v1/write\n", "metrics_generator_processor_span_metrics_dimensions:\n    - a.b\n"}, []string{"metrics_generator_processors:"}},
		{"dimensions of what is made", `tempo: {mode: "distributed", chart: version: "2.26.2", metricsGenerator: {processors: ["service-graphs"], dimensions: ["a.b"]}}` + prometheus, "base/tempo/values.yaml",
			[]string{"service_graphs:\n        dimensions:\n        - a.b\n", "processors:\n      - service-graphs\n"}, []string{"span_metrics", "span-metrics"}},
		{"a directory for local-blocks", `tempo: {mode: "monolithic", chart: version: "2.2.4", metricsGenerator: processors: ["local-blocks"]}` + prometheus, "base/tempo/values.yaml",
			[]string{"traces_storage:\n      path: /var/tempo/generator/traces\n"}, nil},
		{"credentials of a generator that is on", `tempo: {mode: "distributed", chart: version: "2.26.2", metricsGenerator: {}, components: metricsGenerator: replicas: 2}` + prometheus, "base/tempo/values.yaml",
			[]string{"metricsGenerator:\n  config:", "  replicas: 2\n"}, nil},
		{"streaming, as a value", `tempo: {mode: "monolithic", chart: version: "2.2.4", streaming: true}`, "base/tempo/values.yaml",
			[]string{"streamOverHttpEnabled: true\n"}, nil},
		{"streaming, as Tempo's own field", `tempo: {mode: "distributed", chart: version: "1.32.7", streaming: true}`, "base/tempo/values.yaml",
			[]string{"structuredConfig:\n    stream_over_http_enabled: true\n"}, nil},
		{"limits of old", `tempo: {mode: "distributed", chart: version: "1.32.7", limits: {ingestionRate: 1000000, liveTraces: 7}}`, "base/tempo/values.yaml",
			[]string{"ingestion_rate_limit_bytes: 1000000\n", "max_traces_per_user: 7\n"}, []string{"burst", "max_bytes"}},
		{"more than one worker", `tempo: {mode: "distributed", chart: version: "3.3.0", kafka: host: "k.example.com", components: backendWorker: replicas: 2}`, "base/tempo/values.yaml",
			[]string{"podDisruptionBudget:\n    enabled: false\n", "address: k.example.com:9092\n"}, []string{"compactor", "ingester", "minio"}},
		{"a pod for each partition", `tempo: {mode: "distributed", chart: version: "3.3.0", kafka: {host: "k.example.com", partitions: 7, createTopic: false}}`, "base/tempo/values.yaml",
			[]string{"auto_create_topic_default_partitions: 7\n", "auto_create_topic_enabled: false\n", "  replicas: 7\n"}, []string{"podDisruptionBudget"}},
		{"volumes", `tempo: {mode: "distributed", chart: version: "2.26.2", components: ingester: size: "3Gi"}`, "base/tempo/values.yaml",
			[]string{"ingester:", "persistence:\n    enabled: true\n    size: 3Gi\n"}, nil},
		{"a key file", `store: {kind: "gcs", bucket: "traces", credentials: {kind: "secret", name: "google", key: "a.json"}}`, "base/tempo/values.yaml",
			[]string{"bucket_name: traces\n", "name: GOOGLE_APPLICATION_CREDENTIALS\n    value: /etc/tempo-gcs/a.json\n", "secretName: google\n", "mountPath: /etc/tempo-gcs\n"}, []string{"s3:"}},
		{"which Tempo waits for", `store: {kind: "gcs", bucket: "traces", credentials: {kind: "secret", kustomization: "own-secrets"}}`, "p/flux/tempo.yaml",
			[]string{"- name: own-secrets\n"}, nil},
		{"Azure before Tempo 2", `store: {kind: "azure", container: "traces", account: "acc", credentials: kind: "secret"}
tempo: {mode: "monolithic", chart: version: "0.16.9"}`, "base/tempo/values.yaml",
			[]string{"container-name: traces\n", "storage-account-name: acc\n", "name: AZURE_STORAGE_KEY\n"}, []string{"_name"}},
		{"China's Amazon", `store: {kind: "aws", region: "cn-north-1", bucket: "traces", credentials: kind: "secret"}`, "p/s3/policy.json",
			[]string{`"arn:aws-cn:s3:::traces/*"`, "Tagging"}, nil},
		{"its endpoint", `store: {kind: "aws", region: "cn-north-1", bucket: "traces", credentials: kind: "secret"}`, "base/tempo/values.yaml",
			[]string{"endpoint: s3.cn-north-1.amazonaws.com.cn\n", "insecure: false\n"}, []string{"forcepathstyle"}},
		{"America's government's", `store: {kind: "aws", region: "us-gov-west-1", bucket: "traces", credentials: kind: "secret"}`, "p/s3/policy.json",
			[]string{`"arn:aws-us-gov:s3:::traces"`}, nil},
		{"both keys by the operator", `store: {kind: "s3", provider: "rustfs", host: "r.example.com", bucket: "traces", ` + vault + `}`, "p/tempo/externalsecret.yaml",
			[]string{"secretKey: access_key\n", "secretKey: secret_key\n", "property: access_key\n", "namespace: observability\n"}, nil},
		{"RustFS's own client", `store: {kind: "s3", provider: "rustfs", host: "r.example.com", bucket: "traces", ` + vault + `}`, "p/s3/bootstrap.sh",
			[]string{"rc alias set rustfs https://r.example.com:9000 ACCESS", "\nalias=rustfs\n", `rc admin policy attach "$alias" "$user" --user "$TEMPO_ACCESS_KEY"`}, []string{"mc "}},
		{"the bucket in the name", `store: {kind: "s3", provider: "other", pathStyle: false, host: "r.example.com", bucket: "traces", ` + vault + `}`, "base/tempo/values.yaml",
			[]string{"bucket_lookup_type: 1\n", "endpoint: r.example.com:443\n"}, []string{"forcepathstyle"}},
		{"Garage's defaults", `store: {kind: "s3", provider: "garage", host: "r.example.com", bucket: "traces", ` + vault + `}`, "base/tempo/values.yaml",
			[]string{"region: garage\n", "endpoint: r.example.com:3900\n"}, nil},
		{"SOPS", `flux: dependsOn: ["crds"]
store: {kind: "aws", region: "eu-west-1", bucket: "traces", credentials: {kind: "sops", path: "./secrets"}}`, "p/flux/secrets.yaml",
			[]string{"path: ./secrets\n", "prune: false\n", "- name: tracing-namespaces\n", "name: sops-age\n"}, []string{"crds"}},
		{"who needs it waits for it", `store: {kind: "aws", region: "eu-west-1", bucket: "traces", credentials: {kind: "sops", path: "./secrets"}}`, "p/flux/tempo.yaml",
			[]string{"- name: tracing-secrets\n"}, nil},
		{"Flux applies it", `store: {kind: "aws", region: "eu-west-1", bucket: "traces", credentials: {kind: "sops", path: "./secrets"}}`, "p/flux/kustomization.yaml",
			[]string{"- secrets.yaml\n"}, nil},
	})
}

// TestNoSuchStore: a store has its own files, and no other's.
func TestNoSuchStore(t *testing.T) {
	filesLack(t, map[string]string{
		"p/flux/secrets.yaml":          ``,
		"p/s3/policy.json":             `store: {kind: "s3", provider: "garage", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`,
		"p/s3/bootstrap.sh":            `store: {kind: "aws", region: "eu-west-1", bucket: "traces", credentials: kind: "secret"}`,
		"p/minio/policy.json":          `store: {kind: "s3", provider: "rustfs", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`,
		"p/minio/bootstrap.sh":         `store: kind: "local"`,
		"p/secrets/kustomization.yaml": `store: {kind: "aws", region: "eu-west-1", bucket: "traces", credentials: {kind: "sops", path: "./secrets"}}`,
	})
}
