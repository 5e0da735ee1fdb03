package policy

import (
	"cmp"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
)

// Proof is what a document says of an operation.
type Proof struct {
	Need     Need
	Decision Decision
}

// Prove asks for every operation whether the document allows it. Where it is not
// known whose rules the service has, all that are given must allow it.
func (doc *Document) Prove(needs []Need, dialects ...Dialect) []Proof {
	out := make([]Proof, len(needs))
	for n, d := range dialects {
		s := newSimulation(doc, d)
		for i := range needs {
			got := s.decide(&needs[i].Request)
			if n == 0 || got.Verdict < out[i].Decision.Verdict {
				out[i] = Proof{needs[i], got}
			}
		}
	}
	return out
}

// Blame is the place to edit where an operation is not allowed: the statement
// that forbids it, else the resources of one that is about its action, else the
// actions of one that is about its resource, else the first line.
func (doc *Document) Blame(p Proof, dialects ...Dialect) diag.Position {
	if c := p.Decision.Condition; c != nil {
		return c.At
	}
	if s := p.Decision.Statement; s != nil {
		return s.At
	}
	var byResource diag.Position
	for _, d := range dialects {
		s := newSimulation(doc, d)
		actions, resources := s.aboutAction(&p.Need.Request), s.aboutResource(&p.Need.Request)
		for i, st := range doc.Statements {
			switch {
			case st.Deny:
			case actions[i] && resources[i] != no:
				if c := d.fails(st, &p.Need.Request); c != nil {
					return c.At
				}
			case actions[i]:
				return st.Resources.At
			case resources[i] != no && !byResource.IsValid():
				byResource = st.Actions.At
			}
		}
	}
	if byResource.IsValid() {
		return byResource
	}
	return diag.Position{File: doc.File, Line: 1, Column: 1}
}

// fails gives the first condition that keeps a statement from a request.
func (d Dialect) fails(st *Statement, r *Request) *Condition {
	for _, c := range st.Conditions {
		if d.holds(c, r) == no {
			return c
		}
	}
	return nil
}

// Surplus is what a pattern of a document allows and nobody needs.
type Surplus struct {
	Pattern Text
	Actions []string // that nobody needs; in the bucket, or where Bucket says
	Bucket  string   // another one than that of the needs
}

// Excess asks for every action that S3 knows, in the bucket and in others, and
// for the actions of other services. What may hang on something is counted as
// allowed.
func (doc *Document) Excess(needs []Need, dialects ...Dialect) []Surplus {
	if len(needs) == 0 {
		return nil
	}
	e := &excess{doc: doc, needed: map[string]bool{}, found: map[Text]*Surplus{}}
	for _, n := range needs {
		e.needed[n.Request.Action] = true
	}
	base := needs[0].Request
	keys := general(base.Keys)
	objects := []string{"x"} // and one that Tempo has, which may lie below a prefix
	if i := slices.IndexFunc(needs, func(n Need) bool { return n.Request.Object != "" }); i >= 0 {
		objects = append(objects, needs[i].Request.Object)
	}
	for _, d := range dialects {
		s := newSimulation(doc, d)
		for _, a := range Actions() {
			if !a.known(d) {
				continue
			}
			if a.level == onAccount {
				if !e.needed[a.Name] {
					e.ask(s, a, Request{Action: a.Name, Keys: keys, alike: true}, "")
				}
				continue
			}
			for _, bucket := range append([]string{base.Bucket}, Neighbours(base.Bucket)...) {
				if bucket == base.Bucket && e.needed[a.Name] {
					continue
				}
				r := Request{Action: a.Name, Bucket: bucket, Keys: keys, alike: true}
				if a.level == onBucket {
					e.ask(s, a, r, bucket)
					continue
				}
				for _, r.Object = range objects {
					e.ask(s, a, r, bucket)
				}
			}
		}
	}
	for _, st := range doc.Statements {
		for _, t := range st.Actions.Patterns {
			if service, _, ok := strings.Cut(t.Value, ":"); ok && !st.Deny && !st.Actions.Not && !strings.EqualFold(service, "s3") {
				e.add(t, t.Value, "")
			}
		}
	}
	var out []Surplus
	for _, s := range e.found {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Surplus) int {
		return cmp.Or(a.Pattern.At.Compare(b.Pattern.At), cmp.Compare(a.Pattern.Value, b.Pattern.Value))
	})
	return out
}

// Neighbours are names of buckets that a careless pattern would mean as well.
func Neighbours(bucket string) []string {
	out := []string{bucket + "2", bucket + "-x", "x" + bucket, strings.ToUpper(bucket), "another-bucket"}
	if n := len(bucket) - 1; n > 0 {
		last := "0"
		if bucket[n:] == last {
			last = "1"
		}
		out = append(out, bucket[:n], bucket[:n]+last)
	}
	return out
}

// general keeps of the known keys those that every request has.
func general(keys map[string][]string) map[string][]string {
	out := map[string][]string{}
	for k, v := range keys {
		switch k {
		case "s3:prefix", "s3:delimiter", "s3:max-keys":
		default:
			out[k] = v
		}
	}
	return out
}

type excess struct {
	doc    *Document
	needed map[string]bool
	found  map[Text]*Surplus
}

// ask adds the pattern that allows a request, if one does: of an action that
// nobody needs, the action's; of another bucket, the resource's.
func (e *excess) ask(s *simulation, a Action, r Request, bucket string) {
	got := s.decide(&r)
	if got.Verdict == Denied {
		return
	}
	st := got.Statement
	if st.Deny { // which only may forbid it: something else allows it
		st = e.allowing(s, &r)
	}
	if st == nil {
		return
	}
	if !e.needed[a.Name] {
		for _, t := range st.Actions.Patterns {
			if st.Actions.Not || s.dialect.action(t.Value, a.Name) {
				if st.Actions.Not {
					t = Text{"NotAction", st.Actions.At}
				}
				e.add(t, a.Name, "")
				return
			}
		}
	}
	if t := st.everything(); t != nil && s.dialect == Minio {
		e.add(*t, a.Name, bucket) // whatever the resources
		return
	}
	for _, t := range st.Resources.Patterns {
		pattern, _ := s.dialect.expand(t.Value, &r)
		if st.Resources.Not || s.dialect.resource(pattern, &r) {
			if st.Resources.Not {
				t = Text{"NotResource", st.Resources.At}
			}
			e.add(t, a.Name, bucket)
			return
		}
	}
}

func (e *excess) allowing(s *simulation, r *Request) *Statement {
	actions, resources := s.aboutAction(r), s.aboutResource(r)
	for i, st := range e.doc.Statements {
		if holds, _ := s.conditions(st, r); !st.Deny && actions[i] && min(holds, resources[i]) != no {
			return st
		}
	}
	return nil
}

func (e *excess) add(t Text, action, bucket string) {
	s := e.found[t]
	if s == nil {
		s = &Surplus{Pattern: t, Bucket: bucket}
		e.found[t] = s
	}
	if !slices.Contains(s.Actions, action) {
		s.Actions = append(s.Actions, action)
	}
}
