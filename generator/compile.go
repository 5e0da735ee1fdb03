// Package generator is the compiler.
//
// One way leads from the profiles to the tree, and [Compile] tells it:
//
//	profiles/ ─┐
//	           load ─▶ Topology ─▶ link ─▶ Plan ─▶ check ─▶ emit ─▶ override ─▶ split ─▶ Tree ─▶ verify
//	schema/  ──┘                    ▲
//	                          generator/chart
//
// load finds every fault of the input and poisons what it touches. link
// resolves each reference once, into facts with an origin. check holds the
// rules that span systems. Only when nothing is wrong do the emitters run: each
// is a table of "this output path takes that fact". The user's `values` are
// merged over what they made, base and overlays are divided, and the bytes are
// read again by code that knows nothing of those who wrote them. Nothing here
// touches the disk: package write does that, once, at the end.
//
// A profile is emitted twice, first to learn what the profiles agree on, then
// for its bytes: emitting costs a fiftieth of reading a profile, and so no more
// than one profile's output is held at a time.
package generator

import (
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/alloy"
	"tracegen.dev/generator/emit/flux"
	"tracegen.dev/generator/emit/grafana"
	"tracegen.dev/generator/emit/kind"
	"tracegen.dev/generator/emit/kustomize"
	"tracegen.dev/generator/emit/minio"
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
	alloy.Emitter,
	traefik.Emitter,
	grafana.Emitter,
	kind.Emitter,
	flux.Releases,
	flux.Kustomizations,
	kustomize.Emitter, // after those that add objects to an overlay
}

// Compile makes the tree of the profiles. With an error among the diagnostics
// there is no tree. The plain error is for what no change of the input mends.
func Compile(w *load.Workspace, profiles []load.Profile) (tree.Tree, []diag.Diagnostic, error) {
	var diags diag.List
	var read []*plan.Plan
	shared := newDivision()
	err := analyse(w, profiles, &diags, func(p *plan.Plan, fit bool) error {
		// A plan is linked anew where it is needed again: that takes less than
		// keeping a thousand of them.
		read = append(read, &plan.Plan{Profile: p.Profile, Topology: p.Topology})
		if !fit {
			return nil
		}
		out, err := Emit(p, &diags)
		if err == nil {
			shared.add(out)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if diags.HasErrors() {
		return nil, diags.Sorted(), nil
	}

	t := newEncoder()
	t.add(shared.base())
	for _, p := range read {
		p = plan.Link(p.Profile, p.Topology, &diag.List{})
		out, err := Emit(p, &diag.List{})
		if err != nil {
			return nil, nil, err
		}
		files, err := shared.overlay(p, out)
		if err != nil {
			return nil, nil, err
		}
		t.add(files)
	}
	t.tree.Sort()
	if err := verify.Tree(t.tree); err != nil {
		return nil, nil, err
	}
	return t.tree, diags.Sorted(), nil
}

// Analyse reads, links and checks the profiles. Findings go to diags.
func Analyse(w *load.Workspace, profiles []load.Profile, diags *diag.List) ([]*plan.Plan, error) {
	plans := make([]*plan.Plan, 0, len(profiles))
	err := analyse(w, profiles, diags, func(p *plan.Plan, _ bool) error {
		plans = append(plans, p)
		return nil
	})
	return plans, err
}

// analyse hands on one plan after the other, and whether its profile is fit to
// be emitted: without a finding that is an error.
func analyse(w *load.Workspace, profiles []load.Profile, diags *diag.List, yield func(p *plan.Plan, fit bool) error) error {
	errors, treePath := 0, w.TreePath()
	return w.Load(profiles, diags, func(p load.Profile, t *topology.Topology) error {
		var own diag.List
		pl := plan.Link(p.Name, t, &own)
		check.Run(pl, &own)
		plan.CheckTreePath(pl, treePath, &own)
		diags.Add(check.Heeded(t, own.Sorted())...)
		fit := diags.Errors() == errors
		err := yield(pl, fit)
		errors = diags.Errors() // what yield found, too, is this profile's
		return err
	})
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
