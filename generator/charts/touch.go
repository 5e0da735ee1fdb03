package charts

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"tracegen.dev/generator"
	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// Touched is what of a diff touches a profile.
type Touched struct {
	Profile   string `json:"profile"`
	Component string `json:"component"`
	Pinned    string `json:"pinned"` // the version that the profile runs

	Edits     []Edit            `json:"edits"`     // what to change in the input
	Findings  []diag.Diagnostic `json:"findings"`  // what is wrong with the input at the new version only
	Addresses []Address         `json:"addresses"` // those that move
	Values    []ValueChange     `json:"values"`    // what a build writes otherwise

	// Unread says of which version nothing could be built, for the findings
	// that are there; or it is empty.
	Unread string `json:"unread"`
}

// Edit is a line of the input to change.
type Edit struct {
	Path     string        `json:"path"`
	Position diag.Position `json:"position"`
	Message  string        `json:"message"`
	Help     string        `json:"help"`
}

// Address is where something listens.
type Address struct {
	Name  string   `json:"name"` // the plan's, such as tempo.query
	Old   string   `json:"old"`
	New   string   `json:"new"`
	Files []string `json:"files"` // of the tree that name it
}

// ValueChange is a value that a build writes at one version only, or otherwise.
type ValueChange struct {
	Path string `json:"path"`
	Old  any    `json:"old"`
	New  any    `json:"new"`
}

// Touch reduces a diff to what touches a profile, and adds what it does there.
// With errors in the input there is nothing to compare.
func (k *Knowledge) Touch(d *Diff, from, to Subject, w *load.Workspace, profile load.Profile) ([]diag.Diagnostic, error) {
	var diags diag.List
	var t *topology.Topology
	err := w.Load([]load.Profile{profile}, &diags, func(_ load.Profile, read *topology.Topology) error {
		t = read
		return nil
	})
	if err != nil || diags.HasErrors() {
		return diags.Sorted(), err
	}
	pinned := plan.Link(profile.Name, t, &diag.List{})
	r := releaseOf(pinned, from.Name)
	if r == nil {
		return nil, fmt.Errorf("%s runs no chart %s; it runs %s", profile.Name, from.Name, strings.Join(running(pinned), ", "))
	}
	before, err := k.side(profile.Name, t, r, from)
	if err != nil {
		return nil, err
	}
	after, err := k.side(profile.Name, t, r, to)
	if err != nil {
		return nil, err
	}
	d.Profile = &Touched{
		Profile: profile.Name, Component: r.Component, Pinned: r.Version.Value,
		Edits: []Edit{}, Findings: newFindings(before.found, after.found),
		Addresses: moved(before, after), Values: []ValueChange{},
	}
	d.Profile.pin(r, from, to)
	d.Profile.overrides(r, from, to)
	d.reduce(before, after, r)
	return nil, nil
}

// side is a profile at one version.
type side struct {
	subject Subject
	plan    *plan.Plan
	release *plan.Release
	found   []diag.Diagnostic
	out     *emit.Output // nil where a finding stops a build
}

// side compiles the profile as if it pinned that version.
func (k *Knowledge) side(profile string, t *topology.Topology, r *plan.Release, s Subject) (side, error) {
	defer setPin(t, r, s.Number)()
	var diags diag.List
	p := plan.Link(profile, t, &diags)
	check.Run(p, k.Library, generator.Ignorable(), &diags)
	out := side{subject: s, plan: p, release: releaseOf(p, s.Name), found: diag.Heeded(generator.Heed(t, diags.Sorted()))}
	if stops(out.found) {
		return out, nil
	}
	var further diag.List
	emitted, err := generator.Emit(p, &further)
	if err != nil {
		return out, err
	}
	also := diag.Heeded(generator.Heed(t, further.Sorted()))
	out.found = append(out.found, also...)
	if !stops(also) {
		out.out = emitted
	}
	return out, nil
}

// stops reports whether nothing can be built. Values that the chart does not
// know do stop a build, but what it would write is known all the same.
func stops(ds []diag.Diagnostic) bool {
	return slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && d.Code != check.CodeValueKey && d.Code != check.CodeValueKind
	})
}

func releaseOf(p *plan.Plan, name string) *plan.Release {
	for _, r := range releases(p) {
		if r.ChartName == name {
			return r
		}
	}
	return nil
}

func running(p *plan.Plan) []string {
	var out []string
	for _, r := range releases(p) {
		out = append(out, r.ChartName+"@"+r.Version.Value)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// setPin makes the topology pin another version, and gives what undoes it.
func setPin(t *topology.Topology, r *plan.Release, version string) func() {
	if m := t.Linkerd; m != nil && r.Component == "linkerd" && r.ChartName != "linkerd" {
		// Which chart belongs to a Linkerd follows from its version, unless the
		// input says so.
		old := m.Chart
		changed := topology.LinkerdChart{}
		if old != nil {
			changed = *old
		}
		changed.Version = r.PinnedAt
		changed.Version.Value, changed.Version.State = version, topology.Given
		m.Chart = &changed
		return func() { m.Chart = old }
	}
	leaf := findLeaf(reflect.ValueOf(t).Elem(), r.PinnedAt.Place)
	if leaf == nil {
		panic("charts: no leaf is at " + r.PinnedAt.Path)
	}
	old := leaf.Value
	leaf.Value = version
	return func() { leaf.Value = old }
}

// findLeaf finds the text at a place of the input.
func findLeaf(v reflect.Value, at topology.Place) *topology.String {
	if leaf, ok := v.Addr().Interface().(*topology.String); ok {
		if leaf.Place == at {
			return leaf
		}
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return findLeaf(v.Elem(), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				if leaf := findLeaf(v.Field(i), at); leaf != nil {
					return leaf
				}
			}
		}
	}
	return nil
}

// newFindings are those of the new version that the old one has not.
func newFindings(old, new []diag.Diagnostic) []diag.Diagnostic {
	out := []diag.Diagnostic{}
	for _, d := range new {
		if !slices.ContainsFunc(old, func(o diag.Diagnostic) bool {
			return o.Code == d.Code && o.Path == d.Path && o.Position == d.Position
		}) {
			out = append(out, d)
		}
	}
	return out
}

// pin says where to write the new version in the place of the old one.
func (t *Touched) pin(r *plan.Release, from, to Subject) {
	if r.Version.Value != from.Number || from.Number == to.Number {
		return
	}
	e := Edit{Path: r.PinnedAt.Path, Position: r.PinnedAt.Position,
		Message: fmt.Sprintf("%s pins %s %s", t.Profile, r.ChartName, r.Version.Value),
		Help:    fmt.Sprintf("write %q", to.Number)}
	if r.PinnedAt.State != topology.Given || r.Component == "linkerd" && r.ChartName != "linkerd" {
		e.Message = fmt.Sprintf("%s runs %s %s, which follows from other lines", t.Profile, r.ChartName, r.Version.Value)
		e.Help = fmt.Sprintf("say %q here", to.Number)
	}
	t.Edits = append(t.Edits, e)
}

// overrides finds the user's own values that the new version calls otherwise.
// The findings that say so, too, make way for the edit.
func (t *Touched) overrides(r *plan.Release, from, to Subject) {
	if r.Values.State != topology.Given || from.At == nil || to.At == nil {
		return
	}
	move := from.At.Mover(to.At)
	var walk func(v topology.Value, path string)
	walk = func(v topology.Value, path string) {
		if v.Kind == topology.StructValue && len(v.Fields) > 0 {
			for _, f := range v.Fields {
				walk(f.Value, diag.JoinKey(path, f.Name))
			}
			return
		}
		now, used := move(path)
		if now == path || len(used) == 0 {
			return
		}
		last := used[len(used)-1]
		e := Edit{
			Path: v.Path, Position: v.Position,
			Message: fmt.Sprintf("%s of your values is %s in %s", path, now, to.Number),
			Help:    "write " + now,
		}
		if last.Reshaped {
			e.Message = fmt.Sprintf("%s of your values moves below %s in %s, where the keys have other names", path, now, to.Number)
			e.Help = "find its new name below " + now
		}
		t.Edits = append(t.Edits, e)
	}
	walk(r.Values.Value, "")
	t.Findings = slices.DeleteFunc(t.Findings, func(d diag.Diagnostic) bool {
		return d.Code == check.CodeValueKey && slices.ContainsFunc(t.Edits, func(e Edit) bool { return diag.Within(e.Path, d.Path) })
	})
}

// install is how a side's release is installed.
func (s side) install(values map[string]any) chart.Install {
	return chart.Install{Release: s.release.Name.Value, Namespace: s.release.Namespace.Value, Values: values}
}
