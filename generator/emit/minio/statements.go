package minio

import (
	"encoding/json"
	"slices"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/tree"
)

// statements are those of the user's own document, in the chart's words. It
// writes texts into its JSON as they are, so they come with JSON's escapes; a
// condition is a piece of JSON under its operator.
func statements(s plan.Store) *tree.List {
	file := plan.Leaf(s.Policy.File.String)
	scalar := func(text string) *tree.Leaf { return tree.Scalar(fact.Derive(text, file)) }
	out := &tree.List{}
	for _, st := range s.Policy.Own.Statements {
		if st.Actions.Not || st.Resources.Not {
			continue // the chart has no words for it, and a check has said so
		}
		m := tree.NewMap()
		if st.Deny {
			m.Put("effect", scalar(st.Effect()))
		}
		for _, part := range []struct {
			key  string
			list policy.List
		}{{"resources", st.Resources}, {"actions", st.Actions}} {
			if len(part.list.Patterns) == 0 {
				continue
			}
			list := &tree.List{}
			for _, t := range part.list.Patterns {
				text := quoted(t.Value)
				list.Items = append(list.Items, scalar(text[1:len(text)-1]))
			}
			m.Put(part.key, list)
		}
		if len(st.Conditions) > 0 {
			m.Put("conditions", conditions(st, scalar))
		}
		out.Items = append(out.Items, m)
	}
	return out
}

// conditions gives each operator once, with all of its keys.
func conditions(st *policy.Statement, scalar func(string) *tree.Leaf) *tree.List {
	var operators []string
	keys := map[string][]string{}
	for _, c := range st.Conditions {
		var values []string
		for _, v := range c.Values {
			values = append(values, quoted(v))
		}
		if !slices.Contains(operators, c.Operator) {
			operators = append(operators, c.Operator)
		}
		keys[c.Operator] = append(keys[c.Operator], quoted(c.Key)+": ["+strings.Join(values, ", ")+"]")
	}
	out := &tree.List{}
	for _, o := range operators {
		m := tree.NewMap()
		m.Put(o, scalar(strings.Join(keys[o], ", ")))
		out.Items = append(out.Items, m)
	}
	return out
}

// quoted writes a text as JSON does, with nothing more escaped than must be.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a text and a builder: neither fails
	return strings.TrimSuffix(b.String(), "\n")
}
