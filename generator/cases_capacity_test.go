package generator

// pis are three small machines.
const pis = `cluster: {
	kind: "k3s"
	nodes: [
		{name: "a", role: "control-plane", memory: "4Gi", cpu: "4"},
		{name: "b", memory: "4Gi", cpu: "4"},
		{name: "c", memory: "4Gi", cpu: "4"},
	]
}
`

const bucketAt = `store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"`

// What does not fit into the nodes and the stores.
var capacityCases = []ruleCase{
	{
		code: "TG017", name: "bucket beyond its quota", path: "store.quota",
		profile: bucketAt + `
	quota: "5Gi" // here
}
tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "48h", ingest: spansPerSecond: 500}`,
		message: []string{"bucket traces needs 12.1Gi and may hold 5Gi", "73.2Ki arrive in a second, and lie there for 48h"},
		help:    []string{`write quota: "16Gi", or tempo: retention: "15h"`},
	},
	{
		code: "TG017", name: "bucket nearly full", path: "store.quota", warns: true,
		profile: bucketAt + `
	quota: "13Gi" // here
}
tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "48h", ingest: spansPerSecond: 500}`,
		help:    []string{`write quota: "16Gi"`},
		message: []string{"bucket traces needs 12.1Gi and may hold 13Gi"},
	},
	{
		code: "TG017", name: "the chart's retention", path: "store.quota",
		profile: bucketAt + `
	quota: "5Gi" // here
}
tempo: {mode: "distributed", chart: version: "1.61.3", ingest: spansPerSecond: 500}`,
		message: []string{"lie there for 48h"},
		help:    []string{`tempo: retention: "`},
	},
	{
		code: "TG017", name: "a retention in the values", path: "store.quota",
		profile: bucketAt + `
	quota: "15Gi" // here
}
tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "24h", ingest: spansPerSecond: 500, values: tempo: retention: "72h"}`,
		message: []string{"lie there for 72h"},
		help:    []string{`tempo: retention: "`},
	},
	{
		code: "TG017", name: "volume of a local store", path: "tempo.size",
		profile: `store: kind: "local"
tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	size: "1Gi" // here
	ingest: spansPerSecond: 500
}`,
		message: []string{"volume of tempo needs"},
		help:    []string{`write size: "`, `, or tempo: retention: "`},
	},
	{
		code: "TG017", name: "volume of Minio", path: "store.size",
		profile: `cluster: kind: "kind"
store: {
	kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"
	size: "1Gi" // here
}
tempo: {mode: "monolithic", chart: version: "2.2.4", ingest: spansPerSecond: 500}`,
		message: []string{"bucket traces needs 6Gi and may hold 1Gi"},
		help:    []string{`write size: "8Gi"`},
	},
	{
		code: "TG017", name: "volume of an ingester", path: "tempo.components.ingester.size",
		profile: `tempo: {
	mode: "distributed"
	chart: version: "1.61.3"
	ingest: spansPerSecond: 5000
	components: ingester: size: "1Gi" // here
}`,
		message: []string{"volume of tempo-ingester needs"},
		help:    []string{`write size: "`},
	},
	{
		code: "TG086", name: "lifecycle before retention", path: "store.expiryDays",
		profile: bucketAt + `
	expiryDays: 1 // here
}
tempo: {mode: "monolithic", chart: version: "2.2.4", retention: "72h"}`,
		message: []string{"after a day, and Tempo keeps them for 72h"},
		help:    []string{`write expiryDays: 3, or tempo: retention: "24h"`},
	},
	{
		code: "TG086", name: "lifecycle before the chart's retention", path: "store.expiryDays",
		profile: bucketAt + `
	expiryDays: 1 // here
}
tempo: {mode: "distributed", chart: version: "1.61.3"}`,
		message: []string{"keeps them for 48h"},
		help:    []string{`write expiryDays: 2`},
	},
	{
		code: "TG084", name: "a pod larger than any node", path: "tempo.resources.requests.memory",
		profile: pis + `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	resources: requests: memory: "8Gi" // here
}`,
		message: []string{"tempo asks for 0 of 3900m cores and 8Gi of 3.4Gi of memory, more than any node has for it"},
		help:    []string{`write memory: "`, "or name a larger node"},
	},
	{
		code: "TG084", name: "a pod with more cores than any node", path: "tempo.resources.requests.cpu",
		profile: pis + `tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	resources: requests: cpu: "4" // here
}`,
		message: []string{"4 of 3900m cores"},
		help:    []string{`write `, "or name a larger node"},
	},
	{
		code: "TG084", name: "a cache that the values turn on", path: "loki.values.chunksCache.enabled",
		profile: pis + `loki: {
	kind: "chart"
	chart: version: "18.11.0"
	values: chunksCache: enabled: true // here
}
` + grafana12,
		message: []string{"loki-chunks-cache asks for 500m of 3900m cores and 9.6Gi of 3.4Gi of memory"},
		help:    []string{`write `, "or name a larger node"},
	},
	{
		code: "TG084", name: "a request in the values", path: "store.values.resources.requests.memory",
		profile: pis + `store: {
	kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "secret", rootSecret: "root"
	values: resources: requests: memory: "16Gi" // here
}`,
		message: []string{"minio asks for", "16Gi of 3.4Gi of memory"},
		help:    []string{`write `, "or name a larger node"},
	},
	{
		code: "TG084", name: "more pods than nodes", path: "tempo.components.querier.replicas",
		profile: pis + `tempo: {
	mode: "distributed"
	chart: version: "1.61.3"
	components: querier: replicas: 4 // here
}`,
		message: []string{"4 pods of tempo-querier are too many"},
		help:    []string{"write fewer replicas"},
	},
	{
		code: "TG084", name: "no node of the architecture", path: "cluster.nodes[0].name",
		profile: `cluster: {
	kind: "k3s"
	nodes: [{name: "a", memory: "8Gi"}] // here
	nodeSelector: "kubernetes.io/arch": "arm64"
}`,
		message: []string{"tempo finds no node: it runs on nodes with kubernetes.io/arch=arm64 only"},
		help:    []string{`name a node that is one`},
	},
	{
		code: "TG084", name: "all together", path: "cluster.nodes[0].name",
		profile: `cluster: {
	kind: "k3s"
	nodes: [
		{name: "a", memory: "4Gi"}, // here
		{name: "b", memory: "4Gi"},
	]
	otherRequests: memory: "6Gi"
}
tempo: {mode: "monolithic", chart: version: "2.2.4", resources: requests: memory: "1Gi"}`,
		message: []string{"all pods together ask for 7Gi of 6.8Gi of memory"},
		help:    []string{"requests of tempo"},
	},
	{
		code: "TG084", name: "in sum, but not on any node", path: "cluster.nodes[0].name",
		profile: `cluster: {
	kind: "k3s"
	nodes: [
		{name: "a", memory: "4Gi", reserved: memory: "1Gi"}, // here
		{name: "b", memory: "4Gi", reserved: memory: "1Gi"},
	]
}
tempo: {mode: "distributed", chart: version: "1.61.3", components: ingester: {replicas: 3, resources: requests: memory: "1600Mi"}}`,
		message: []string{"tempo-ingester asks for 1.6Gi of 3Gi of memory, which no node has left beside the other pods"},
		help:    []string{`requests of tempo-ingester`},
	},
	{
		code: "TG085", name: "nearly full", path: "cluster.nodes[0].name", warns: true,
		profile: `cluster: {
	kind: "k3s"
	nodes: [{name: "a", memory: "4Gi", reserved: memory: "1Gi"}] // here
}
tempo: {mode: "monolithic", chart: version: "2.2.4", resources: requests: memory: "2500Mi"}`,
		message: []string{"the pods ask for 2.4Gi of 3Gi of memory, more than 80 %"},
		help:    []string{`name a further node, or write less in the requests of tempo`},
	},
}
