package path

import (
	"encoding/json"
	"fmt"
	"slices"

	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/tree"
)

// Operation is what Tempo does in its bucket, and what the policy says of it.
type Operation struct {
	Who     string `json:"who"`    // such as compactor
	What    string `json:"what"`   // such as "list the tenants"
	Action  string `json:"action"` // such as s3:ListBucket
	Verdict string `json:"verdict"`
	Needed  bool   `json:"needed"` // or else the part does without
}

// rights is the last hop: what the user may do in the bucket, asked of the policy
// that the store is really given, for every operation of the pinned Tempo. It is
// nil where no policy binds Tempo, or the tree has none.
func (f *follower) rights(bucket string) *Hop {
	dialects, needs := f.PolicyDialects(), f.PolicyNeeds()
	if len(dialects) == 0 || len(needs) == 0 {
		return nil
	}
	if i := slices.IndexFunc(f.hops, func(h *Hop) bool { return h.ID == "policy" }); i >= 0 {
		return f.hops[i]
	}
	data, says, other := f.policyBytes()
	if data == nil {
		return nil
	}
	s := f.Store
	user := "user " + s.Policy.Name.Value
	if s.Policy.Name.Value == "" {
		user = "Tempo's user"
	}
	h := f.hop(user, bucket, "policy")
	h.ID = "policy"
	h.Address = s.Policy.BucketARN.Value
	h.know(s.Policy.Kind.Origin, s.Policy.BucketARN.Origin)
	for _, l := range says {
		h.say(l)
	}
	blame := says[0]
	doc, faults := policy.Read(blame.at, data, dialects[0])
	if doc == nil {
		h.fail(blame, other, "%s is no policy: %s", blame.at, faults[0].Message)
		return h
	}
	for _, p := range doc.Prove(needs, dialects...) {
		verdict := map[policy.Verdict]string{policy.Allowed: "allowed", policy.Depends: "depends on the request"}[p.Decision.Verdict]
		if verdict == "" {
			verdict = "denied"
		}
		h.Operations = append(h.Operations, Operation{p.Need.Component, p.Need.What, p.Need.Request.Action, verdict, p.Need.Required})
		if p.Need.Required && p.Decision.Verdict != policy.Allowed {
			h.fail(blame, other, "%s does not allow %s, which %s needs to %s", blame.at, p.Need.Request.Action, p.Need.Component, p.Need.What)
		}
	}
	h.Listens = fmt.Sprintf("%d operations of Tempo's", len(needs))
	return h
}

// policyBytes is the policy that the store is given, as JSON, and where it stands:
// in the values of Minio's chart, or in a file for the administrator.
func (f *follower) policyBytes() ([]byte, []leaf, *node) {
	s := f.Store
	if s.Placement != "cluster" {
		for _, name := range []string{"minio/policy.json", "s3/policy.json"} {
			if root := f.root(name); root != nil {
				return (&tree.File{Body: tree.JSON{Root: root}}).Encode(), f.words(f.file(name, "Statement"), "Action", "Resource"), nil
			}
		}
		return nil, nil, nil
	}
	list := f.keyed(s.Release, "policiesKey", "")
	for i := range items(list) {
		if under(list, i, "name").text() != s.Policy.Name.Value {
			continue
		}
		statements := under(list, i, "statements")
		var out []any
		for j := range items(statements) {
			out = append(out, statement(plain(items(statements)[j])))
		}
		data, err := json.Marshal(map[string]any{"Version": policy.Version, "Statement": out})
		if err != nil {
			break
		}
		return data, append(f.words(statements, "actions", "resources"), under(list, i, "name")), f.node(s.Release)
	}
	return []byte("{}"), []leaf{list}, f.node(s.Release)
}

// words are the places of what the statements of a policy say.
func (f *follower) words(statements leaf, keys ...string) []leaf {
	out := []leaf{}
	for i := range items(statements) {
		for _, key := range keys {
			list := under(statements, i, key)
			for j := range items(list) {
				out = append(out, at(list, j))
			}
		}
	}
	return append(out, leaf{at: statements.at, release: statements.release})
}

// statement turns the words of Minio's chart into those of a policy.
func statement(v any) map[string]any {
	out := map[string]any{"Effect": "Allow"}
	in, _ := v.(map[string]any)
	for key, word := range map[string]string{"effect": "Effect", "actions": "Action", "resources": "Resource"} {
		if in[key] != nil {
			out[word] = in[key]
		}
	}
	conditions := map[string]any{}
	list, _ := in["conditions"].([]any)
	for _, c := range list {
		operators, _ := c.(map[string]any)
		for name, text := range operators {
			text, _ := text.(string)
			conditions[name] = json.RawMessage("{" + text + "}")
		}
	}
	if len(conditions) > 0 {
		out["Condition"] = conditions
	}
	return out
}
