package check

import (
	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// The codes of values that a chart would ignore, or could not take.
const (
	CodeValueKey  = "TG075"
	CodeValueKind = "TG076"
)

var (
	valueKeys = &Rule{
		Code: CodeValueKey,
		Name: "value keys",
		Doc:  "each key of values is one that the pinned version of the chart reads, since most charts ignore any other in silence",
		Run:  func(c *Context) { c.reportOverrides(true) },
	}
	valueKinds = &Rule{
		Code: CodeValueKind,
		Name: "value kinds",
		Doc:  "each of values is of a kind that the chart can do with: no map where it takes a text, and no text \"false\" where it takes true or false",
		Run:  func(c *Context) { c.reportOverrides(false) },
	}
	contracts = &Rule{
		Code:     "TG077",
		Name:     "known values",
		Doc:      "the value keys of each pinned chart version are known, by tracegen or by an import of the chart",
		Severity: diag.Warning,
		Run: func(c *Context) {
			for _, r := range c.Releases {
				k, ok := KeysOf(r)
				if !ok || !released(r) {
					continue
				}
				if _, ok := c.library.At(k.Chart, k.Version); !ok {
					c.Report(r.PinnedAt.Place, diag.Diagnostic{
						Severity: diag.Warning,
						Message:  "which values " + k.String() + " reads is not known, so a mistyped key would be ignored in silence",
						Help:     plan.ImportIt,
					})
				}
			}
		},
	}
)

// KeysOf names the release to a library of value keys; it is false where the
// chart's version is not known.
func KeysOf(r *plan.Release) (keys.Release, bool) {
	if r.Chart == nil {
		return keys.Release{}, false
	}
	return keys.Release{Chart: r.ChartName, Version: r.Chart.Number(), App: r.Chart.App()}, true
}

// released leaves out what has a finding of its own, which says the same: a
// version that the table of charts does not have, and one of Minio's charts that
// no program can read.
func released(r *plan.Release) bool {
	_, exact := r.Chart.Chart().Nearest(r.Chart.Number())
	broken := r.Chart.Knows("standaloneRenders") && !r.Chart.Bool("standaloneRenders")
	return exact && r.Chart.Known() == chart.Within && !broken
}

// Severity is that of a finding about a value.
func Severity(f keys.Finding) diag.Severity {
	if f.Doubt {
		return diag.Warning
	}
	return diag.Error
}

// override is a finding about one of the user's values.
type override struct {
	keys.Finding
	release *plan.Release
	at      topology.Place
}

// overridesOf compares the user's values with what the charts read.
func overridesOf(p *plan.Plan, library *keys.Library) []override {
	var out []override
	for _, r := range p.Releases {
		k, ok := KeysOf(r)
		if !ok || r.Values.State != topology.Given {
			continue
		}
		var places []topology.Place
		found, _ := library.Check(k, plainValue(r.Values.Value, &places))
		for _, f := range found {
			out = append(out, override{f, r, places[f.Mark]})
		}
	}
	return out
}

// reportOverrides reports the unknown keys among the user's values, or else the
// wrong kinds.
func (c *Context) reportOverrides(unknown bool) {
	for _, o := range c.overrides() {
		if o.Unknown == unknown {
			c.Report(o.at, diag.Diagnostic{Severity: Severity(o.Finding), Message: o.Message, Help: o.Help, Related: pinned(o.release)})
		}
	}
}

// plainValue is a value of the input without its places, which its marks index.
func plainValue(v topology.Value, places *[]topology.Place) keys.Value {
	out := keys.Value{Mark: len(*places)}
	*places = append(*places, v.Place)
	switch v.Kind {
	case topology.StructValue:
		out.Kind = keys.Map
		for _, f := range v.Fields {
			out.Names = append(out.Names, f.Name)
			out.Below = append(out.Below, plainValue(f.Value, places))
		}
		return out
	case topology.ListValue:
		out.Kind = keys.List
		for _, item := range v.Items {
			out.Below = append(out.Below, plainValue(item, places))
		}
		return out
	}
	switch scalar := v.Scalar.(type) {
	case bool:
		out.Kind = keys.Bool
	case int64, float64:
		out.Kind = keys.Number
	case string:
		out.Kind, out.Text = keys.String, scalar
	}
	return out
}
