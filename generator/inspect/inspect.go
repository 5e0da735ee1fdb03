// Package inspect judges what will really be installed: the values and files
// that the emitters made, with the user's `values` merged over them. A rule that
// an override could break stands here; what the topology alone says is package
// check's.
package inspect

import (
	"strings"
	"sync"

	"tracegen.dev/generator/capacity"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Rule is one check.
type Rule struct {
	Code     string
	Name     string        // a word or two
	Doc      string        // what it demands, in one sentence
	Severity diag.Severity // the worst that it finds
	Run      func(*Context)
}

// Rules has them all, by code.
var Rules = []*Rule{
	storage,
	scheduled,
	crowded,
	lifecycle,
	storeInForce,
	tempoInForce,
	collectorInForce,
	traefikFlags,
	rootInForce,
	traceIDInLog,
	secretsByName,
	datasourcesInForce,
	meshInForce,
	waysIn,
	metricsInForce,
	textsArrive,
	retentionInForce,
}

// Context is what a rule reads, and reports to.
type Context struct {
	*plan.Plan
	Out *emit.Output

	pods  func() []capacity.Workload // what runs
	rule  *Rule
	diags *diag.List
}

// Run applies the rules to one profile's output. It adds to what override has
// found: one fault of the user's values is one finding.
func Run(p *plan.Plan, out *emit.Output, diags *diag.List) {
	pods := sync.OnceValue(func() []capacity.Workload { return capacity.Pods(p, out) })
	for _, rule := range Rules {
		rule.Run(&Context{Plan: p, Out: out, pods: pods, rule: rule, diags: diags})
	}
}

// Value gives what a release's values say at a path, and where that comes from;
// false where they leave it to the chart.
func (c *Context) Value(r *plan.Release, path string) (tree.Node, bool) {
	values := c.Out.Values[r.Component]
	if values == nil {
		return nil, false
	}
	n := values.Lookup(path)
	return n, n != nil
}

// Blame is the line to edit for a value of a release: the user's override where
// there is one, else the first input that it comes from, else the version of the
// chart, whose default it is.
func Blame(r *plan.Release, n tree.Node) topology.Place {
	at, found := r.PinnedAt.Place, false
	if n == nil {
		return at
	}
	first := true
	blame := func(o fact.Origin) {
		for _, in := range o.Inputs {
			own := strings.HasPrefix(in.Path, r.Values.Path+".")
			if !found && (first || own) {
				at, first, found = topology.Place(in), false, own
			}
		}
	}
	blame(origin(n)) // of what the user's values have as a whole
	tree.Walk(n, "", func(_ string, _ tree.Node, o fact.Origin) { blame(o) })
	return at
}

// Report adds a finding at a place of the input. It stays silent where the
// finding rests on poisoned input, and at an override that has a finding already.
func (c *Context) Report(at topology.Place, d diag.Diagnostic, restsOn ...fact.Any) {
	if !at.Position.IsValid() {
		return
	}
	for _, f := range restsOn {
		if _, poisoned := f.Source(); poisoned {
			return
		}
	}
	told := func(other diag.Diagnostic) bool { return other.Position == at.Position && other.Code != c.rule.Code }
	if strings.Contains(at.Path, ".values.") && c.diags.Any(told) {
		return
	}
	d.Code, d.Path, d.Position = c.rule.Code, at.Path, at.Position
	if len(d.Related) == 0 {
		d.Related = c.pinned(at)
	}
	c.diags.Add(d)
}

// pinned points to the version of the chart that an override is for: where a
// finding has no other end in the topology, it is what the chart makes of it.
func (c *Context) pinned(at topology.Place) []diag.Related {
	for _, r := range c.Releases {
		if strings.HasPrefix(at.Path, r.Values.Path+".") && r.PinnedAt.Position.IsValid() {
			return []diag.Related{{Message: "the version is pinned here", Position: r.PinnedAt.Position}}
		}
	}
	return nil
}
