package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/topology"
)

// policyOverride proves the policy that the user's values give to Minio's chart
// in the place of what is emitted: a list replaces a list.
func (c *Context) policyOverride(needs []policy.Need) {
	r := c.Store.Release
	if r == nil || r.Chart == nil || r.Values.State != topology.Given {
		return
	}
	list, ok := plan.ValueAt(r.Values, r.Str("policiesKey").Value)
	if !ok || list.Kind != topology.ListValue {
		return
	}
	i := slices.IndexFunc(list.Items, func(v topology.Value) bool {
		name, _ := plan.ValueAt(topology.Open{Value: v, State: topology.Given}, "name")
		return name.Scalar == c.Store.Policy.Name.Value
	})
	at := list.Place
	doc := &policy.Document{}
	if i >= 0 {
		at = list.Items[i].Place
		statements, _ := plan.ValueAt(topology.Open{Value: list.Items[i], State: topology.Given}, "statements")
		for _, v := range statements.Items {
			s, err := statementOf(v)
			if err != "" {
				c.Report(v.Place, diag.Diagnostic{Message: "Minio would refuse the statement: " + err, Help: `leave policies out of values, and write store: policyFile: "…", a file of your own`}, c.Store.User)
				return
			}
			doc.Statements = append(doc.Statements, s)
		}
	}
	var denied []policy.Proof
	for _, p := range doc.Prove(needs, policy.Minio) {
		if p.Need.Required && p.Decision.Verdict != policy.Allowed {
			denied = append(denied, p)
		}
	}
	if len(denied) == 0 {
		return
	}
	first := denied[0]
	c.Report(at, diag.Diagnostic{
		Message: fmt.Sprintf("the policy that these values give does not allow %s, which %s needs to %s: %s", strings.Join(actionsOf(denied), ", "), who(first.Need.Component), first.Need.What, first.Need.Symptom),
		Help:    `leave policies out of values; where the derived policy will not do, write store: policyFile: "…", a file of your own`,
	}, c.Store.User, c.Store.Bucket)
}

// statementOf reads a statement in the words of Minio's chart as the server will
// see it.
func statementOf(v topology.Value) (*policy.Statement, string) {
	out := map[string]any{"Effect": "Allow"}
	for _, f := range v.Fields {
		switch f.Name {
		case "effect":
			out["Effect"] = f.Value.Scalar
		case "actions", "resources":
			var texts []any
			for _, item := range f.Value.Items {
				texts = append(texts, item.Scalar)
			}
			out[map[string]string{"actions": "Action", "resources": "Resource"}[f.Name]] = texts
		case "conditions":
			conditions := map[string]any{}
			for _, item := range f.Value.Items {
				for _, op := range item.Fields {
					text, _ := op.Value.Scalar.(string)
					conditions[op.Name] = json.RawMessage("{" + text + "}")
				}
			}
			out["Condition"] = conditions
		}
	}
	data, err := json.Marshal(map[string]any{"Version": policy.Version, "Statement": []any{out}})
	if err != nil {
		return nil, "its conditions are not JSON"
	}
	doc, faults := policy.Read("values", data, policy.Minio)
	if doc == nil {
		return nil, faults[0].Message
	}
	return doc.Statements[0], ""
}
