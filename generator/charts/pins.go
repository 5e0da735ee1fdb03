package charts

import (
	"cmp"
	"slices"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// Pin is a version that a profile runs.
type Pin struct {
	Profile   string `json:"profile"`
	Component string `json:"component"`
	Version   string `json:"version"`

	Chart    string        `json:"-"`
	Position diag.Position `json:"-"` // of the version, in the input
}

// Pins lists what the profiles run, by profile and component, and how many
// findings there are. Of a profile with faults it is what could be read.
func Pins(w *load.Workspace, profiles []load.Profile) (pins []Pin, found int, err error) {
	var diags diag.List
	plans, err := generator.Analyse(w, profiles, &diags)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range plans {
		for _, r := range releases(p) {
			if v := r.Version; !v.Poisoned && v.Value != "" && r.PinnedAt.State != topology.Poisoned {
				pins = append(pins, Pin{p.Profile, r.Component, v.Value, r.ChartName, r.PinnedAt.Position})
			}
		}
	}
	slices.SortStableFunc(pins, func(a, b Pin) int {
		return cmp.Or(cmp.Compare(a.Profile, b.Profile), cmp.Compare(a.Component, b.Component))
	})
	return pins, diags.Errors(), nil
}

// releases are those of a plan, and the products that are no chart.
func releases(p *plan.Plan) []*plan.Release {
	out := slices.DeleteFunc(slices.Clone(p.Releases), func(r *plan.Release) bool { return r.ChartName == "" })
	if p.Linkerd != nil && p.Linkerd.Product != nil {
		out = append(out, p.Linkerd.Product)
	}
	if p.Flux.Pinned != nil {
		out = append(out, p.Flux.Pinned)
	}
	return out
}
