package generator

// The rules about stores, and the credentials for them.
var storeCases = []ruleCase{
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
		code: "TG021", name: "root user",
		profile: `store: { // here
	kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "secret"
}`,
		path:    "store",
		message: []string{"root user has no Secret"},
		help:    []string{"rootSecret"},
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
		help:    []string{`chart: version: "1.3.0"`},
	},
	{
		code: "TG044", name: "workload identity",
		then: "TG003",
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
		help:    []string{`kind: "secret"`, `chart: version: "1.2.1"`},
	},
	{
		code: "TG044", name: "a chart that is broken",
		profile: `store: {
	kind: "minio", placement: "cluster", bucket: "traces", rootSecret: "root", credentials: kind: "secret"
	chart: version: "5.0.12" // here
}`,
		path:    "store.chart.version",
		message: []string{"the templates of minio 5.0.12 are broken"},
		help:    []string{`chart: version: "5.0.13"`},
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
}
