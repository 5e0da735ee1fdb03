// Package check holds the rules that a topology must keep so that what is
// emitted works: each is a value {Code, Name, Doc, Run} in one list.
package check

import (
	"slices"
	"strings"
	"sync"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
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
	datasources,
	features,
	accessLog,
	daemonset,
	receivers,
	fluxOrder,
	kindNodes,
	limits,
	namespaceNames,
	secretValues,
	loggedSecrets,
	localStore,
	generator,
	parts,
	storeFields,
	streaming,
	secretsPath,
	aggregation,
	sampledTwice,
	spanMetrics,
	podLogs,
	memoryLimit,
	pipelineNames,
	channels,
	remoteWrite,
	anonymous,
	knownPassword,
	dimensions,
	labels,
	everyChart,
	podSecurity,
	hostPorts,
	applications,
	ociSources,
	propagation,
	controlPlane,
	trustDomain,
	plainSenders,
	meshed,
	nginxGeneration,
	oneIngress,
	retired,
	scraped,
	retention,
	valueKeys,
	valueKinds,
	contracts,
	policyFile,
	policyNeeds,
	policyExcess,
	secretInOutput,
}

// Context is what a rule reads, and reports to.
type Context struct {
	*plan.Plan
	rule      *Rule
	library   *keys.Library
	overrides func() []override // what is wrong with the user's values
	ignorable []string          // the codes that a profile may ignore
	diags     *diag.List
}

// Run applies the rules to one profile. The library knows the keys of the charts'
// values; ignorable are the codes that the profile may ignore.
func Run(p *plan.Plan, library *keys.Library, ignorable []string, diags *diag.List) {
	overrides := sync.OnceValue(func() []override { return overridesOf(p, library) })
	for _, rule := range Rules {
		rule.Run(&Context{Plan: p, rule: rule, library: library, overrides: overrides, ignorable: ignorable, diags: diags})
	}
}

// Ignored takes apart what stands in `ignore`: the code of a check, and the path
// of the topology below which it is switched off; empty for everywhere.
func Ignored(key string) (code, path string) {
	code, path, _ = strings.Cut(key, " ")
	return code, strings.TrimSpace(path)
}

// Report adds a finding at a place of the input. It stays silent when the input
// that the finding rests on is poisoned, or is a struct without a position,
// which load could not read: load has reported that.
func (c *Context) Report(at topology.Place, d diag.Diagnostic, restsOn ...fact.Any) {
	if !at.Position.IsValid() {
		return
	}
	for _, f := range restsOn {
		if _, poisoned := f.Source(); poisoned {
			return
		}
	}
	// What could not be read has no place.
	d.Related = slices.DeleteFunc(d.Related, func(r diag.Related) bool { return !r.Position.IsValid() })
	d.Code, d.Path, d.Position = c.rule.Code, at.Path, at.Position
	c.diags.Add(d)
}

// leaf makes a fact of a leaf, for Report.
func leaf[T any](l topology.Leaf[T]) fact.Of[T] { return plan.Leaf(l) }

// said is where the input says a fact that comes from it.
func said[T any](f fact.Of[T]) topology.Place { return topology.Place(f.Origin.Inputs[0]) }

// pinned points to the version of a release's chart.
func pinned(r *plan.Release) []diag.Related {
	return []diag.Related{{Message: "the version is pinned here", Position: r.PinnedAt.Position}}
}
