package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/topology"
)

// CodePolicy is that of a policy of the user's own that cannot be used.
const CodePolicy = "TG081"

var policyFile = &Rule{
	Code: CodePolicy,
	Name: "policy document",
	Doc:  "the file of policyFile is one that the store would keep, and reaches it",
	Run: func(c *Context) {
		p := c.Store.Policy
		if p.File.State != topology.Given {
			return
		}
		s := c.Topology.Store.S3
		if s != nil && (s.Provider.Value == "garage" || s.Provider.Value == "seaweedfs") {
			c.Report(p.File.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%s knows no policies, so the file would be of no account: its script gives the user the rights", s.Provider.Value),
				Help:    "leave it out",
			}, leaf(s.Provider), leaf(p.File.String))
			return
		}
		if p.File.Fault != "" {
			c.Report(p.File.Place, diag.Diagnostic{
				Message: fmt.Sprintf("the policy %s cannot be read: %s", p.File.Value, p.File.Fault),
				Help:    "write the path of a file that lies in the workspace, seen from it, such as \"policies/tempo.json\"",
			}, leaf(p.File.String))
			return
		}
		for _, f := range p.Faults {
			c.reportIn(f.At, diag.Diagnostic{Message: f.Message, Help: f.Help})
		}
		if kind := p.Kind; s == nil && c.policyGiven() {
			c.Report(said(kind), diag.Diagnostic{
				Message: fmt.Sprintf("policy is %q, and policyFile takes its place: it would be ignored", kind.Value),
				Help:    "leave one of the two out",
				Related: c.namedHere(),
			}, kind, leaf(p.File.String))
		}
		c.chartTakes()
	},
}

// policyGiven reports whether the input says policy, too.
func (c *Context) policyGiven() bool {
	t := c.Topology.Store
	return t.MinioExternal != nil && t.MinioExternal.Policy.State == topology.Given ||
		t.MinioCluster != nil && t.MinioCluster.Policy.State == topology.Given ||
		t.AWS != nil && t.AWS.Policy.State == topology.Given
}

// namedHere points to the line that names the user's document.
func (c *Context) namedHere() []diag.Related {
	return []diag.Related{{Message: "policyFile names the document", Position: c.Store.Policy.File.Position}}
}

// reportIn adds a finding at a place of the user's document.
func (c *Context) reportIn(at diag.Position, d diag.Diagnostic, restsOn ...fact.Any) {
	d.Related = append(d.Related, c.namedHere()...)
	file := c.Store.Policy.File
	c.Report(topology.Place{Path: file.Path, Position: at}, d, append(restsOn, leaf(file.String))...)
}

// chartTakes reports what Minio's chart cannot write into a policy.
func (c *Context) chartTakes() {
	r, own := c.Store.Release, c.Store.Policy.Own
	if r == nil || r.Chart == nil || own == nil {
		return
	}
	effect, conditions := r.Bool("policyEffect"), r.Bool("policyConditions")
	for _, s := range own.Statements {
		for _, l := range []policy.List{s.Actions, s.Resources} {
			if l.Not {
				c.reportIn(l.At, diag.Diagnostic{
					Message: "the chart of Minio has no value for NotAction or NotResource, so that this would not reach it",
					Help:    `write what it is about, as "Action" and "Resource"; and what not, with "Effect": "Deny"`,
				})
			}
		}
		if s.Deny && !effect.Value {
			c.reportIn(s.At, diag.Diagnostic{
				Message: fmt.Sprintf("the chart minio %s writes each statement as one that allows: this would allow what it says to deny", r.Version.Value),
				Help:    "write " + r.Pin(r.With("policyEffect", true)) + ", or allow no more than is needed, so that nothing is to be denied",
			}, effect)
		}
		if len(s.Conditions) > 0 && !conditions.Value {
			c.reportIn(s.Conditions[0].At, diag.Diagnostic{
				Message: fmt.Sprintf("the chart minio %s leaves the condition out, so that the statement would hold for every request", r.Version.Value),
				Help:    "write " + r.Pin(r.With("policyConditions", true)) + ", or write it without",
			}, conditions)
		}
	}
}

var policyNeeds = &Rule{
	Code: "TG082",
	Name: "needed by Tempo",
	Doc:  "the policy allows every operation that Tempo carries out in its bucket",
	Run: func(c *Context) {
		needs, dialects := c.PolicyNeeds(), c.PolicyDialects()
		doc := c.PolicyDocument()
		if doc == nil || len(needs) == 0 || c.policyUnsure() {
			return
		}
		c.policyOverride(needs)
		var places []diag.Position
		denied := map[diag.Position][]policy.Proof{}
		for _, p := range doc.Prove(needs, dialects...) {
			if p.Decision.Verdict == policy.Allowed || !p.Need.Required {
				continue
			}
			at := diag.Position{}
			if c.Store.Policy.Own != nil {
				at = doc.Blame(p, dialects...)
			}
			if !slices.Contains(places, at) {
				places = append(places, at)
			}
			denied[at] = append(denied[at], p)
		}
		for _, at := range places {
			if at.IsValid() {
				c.reportIn(at, c.deniedByFile(denied[at]))
			} else {
				c.deniedByKind(denied[at])
			}
		}
	},
}

// policyUnsure reports whether the policy, or what is asked of it, rests on what
// has a finding of its own.
func (c *Context) policyUnsure() bool {
	s := c.Store
	unsure := s.Bucket.Poisoned || s.User.Poisoned || s.Policy.Partition.Poisoned || s.Endpoint.TLS.Poisoned || s.Policy.Kind.Poisoned
	return unsure || s.Policy.File.State == topology.Poisoned || c.Tempo.Values.State == topology.Poisoned || c.Tempo.Version.Poisoned
}

// deniedByFile is the finding about one place of the user's document.
func (c *Context) deniedByFile(proofs []policy.Proof) diag.Diagnostic {
	first := proofs[0]
	actions := actionsOf(proofs)
	by := "the policy does not allow"
	help := "add to Statement: " + c.statement(proofs)
	switch cond, st := first.Decision.Condition, first.Decision.Statement; {
	case cond != nil:
		by = fmt.Sprintf("it depends on %s, which nobody knows before the request is made, whether the policy allows", cond.Key)
		help = `leave the condition out; or, where you know that it holds, write ignore: TG082: "…", the reason`
		if st.Deny {
			help = `leave the condition out, or the statement; or, where you know that it does not hold, write ignore: TG082: "…", the reason`
		}
	case first.Decision.Verdict == policy.Depends:
		by = "it depends on a variable, which nobody knows before the request is made, whether the policy allows"
		help = "write the name in its place"
	case st != nil && st.Deny:
		by = "the statement denies"
		help = "leave " + strings.Join(actions, ", ") + " out of what it denies, or the bucket out of its resources"
	}
	return diag.Diagnostic{
		Message: fmt.Sprintf("%s %s, which %s needs to %s: %s", by, strings.Join(actions, ", "), who(first.Need.Component), first.Need.What, first.Need.Symptom),
		Help:    help,
	}
}

// who names a part of Tempo in a sentence.
func who(component string) string {
	if component == "tempo" {
		return "Tempo"
	}
	return "Tempo's " + component
}

// deniedByKind is the finding about the derived policy: the minimal one, where
// the user's values set tags.
func (c *Context) deniedByKind(proofs []policy.Proof) {
	tags, ok := c.S3Option("tags")
	kind := c.Store.Policy.Kind
	if !ok || kind.Value != "minimal" {
		panic("check: the derived policy denies " + proofs[0].Need.Request.Action)
	}
	c.Report(tags.Place, diag.Diagnostic{
		Message: fmt.Sprintf("the minimal policy leaves %s out, which Tempo needs for its tags: %s", strings.Join(actionsOf(proofs), " and "), proofs[0].Need.Symptom),
		Help:    `write store: policy: "documented", or leave the tags out`,
		Related: []diag.Related{{Message: "store.policy is said here", Position: said(kind).Position}},
	}, kind)
}

// actionsOf names the actions of proofs, each once.
func actionsOf(proofs []policy.Proof) []string {
	var out []string
	for _, p := range proofs {
		if a := p.Need.Request.Action; !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// statement is what to write so that operations are allowed.
func (c *Context) statement(proofs []policy.Proof) string {
	arn := c.Store.Policy.BucketARN.Value
	var resources []string
	for _, p := range proofs {
		r := arn
		if p.Need.Request.Object != "" {
			r = c.Store.Policy.ObjectARN.Value
		}
		if !slices.Contains(resources, r) {
			resources = append(resources, r)
		}
	}
	text := func(list []string) string {
		data, err := json.Marshal(list)
		if err != nil {
			panic(err) // a list of texts does not fail
		}
		return strings.ReplaceAll(string(data), `","`, `", "`)
	}
	return fmt.Sprintf(`{"Effect": "Allow", "Action": %s, "Resource": %s}`, text(actionsOf(proofs)), text(resources))
}

var policyExcess = &Rule{
	Code:     "TG083",
	Name:     "least privilege",
	Doc:      "the user's own policy allows nothing that Tempo has no need of",
	Severity: diag.Warning,
	Run: func(c *Context) {
		own := c.Store.Policy.Own
		if own == nil || c.policyUnsure() {
			return
		}
		for _, s := range own.Excess(c.PolicyNeeds(), c.PolicyDialects()...) {
			d := diag.Diagnostic{Severity: diag.Warning}
			some := strings.Join(s.Actions[:min(len(s.Actions), 3)], ", ")
			if n := len(s.Actions) - 3; n > 0 {
				some += fmt.Sprintf(" and %d more", n)
			}
			if s.Bucket == "" {
				d.Message = fmt.Sprintf("%s allows %s, which Tempo has no need of: whoever gets at its key could do it, too", s.Pattern.Value, some)
				if s.Pattern.Value == some {
					d.Message = fmt.Sprintf("Tempo has no need of %s: whoever gets at its key could do it, too", some)
				}
				d.Help = "write the actions that are needed: " + c.neededActions()
			} else {
				d.Message = fmt.Sprintf("%s allows %s in other buckets, too, such as %s", s.Pattern.Value, some, s.Bucket)
				d.Help = fmt.Sprintf("write %q and %q", c.Store.Policy.BucketARN.Value, c.Store.Policy.ObjectARN.Value)
				if s.Pattern.Value == "*" && slices.Contains(c.PolicyDialects(), policy.Minio) && c.isAction(s.Pattern) {
					d.Message = "Minio takes the action * for one of its token service, for which no Resource counts: the statement allows everything in every bucket"
					d.Help = "write the actions that are needed: " + c.neededActions()
				}
			}
			c.reportIn(s.Pattern.At, d)
		}
	},
}

// isAction reports whether a text of the user's document is one of its actions.
func (c *Context) isAction(t policy.Text) bool {
	return slices.ContainsFunc(c.Store.Policy.Own.Statements, func(s *policy.Statement) bool { return slices.Contains(s.Actions.Patterns, t) })
}

// neededActions are those that Tempo cannot do without, as JSON has them.
func (c *Context) neededActions() string {
	var out []string
	for _, n := range c.PolicyNeeds() {
		if a := fmt.Sprintf("%q", n.Request.Action); n.Required && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return strings.Join(out, ", ")
}
