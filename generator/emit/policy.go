package emit

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/tree"
)

// Policy is what Tempo may do to its bucket, in the language of Amazon's
// policies, which other S3 services understand, too: the derived one, or the
// user's own.
func Policy(c *Context) *tree.Map {
	p := c.Plan.Store.Policy
	m := tree.NewMap()
	m.Set("Version", c.Str(policy.Version, "the version of the policy language, which is a fixed word"))
	if p.Own != nil {
		own(p, m)
		return m
	}
	m.Set("Statement[0].Sid", c.Str("TempoPermissions", "a name for people"))
	m.Set("Statement[0].Effect", c.Str("Allow", "all else is denied by default"))
	m.SetNode("Statement[0].Action", tree.Strings(p.Actions...))
	m.SetNode("Statement[0].Resource", tree.Strings(p.ObjectARN, p.BucketARN))
	return m
}

// own is the user's document, statement by statement.
func own(p plan.Policy, m *tree.Map) {
	file := plan.Leaf(p.File.String)
	say := func(at *tree.Map, key, text string) { at.Put(key, tree.Scalar(fact.Derive(text, file))) }
	if p.Own.ID != "" {
		say(m, "Id", p.Own.ID)
	}
	list := &tree.List{}
	m.Put("Statement", list)
	for _, s := range p.Own.Statements {
		st := tree.NewMap()
		if s.Sid != "" {
			say(st, "Sid", s.Sid)
		}
		say(st, "Effect", s.Effect())
		for _, part := range []struct {
			name string
			list policy.List
		}{{"Action", s.Actions}, {"Resource", s.Resources}} {
			name := part.name
			if part.list.Not {
				name = "Not" + name
			}
			if len(part.list.Patterns) > 0 {
				st.Put(name, Patterns(p, part.list))
			}
		}
		for _, c := range s.Conditions {
			at := tree.JoinKey(tree.JoinKey("Condition", c.Operator), c.Key)
			if len(c.Values) == 1 {
				st.Set(at, fact.Derive(c.Values[0], file))
				continue
			}
			values := &tree.List{}
			for _, v := range c.Values {
				values.Items = append(values.Items, tree.Scalar(fact.Derive(v, file)))
			}
			st.SetNode(at, values)
		}
		list.Items = append(list.Items, st)
	}
}

// Patterns are those of a statement of the user's document.
func Patterns(p plan.Policy, l policy.List) *tree.List {
	out := &tree.List{}
	for _, t := range l.Patterns {
		out.Items = append(out.Items, tree.Scalar(fact.Derive(t.Value, plan.Leaf(p.File.String))))
	}
	return out
}
