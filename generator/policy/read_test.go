package policy

import (
	"fmt"
	"strings"
	"testing"
)

// TestFaults puts one mistake into a document, and wants its place and words.
func TestFaults(t *testing.T) {
	cases := []struct {
		old, new string // § marks the place
		dialect  Dialect
		want     string // of message and help
	}{
		{documented, "§", AWS, "it ends where a value should be"},
		{documented, documented[:len(documented)-3] + "§", AWS, `it ends where "," or "}" should be`},
		{documented, "// a\n" + documented, AWS, `not JSON: '/' stands where a value`},
		{documented, documented + "§{}", AWS, "stands where the end should be"},
		{documented, strings.Repeat("[", maxDepth+1) + "§[", Minio, "nested more than 16 deep"},
		{documented, "§\ufeff{}", AWS, "byte order mark"},
		{"TempoPermissions", "§\xff", AWS, "not UTF-8"},
		{"TempoPermissions", "Tempo§\nPermissions", AWS, "not closed on its line"},
		{`"TempoPermissions"`, `§"\x"`, AWS, "an escape that JSON does not know"},
		{`"TempoPermissions"`, `§-`, AWS, "- is not a number"},
		{documented, "§[]", AWS, "the policy is a list"},
		{`  "Version": "2012-10-17",`, ``, AWS, `no Version: Amazon takes it`},
		{`"Version"`, `"Version": "2012-10-17", §"Version"`, AWS, `"Version" stands twice`},
		{`"2012-10-17"`, `§2012`, AWS, "Version is a number"},
		{`"Version"`, `"Id": §5, "Version"`, AWS, "Id is a number"},
		{`"Sid": "TempoPermissions"`, `"Sid": §"a b"`, AWS, `Amazon takes no Sid such as "a b"`},
		{`"Allow"`, `§"allow"`, AWS, `Effect is "allow" | write "Allow"`},
		{"{\n      \"Sid\": \"TempoPermissions\",\n      \"Effect\": \"Allow\",", `§{`, AWS, "the statement has no Effect"},
		{`"Action"`, `"NotAction"`, AWS, ``},
		{`"Action"`, `§"NotAction": "s3:*", "Action"`, Minio, "Action and NotAction stand in one"},
		{`"Resource": ["arn:aws:s3:::traces/*", "arn:aws:s3:::traces"]`, `"Resource": §[]`, Minio, "Resource is empty"},
		{`"s3:PutObject"`, `§""`, AWS, "which means nothing"},
		{`"s3:PutObject"`, `§5`, AWS, "Action is a number"},
		{`"s3:PutObject"`, `§"s3:Put` + strings.Repeat("*x", maxPattern) + `"`, AWS, "nothing that it could mean has more than 2048"},
		{`"s3:PutObject"`, `§"s3:PutObjects"`, AWS, `no action that Amazon knows | write "s3:PutObject"`},
		{`"s3:PutObject"`, `"s3:CreateJob"`, AWS, ``},
		{`"s3:PutObject"`, `"kms:Decrypt"`, AWS, ``},
		{`"s3:PutObject"`, `"s3:GetObjectAcl"`, AWS, ``},
		{`"s3:PutObject"`, `§"s3:GetObjectAcl"`, Minio, `no action that Minio knows`},
		{`"s3:PutObject"`, `§"admin:*"`, Minio, "in one statement, which Minio refuses"},
		{`"s3:PutObject"`, `§"*"`, Minio, `refuses others beside it | write "s3:*"`},
		{`"arn:aws:s3:::traces"`, `§"traces"`, Minio, `no resource that Minio knows | write "arn:aws:s3:::traces"`},
		{`"arn:aws:s3:::traces"`, `§"s3://traces"`, AWS, `write "arn:aws:s3:::traces"`},
		{`"arn:aws:s3:::traces"`, `§"arn:aws:s3:::/traces"`, AWS, `write "arn:aws:s3:::traces"`},
		{`"arn:aws:s3:::traces"`, `§"arn:amazon:s3:::traces"`, AWS, `aws, aws-cn, aws-us-gov`},
		{`"Effect"`, `"Condition": §{}, "Effect"`, AWS, "without an operator"},
		{`"Effect"`, `"Condition": {§"StringEqual": {"a:b": "c"}}, "Effect"`, AWS, `no operator that Amazon knows | write "StringEquals"`},
		{`"Effect"`, `"Condition": {"StringEquals": {§"SourceIp": "c"}}, "Effect"`, AWS, `no key of a condition`},
		{`"Effect"`, `"Condition": {"StringEquals": {§"aws:Username": "c"}}, "Effect"`, Minio, `write "aws:username"`},
		{`"Effect"`, `"Condition": {"StringEquals": {§"s3:prefix": "c"}}, "Effect"`, Minio, "Minio refuses a condition on s3:prefix for s3:PutObject"},
		{`"Effect"`, `"Condition": {"StringEquals": {"aws:username": "c", §"aws:username": "d"}}, "Effect"`, Minio, "stands twice under StringEquals"},
		{`"Effect"`, `"Condition": {"StringEquals": {"aws:username": ["c", §"c"]}}, "Effect"`, Minio, "twice, which Minio refuses"},
		{`"Effect"`, `"Condition": {"StringEquals": {"aws:username": §[]}}, "Effect"`, Minio, "has no value"},
		{`"Effect"`, `"Condition": {"IpAddress": {"aws:SourceIp": §"10.0.0.0/40"}}, "Effect"`, AWS, `write a network such as`},
		{`"Effect"`, `"Condition": {"NumericEquals": {"s3:max-keys": §"many"}}, "Effect"`, AWS, `write a number`},
		{`"Effect"`, `"Condition": {"DateLessThan": {"aws:CurrentTime": §"tomorrow"}}, "Effect"`, AWS, `write a time such as`},
		{`"Effect"`, `"Condition": {"DateLessThan": {"aws:CurrentTime": "2030-01-01"}}, "Effect"`, AWS, ``},
		{`"Effect"`, `"Condition": {"Bool": {"aws:SecureTransport": §["true", "false"]}}, "Effect"`, AWS, `takes one value`},
		{documented, "§{}", AWS, "no Version | no Statement"},
		{documented, "§" + strings.Repeat(" ", MaxSize+1), Minio, "no more than 262272"},
		{`"TempoPermissions"`, `"` + strings.Repeat("a", awsSize) + `"`, AWS, "Amazon stores no more than 6144"},
		{`"TempoPermissions"`, `"` + strings.Repeat("a", awsSize) + `"`, Minio, ""},
	}
	for _, c := range cases {
		text := strings.Replace(documented, c.old, c.new, 1)
		line, column := 1, 1
		if before, after, ok := strings.Cut(text, "§"); ok {
			text = before + after
			line, column = 1+strings.Count(before, "\n"), len(before)-strings.LastIndex(before, "\n")
		}
		_, faults := Read("p.json", []byte(text), c.dialect)
		if c.want == "" {
			if len(faults) > 0 {
				t.Errorf("%.80q: %v", c.new, faults)
			}
			continue
		}
		if len(faults) != 1 {
			t.Errorf("%.80q: %d faults: %v", c.new, len(faults), faults)
			continue
		}
		f := faults[0]
		for _, part := range strings.Split(c.want, " | ") {
			if !strings.Contains(f.Message+"\x00"+f.Help, part) {
				t.Errorf("%.80q: %q, with the help %q, lacks %q", c.new, f.Message, f.Help, part)
			}
		}
		if f.At.Line != line || f.At.Column != column {
			t.Errorf("%.80q: found at %s, not at %d:%d", c.new, f.At, line, column)
		}
	}
}

// TestOpen: what hangs on something is seen wherever it stands.
func TestOpen(t *testing.T) {
	const (
		maybeAllow = `{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}`
		maybeDeny  = `{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}`
		allow      = `{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`
		deny       = `{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}`
		other      = `{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::other/*"}`
	)
	for _, c := range []struct {
		statements []string
		want       string
	}{
		{[]string{maybeAllow}, "depends on 0"},
		{[]string{maybeAllow, allow}, "allowed on 1"},
		{[]string{allow, maybeDeny}, "depends on 1"},
		{[]string{maybeAllow, maybeDeny, allow}, "depends on 1"},
		{[]string{maybeDeny, other}, "denied on -1"},
		{[]string{maybeAllow, maybeDeny}, "depends on 1"},
		{[]string{maybeAllow, deny, allow}, "denied on 1"},
		{[]string{other}, "denied on -1"},
	} {
		for _, d := range []Dialect{AWS, Minio} {
			doc := read(t, `{"Version": "2012-10-17", "Statement": [`+strings.Join(c.statements, ", ")+`]}`, d)
			got := doc.Decide(d, &Request{Action: "s3:GetObject", Bucket: "traces", Object: "a"})
			at := -1
			for i, s := range doc.Statements {
				if s == got.Statement {
					at = i
				}
			}
			if s := fmt.Sprintf("%s on %d", got.Verdict, at); s != c.want {
				t.Errorf("%s: %s, not %s: %v", d, s, c.want, c.statements)
			}
		}
	}
}

// TestNeeds: what Tempo is told changes what it does.
func TestNeeds(t *testing.T) {
	all := func(u Use) string {
		var out []string
		for _, n := range Tempo(u) {
			out = append(out, fmt.Sprintf("%s %s %s %s %v", n.Component, n.Request.Action, n.Request.Object, n.Request.Keys["s3:prefix"], n.Required))
		}
		return strings.Join(out, "\n")
	}
	has := func(u Use, want string) {
		t.Helper()
		if got := all(u); !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	plain := Use{Bucket: "traces", Region: true}
	has(plain, "tempo s3:ListBucket  [] true")
	has(plain, "tempo s3:ListBucket  [single-tenant/] true")
	has(plain, "tempo s3:PutObjectTagging single-tenant/9bd3b3f6-7ef7-4ae8-a3a5-4bd9dd2f7b8f/meta.json [] false")
	if strings.Contains(all(plain), "GetBucketLocation") {
		t.Error("it asks for a region that it is told")
	}
	has(Use{Bucket: "traces"}, "tempo s3:GetBucketLocation  [] false")
	tagged := plain
	tagged.Tags = true
	has(tagged, "s3:PutObjectTagging single-tenant/9bd3b3f6-7ef7-4ae8-a3a5-4bd9dd2f7b8f/meta.json [] true")
	below := plain
	below.Prefix = "team/a"
	has(below, "tempo s3:ListBucket  [team/a] true")
	has(below, "tempo s3:ListBucket  [team/a/single-tenant/] true")
	has(below, "tempo s3:DeleteObject team/a/single-tenant/")
	parts := plain
	parts.Parts = []string{"distributor", "ingester", "querier", "queryFrontend", "compactor"}
	has(parts, "distributor s3:ListBucket  [] true")
	has(parts, "querier s3:GetObject")
	has(parts, "compactor s3:DeleteObject")
	parts.Parts = []string{"distributor", "querier", "backendScheduler", "backendWorker", "blockBuilder", "liveStore"}
	has(parts, "blockBuilder s3:PutObject")
	has(parts, "backendWorker s3:DeleteObject")
}

// TestBothMustAllow: where it is not known whose rules hold, one that denies
// counts, in whatever order they come.
func TestBothMustAllow(t *testing.T) {
	doc := read(t, strings.Replace(documented, `, "arn:aws:s3:::traces"`, "", 1), Minio)
	for _, dialects := range [][]Dialect{{AWS, Minio}, {Minio, AWS}} {
		for _, p := range doc.Prove(Tempo(use), dialects...) {
			want := Allowed
			if p.Need.Request.Action == "s3:ListBucket" {
				want = Denied
			}
			if p.Need.Required && p.Decision.Verdict != want {
				t.Errorf("%v: %s is %s", dialects, p.Need.Request.Action, p.Decision.Verdict)
			}
		}
	}
	// A star in the middle of an ARN ends at the next colon.
	if matchARN("arn:*:traces/*", "arn:aws:s3:::traces/a") || !matchARN("arn:*:s3:*:*:traces/*", "arn:aws:s3:::traces/a:b") {
		t.Error("a star has reached over a colon, or not over one of the key")
	}
	// Below a prefix, too, nothing more is allowed than is needed.
	below := use
	below.Prefix = "team"
	doc = read(t, strings.NewReplacer("traces/*", "traces/team/*", "s3:GetObject\"", "s3:GetObject*\"").Replace(documented), AWS)
	if more := doc.Excess(Tempo(below), AWS); len(more) != 1 || more[0].Pattern.Value != "s3:GetObject*" {
		t.Errorf("below a prefix: %v", more)
	}
	// What only may be forbidden is allowed by another statement, which is to
	// blame.
	doc = read(t, `{"Version": "2012-10-17", "Statement": [`+
		`{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},`+"\n"+
		`{"Effect": "Allow", "Action": "s3:DeleteBucket", "Resource": "*"}]}`, AWS)
	if more := doc.Excess(Tempo(use), AWS); len(more) != 1 || more[0].Pattern.Value != "s3:DeleteBucket" || more[0].Pattern.At.Line != 2 {
		t.Errorf("to blame is %v", more)
	}
}
