// Package generator is the compiler.
//
// One way leads from the profiles to the tree, and [Compile] tells it:
//
//	profiles/ ─┐
//	           load ─▶ Topology ─▶ link ─▶ Plan ─▶ check ─▶ emit ─▶ override ─▶ split ─▶ Tree ─▶ verify
//	schema/  ──┘                     ▲               ▲                                             ▲
//	                          generator/chart        └──── generator/chart/keys, charts/*.keys ────┘
//
// load finds every fault of the input and poisons what it touches. link
// resolves each reference once, into facts with an origin. check holds the
// rules that span systems, and the user's `values` to the keys that the pinned
// charts read: tracegen brings them, or the workspace has imported them. Only
// when nothing is wrong do the emitters run: each is a table of "this output path
// takes that fact". The user's `values` are merged over what they made, base and
// overlays are divided, and the bytes are read again by code that knows nothing
// of those who wrote them, and held to the same keys. Nothing here touches the
// disk: package write does that, once, at the end.
//
// What the profiles agree on is known when all have been emitted. With many of
// them, only their topologies are held until then, and each is emitted once more
// for its bytes.
package generator

import (
	"strings"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/apps"
	"tracegen.dev/generator/emit/collector"
	"tracegen.dev/generator/emit/flux"
	"tracegen.dev/generator/emit/grafana"
	"tracegen.dev/generator/emit/kind"
	"tracegen.dev/generator/emit/kustomize"
	"tracegen.dev/generator/emit/layers"
	"tracegen.dev/generator/emit/linkerd"
	"tracegen.dev/generator/emit/loki"
	"tracegen.dev/generator/emit/minio"
	"tracegen.dev/generator/emit/network"
	"tracegen.dev/generator/emit/nginx"
	"tracegen.dev/generator/emit/pods"
	"tracegen.dev/generator/emit/prometheus"
	"tracegen.dev/generator/emit/s3"
	"tracegen.dev/generator/emit/tempo"
	"tracegen.dev/generator/emit/traefik"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/override"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

// Emitters has them all, in the order in which they run.
var Emitters = []*emit.Emitter{
	tempo.Emitter,
	minio.Emitter,
	s3.Emitter,
	collector.Emitter,
	linkerd.Emitter,
	traefik.Emitter,
	loki.Emitter,
	prometheus.Emitter,
	nginx.Emitter,
	grafana.Emitter,
	pods.Emitter, // after those whose values it must not touch
	apps.Emitter,
	network.Emitter, // after those who connect
	kind.Emitter,
	layers.Emitter, // after all that writes values
	flux.Releases,
	flux.Kustomizations,
	kustomize.Emitter, // after those that add objects to an overlay
}

// Compile makes the tree of the profiles. With an error among the diagnostics
// there is no tree. The plain error is for what no change of the input mends.
func Compile(w *load.Workspace, profiles []load.Profile) (tree.Tree, []diag.Diagnostic, error) {
	var diags diag.List
	var read []*compiled
	shared := newDivision()
	library := Library(w, &diags)
	err := analyse(w, profiles, library, &diags, func(p *plan.Plan, fit bool) error {
		c := &compiled{plan: p}
		if fit {
			var err error
			if c.out, err = Emit(p, &diags); err != nil {
				return err
			}
			shared.add(c.out)
		}
		if len(profiles) > few {
			c.shrink()
		}
		read = append(read, c)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if diags.HasErrors() {
		return nil, diags.Sorted(), nil
	}

	t := newEncoder()
	t.add(shared.base())
	values := newValuesCheck(library, t.tree)
	for i, c := range read {
		if err := c.restore(); err != nil {
			return nil, nil, err
		}
		files, err := shared.overlay(c.plan, c.out)
		if err != nil {
			return nil, nil, err
		}
		before := len(t.tree)
		t.add(files)
		if err := values.profile(c.plan, c.out, t.tree[before:], &diags); err != nil {
			return nil, nil, err
		}
		read[i] = nil // the bytes take its place in memory
	}
	if diags.HasErrors() {
		return nil, diags.Sorted(), nil
	}
	t.tree.Sort()
	if err := verify.Tree(t.tree); err != nil {
		return nil, nil, err
	}
	return t.tree, diags.Sorted(), nil
}

// few is how many profiles are held whole between the two halves of a compile.
const few = 16

// compiled is a profile between the two halves.
type compiled struct {
	plan *plan.Plan
	out  *emit.Output
}

// shrink keeps the topology alone: to link and emit it anew takes less than to
// hold a thousand outputs.
func (c *compiled) shrink() {
	c.plan = &plan.Plan{Profile: c.plan.Profile, Topology: c.plan.Topology}
	c.out = nil
}

// restore makes again what shrink let go.
func (c *compiled) restore() (err error) {
	if c.out == nil {
		c.plan = plan.Link(c.plan.Profile, c.plan.Topology, &diag.List{})
		c.out, err = Emit(c.plan, &diag.List{})
	}
	return err
}

// Analyse reads, links and checks the profiles. Findings go to diags.
func Analyse(w *load.Workspace, profiles []load.Profile, diags *diag.List) ([]*plan.Plan, error) {
	plans := make([]*plan.Plan, 0, len(profiles))
	err := analyse(w, profiles, Library(w, diags), diags, func(p *plan.Plan, _ bool) error {
		plans = append(plans, p)
		return nil
	})
	return plans, err
}

// analyse hands on one plan after the other, and whether its profile is fit to
// be emitted: without a finding that is an error.
func analyse(w *load.Workspace, profiles []load.Profile, library *keys.Library, diags *diag.List, yield func(p *plan.Plan, fit bool) error) error {
	errors, treePath := 0, w.TreePath()
	sources := plan.Sources{}
	return w.Load(profiles, diags, func(p load.Profile, t *topology.Topology) error {
		var own diag.List
		pl := plan.Link(p.Name, t, &own)
		check.Run(pl, library, &own)
		plan.CheckTreePath(pl, treePath, &own)
		diags.Add(check.Heeded(t, own.Sorted(), diags.Any(hidesIgnore))...)
		sources.Add(pl, diags)
		fit := diags.Errors() == errors
		err := yield(pl, fit)
		errors = diags.Errors() // what yield found, too, is this profile's
		return err
	})
}

// hidesIgnore tells a finding of load that leaves unknown what the profile
// ignores: a fault of that section, or a key beside it that may be meant for it.
func hidesIgnore(d diag.Diagnostic) bool {
	return d.Path == "ignore" || d.Code == load.CodeUnknown && !strings.Contains(d.Path, ".")
}

// Emit makes the output of one profile, the user's overrides included, up to
// what depends on the other profiles.
func Emit(p *plan.Plan, diags *diag.List) (*emit.Output, error) {
	out := emit.NewOutput(p.Profile)
	for _, e := range Emitters {
		if e.AfterSplit {
			continue
		}
		if err := emit.Run(e, p, out); err != nil {
			return nil, err
		}
	}
	override.Apply(p, out, diags)
	return out, nil
}

// Vet finds everything that a build would find, without making a tree.
func Vet(w *load.Workspace, profiles []load.Profile) ([]diag.Diagnostic, error) {
	_, diags, err := Compile(w, profiles)
	return diags, err
}
