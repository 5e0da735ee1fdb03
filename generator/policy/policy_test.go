package policy

import (
	"fmt"
	"strings"
	"testing"
)

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

var use = Use{Bucket: "traces", Region: true, User: "tempo"}

// read reads a document that must be right.
func read(t *testing.T, text string, d Dialect) *Document {
	t.Helper()
	doc, faults := Read("p.json", []byte(text), d)
	if len(faults) > 0 {
		t.Fatalf("%s: %v\n%s", d, faults, text)
	}
	return doc
}

// TestDocumented: what Tempo's documentation has allows all that it does, and
// nothing else.
func TestDocumented(t *testing.T) {
	for _, d := range []Dialect{AWS, Minio} {
		doc := read(t, documented, d)
		for _, tags := range []bool{false, true} {
			u := use
			u.Tags = tags
			for _, p := range doc.Prove(Tempo(u), d) {
				if p.Decision.Verdict != Allowed && p.Need.Required {
					t.Errorf("%s: %s: %s", d, p.Need.Request.Action, p.Decision.Verdict)
				}
			}
		}
		if got := doc.Excess(Tempo(use), d); len(got) > 0 {
			t.Errorf("%s: %v", d, got)
		}
	}
}

// TestNeeded leaves one action out at a time.
func TestNeeded(t *testing.T) {
	for action, wants := range map[string]bool{"s3:PutObject": true, "s3:GetObject": true, "s3:ListBucket": true, "s3:DeleteObject": true, "s3:GetObjectTagging": false, "s3:PutObjectTagging": false} {
		for _, d := range []Dialect{AWS, Minio} {
			doc := read(t, strings.Replace(documented, `"`+action+`"`, `"s3:GetObjectRetention"`, 1), d)
			missing := 0
			for _, p := range doc.Prove(Tempo(use), d) {
				if p.Decision.Verdict != Allowed && p.Need.Required {
					missing++
					if p.Need.Request.Action != action {
						t.Errorf("%s is denied without %s", p.Need.Request.Action, action)
					}
					if at := doc.Blame(p, d); at.Line != 7 {
						t.Errorf("%s is blamed on %s", action, at)
					}
				}
			}
			if (missing > 0) != wants {
				t.Errorf("without %s, %d operations are denied", action, missing)
			}
		}
	}
}

// TestExcess widens the policy.
func TestExcess(t *testing.T) {
	cases := []struct {
		old, new   string
		aws, minio string
	}{
		{`"s3:GetObject",`, `"s3:*",`, "s3:* allows 75 in ", "s3:* allows 50 in "},
		{`"s3:GetObject",`, `"s3:Get*",`, "s3:Get* allows 33 in ", "s3:Get* allows 18 in "},
		{`"s3:GetObject",`, `"s3:GetObject", "s3:DeleteObjectVersion",`, "s3:DeleteObjectVersion allows 1 in ", "s3:DeleteObjectVersion allows 1 in "},
		{`"s3:GetObject",`, `"s3:GetObject", "s3:AbortMultipartUpload",`, "", ""},
		{`"s3:GetObject",`, `"s3:GetObject", "s3:ListAllMyBuckets",`, "", ""}, // which takes another resource
		{`"arn:aws:s3:::traces/*"`, `"arn:aws:s3:::traces*"`, "arn:aws:s3:::traces* allows 6 in traces2", "arn:aws:s3:::traces* allows 6 in traces2"},
		{`"arn:aws:s3:::traces/*"`, `"*"`, "* allows 6 in traces2", "* allows 6 in traces2"},
		{`"arn:aws:s3:::traces/*"`, `"arn:aws:s3:::trace?/*", "arn:aws:s3:::traces/*"`, "arn:aws:s3:::trace?/* allows 5 in trace0", "arn:aws:s3:::trace?/* allows 6 in trace0"},
		{`"arn:aws:s3:::traces/*"`, `"arn:aws:s3:::traces/*", "arn:aws:s3:::TRACES/*"`, "arn:aws:s3:::TRACES/* allows 5 in TRACES", "arn:aws:s3:::TRACES/* allows 6 in TRACES"},
	}
	for _, c := range cases {
		for d, want := range map[Dialect]string{AWS: c.aws, Minio: c.minio} {
			doc := read(t, strings.Replace(documented, c.old, c.new, 1), d)
			var got []string
			for _, s := range doc.Excess(Tempo(use), d) {
				got = append(got, fmt.Sprintf("%s allows %d in %s", s.Pattern.Value, len(s.Actions), s.Bucket))
			}
			if strings.Join(got, "; ") != want {
				t.Errorf("%s: with %s: %q, not %q", d, c.new, got, want)
			}
		}
	}
}

// TestDecide runs a table of single statements against single requests.
func TestDecide(t *testing.T) {
	get := Request{Action: "s3:GetObject", Bucket: "traces", Object: "a/b", Keys: map[string][]string{"aws:username": {"tempo"}, "s3:prefix": nil, "aws:securetransport": {"true"}}}
	list := Request{Action: "s3:ListBucket", Bucket: "traces", Keys: map[string][]string{"s3:prefix": {"a/"}, "s3:max-keys": nil}}
	china := Request{Action: "s3:GetObject", Bucket: "traces", Object: "a", Keys: map[string][]string{partitionKey: {"aws-cn"}}}
	cases := []struct {
		statement  string
		request    Request
		aws, minio string // what each has; "refused" where it would not store it
	}{
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::traces/*"`, get, "allowed", "allowed"},
		{`"Effect": "Allow", "Action": "S3:getobject", "Resource": "arn:aws:s3:::traces/*"`, get, "allowed", "refused"},
		{`"Effect": "Allow", "Action": "s3:GetObjectVersion", "Resource": "arn:aws:s3:::traces/*"`, get, "denied", "allowed"},
		{`"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::traces/*"`, list, "denied", "allowed"},
		{`"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::traces"`, list, "allowed", "allowed"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::traces"`, get, "denied", "denied"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::traces/${aws:username}/*"`, get, "denied", "denied"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::traces/${aws:userid}/*"`, get, "depends", "depends"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/${aws:userid}/*"`, get, "denied", "denied"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-cn:s3:::traces/*"`, china, "allowed", "refused"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::traces/*"`, china, "denied", "allowed"},
		{`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:*:s3:::traces/*"`, china, "allowed", "refused"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}`, get, "depends", "depends"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}`, get, "allowed", "allowed"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}`, get, "denied", "denied"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"AWS:UserName": "tempo"}}`, get, "allowed", "refused"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEqualsIfExists": {"s3:prefix": "x"}}`, get, "allowed", "refused"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericNotEquals": {"s3:max-keys": "5"}}`, list, "allowed", "denied"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/tempo"}}`, get, "depends", "refused"},
		{`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": ["a/", "${*}"]}}`, list, "allowed", "allowed"},
		{`"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::other/*"`, get, "denied", "allowed"},
		{`"Effect": "Allow", "NotAction": "s3:Delete*", "NotResource": "arn:aws:s3:::other/*"`, get, "allowed", "allowed"},
		{`"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"`, get, "denied", "denied"},
	}
	for _, c := range cases {
		for d, want := range map[Dialect]string{AWS: c.aws, Minio: c.minio} {
			got := "refused"
			if doc, _ := Read("p.json", []byte(`{"Version": "2012-10-17", "Statement": [{`+c.statement+`}]}`), d); doc != nil {
				got = doc.Decide(d, &c.request).Verdict.String()
			}
			if got != want {
				t.Errorf("%s has %s, not %s: %s on %s/%s\n%s", d, got, want, c.request.Action, c.request.Bucket, c.request.Object, c.statement)
			}
		}
	}
}
