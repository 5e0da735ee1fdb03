package generator

// The rules about the releases of a cluster, their order, and what a profile ignores.
var clusterCases = []ruleCase{
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
	{
		code: "TG025", name: "no such code", warns: true,
		profile: `ignore: {
	TG999: "whatever" // here
}`,
		path:    "ignore.TG999",
		message: []string{`"TG999" is not the code`},
		help:    []string{"docs/checks.md"},
	},
	{
		code: "TG025", name: "a code otherwise written", warns: true,
		profile: `ignore: {
	"tg019: traefik": "MetalLB is there" // here
}`,
		path:    `ignore."tg019: traefik"`,
		message: []string{`"tg019: traefik" is not the code`},
		help:    []string{`write ignore: {"TG019 traefik": "MetalLB is there"} instead`},
	},
	{
		code: "TG025", name: "not a check", warns: true,
		profile: `ignore: {
	TG010: "references are never optional" // here
}`,
		path:    "ignore.TG010",
		message: []string{`"TG010" is not the code`},
		help:    []string{"leave it out"},
	},
	{
		code: "TG032", name: "a circle",
		profile: `flux: dependsOn: [
	"infra",
	"tracing-tempo", // here
]`,
		path:    "flux.dependsOn[1]",
		message: []string{`"tracing-tempo"`, "wait for the other"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG032", name: "a circle of releases",
		profile: `store: {
	kind: "minio", placement: "cluster", bucket: "traces", rootSecret: "root", credentials: kind: "secret"
	delivery: {
		kind: "release"
		dependsOn: [
			"infra",
			"tracing-tempo", // here
		]
	}
}`,
		path:    "store.delivery.dependsOn[1]",
		message: []string{"waits for minio itself"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG033", name: "one machine twice",
		profile: `cluster: {
	kind: "k3s"
	nodes: [
		{name: "one"},
		{name: "one"}, // here
	]
}`,
		path:    "cluster.nodes[1].name",
		message: []string{`two nodes are called "one"`},
		help:    []string{"another name"},
	},
	{
		code: "TG033", name: "workers alone",
		profile: `cluster: {
	kind: "kind"
	nodes: [
		{name: "one"}, // here
		{name: "two"},
	]
}`,
		path:    "cluster.nodes[0]",
		message: []string{"control plane"},
		help:    []string{`role: "control-plane"`},
	},
	{
		code: "TG034", name: "a limit below the request",
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	resources: {
		requests: memory: "2Gi"
		limits: memory: "1024Mi" // here
	}
}`,
		path:    "tempo.resources.limits.memory",
		message: []string{"1024Mi", "2Gi"},
		help:    []string{`memory: "2Gi" or more`},
	},
	{
		code: "TG035", name: "no name",
		profile: `namespaces: {
	observability: {}
	"Bad Name": {} // here
}`,
		path:    `namespaces."Bad Name"`,
		message: []string{`"Bad Name" cannot be a namespace`},
		help:    []string{"lower-case"},
	},
	{
		code: "TG035", name: "the only one is no name",
		profile: `namespaces: {
	"Observability": {} // here
}`,
		path:    "namespaces.Observability",
		message: []string{`"Observability" cannot be a namespace`},
		help:    []string{"lower-case"},
	},
	{
		code: "TG036", name: "a password among the values",
		profile: grafana12 + `
grafana: values: adminPassword: "hunter2" // here
grafana: values: admin: existingSecret: "grafana-admin"`,
		path:    "grafana.values.adminPassword",
		message: []string{"grafana.values.adminPassword looks like a secret"},
		help:    []string{"ignore TG036"},
	},
	{
		code: "TG037", name: "a release that is not there", warns: true,
		profile: `tempo: {
	mode: "monolithic"
	chart: version: "2.1.99" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"no release 2.1.99"},
		help:    []string{"2."},
	},
}
