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
	cases := []struct{ old, new, want string }{
		{`"s3:GetObject",`, `"s3:*",`, `s3:* allows`},
		{`"s3:GetObject",`, `"s3:Get*",`, `s3:Get* allows`},
		{`"arn:aws:s3:::traces/*"`, `"arn:aws:s3:::traces*"`, `arn:aws:s3:::traces* allows 7 in traces2`},
		{`"arn:aws:s3:::traces/*"`, `"*"`, `* allows`},
		{`"arn:aws:s3:::traces/*"`, `"arn:aws:s3:::trace?/*", "arn:aws:s3:::traces/*"`, ``},
		{`"s3:GetObject",`, `"s3:GetObject", "s3:ListAllMyBuckets",`, ``},
	}
	for _, c := range cases {
		for _, d := range []Dialect{AWS, Minio} {
			doc := read(t, strings.Replace(documented, c.old, c.new, 1), d)
			var got []string
			for _, s := range doc.Excess(Tempo(use), d) {
				got = append(got, fmt.Sprintf("%s allows %d in %s", s.Pattern.Value, len(s.Actions), s.Bucket))
			}
			t.Logf("%s %s: %q", d, c.new, got)
		}
	}
}
