// Package generator is the compiler.
//
// One way leads from the profiles to the tree, and [Compile] tells it:
//
//	profiles/ ─┐
//	           load ─▶ Topology ─▶ link ─▶ Plan ─▶ check ─▶ emit ─▶ override ─▶ inspect ─▶ split ─▶ Tree ─▶ verify
//	schema/  ──┘                     ▲               ▲                                                          ▲
//	                          generator/chart        └────────── generator/chart/keys, charts/*.keys ───────────┘
//
// load finds every fault of the input and poisons what it touches. link
// resolves each reference once, into facts with an origin. check holds the
// rules that span systems, and the user's `values` to the keys that the pinned
// charts read: tracegen brings them, or the workspace has imported them. The
// emitters are next: each is a table of "this output path takes that fact". The
// user's `values` are merged over what they made, rules judge the whole as it will
// be installed, and spans are followed through it. That far every profile goes, so that one run finds
// everything; with an error by then, what was emitted is thrown away. Base and
// overlays are divided, and the bytes are read again by code that knows nothing of
// those who wrote them, and held to the same keys. Nothing here touches the disk:
// package write does that, once, at the end.
//
// What the profiles agree on is known when all have been emitted. With many of
// them, only their topologies are held until then, and each is emitted once more
// for its bytes.
package generator

import (
	"slices"

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
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/override"
	"tracegen.dev/generator/path"
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
	t, diags, err := compile(w, profiles)
	return t, diag.Heeded(diags), err
}

// Vet finds everything that a build would find, and what the profiles ignore.
func Vet(w *load.Workspace, profiles []load.Profile) ([]diag.Diagnostic, error) {
	_, diags, err := compile(w, profiles)
	return diags, err
}

// compile is Compile, with what the profiles ignore among the findings.
func compile(w *load.Workspace, profiles []load.Profile) (tree.Tree, []diag.Diagnostic, error) {
	var diags diag.List
	var read []*compiled
	shared := newDivision()
	library, ignored := Library(w, &diags), newIgnoring()
	err := analyse(w, profiles, library, ignored, &diags, func(p *plan.Plan, fit bool, own *diag.List) error {
		c := &compiled{plan: p}
		var err error
		if c.out, err = judged(p, fit, own); err != nil {
			return err
		}
		if fit {
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
	values, secrets := newValuesCheck(library, ignored, t.tree), newSecretsCheck(ignored, t.tree)
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
		if err := secrets.profile(c.plan, c.out, files, t.tree[before:], &diags); err != nil {
			return nil, nil, err
		}
		read[i] = nil // the bytes take its place in memory
	}
	if diags.HasErrors() {
		return nil, diags.Sorted(), nil
	}
	diags.Add(ignored.idle()...)
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
		c.out, err = outputOf(c.plan, &diag.List{})
	}
	return err
}

// Analyse reads, links and checks the profiles. Findings go to diags.
func Analyse(w *load.Workspace, profiles []load.Profile, diags *diag.List) ([]*plan.Plan, error) {
	plans := make([]*plan.Plan, 0, len(profiles))
	var found diag.List
	err := analyse(w, profiles, Library(w, &found), newIgnoring(), &found, func(p *plan.Plan, _ bool, _ *diag.List) error {
		plans = append(plans, p)
		return nil
	})
	diags.Add(diag.Heeded(found.Sorted())...)
	return plans, err
}

// One makes the plan and the output of one profile, up to what depends on the
// others. There is no output where a finding stops the build.
func One(w *load.Workspace, profile load.Profile, diags *diag.List) (*plan.Plan, *emit.Output, error) {
	var found diag.List
	var p *plan.Plan
	var out *emit.Output
	err := analyse(w, []load.Profile{profile}, Library(w, &found), newIgnoring(), &found, func(pl *plan.Plan, fit bool, own *diag.List) (err error) {
		p = pl
		out, err = judged(pl, fit, own)
		return err
	})
	diags.Add(diag.Heeded(found.Sorted())...)
	if found.HasErrors() {
		out = nil
	}
	return p, out, err
}

// analyse hands on one plan after the other, and whether its profile is fit to
// be emitted: without a finding that is an error. What is found of the output is
// the profile's own, too.
func analyse(w *load.Workspace, profiles []load.Profile, library *keys.Library, ignored *ignoring, diags *diag.List,
	yield func(p *plan.Plan, fit bool, own *diag.List) error) error {
	errors, treePath := 0, w.TreePath()
	sources := plan.Sources{}
	return w.Load(profiles, diags, func(p load.Profile, t *topology.Topology) error {
		var own, later diag.List
		pl := plan.Link(p.Name, t, &own)
		check.Run(pl, library, ignored.codes, &own)
		plan.CheckTreePath(pl, treePath, &own)
		unread := diags.Any(hidesIgnore)
		ignored.note(t)
		heeded := ignored.heed(t, own.Sorted(), unread)
		diags.Add(heeded...)
		sources.Add(pl, diags)
		err := yield(pl, diags.Errors() == errors, &later)
		diags.Add(unexplained(ignored.heed(t, later.Sorted(), unread), heeded)...)
		errors = diags.Errors()
		return err
	})
}

// judged is Emit, for what it finds alone where the profile is not fit to be
// emitted: no finding waits until another has been mended.
func judged(p *plan.Plan, fit bool, diags *diag.List) (*emit.Output, error) {
	if fit {
		out, err := Emit(p, diags)
		// What tracegen derives alone, a test proves at every release of every chart.
		if err == nil && hasValues(p) {
			path.Check(p, out, diags)
		}
		return out, err
	}
	p.Draft()
	out, err := Emit(p, diags)
	if err != nil || !hasValues(p) {
		return nil, err
	}
	bare, err := plainOutput(p)
	if err == nil {
		path.CheckDraft(p, out, bare, diags)
	}
	return nil, err
}

// hasValues reports whether the user has values for any release.
func hasValues(p *plan.Plan) bool {
	return slices.ContainsFunc(p.Releases, func(r *plan.Release) bool { return r.Values.State == topology.Given })
}

// Emit makes the output of one profile, the user's overrides included, up to
// what depends on the other profiles, and inspects it.
func Emit(p *plan.Plan, diags *diag.List) (*emit.Output, error) {
	out, err := outputOf(p, diags)
	if err == nil {
		inspect.Run(p, out, diags)
	}
	return out, err
}

// outputOf is Emit without what only a first look needs.
func outputOf(p *plan.Plan, diags *diag.List) (*emit.Output, error) {
	out, err := plainOutput(p)
	if err == nil {
		override.Apply(p, out, diags)
	}
	return out, err
}

// plainOutput is the output before the user's overrides.
func plainOutput(p *plan.Plan) (*emit.Output, error) {
	out := emit.NewOutput(p.Profile)
	for _, e := range Emitters {
		if e.AfterSplit {
			continue
		}
		if err := emit.Run(e, p, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}
