package generator

// The rules up to the clash of releases.
var checkCases = []ruleCase{
	{
		code: "TG015", name: "credentials in Git",
		profile: `store: {
	kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces"
	credentials: {
		kind: "inline"
		secretKey: "open-sesame" // here
	}
}`,
		path:    "store.credentials.secretKey",
		message: []string{"plain text in Git"},
		help:    []string{`"secret" or "external-secret"`, "throwaway: true"},
	},
	{
		code: "TG016", name: "monolithic Tempo",
		profile: `cluster: kind: "kind"
store: {
	kind: "minio"
	placement: "subchart" // here
	bucket: "traces"
	credentials: kind: "inline"
}`,
		path:    "store.placement",
		message: []string{"the chart tempo", "brings no Minio"},
		help:    []string{`placement: "cluster"`, `mode: "distributed"`},
	},
	{
		code: "TG016", name: "too old a chart",
		profile: `cluster: kind: "kind"
store: {
	kind: "minio"
	placement: "subchart" // here
	bucket: "traces"
	credentials: kind: "inline"
}
tempo: {mode: "distributed", chart: version: "0.26.9"}`,
		path:    "store.placement",
		message: []string{"tempo-distributed 0.26.9 brings no Minio"},
		help:    []string{`placement: "cluster"`},
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
		code: "TG019", name: "asked for",
		profile: `cluster: kind: "kind"
traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	service: "LoadBalancer" // here
}`,
		path:    "traefik.service",
		message: []string{"LoadBalancer"},
		help:    []string{`service: "NodePort"`},
	},
	{
		code: "TG020", name: "Tempo 3",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "3.3.0" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo-distributed 3.3.0 needs Kafka"},
		help:    []string{"such as 2.26.2"},
	},
	{
		code: "TG021", name: "root user",
		profile: `store: { // here
	kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "secret"
}`,
		path:    "store",
		message: []string{"root user has no Secret"},
		help:    []string{"rootSecret"},
	},
	{
		code: "TG022", name: "old cluster",
		profile: `cluster: {kind: "k3s", kubernetes: "1.24"}
tempo: {
	mode: "distributed"
	chart: version: "2.26.2" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo-distributed 2.26.2 refuses Kubernetes 1.24", "1.25"},
		help:    []string{"older chart"},
	},
	{
		code: "TG023", name: "twice the same",
		profile: `collector: {
	kind: "alloy"
	chart: version: "1.11.1"
	release: "tempo"
	receivers: ["otlp-grpc"]
}
tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	release: "tempo" // here
}`,
		path:    "tempo.release",
		message: []string{"alloy and tempo are both the release tempo in the namespace observability"},
		help:    []string{"another release or namespace"},
	},
}
