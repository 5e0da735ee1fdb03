package generator

import (
	"path"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/tree"
)

// TestPolicies asks the bytes of every policy that is emitted, of every profile
// that there is: each operation of Tempo is allowed. Of what was derived, nothing
// else is, and no other bucket.
func TestPolicies(t *testing.T) {
	derived, own := 0, 0
	for _, s := range suites(t) {
		plans, found := s.analyse(t)
		if len(found) > 0 {
			t.Fatalf("found:\n%s", text(s, found))
		}
		files := s.compile(t)
		for _, p := range plans {
			needs, dialects := p.PolicyNeeds(), p.PolicyDialects()
			i := slices.IndexFunc(files, func(f tree.Output) bool {
				return path.Base(f.Path) == "policy.json" && strings.HasPrefix(f.Path, p.Profile+"/")
			})
			if (i >= 0) != (len(needs) > 0) {
				t.Errorf("%s: %d operations, and the place of its policy is %d", p.Profile, len(needs), i)
			}
			if i < 0 {
				continue
			}
			doc, faults := policy.Read(files[i].Path, files[i].Data, dialects[0])
			if len(faults) > 0 {
				t.Errorf("%s: %v", p.Profile, faults)
				continue
			}
			for _, proof := range doc.Prove(needs, dialects...) {
				if proof.Need.Required && proof.Decision.Verdict != policy.Allowed {
					t.Errorf("%s: %s: %s", p.Profile, proof.Need.Request.Action, proof.Decision.Verdict)
				}
			}
			if p.Store.Policy.Own != nil {
				own++
				continue
			}
			derived++
			if more := doc.Excess(needs, dialects...); len(more) > 0 {
				t.Errorf("%s: %v", p.Profile, more)
			}
			otherwise(t, p, doc)
		}
	}
	if derived < 15 || own < 3 {
		t.Errorf("only %d derived policies and %d of users", derived, own)
	}
}

// otherwise asks one by one for what nobody needs, without the compiler's own
// list of neighbours.
func otherwise(t *testing.T, p *plan.Plan, doc *policy.Document) {
	needed := map[string]bool{}
	for _, n := range p.PolicyNeeds() {
		needed[n.Request.Action] = true
	}
	minimal := p.Store.Policy.Kind.Value == "minimal"
	if minimal {
		delete(needed, "s3:GetObjectTagging")
		delete(needed, "s3:PutObjectTagging")
	}
	bucket := p.Store.Bucket.Value
	keys := p.PolicyNeeds()[0].Request.Keys
	for _, d := range p.PolicyDialects() {
		for _, action := range d.ActionNames() {
			for _, b := range []string{bucket, bucket + "2", bucket + "-x", strings.ToUpper(bucket), bucket[1:], bucket + "/" + bucket, ""} {
				for _, object := range []string{"", "a", "single-tenant/a"} {
					if b == bucket && needed[action] {
						continue
					}
					r := &policy.Request{Action: action, Bucket: b, Object: object, Keys: keys}
					if strings.Contains(b, "/") {
						r.Bucket, r.Object = bucket+"2", bucket+"/"+object
					}
					if v := doc.Decide(d, r).Verdict; v != policy.Denied {
						t.Errorf("%s: %s: %s on %s/%s is %s", p.Profile, d, action, r.Bucket, r.Object, v)
					}
				}
			}
		}
	}
}
