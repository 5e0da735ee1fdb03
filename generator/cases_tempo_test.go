package generator

// The rules about what Tempo makes of its spans, and about its parts.
var tempoCases = []ruleCase{
	{
		code: "TG010", name: "metrics for nobody",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	metricsGenerator: {} // here
}`,
		path:    "tempo.metricsGenerator",
		message: []string{"no prometheus to write them to"},
		help:    []string{"add prometheus:", "leave it out"},
	},
	{
		code: "TG020", name: "Kafka for Tempo 2",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "2.26.2"
	kafka: host: "kafka.example.com" // here
}`,
		path:    "tempo.kafka",
		message: []string{"tempo-distributed 2.26.2 hands nothing on through Kafka"},
		help:    []string{"leave it out", "3.0.0"},
	},
	{
		code: "TG042", name: "a processor of Tempo 2",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.3.0"
	kafka: host: "kafka.example.com"
	metricsGenerator: processors: [
		"span-metrics",
		"local-blocks", // here
	]
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator.processors[1]",
		message: []string{`tempo-distributed 3.3.0 has no processor "local-blocks"`},
		help:    []string{`"service-graphs", "span-metrics", "host-info"`},
	},
	{
		code: "TG042", name: "both processors or none",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "1.14.0"
	metricsGenerator: processors: ["span-metrics"] // here
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator.processors[0]",
		message: []string{"tempo 1.14.0 turns span-metrics and service-graphs on together"},
		help:    []string{"leave processors out, or pin 1.19.0"},
	},
	{
		code: "TG042", name: "local-blocks without a directory",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "1.23.0"
	metricsGenerator: processors: ["span-metrics", "local-blocks"] // here
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator.processors[1]",
		message: []string{"tempo 1.23.0 has no value for the directory"},
		help:    []string{"or pin 1.24.2"},
	},
	{
		code: "TG042", name: "exemplars by a URL alone",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "1.14.0"
	metricsGenerator: exemplars: true // here
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator.exemplars",
		message: []string{"tempo 1.14.0 has no value that sends exemplars"},
		help:    []string{"or pin 1.24.2"},
	},
	{
		code: "TG042", name: "dimensions of nothing",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	metricsGenerator: {
		processors: ["host-info"]
		dimensions: ["a"] // here
	}
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator.dimensions[0]",
		message: []string{"only span-metrics and service-graphs take dimensions"},
		help:    []string{`add "span-metrics"`},
	},
	{
		code: "TG042", name: "dimensions that nobody takes",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "0.20.4"
	metricsGenerator: dimensions: ["a"] // here
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator.dimensions[0]",
		message: []string{"tempo-distributed 0.20.4 has no values for dimensions"},
		help:    []string{"or pin 0.21.0"},
	},
	{
		code: "TG042", name: "a generator that stops Tempo",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.0.0"
	kafka: host: "kafka.example.com"
	metricsGenerator: {} // here
}
prometheus: {kind: "address", host: "p.example.com"}`,
		path:    "tempo.metricsGenerator",
		message: []string{"as its own Tempo refuses"},
		help:    []string{"or pin 3.0.3"},
	},
	{
		code: "TG043", name: "a part of Tempo 3",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "2.26.2"
	components: liveStore: resources: requests: memory: "1Gi" // here
}`,
		path:    "tempo.components.liveStore.resources",
		message: []string{"tempo-distributed 2.26.2 has no part liveStore"},
		help:    []string{"leave it out, or pin 3.0.0"},
	},
	{
		code: "TG043", name: "a part of Tempo 2",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.3.0"
	kafka: host: "kafka.example.com"
	components: ingester: replicas: 5 // here
}`,
		path:    "tempo.components.ingester.replicas",
		message: []string{"tempo-distributed 3.3.0 has no part ingester"},
		help:    []string{"or pin 2.26.2"},
	},
	{
		code: "TG043", name: "a volume for what is gone",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.3.0"
	kafka: host: "kafka.example.com"
	components: ingester: size: "5Gi" // here
}`,
		path:    "tempo.components.ingester.size",
		message: []string{"tempo-distributed 3.3.0 has no part ingester"},
		help:    []string{"or pin 2.26.2"},
	},
	{
		code: "TG043", name: "a generator that is off",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "2.26.2"
	components: metricsGenerator: replicas: 2 // here
}`,
		path:    "tempo.components.metricsGenerator.replicas",
		message: []string{"nothing makes metrics"},
		help:    []string{"add tempo: metricsGenerator: {}"},
	},
	{
		code: "TG043", name: "no ingester at all",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.13.1" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo-distributed 1.13.1 runs no ingester"},
		help:    []string{"such as 1.13.2"},
	},
	{
		code: "TG043", name: "replication of Tempo 3",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.3.0"
	kafka: host: "kafka.example.com"
	replicationFactor: 5 // here
}`,
		path:    "tempo.replicationFactor",
		message: []string{"knows no replication factor"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG045", name: "streaming by gRPC only",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "1.24.4"
	streaming: true // here
}`,
		path:    "tempo.streaming",
		message: []string{"tempo 1.24.4 has no value that streams results"},
		help:    []string{"or pin 2.2.0"},
	},
	{
		code: "TG045", name: "streaming of Tempo 2.2",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.6.9"
	streaming: true // here
}`,
		path:    "tempo.streaming",
		message: []string{"tempo-distributed 1.6.9 has no value that streams results"},
		help:    []string{"or pin 1.7.0"},
	},
}

// The rules about stores.
var storeCases = []ruleCase{
	{
		code: "TG041", name: "a volume for many",
		profile: `store: kind: "local" // here
tempo: {mode: "distributed", chart: version: "2.26.2"}`,
		path:    "store.kind",
		message: []string{"share no volume"},
		help:    []string{`mode: "monolithic"`, `kind: "minio"`},
	},
	{
		code: "TG044", name: "the bucket in the host's name",
		profile: `store: {
	kind: "s3", provider: "other", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"
	pathStyle: false // here
}
tempo: {mode: "distributed", chart: version: "1.2.0"}`,
		path:    "store.pathStyle",
		message: []string{"tempo-distributed 1.2.0 cannot be told to write the bucket in the host's name"},
		help:    []string{"leave it out, or pin 1.3.0"},
	},
	{
		code: "TG044", name: "workload identity",
		profile: `store: {
	kind: "azure", container: "traces", account: "traces"
	credentials: {
		kind: "workload-identity" // here
		clientID: "01234567-89ab-cdef-0123-456789abcdef"
	}
}
tempo: {mode: "monolithic", chart: version: "1.1.0"}`,
		path:    "store.credentials.kind",
		message: []string{"tempo 1.1.0 does not sign in by workload identity"},
		help:    []string{`kind: "secret", or pin 1.2.1`},
	},
	{
		code: "TG015", name: "two keys in Git",
		profile: `store: {
	kind: "s3", provider: "garage", host: "s3.example.com", bucket: "traces"
	credentials: {
		kind: "inline", accessKey: "GK3515373e4c851ebaad366558"
		secretKey: "open-sesame" // here
	}
}`,
		path:    "store.credentials.secretKey",
		message: []string{"plain text in Git"},
		help:    []string{`"secret" or "external-secret"`},
	},
	{
		code: "TG046", name: "Secrets inside of the tree",
		profile: `store: {
	kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces"
	credentials: {
		kind: "sops"
		path: "./out/secrets" // here
	}
}`,
		path:    "store.credentials.path",
		message: []string{"./out/secrets", "the tree is ./out"},
		help:    []string{"beside the tree"},
	},
	{
		code: "TG046", name: "the tree inside of the Secrets",
		profile: `flux: path: "./clusters/home/out"
store: {
	kind: "aws", region: "eu-west-1", bucket: "traces"
	credentials: {
		kind: "sops"
		path: "./clusters/home" // here
	}
}`,
		path:    "store.credentials.path",
		message: []string{"./clusters/home and the tree is ./clusters/home/out"},
		help:    []string{"beside the tree"},
	},
	{
		code: "TG032", name: "the tree's own Secrets",
		profile: `flux: dependsOn: ["tracing-secrets"] // here
store: {
	kind: "aws", region: "eu-west-1", bucket: "traces"
	credentials: {kind: "sops", path: "./secrets"}
}`,
		path:    "flux.dependsOn[0]",
		message: []string{"made of this tree"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG014", name: "another bucket than the policy's",
		profile: `store: {kind: "aws", region: "eu-west-1", bucket: "traces", credentials: kind: "secret"}
tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	values: tempo: storage: trace: s3: bucket: "others" // here
}`,
		path:    "tempo.values.tempo.storage.trace.s3.bucket",
		message: []string{"which is traces because s3/policy.json"},
		help:    []string{"change store.bucket instead"},
	},
	{
		code: "TG014", name: "another key than the operator's",
		profile: `store: {kind: "s3", provider: "rustfs", host: "s3.example.com", bucket: "traces", credentials: {kind: "external-secret", store: name: "v", remote: "r"}}
tempo: {
	mode: "distributed"
	chart: version: "2.26.2"
	values: distributor: extraEnv: [] // here
}`,
		path:    "tempo.values.distributor.extraEnv",
		message: []string{"tempo/externalsecret.yaml"},
		help:    []string{"leave it out of values"},
	},
}
