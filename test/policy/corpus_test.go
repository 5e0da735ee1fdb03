package policy

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// everyKey are the condition keys of the corpus.
var everyKey = []string{
	"s3:prefix", "s3:delimiter", "s3:max-keys", "s3:versionid", "s3:x-amz-storage-class", "s3:x-amz-server-side-encryption",
	"s3:x-amz-copy-source", "s3:x-amz-metadata-directive", "s3:ExistingObjectTag/team", "s3:RequestObjectTag/team", "s3:RequestObjectTagKeys", "s3:object-lock-mode",
	"s3:x-amz-content-sha256", "s3:signatureversion", "s3:authType", "s3:LocationConstraint",
	"aws:SourceIp", "aws:SecureTransport", "aws:username", "aws:userid", "aws:UserAgent", "aws:Referer", "aws:CurrentTime", "aws:EpochTime", "aws:principaltype", "aws:groups", "jwt:sub",
}

// requests are made of actions, places and what else is known.
var requests = func() []request {
	var out []request
	contexts := []map[string][]string{
		{},
		{
			"aws:SourceIp": {"10.1.2.3"}, "aws:SecureTransport": {"true"}, "aws:username": {"tempo"}, "aws:userid": {"tempo"}, "aws:principaltype": {"User"},
			"aws:UserAgent": {"MinIO (linux; amd64) minio-go/v7.0.94"}, "aws:Referer": {""}, "aws:CurrentTime": {"2026-06-01T12:00:00Z"}, "aws:EpochTime": {"1780315200"},
			"s3:prefix": {"single-tenant/"}, "s3:delimiter": {"/"}, "s3:max-keys": {"1"}, "s3:versionid": {""}, "s3:signatureversion": {"AWS4-HMAC-SHA256"}, "s3:authType": {"REST-HEADER"},
		},
		{
			"aws:SourceIp": {"2001:db8::1"}, "aws:SecureTransport": {"false"}, "aws:username": {"traces"}, "aws:groups": {"a", "b"},
			"s3:prefix": {""}, "s3:max-keys": {"1000"}, "s3:x-amz-storage-class": {"STANDARD"}, "s3:x-amz-server-side-encryption": {"AES256"},
			"s3:ExistingObjectTag/team": {"Tracing"}, "s3:RequestObjectTag/team": {"tracing"}, "s3:RequestObjectTagKeys": {"team", "stage"},
		},
	}
	for _, keys := range contexts {
		for _, action := range []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectTagging", "s3:AbortMultipartUpload", "s3:GetObjectVersion"} {
			for _, at := range [][2]string{{"traces", "single-tenant/1/meta.json"}, {"traces", "a"}, {"traces2", "a"}, {"TRACES", "a"}, {"traces", "a//b"}, {"traces", "tempo/x"}} {
				out = append(out, request{action, at[0], at[1], keys})
			}
		}
		for _, action := range []string{"s3:ListBucket", "s3:GetBucketLocation", "s3:DeleteBucket"} {
			for _, bucket := range []string{"traces", "traces2", "trace", "Traces", "tempo"} {
				out = append(out, request{action, bucket, "", keys})
			}
		}
		out = append(out, request{"s3:ListAllMyBuckets", "", "", keys})
	}
	return out
}()

// documents are edge cases, by hand.
var documents = func() []string {
	var out []string
	statement := func(format string, args ...any) {
		out = append(out, `{"Version": "2012-10-17", "Statement": [{`+fmt.Sprintf(format, args...)+`}]}`)
	}
	for _, action := range []string{
		`"s3:GetObject"`, `["s3:GetObject"]`, `["s3:*"]`, `["*"]`, `["s3:Get*"]`, `["s3:get*"]`, `["S3:GetObject"]`, `["s3:GetObjec?"]`, `["s3:?etObject"]`, `["s3:*Object"]`,
		`["s3:GetObjectVersion"]`, `["s3:GetObjectV*"]`, `["s3:*Bucket*"]`, `["s3:L*t*"]`, `["s3:GetObject", "s3:GetObject"]`, `[]`, `""`, `[""]`, `null`, `5`, `["s3:Nothing"]`, `["s3:GetObject*"]`,
		`["iam:GetUser"]`, `["GetObject"]`, `["s3:"]`, `["s3"]`, `["s3:**"]`, `["s3:?"]`, `["?3:GetObject"]`, `["admin:*"]`, `["kms:*"]`, `["sts:*"]`, `["admin:*", "s3:GetObject"]`, `[true]`,
	} {
		statement(`"Effect": "Allow", "Action": %s, "Resource": ["arn:aws:s3:::traces/*", "arn:aws:s3:::traces"]`, action)
		statement(`"Effect": "Allow", "NotAction": %s, "Resource": ["arn:aws:s3:::traces/*"]`, action)
	}
	for _, resource := range []string{
		`"arn:aws:s3:::traces/*"`, `["arn:aws:s3:::traces"]`, `["arn:aws:s3:::traces/"]`, `["arn:aws:s3:::traces*"]`, `["arn:aws:s3:::*"]`, `["*"]`, `["arn:aws:s3:::trace?"]`, `["arn:aws:s3:::trace?/*"]`,
		`["arn:aws:s3:::*/a"]`, `["arn:aws:s3:::traces/a"]`, `["arn:aws:s3:::traces/single-tenant/*/meta.json"]`, `["arn:aws:s3:::traces/*.json"]`, `["arn:aws:s3:::TRACES/*"]`, `["arn:aws:s3:::/traces"]`,
		`["arn:aws-cn:s3:::traces"]`, `["arn:aws:s3:eu-west-1::traces"]`, `["arn:aws:s3"]`, `["traces"]`, `["s3://traces"]`, `[]`, `["arn:aws:s3:::"]`, `["arn:aws:s3:::${aws:username}"]`, `["arn:aws:s3:::${aws:username}/*"]`,
		`["arn:aws:s3:::traces/${aws:username}/*"]`, `["arn:aws:s3:::traces/${aws:nothing}"]`, `["arn:aws:s3:::traces/${*}"]`, `["arn:aws:s3:::traces/$"]`, `["arn:aws:s3:::traces/${aws:username"]`, `["arn:aws:s3:::traces/a//b"]`, `["arn:aws:s3:::traces/a/b"]`,
		`["arn:aws:s3:::traces/?"]`, `["arn:aws:s3:::traces?*"]`, `["arn:aws:s3:::t*s"]`, `["arn:aws:s3:::t*s/"]`, `["arn:aws:s3:::**"]`, `[5]`, `{}`, `["arn:minio:kms:::key"]`, `["arn:aws:s3:::?"]`, `["arn:aws:s3:::traces/a", "arn:aws:s3:::traces/a"]`,
	} {
		statement(`"Effect": "Allow", "Action": ["s3:*"], "Resource": %s`, resource)
		statement(`"Effect": "Allow", "Action": ["s3:*"], "NotResource": %s`, resource)
		out = append(out, fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}, {"Effect": "Deny", "Action": ["s3:*"], "Resource": %s}]}`, resource))
	}
	for _, condition := range []string{
		`{}`, `null`, `[]`, `{"StringEquals": {}}`, `{"StringEquals": {"s3:prefix": []}}`, `{"StringEquals": {"s3:prefix": ""}}`, `{"StringEquals": {"s3:prefix": ["single-tenant/", ""]}}`, `{"StringEquals": {"s3:prefix": ["a", "a"]}}`,
		`{"StringLike": {"s3:prefix": "single-*"}}`, `{"StringNotLike": {"s3:prefix": "single-*"}}`, `{"StringNotEquals": {"s3:prefix": "single-tenant/"}}`, `{"StringEqualsIgnoreCase": {"s3:prefix": "SINGLE-tenant/"}}`,
		`{"StringNotEqualsIgnoreCase": {"s3:prefix": "SINGLE-tenant/"}}`, `{"StringEqualsIfExists": {"s3:prefix": "a"}}`, `{"NumericLessThanEquals": {"s3:max-keys": "10"}}`, `{"NumericLessThan": {"s3:max-keys": 1}}`,
		`{"NumericEquals": {"s3:max-keys": [1, 2]}}`, `{"NumericNotEquals": {"s3:max-keys": 1}}`, `{"NumericGreaterThan": {"s3:max-keys": 1}}`, `{"NumericGreaterThanEquals": {"s3:max-keys": 1000}}`, `{"NumericGreaterThanIfExists": {"s3:max-keys": 1}}`,
		`{"NumericEquals": {"s3:max-keys": "x"}}`, `{"NumericEquals": {"s3:max-keys": 1.5}}`, `{"NumericEquals": {"s3:max-keys": true}}`,
		`{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}`, `{"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}`, `{"IpAddress": {"aws:SourceIp": ["10.1.2.3", "2001:db8::/32"]}}`, `{"IpAddress": {"aws:SourceIp": "10.1.2.3/33"}}`, `{"IpAddress": {"aws:username": "10.0.0.0/8"}}`, `{"IpAddress": {"aws:SourceIp": 10}}`, `{"IpAddress": {"aws:SourceIp": "2001:db8::1"}}`,
		`{"Bool": {"aws:SecureTransport": "true"}}`, `{"Bool": {"aws:SecureTransport": true}}`, `{"Bool": {"aws:SecureTransport": "false"}}`, `{"Bool": {"aws:SecureTransport": "True"}}`, `{"Bool": {"aws:SecureTransport": ["true", "false"]}}`, `{"Bool": {"aws:username": "true"}}`, `{"Bool": {"aws:SecureTransport": "yes"}}`, `{"Bool": {"aws:SecureTransport": 1}}`,
		`{"Null": {"s3:prefix": "true"}}`, `{"Null": {"s3:prefix": false}}`, `{"Null": {"aws:username": "true"}}`, `{"Null": {"s3:prefix": "x"}}`, `{"Null": {"s3:prefix": ["true", "false"]}}`, `{"NullIfExists": {"s3:prefix": "true"}}`,
		`{"DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}`, `{"DateGreaterThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}`, `{"DateEquals": {"aws:CurrentTime": "2026-06-01T12:00:00Z"}}`, `{"DateNotEquals": {"aws:CurrentTime": "2026-06-01T12:00:00Z"}}`, `{"DateLessThanEquals": {"aws:CurrentTime": "2026-06-01T14:00:00+02:00"}}`, `{"DateGreaterThanEquals": {"aws:CurrentTime": "2026-06-01"}}`, `{"DateLessThan": {"aws:CurrentTime": 5}}`,
		`{"BinaryEquals": {"aws:username": "dGVtcG8="}}`, `{"BinaryEquals": {"aws:username": "???"}}`, `{"ArnEquals": {"aws:username": "a"}}`, `{"ArnLike": {"aws:username": "a"}}`, `{"stringequals": {"aws:username": "a"}}`, `{"StringEquals": {"AWS:username": "tempo"}}`, `{"StringEquals": {"aws:Username": "tempo"}}`, `{"StringEquals": {"aws:nothing": "tempo"}}`, `{"StringEquals": {"aws:username": 5}}`, `{"StringEquals": {"aws:username": true}}`,
		`{"StringEquals": {"aws:username": "${aws:userid}"}}`, `{"StringLike": {"s3:prefix": "${aws:username}*"}}`, `{"StringLike": {"s3:prefix": "*${aws:nothing}*"}}`, `{"StringEquals": {"aws:username": "tempo", "s3:prefix": ""}}`, `{"StringEquals": {"aws:username": "tempo"}, "Bool": {"aws:SecureTransport": "true"}}`,
		`{"ForAnyValue:StringEquals": {"aws:groups": ["a"]}}`, `{"ForAllValues:StringEquals": {"aws:groups": ["a", "b", "c"]}}`, `{"ForAllValues:StringEquals": {"aws:groups": ["a"]}}`, `{"ForAllValues:StringNotEquals": {"aws:groups": ["a"]}}`, `{"ForAnyValue:StringNotEquals": {"aws:groups": ["a"]}}`, `{"ForAllValues:StringLike": {"aws:groups": ["?"]}}`, `{"ForAnyValue:StringNotLike": {"aws:groups": ["x*"]}}`, `{"ForSome:StringLike": {"aws:groups": ["?"]}}`, `{"ForAllValues:NumericEquals": {"s3:max-keys": 1}}`, `{"ForAllValues:Bool": {"aws:SecureTransport": "true"}}`, `{"ForAllValues:StringEquals:x": {"aws:groups": ["a"]}}`, `{"StringEquals": {"s3:prefix": [""]}, "StringLike": {"s3:prefix": "*"}}`,
		`{"StringEquals": {"s3:ExistingObjectTag/team": "Tracing"}}`, `{"StringEquals": {"s3:x-amz-server-side-encryption": "AES256"}}`, `{"StringEquals": {"s3:x-amz-server-side-encryption": "none"}}`, `{"StringLike": {"s3:x-amz-server-side-encryption": "A*"}}`, `{"StringEquals": {"s3:x-amz-copy-source": "traces/a"}}`, `{"StringEquals": {"s3:x-amz-copy-source": "traces"}}`, `{"StringEquals": {"s3:x-amz-metadata-directive": "copy"}}`, `{"StringEquals": {"s3:x-amz-content-sha256": ""}}`, `{"ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": "team"}}`,
	} {
		for _, actions := range []string{`["s3:*"]`, `["s3:ListBucket"]`, `["s3:GetObject", "s3:ListBucket"]`, `["s3:Get*"]`, `["s3:PutObject"]`} {
			statement(`"Effect": "Allow", "Action": %s, "Resource": ["*"], "Condition": %s`, actions, condition)
		}
		statement(`"Effect": "Allow", "NotAction": ["s3:DeleteBucket"], "Resource": ["*"], "Condition": %s`, condition)
		out = append(out, fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}, {"Effect": "Deny", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::traces*"], "Condition": %s}]}`, condition))
	}
	const right = `"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::traces/*"]`
	for _, s := range []string{
		right, `"Sid": "", ` + right, `"Sid": "a b", ` + right, `"Sid": 5, ` + right, `"Principal": "*", ` + right, `"NotAction": ["s3:PutObject"], ` + right, `"NotResource": ["*"], ` + right, `"Efect": "Deny", ` + right, `"effect": "Deny", ` + right,
		`"Action": ["s3:GetObject"], "Resource": ["*"]`, `"Effect": "allow", "Action": ["s3:GetObject"], "Resource": ["*"]`, `"Effect": "Allow", "Resource": ["*"]`, `"Effect": "Allow", "Action": ["s3:GetObject"]`, `"Effect": "", "Action": ["s3:GetObject"], "Resource": ["*"]`, ``,
		`"Effect": "Allow", "Action": ["admin:*"]`, `"Effect": "Allow", "Action": ["kms:*"]`, `"Effect": "Allow", "Action": ["admin:Nothing"]`, `"Effect": "Deny", "Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]`,
	} {
		statement("%s", s)
	}
	for _, text := range []string{
		``, `{}`, `[]`, `null`, `5`, `{"Version": "2012-10-17"}`, `{"Version": "2012-10-17", "Statement": []}`, `{"Version": "2008-10-17", "Statement": [{%s}]}`, `{"Version": "2024-01-01", "Statement": [{%s}]}`, `{"Version": "", "Statement": [{%s}]}`,
		`{"Statement": [{%s}]}`, `{"Version": "2012-10-17", "Statement": {%s}}`, `{"Version": "2012-10-17", "Id": "x", "Statement": [{%s}]}`, `{"Version": "2012-10-17", "ID": "x", "Statement": [{%s}]}`, `{"Version": "2012-10-17", "Statements": [{%s}]}`,
		`{"Version": "2012-10-17", "Statement": [{%s}], "Statement": []}`, `{"Version": "2012-10-17", "Statement": [{%s}, {%s}]}`, `{"Version": "2012-10-17", "Statement": [{%s},]}`, `// x` + "\n" + `{"Version": "2012-10-17", "Statement": [{%s}]}`, "\ufeff" + `{"Version": "2012-10-17", "Statement": [{%s}]}`, `{"Version": 2012, "Statement": [{%s}]}`, `{"Version": "2012-10-17", "Statement": [5]}`, `{"Version": "2012-10-17", "Statement": [null]}`, `{"Version": "2012-10-17", "Comment": "x", "Statement": [{%s}]}`,
	} {
		out = append(out, strings.ReplaceAll(text, "%s", right))
	}
	return out
}()

// generator makes documents by chance.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 0))} }

func (g generator) one(of ...string) string { return of[g.IntN(len(of))] }

func (g generator) some(of ...string) []string {
	var out []string
	for range 1 + g.IntN(3) {
		if s := g.one(of...); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func (g generator) document() string {
	var statements []map[string]any
	for range 1 + g.IntN(4) {
		s := map[string]any{"Effect": g.one("Allow", "Allow", "Allow", "Deny")}
		actions := g.some("s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject", "s3:*", "s3:Get*", "s3:*Object", "s3:*Object*", "s3:GetObjectVersion", "s3:L*", "s3:?etObject", "*", "s3:DeleteBucket", "s3:GetBucketLocation")
		resources := g.some("arn:aws:s3:::traces", "arn:aws:s3:::traces/*", "arn:aws:s3:::traces*", "*", "arn:aws:s3:::*", "arn:aws:s3:::traces/single-tenant/*", "arn:aws:s3:::trace?", "arn:aws:s3:::${aws:username}", "arn:aws:s3:::traces/${aws:username}/*", "arn:aws:s3:::*2/*", "arn:aws:s3:::T*")
		s[g.one("Action", "Action", "Action", "Action", "NotAction")] = actions
		s[g.one("Resource", "Resource", "Resource", "Resource", "NotResource")] = resources
		if g.IntN(2) == 0 {
			s["Condition"] = g.condition()
		}
		statements = append(statements, s)
	}
	data, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
	if err != nil {
		panic(err)
	}
	return string(data)
}

func (g generator) condition() map[string]any {
	out := map[string]any{}
	for range 1 + g.IntN(2) {
		quantifier := g.one("", "", "", "ForAllValues:", "ForAnyValue:")
		switch g.IntN(6) {
		case 0, 1:
			key := g.one("aws:username", "aws:groups", "aws:principaltype", "jwt:sub", "s3:authType", "s3:prefix", "aws:UserAgent", "s3:signatureversion")
			out[quantifier+g.one("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase")] = map[string]any{
				key: g.some("tempo", "TEMPO", "a", "b", "*", "t*", "User", "", "single-tenant/", "single-*", "${aws:username}", "${aws:userid}", "*minio-go*", "REST-HEADER"),
			}
		case 2:
			out[quantifier+g.one("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "NumericGreaterThanIfExists")] = map[string]any{
				g.one("s3:max-keys", "aws:EpochTime"): g.one("0", "1", "2", "1000", "1780315200"),
			}
		case 3:
			out[g.one("DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals")] = map[string]any{"aws:CurrentTime": g.one("2026-06-01T12:00:00Z", "2025-01-01T00:00:00Z", "2027-01-01T00:00:00+01:00")}
		case 4:
			out[g.one("IpAddress", "NotIpAddress")] = map[string]any{"aws:SourceIp": g.some("10.0.0.0/8", "10.1.2.3", "192.168.0.0/16", "2001:db8::/32", "::/0", "0.0.0.0/0")}
		default:
			out["Null"] = map[string]any{g.one("aws:username", "aws:Referer", "jwt:sub", "s3:LocationConstraint"): g.one("true", "false")}
			out["Bool"] = map[string]any{"aws:SecureTransport": g.one("true", "false")}
		}
	}
	return out
}
