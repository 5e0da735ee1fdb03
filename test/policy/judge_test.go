package policy

import (
	"fmt"
	"strings"
	"testing"

	minio "github.com/minio/pkg/v3/policy"

	"tracegen.dev/generator/policy"
)

// request is an operation with all that the service knows of it.
type request struct {
	action, bucket, object string
	keys                   map[string][]string // by Minio's names
}

// theirs is Minio's verdict.
func (r request) theirs(p *minio.Policy) bool {
	values := map[string][]string{}
	for k, v := range r.keys {
		_, name, _ := strings.Cut(k, ":")
		values[name] = v
	}
	return p.IsAllowed(minio.Args{AccountName: "tempo", Action: minio.Action(r.action), BucketName: r.bucket, ObjectName: r.object, ConditionValues: values})
}

// ours is that of generator/policy, to which every key is known: those that the
// request does not have are absent.
func (r request) ours(d *policy.Document) policy.Verdict {
	keys := map[string][]string{}
	for _, k := range everyKey {
		keys[strings.ToLower(k)] = nil
	}
	for k, v := range r.keys {
		keys[strings.ToLower(k)] = v
	}
	return d.Decide(policy.Minio, &policy.Request{Action: r.action, Bucket: r.bucket, Object: r.object, Keys: keys}).Verdict
}

// stricter are the documents that Minio stores and we do not read, by our
// message. Each would mean something else than it says, there or at Amazon.
var stricter = []struct{ message, reason string }{
	{"has no element", "Go's decoder takes names in any letter case; IAM does not"},
	{"stands twice", "Go's decoder takes the last of two equal names"},
	{"the policy has no Version", "Minio takes it for 2012-10-17, Amazon for 2008-10-17"},
	{"Statement is empty", "Minio stores a policy that allows nothing"},
	{"the policy has no Statement", "Minio stores a policy that allows nothing"},
	{"without a key", "Minio takes an operator without keys for none"},
	{"which means nothing", "an empty action or resource fits nothing"},
	{"cannot compare", "Minio takes 1, t and TRUE for a truth, and then compares the text"},
	{"is a number, and must be", "Minio takes no numbers there, either"},
	{"is true or false, and must be", "Minio takes no truths there, either"},
	{"the policy is null", "Minio takes it for one without statements"},
	{`the policy's Version is ""`, "Minio takes it for 2012-10-17"},
	{`"arn:aws:s3:::" is no resource`, "Minio reads it, and it fits nothing"},
}

// looser are the documents that Minio refuses and we read, by its message.
var looser = []struct{ message, reason string }{
	{"unsupported admin action", "which administrative actions there are is of no account for S3"},
	{"unsupported KMS action", "which keys' actions there are is of no account for S3"},
	{"type is not KMS", "nor which resources they have"},
}

// compare reads a document by both, and lets both decide. It gives the number of
// verdicts that were compared.
func compare(t *testing.T, text string, requests []request) int {
	t.Helper()
	theirs, err := minio.ParseConfig(strings.NewReader(text))
	ours, faults := policy.Read("p.json", []byte(text), policy.Minio)
	switch {
	case err != nil && ours == nil:
		return 0
	case err != nil:
		if strings.Contains(text, "admin:Nothing") {
			return 0 // as with any unknown one
		}
		for _, d := range looser {
			if strings.Contains(err.Error(), d.message) {
				return 0
			}
		}
		t.Errorf("Minio refuses what we read: %v\n%s", err, text)
		return 0
	case ours == nil:
		for _, f := range faults {
			// Minio does not look at the names of what a statement is not about.
			unread := strings.Contains(f.Message, "is no action that") && strings.Contains(text, "NotAction")
			if !unread && !deliberate(f.Message) {
				t.Errorf("we refuse what Minio reads: %s: %s\n%s", f.At, f.Message, text)
			}
		}
		return 0
	}
	for _, r := range requests {
		want, got := policy.Denied, r.ours(ours)
		if r.theirs(theirs) {
			want = policy.Allowed
		}
		if got != want {
			t.Errorf("%s on %s/%s with %v is %s, and Minio has it %s\n%s", r.action, r.bucket, r.object, r.keys, got, want, text)
			break
		}
	}
	return len(requests)
}

func deliberate(message string) bool {
	for _, d := range stricter {
		if strings.Contains(message, d.message) {
			return true
		}
	}
	return false
}

// TestActions: both know the same actions.
func TestActions(t *testing.T) {
	names := policy.Minio.ActionNames()
	if len(names) < 50 {
		t.Fatalf("only %d actions", len(names))
	}
	for _, name := range names {
		if !minio.Action(name).IsValid() {
			t.Errorf("Minio has no action %s", name)
		}
	}
	// Theirs, which are not exported: those that a policy for everything allows.
	all, err := minio.ParseConfig(strings.NewReader(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for action := range all.IsAllowedActions("b", "o", nil) {
		if !strings.HasPrefix(string(action), "s3:") || action == minio.AllActions {
			continue
		}
		n++
		if doc := fmt.Sprint(names); !strings.Contains(doc, string(action)) {
			t.Errorf("we lack the action %s", action)
		}
	}
	if n < 50 {
		t.Errorf("Minio has only %d actions", n)
	}
}

// TestByHand compares the documents of a list.
func TestByHand(t *testing.T) {
	n := 0
	for _, text := range documents {
		n += compare(t, text, requests)
	}
	t.Logf("%d documents, %d requests, %d verdicts", len(documents), len(requests), n)
	if n < 400*len(requests) {
		t.Errorf("only %d verdicts were compared", n)
	}
}

// TestGenerated compares documents that chance makes, from a seed.
func TestGenerated(t *testing.T) {
	const many = 3000
	g := newGenerator(20260101)
	n, read, conditions := 0, 0, 0
	for range many {
		text := g.document()
		got := compare(t, text, requests)
		if n += got; got > 0 {
			read++
			if strings.Contains(text, "Condition") {
				conditions++
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d documents, of which both read %d, %d with conditions; %d verdicts", many, read, conditions, n)
	if read < many/3 || conditions < many/10 {
		t.Errorf("both read only %d of %d documents, %d with conditions", read, many, conditions)
	}
}
