package generator

// The rules about Tempo, its parts, and what it makes of its spans.
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
		code: "TG018", name: "too few ingesters",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.61.3"
	components: ingester: replicas: 2 // here
}`,
		path:    "tempo.components.ingester.replicas",
		message: []string{"2 ingesters", "3 times"},
		help:    []string{"replicationFactor: 2", "replicas: 3"},
	},
	{
		code: "TG018", name: "too high a factor",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.61.3"
	replicationFactor: 5 // here
}`,
		path:    "tempo.replicationFactor",
		message: []string{"3 ingesters", "5 times"},
		help:    []string{"replicationFactor: 3", "replicas: 5"},
	},
	{
		code: "TG020", name: "Tempo 3",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.3.0" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo-distributed 3.3.0 needs Kafka"},
		help:    []string{`chart: version: "2.26.2"`},
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
		code: "TG027", name: "log of spans",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "0.24.0"
	logSpans: true // here
}`,
		path:    "tempo.logSpans",
		message: []string{"tempo-distributed 0.24.0 has no value"},
		help:    []string{"0.25.0"},
	},
	{
		code: "TG027", name: "credentials of the compactor",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.18.3" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo-distributed 1.18.3", "compactor"},
		help:    []string{"1.18.5"},
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
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
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
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "tempo.metricsGenerator.processors[0]",
		message: []string{"tempo 1.14.0 turns span-metrics and service-graphs on together"},
		help:    []string{"leave processors out", `chart: version: "1.19.0"`},
	},
	{
		code: "TG042", name: "local-blocks without a directory",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "1.23.0"
	metricsGenerator: processors: ["span-metrics", "local-blocks"] // here
}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "tempo.metricsGenerator.processors[1]",
		message: []string{"tempo 1.23.0 has no value for the directory"},
		help:    []string{`chart: version: "1.24.2"`},
	},
	{
		code: "TG042", name: "exemplars by a URL alone",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "1.14.0"
	metricsGenerator: exemplars: true // here
}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "tempo.metricsGenerator.exemplars",
		message: []string{"tempo 1.14.0 has no value that sends exemplars"},
		help:    []string{`chart: version: "1.24.2"`},
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
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
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
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "tempo.metricsGenerator.dimensions[0]",
		message: []string{"tempo-distributed 0.20.4 has no values for dimensions"},
		help:    []string{`chart: version: "0.21.0"`},
	},
	{
		code: "TG042", name: "a generator that stops Tempo",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.0.0"
	kafka: host: "kafka.example.com"
	metricsGenerator: {} // here
}
prometheus: {kind: "address", host: "p.example.com", remoteWrite: true}`,
		path:    "tempo.metricsGenerator",
		message: []string{"as its own Tempo refuses"},
		help:    []string{`chart: version: "3.0.3"`},
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
		help:    []string{`chart: version: "3.0.0"`},
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
		help:    []string{`chart: version: "2.26.2"`},
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
		help:    []string{`chart: version: "2.26.2"`},
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
		help:    []string{`chart: version: "1.13.2"`},
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
		help:    []string{`chart: version: "2.2.0"`},
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
		help:    []string{`chart: version: "1.7.0"`},
	},
}
