package generator

import (
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
)

// Follow follows the spans and queries of one profile. There is no path where a
// finding other than those of the path itself stops the build.
func Follow(w *load.Workspace, profile load.Profile, diags *diag.List) (*path.Path, error) {
	var found diag.List
	var followed *path.Path
	err := analyse(w, []load.Profile{profile}, Library(w, &found), newIgnoring(), &found, func(p *plan.Plan, fit bool, own *diag.List) error {
		out, err := judged(p, fit, own)
		if out != nil {
			if !hasValues(p) {
				path.Check(p, out, own)
			}
			followed = path.Follow(p, out)
		}
		return err
	})
	ds := diag.Heeded(found.Sorted())
	diags.Add(ds...)
	if slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && !path.Finds(d.Code) }) {
		followed = nil
	}
	return followed, err
}

// unexplained leaves out what the path finds where the profile ignores a finding
// that stops a build: what is ignored is why it cannot be proven. What the user's
// values break is another matter, unless that is what is ignored. It also leaves
// out what is found of an override that has a finding already.
func unexplained(later, before []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(later, func(d diag.Diagnostic) bool {
		override := strings.Contains(d.Path, ".values.")
		return slices.ContainsFunc(before, func(b diag.Diagnostic) bool {
			if b.Ignored == "" {
				return override && (b.Position == d.Position || strings.Contains(b.Path, ".values.") && diag.Within(d.Path, b.Path))
			}
			return path.Finds(d.Code) && b.Severity == diag.Error && (!override || diag.Within(d.Path, b.Path))
		})
	})
}
