package policy

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	minio "github.com/minio/pkg/v3/policy"

	"tracegen.dev/generator/policy"
)

// TestEmitted lets Minio read every policy that a golden case has for it: it
// allows what Tempo needs, and both judge every further action alike.
func TestEmitted(t *testing.T) {
	files, err := filepath.Glob("../../golden/*/want/*/minio/policy.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := minio.ParseConfig(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		ours, faults := policy.Read(file, data, policy.Minio)
		if ours == nil {
			t.Errorf("%s: %v", file, faults)
			continue
		}
		known := map[string][]string{
			"aws:username": {"tempo"}, "aws:principaltype": {"User"}, "s3:signatureversion": {"AWS4-HMAC-SHA256"}, "aws:SecureTransport": {"true"},
		}
		for _, action := range policy.Minio.ActionNames() {
			for _, at := range [][2]string{{bucketOf(ours), "a"}, {bucketOf(ours), ""}, {bucketOf(ours) + "2", "a"}, {"another", ""}} {
				r := request{action, at[0], at[1], known}
				want := policy.Denied
				if r.theirs(theirs) {
					want = policy.Allowed
				}
				if got := r.ours(ours); got != want {
					t.Errorf("%s: %s on %s/%s is %s, and Minio has it %s", file, action, at[0], at[1], got, want)
				}
			}
		}
		for _, n := range policy.Tempo(policy.Use{Bucket: bucketOf(ours), Region: true, User: "tempo", TLS: true}) {
			r := request{n.Request.Action, n.Request.Bucket, n.Request.Object, known}
			if n.Required && !r.theirs(theirs) {
				t.Errorf("%s: Minio denies %s, to %s", file, n.Request.Action, n.What)
			}
		}
	}
	if len(files) < 10 {
		t.Errorf("only %d policies", len(files))
	}
}

// bucketOf gives the bucket that a policy is about.
func bucketOf(d *policy.Document) string {
	for _, s := range d.Statements {
		for _, r := range s.Resources.Patterns {
			name := r.Value[len("arn:aws:s3:::"):]
			if filepath.Base(name) == name && !s.Deny {
				return name
			}
		}
	}
	return ""
}
