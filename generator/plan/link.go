package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// The codes of link's findings: references that lead nowhere.
const (
	CodeDangling   = "TG010" // a reference to something that the topology does not have
	CodeOldChart   = "TG011" // a chart version older than what is known
	CodeNewChart   = "TG012" // a chart version newer than what is known
	CodeRepository = "TG013" // a repository that does not hold the version
	CodeNoRelease  = "TG037" // a chart version that is not among the releases that are known
	CodeTreePath   = "TG038" // a path that Flux would not find the tree at
	CodeEndOfLife  = "TG040" // a program that its makers have given up
)

// Rules has what link finds, by code.
var Rules = []diag.Rule{
	{Code: CodeDangling, Name: "dangling reference", Doc: "whatever the topology refers to, it has, and the pinned version has it too"},
	{Code: CodeOldChart, Name: "old version", Doc: "each pinned version is one whose facts are known, and not older"},
	{Code: CodeNewChart, Name: "new version", Doc: "each pinned version is one whose facts are known, and not newer", Severity: diag.Warning},
	{Code: CodeRepository, Name: "chart's repository", Doc: "a chart comes from a repository that holds the pinned version"},
	{Code: CodeNoRelease, Name: "no such release", Doc: "each pinned version has been released", Severity: diag.Warning},
	{Code: CodeTreePath, Name: "path of the tree", Doc: "the tree lies where Flux is told to look for it", Severity: diag.Warning},
	{Code: CodeEndOfLife, Name: "end of life", Doc: "no program is one that its makers have given up"},
	{Code: CodeSources, Name: "one kind of source", Doc: "all profiles of a workspace take a chart from one kind of source"},
}

// Link resolves the references of t. What cannot be resolved goes to diags, and
// what rests on it is poisoned.
func Link(profile string, t *topology.Topology, diags *diag.List) *Plan {
	l := &linker{Plan: &Plan{Profile: profile, Topology: t}, t: t, diags: diags}
	l.Domain = of(t.Cluster.Domain).Named("cluster.domain")
	l.Throwaway = l.throwaway()
	l.flux()
	// In the order in which spans flow backwards: who receives comes before who
	// sends.
	l.tempo()
	l.store()
	l.loki()
	l.grafana()
	l.prometheus()
	l.generator() // Tempo's, who writes to Prometheus
	l.collector()
	l.linkerd()
	l.traefik()
	l.exemplars()
	l.hostPorts()
	l.nginx()
	l.webAddress()
	l.apps()
	l.pods()
	l.namespaces()
	l.mesh()
	slices.SortFunc(l.Releases, func(a, b *Release) int { return cmp.Compare(a.Component, b.Component) })
	return l.Plan
}

type linker struct {
	*Plan
	t     *topology.Topology
	diags *diag.List
}

// of makes a fact of a leaf.
func of[T any](l topology.Leaf[T]) fact.Of[T] {
	return fact.Of[T]{
		Value:    l.Value,
		Origin:   fact.Origin{Inputs: []fact.Input{fact.Input(l.Place)}},
		Poisoned: l.State == topology.Poisoned,
	}
}

// given is the fact that the input has a struct there.
func given(at topology.Place) fact.Bool {
	return fact.Bool{Value: true, Origin: fact.Origin{Inputs: []fact.Input{fact.Input(at)}}}
}

// Leaf makes a fact of a leaf of the input, for the stages after link.
func Leaf[T any](l topology.Leaf[T]) fact.Of[T] { return of(l) }

// dangling reports a reference to what is not there. A struct that load could
// not read has no position, and has been reported.
func (l *linker) dangling(at topology.Place, msg, help string, related ...diag.Related) {
	if !at.Position.IsValid() {
		return
	}
	l.diags.Add(diag.Diagnostic{
		Code:     CodeDangling,
		Message:  msg,
		Path:     at.Path,
		Position: at.Position,
		Related:  related,
		Help:     help,
	})
}

// nearest is the word that was most likely meant, or the first.
func nearest(word string, known []string) string {
	return cmp.Or(diag.Nearest(word, known), known[0])
}

func (l *linker) throwaway() fact.Bool {
	kind, flag := of(l.t.Cluster.Kind), of(l.t.Cluster.Throwaway)
	if kind.Value == "kind" {
		return fact.Derive(true, kind)
	}
	return fact.Derive(flag.Value, flag, kind)
}

// install is what the input says of a release, whatever it is of.
type install struct {
	component, chart string
	pin              topology.Chart
	name, namespace  topology.String
	values           topology.Open
	delivery         *topology.Delivery
}

// release resolves what every release has: what is known of its chart, where
// the chart comes from, what its names begin with, and how it is delivered. It
// is one of those that the tree has values for.
func (l *linker) release(in install) *Release {
	component, chartName, version, repository := in.component, in.chart, in.pin.Version, in.pin.Repository
	r := &Release{
		Component: component,
		ChartName: chartName,
		Version:   of(version).Named(component + ".chart.version"),
		Name:      of(in.name).Named(component + ".release"),
		Namespace: of(in.namespace).Named(component + ".namespace"),
		Values:    in.values,
		PinnedAt:  version,
	}
	l.delivery(r, in.delivery)
	l.Releases = append(l.Releases, r)
	c, ok := chart.Find(chartName)
	if !ok {
		panic("plan: nothing is known of the chart " + chartName)
	}
	if version.State != topology.Poisoned {
		r.Chart = l.known(c, chartName, version)
	}
	if r.Chart != nil {
		r.Fullname = fact.Sprintf("%s", r.Name)
		r.Fullname.Value = r.Chart.Fullname(r.Name.Value)
		r.Fullname.Origin.Features = append(r.Fullname.Origin.Features, r.Chart.Source("name"))
		r.Repository = fact.Of[string]{
			Value:  r.Chart.Repository(),
			Origin: fact.Origin{Features: []string{fmt.Sprintf("%s %s: served by this repository", chartName, version.Value)}},
		}
		if in.pin.Fullname.Present() {
			r.Fullname, r.Named = of(in.pin.Fullname), true
		}
	} else {
		r.Fullname.Poisoned, r.Repository.Poisoned = true, true
	}
	if repository.Present() {
		r.Repository = of(repository)
		// A mirror of the user's own may hold anything.
		if r.Chart != nil && repository.State == topology.Given && c.KnowsRepository(repository.Value) && !r.Chart.HasRepository(repository.Value) {
			l.diags.Add(diag.Diagnostic{
				Code:     CodeRepository,
				Message:  fmt.Sprintf("%s does not hold %s %s, so Flux would not find the chart", repository.Value, chartName, version.Value),
				Path:     repository.Path,
				Position: repository.Position,
				Related:  []diag.Related{{Message: "the version is pinned here", Position: version.Position}},
				Help:     fmt.Sprintf("write repository: %q, or leave it out", r.Chart.Repository()),
			})
		}
	}
	l.source(r, in.pin)
	return r
}

// ImportIt is how tracegen gets to know the value keys of a chart's version.
const ImportIt = "run `tracegen charts import` on the chart's archive, so that its value keys are known"

// known looks the pinned version up, and says so where the table ends.
func (l *linker) known(c *chart.Chart, chartName string, version topology.String) *chart.Version {
	v := c.At(version.Value)
	d := diag.Diagnostic{Path: version.Path, Position: version.Position}
	switch v.Known() {
	case chart.Older:
		d.Code = CodeOldChart
		d.Message = fmt.Sprintf("%s %s is older than what is known, which begins at %s", chartName, version.Value, c.Oldest())
		d.Help = fmt.Sprintf("write version: %q or a later one", c.Oldest())
		l.diags.Add(d)
		return nil
	case chart.Newer:
		d.Code, d.Severity = CodeNewChart, diag.Warning
		d.Message = fmt.Sprintf("%s %s is newer than what is known, which ends at %s; the facts of that version are used", chartName, version.Value, c.Newest())
		d.Help = "read the chart's release notes, and " + ImportIt + "; or write version: " + strconv.Quote(c.Newest())
		l.diags.Add(d)
	case chart.Within:
		if near, ok := c.Nearest(version.Value); !ok {
			d.Code, d.Severity = CodeNoRelease, diag.Warning
			d.Message = fmt.Sprintf("the chart %s has no release %s that is known, so Flux may not find it", chartName, version.Value)
			d.Help = "write version: " + strconv.Quote(near) + "; or if it is there, " + ImportIt
			l.diags.Add(d)
		}
	}
	return v
}

// elsewhere reports whether a namespace is made by Kubernetes or by Flux: a
// second owner would be one too many.
func (l *linker) elsewhere(namespace string) bool {
	return namespace == "default" || strings.HasPrefix(namespace, "kube-") || namespace == l.Flux.Namespace.Value
}

// areNames reports whether all of a list can be names of namespaces. Where one
// cannot, a check says so, and it may be the one that is missed.
func areNames(list []string) bool {
	name := topology.Scalar("Name")
	return !slices.ContainsFunc(list, func(s string) bool { return !name.Matches(s) })
}

// namespaces gathers the namespaces of the tree's releases. Where the input lists
// them, a name that is not in the list is most likely a typo.
func (l *linker) namespaces() {
	declared := map[string]topology.Namespace{}
	var names []string
	certain := true // whether every name in the list is one
	for _, e := range l.t.Namespaces {
		declared[e.Key.Value] = e.Value
		names = append(names, e.Key.Value)
		certain = certain && e.Key.State != topology.Poisoned
	}
	made := map[string]bool{}
	for _, r := range l.Releases {
		ns := r.Namespace
		d, ok := declared[ns.Value]
		if !ok && len(declared) > 0 && certain && !ns.Poisoned && areNames(names) {
			in := ns.Origin.Inputs[0]
			l.dangling(topology.Place(in),
				fmt.Sprintf("%s is %q, which is not among the namespaces", in.Path, ns.Value),
				"write "+CUE(in.Path, nearest(ns.Value, names))+", or add it to namespaces, which has "+strings.Join(names, ", "),
				diag.Related{Message: "the namespaces", Position: l.t.Namespaces[0].Key.Position})
		}
		// Whoever installed what is not the tree's made its namespace, too.
		if made[ns.Value] || !r.InTree() || ok && !d.Create.Value || ns.Poisoned || l.elsewhere(ns.Value) {
			continue
		}
		made[ns.Value] = true
		n := Namespace{Name: ns}
		if s := l.Enforced(r); s.Value != "" && s.Value == l.Pods.Security.Value {
			n.Labels = append(n.Labels, Pair{SecurityLabel, l.Pods.Security})
		}
		for _, e := range d.Labels {
			n.Labels = append(n.Labels, Pair{e.Key.Value, of(e.Value)})
		}
		for _, e := range d.Annotations {
			n.Annotations = append(n.Annotations, Pair{e.Key.Value, of(e.Value)})
		}
		l.Namespaces = append(l.Namespaces, n)
	}
	slices.SortFunc(l.Namespaces, func(a, b Namespace) int { return cmp.Compare(a.Name.Value, b.Name.Value) })
}
