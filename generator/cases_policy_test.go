package generator

import "strings"

// The rules about the S3 policy.
var policyCases = []ruleCase{
	{
		code: "TG081", name: "no such file",
		profile: ownPolicy("  // here"),
		path:    "store.policyFile",
		message: []string{"policies/tempo.json cannot be read: there is no such file"},
		help:    []string{"lies in the workspace"},
	},
	{
		code: "TG081", name: "no JSON",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [],\n§}"},
		path:    "store.policyFile",
		message: []string{"not JSON", "a name in double quotes"},
		help:    []string{"none behind the last"},
	},
	{
		code: "TG081", name: "not the version",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"2012-10-17"`, `§"2026-01-01"`)},
		path:    "store.policyFile",
		message: []string{`Version is "2026-01-01"`, "not the policy's date"},
		help:    []string{`write "2012-10-17"`},
	},
	{
		code: "TG081", name: "misspelt element",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"Resource"`, `§"Resources"`)},
		path:    "store.policyFile",
		message: []string{`no element "Resources"`},
		help:    []string{`write "Resource"`},
	},
	{
		code: "TG081", name: "misspelt action",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"s3:GetObject"`, `§"s3:GetObjcet"`)},
		path:    "store.policyFile",
		message: []string{`"s3:GetObjcet" is no action that Minio knows`},
		help:    []string{`write "s3:GetObject"`},
	},
	{
		code: "TG081", name: "an action of Amazon's in a Minio's letter case",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"s3:GetObject"`, `§"s3:getobject"`)},
		path:    "store.policyFile",
		message: []string{`"s3:getobject" is no action that Minio knows`},
		help:    []string{`write "s3:GetObject"`},
	},
	{
		code: "TG081", name: "a principal",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"Effect"`, `§"Principal": "*", "Effect"`)},
		path:    "store.policyFile",
		message: []string{`no element "Principal"`},
		help:    []string{"a bucket's policy"},
	},
	{
		code: "TG081", name: "China's partition at a Minio",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"arn:aws:s3:::traces/*"`, `§"arn:aws-cn:s3:::traces/*"`)},
		path:    "store.policyFile",
		message: []string{"is no resource that Minio knows"},
		help:    []string{`write "arn:aws:s3:::traces/*"`},
	},
	{
		code: "TG081", name: "an operator that Minio lacks",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"Effect"`, `"Condition": {§"StringEqualsIfExists": {"aws:username": "tempo"}}, "Effect"`)},
		path:    "store.policyFile",
		message: []string{"no operator that Minio knows"},
		help:    []string{`write "StringEquals`},
	},
	{
		code: "TG081", name: "a service without policies",
		profile: `store: {
	kind: "s3", provider: "garage", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"
	policyFile: "policies/tempo.json" // here
}`,
		files:   map[string]string{"policies/tempo.json": documented},
		path:    "store.policyFile",
		message: []string{"garage knows no policies"},
		help:    []string{"leave it out"},
	},
	{
		code: "TG081", name: "two policies",
		profile: `store: {
	kind: "aws", region: "eu-west-1", bucket: "traces", credentials: kind: "secret"
	policy: "minimal" // here
	policyFile: "policies/tempo.json"
}`,
		files:   map[string]string{"policies/tempo.json": documented},
		path:    "store.policy",
		message: []string{"policyFile takes its place"},
		help:    []string{"leave one of the two out"},
	},
	{
		code: "TG081", name: "what Minio's chart cannot say",
		profile: clusterPolicy("5.4.0"),
		files: map[string]string{"policies/tempo.json": policyWith(`"arn:aws:s3:::traces"]
    }`, `"arn:aws:s3:::traces"]
    },
    {"Effect": "Deny", §"NotAction": "s3:*", "Resource": "*"}`)},
		path:    "store.policyFile",
		message: []string{"no value for NotAction"},
		help:    []string{`"Effect": "Deny"`},
	},
	{
		code: "TG081", name: "a chart that allows what is denied",
		profile: clusterPolicy("5.0.13"),
		files: map[string]string{"policies/tempo.json": policyWith(`"arn:aws:s3:::traces"]
    }`, `"arn:aws:s3:::traces"]
    },
    §{"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}`)},
		path:    "store.policyFile",
		message: []string{"minio 5.0.13 writes each statement as one that allows"},
		help:    []string{`chart: version: "5.0.14"`},
	},
	{
		code: "TG081", name: "a chart without conditions",
		profile: clusterPolicy("4.0.14"),
		files:   map[string]string{"policies/tempo.json": policyWith(`"Effect"`, `"Condition": {"StringEquals": {§"aws:username": "tempo"}}, "Effect"`)},
		path:    "store.policyFile",
		message: []string{"leaves the condition out"},
		help:    []string{`chart: version: "4.0.15"`},
	},
	{
		code: "TG082", name: "an action that is missing",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"s3:DeleteObject",`, ``, `"Action"`, `§"Action"`)},
		path:    "store.policyFile",
		message: []string{"does not allow s3:DeleteObject, which Tempo needs to remove", "failed to mark block compacted during retention"},
		help:    []string{`add to Statement: {"Effect": "Allow", "Action": ["s3:DeleteObject"], "Resource": ["arn:aws:s3:::traces/*"]}`},
	},
	{
		code: "TG082", name: "the bucket without its ARN",
		profile: `store: {
	kind: "aws", region: "eu-west-1", bucket: "traces", credentials: kind: "secret"
	policyFile: "policies/tempo.json"
}`,
		files:   map[string]string{"policies/tempo.json": policyWith(`, "arn:aws:s3:::traces"`, ``, `"Resource"`, `§"Resource"`)},
		path:    "store.policyFile",
		message: []string{"does not allow s3:ListBucket, which Tempo needs to list the bucket at its start"},
		help:    []string{`"Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::traces"]`},
	},
	{
		code: "TG082", name: "another partition",
		profile: `store: {
	kind: "aws", region: "cn-north-1", bucket: "traces", credentials: kind: "secret"
	policyFile: "policies/tempo.json"
}`,
		files:   map[string]string{"policies/tempo.json": policyWith(`"Resource"`, `§"Resource"`)},
		path:    "store.policyFile",
		message: []string{"does not allow s3:ListBucket, s3:PutObject, s3:GetObject, s3:DeleteObject"},
		help:    []string{`"arn:aws-cn:s3:::traces"`},
	},
	{
		code: "TG082", name: "nothing speaks of it",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": `§{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}]}`},
		path:    "store.policyFile",
		message: []string{"does not allow s3:ListBucket, s3:PutObject"},
		help:    []string{`"Resource": ["arn:aws:s3:::traces", "arn:aws:s3:::traces/*"]`},
	},
	{
		code: "TG082", name: "denied by a statement",
		profile: ownPolicy(""),
		files: map[string]string{"policies/tempo.json": policyWith(`"arn:aws:s3:::traces"]
    }`, `"arn:aws:s3:::traces"]
    },
    §{"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}`)},
		path:    "store.policyFile",
		message: []string{"the statement denies s3:DeleteObject"},
		help:    []string{"leave s3:DeleteObject out of what it denies"},
	},
	{
		code: "TG082", name: "who knows from where",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"Effect"`, `"Condition": {"IpAddress": {§"aws:SourceIp": "10.0.0.0/8"}}, "Effect"`)},
		path:    "store.policyFile",
		message: []string{"it depends on aws:SourceIp"},
		help:    []string{"leave the condition out", "ignore: TG082"},
	},
	{
		code: "TG082", name: "one tenant's listing alone",
		profile: ownPolicy(""),
		files: map[string]string{"policies/tempo.json": policyWith(`"s3:ListBucket",`, ``, `"arn:aws:s3:::traces"]
    }`, `"arn:aws:s3:::traces"]
    },
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::traces", "Condition": {"StringLike": {§"s3:prefix": "single-tenant/*"}}}`)},
		path:    "store.policyFile",
		message: []string{"does not allow s3:ListBucket, which Tempo needs to list the bucket at its start"},
		help:    []string{`"Action": ["s3:ListBucket"]`},
	},
	{
		code: "TG082", name: "plain text where TLS is demanded",
		profile: `store: {
	kind: "minio", placement: "external", host: "s3.example.com", tls: false, bucket: "traces", credentials: kind: "secret"
	policyFile: "policies/tempo.json"
}`,
		files: map[string]string{"policies/tempo.json": policyWith(`"arn:aws:s3:::traces"]
    }`, `"arn:aws:s3:::traces"]
    },
    §{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}`)},
		path:    "store.policyFile",
		message: []string{"the statement denies s3:ListBucket"},
		help:    []string{"leave s3:ListBucket"},
	},
	{
		code: "TG082", name: "tags without their actions",
		profile: `store: {kind: "aws", region: "eu-west-1", bucket: "traces", policy: "minimal", credentials: kind: "secret"}
tempo: {
	mode: "monolithic"
	chart: version: "2.2.4"
	values: tempo: storage: trace: s3: tags: team: "x" // here
}`,
		path:    "tempo.values.tempo.storage.trace.s3.tags",
		message: []string{"the minimal policy leaves s3:GetObjectTagging and s3:PutObjectTagging out"},
		help:    []string{`store: policy: "documented"`},
	},
	{
		code: "TG082", name: "values that give less",
		profile: clusterValues(`policies: [{name: "tempo", statements: [{resources: ["arn:aws:s3:::traces/*", "arn:aws:s3:::traces"], actions: ["s3:PutObject", "s3:GetObject", "s3:ListBucket"]}]}] // here`),
		path:    "store.values.policies[0]",
		message: []string{"does not allow s3:DeleteObject, which Tempo needs"},
		help:    []string{"leave policies out of values"},
	},
	{
		code: "TG082", name: "values that Minio refuses",
		profile: clusterValues(`policies: [{name: "tempo", statements: [{effect: "Allow", resources: ["arn:aws:s3:::traces/*", "arn:aws:s3:::traces"], actions: ["s3:Nothing"]}]}] // here`),
		path:    "store.values.policies[0].statements[0]",
		message: []string{"Minio would refuse the statement", `"s3:Nothing" is no action`},
		help:    []string{"policyFile"},
	},
	{
		code: "TG083", name: "every action",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"s3:GetObject"`, `§"s3:*"`)},
		path:    "store.policyFile",
		message: []string{"s3:* allows s3:BypassGovernanceRetention", "more, which Tempo has no need of"},
		help:    []string{`"s3:ListBucket", "s3:PutObject"`},
		warns:   true,
	},
	{
		code: "TG083", name: "names that begin alike",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": policyWith(`"arn:aws:s3:::traces/*"`, `§"arn:aws:s3:::traces*"`)},
		path:    "store.policyFile",
		message: []string{"in other buckets, too, such as traces2"},
		help:    []string{`write "arn:aws:s3:::traces" and "arn:aws:s3:::traces/*"`},
		warns:   true,
	},
	{
		code: "TG083", name: "Minio's star",
		profile: ownPolicy(""),
		files:   map[string]string{"policies/tempo.json": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": §"*", "Resource": ["arn:aws:s3:::traces", "arn:aws:s3:::traces/*"]}]}`},
		path:    "store.policyFile",
		message: []string{"for which no Resource counts"},
		help:    []string{`"s3:ListBucket", "s3:PutObject"`},
		warns:   true,
	},
}

// documented is what Tempo's documentation has, for the bucket traces.
const documented = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "TempoPermissions",
      "Effect": "Allow",
      "Action": ["s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject", "s3:GetObjectTagging", "s3:PutObjectTagging"],
      "Resource": ["arn:aws:s3:::traces/*", "arn:aws:s3:::traces"]
    }
  ]
}
`

// policyWith is that with pieces replaced, pair by pair.
func policyWith(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(documented) }

// ownPolicy is a profile that names a policy.
func ownPolicy(comment string) string {
	return `store: {
	kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"
	policyFile: "policies/tempo.json"` + comment + `
}`
}

// clusterPolicy is one with a Minio by its chart.
func clusterPolicy(version string) string {
	return `cluster: kind: "kind"
store: {
	kind: "minio", placement: "cluster", chart: version: "` + version + `"
	bucket: "traces", credentials: kind: "inline"
	policyFile: "policies/tempo.json"
}`
}

// clusterValues is one with values for that chart.
func clusterValues(values string) string {
	return `cluster: kind: "kind"
store: {
	kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"
	values: ` + values + `
}`
}
