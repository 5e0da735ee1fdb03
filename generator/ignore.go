package generator

import (
	"slices"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// Ignorable gives the codes that a profile may ignore: those of the rules, and
// link's doubts about a chart's version and repository.
func Ignorable() []string {
	codes := []string{plan.CodeNewChart, plan.CodeRepository, plan.CodeNoRelease, plan.CodeTreePath}
	for _, r := range check.Rules {
		if r.Code != check.CodePolicy { // without the user's document, there is none to emit
			codes = append(codes, r.Code)
		}
	}
	for _, r := range inspect.Rules {
		codes = append(codes, r.Code)
	}
	for _, r := range path.Rules {
		codes = append(codes, r.Code)
	}
	slices.Sort(codes)
	return codes
}

// ignoring keeps account of what the profiles ignore.
type ignoring struct {
	codes []string
	keys  map[diag.Position]*diag.Diagnostic // what stands in ignore; nil once it has switched something off
}

func newIgnoring() *ignoring {
	return &ignoring{codes: Ignorable(), keys: map[diag.Position]*diag.Diagnostic{}}
}

// note takes down what a topology ignores.
func (ig *ignoring) note(t *topology.Topology) {
	for _, e := range t.Ignore {
		if _, known := ig.keys[e.Key.Position]; known || e.Key.State == topology.Poisoned {
			continue
		}
		code, _ := check.Ignored(e.Key.Value)
		ig.keys[e.Key.Position] = &diag.Diagnostic{
			Code: code, Severity: diag.Warning, Path: e.Key.Path, Position: e.Key.Position,
			Message: "there is nothing here that this would switch off",
			Ignored: e.Value.Value,
		}
	}
}

// heed marks the findings that the topology ignores. Where that could not be
// read, which load has reported, it may be any of them: they are left out.
func (ig *ignoring) heed(t *topology.Topology, ds []diag.Diagnostic, unread bool) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, d := range ds {
		entry := ig.entry(t, d)
		switch {
		case entry != nil:
			ig.keys[entry.Key.Position] = nil
			d.Ignored = entry.Value.Value
			d.Related = append(slices.Clone(d.Related), diag.Related{Message: "it is ignored here", Position: entry.Key.Position})
			if entry.Value.State == topology.Poisoned {
				continue // load has reported the reason
			}
		case unread && slices.Contains(ig.codes, d.Code):
			continue
		}
		out = append(out, d)
	}
	return out
}

// entry is what a topology says to ignore a finding, or nil.
func (ig *ignoring) entry(t *topology.Topology, d diag.Diagnostic) *topology.Entry[topology.String] {
	if !slices.Contains(ig.codes, d.Code) {
		return nil
	}
	i := slices.IndexFunc(t.Ignore, func(e topology.Entry[topology.String]) bool {
		code, path := check.Ignored(e.Key.Value)
		return code == d.Code && diag.Within(d.Path, path)
	})
	if i < 0 {
		return nil
	}
	return &t.Ignore[i]
}

// idle gives what switched nothing off, once every stage has run.
func (ig *ignoring) idle() []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, d := range ig.keys {
		if d != nil && slices.Contains(ig.codes, d.Code) {
			out = append(out, *d)
		}
	}
	return out
}

// Heed marks the findings that a topology ignores.
func Heed(t *topology.Topology, ds []diag.Diagnostic) []diag.Diagnostic {
	return newIgnoring().heed(t, ds, false)
}

// hidesIgnore tells a finding of load that leaves unknown what the profile
// ignores: a fault of that section, or a key beside it that may be meant for it.
func hidesIgnore(d diag.Diagnostic) bool {
	return d.Path == "ignore" || d.Code == load.CodeUnknown && diag.Nearest(d.Path, []string{"ignore"}) != ""
}
