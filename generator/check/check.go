// Package check holds the rules that a topology must keep so that what is
// emitted works: each is a value {Code, Name, Doc, Run} in one list.
package check

import (
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// Rule is one check.
type Rule struct {
	Code string
	Name string // a word or two
	Doc  string // what it demands, in one sentence
	Run  func(*Context)
}

// Rules has them all, by code.
var Rules = []*Rule{
	plainCredentials,
	subchart,
	replication,
	loadBalancer,
	kafka,
	rootSecret,
	kubernetes,
	sameName,
	generation,
	ignored,
}

// Context is what a rule reads, and reports to.
type Context struct {
	*plan.Plan
	rules []*Rule // all of them
	rule  *Rule
	diags *diag.List
}

// Run applies the rules to one profile. What the profile ignores is left out.
func Run(p *plan.Plan, diags *diag.List) {
	for _, rule := range Rules {
		if _, ok := p.Topology.Ignore.Get(rule.Code); ok {
			continue
		}
		rule.Run(&Context{Plan: p, rules: Rules, rule: rule, diags: diags})
	}
}

// Report adds a finding at a place of the input. It stays silent when the input
// that the finding rests on is poisoned: load has reported that.
func (c *Context) Report(at topology.Place, d diag.Diagnostic, restsOn ...fact.Any) {
	for _, f := range restsOn {
		if _, poisoned := f.Source(); poisoned {
			return
		}
	}
	d.Code, d.Path, d.Position = c.rule.Code, at.Path, at.Position
	c.diags.Add(d)
}

// leaf makes a fact of a leaf, for Report.
func leaf[T any](l topology.Leaf[T]) fact.Of[T] { return plan.Leaf(l) }
