package load

import (
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"

	"tracegen.dev/generator/diag"
)

// structuralCycle is what CUE says of a value that holds itself.
const (
	structuralCycle = "structural cycle"
	cycleHelp       = "a value cannot hold itself: write what is meant instead of the reference"
)

// contradictions gives CUE's errors by path. What is merely incomplete is none.
// An error that an earlier pass found is said in its words: they do not speak of
// the defaults.
func contradictions(root cue.Value, earlier map[string][]errors.Error) map[string][]errors.Error {
	out := map[string][]errors.Error{}
	for _, e := range errors.Errors(root.Validate()) {
		key := strings.Join(e.Path(), ".")
		if earlier[key] != nil {
			out[key] = earlier[key]
			continue
		}
		out[key] = append(out[key], e)
	}
	return out
}

// conflict reports CUE's errors about one path: the profile's line first, and
// the others as related. A zero value has no labels to point to.
func (j *judge) conflict(v cue.Value, path string, errs []errors.Error) {
	if v.Exists() {
		j.said[pathKey(v)] = true
	}
	d := j.evaluation(path, diag.Position{}, cueMessage(errs[0]))
	if path != "" {
		d.Message = path + ": " + d.Message
	}
	d.Help = "keep one of them; a value that profiles may replace is a default where it is shared, as in *\"a\" | string"
	switch {
	case cueMessage(errs[0]) == structuralCycle:
		d.Help = cycleHelp
	case !v.Exists():
		d.Help = "make them agree: this is a constraint of the profile's own"
	case !strings.Contains(d.Message, "conflicting values"):
		d.Help = "correct the expression"
	}
	places := j.clashing(v, errs)
	if at := j.declared(errs[0].Path()); len(places) == 0 && at.IsValid() {
		places = []source{{at: at}}
	}
	if len(places) == 0 {
		places = []source{{at: j.profileFile()}}
	}
	d.Position = places[0].at
	for _, p := range places[1:] {
		d.Related = append(d.Related, diag.Related{Message: "the other value stands here", Position: p.at})
	}
	j.reportOf(v, d)
}

// clashing gives the labels of the values that the errors name, or the values'
// own places where there is no label.
func (j *judge) clashing(v cue.Value, errs []errors.Error) []source {
	labels := j.sources(v)
	var out []source
	add := func(s source) {
		for _, o := range out {
			if o.at == s.at {
				return
			}
		}
		out = append(out, s)
	}
	for _, l := range labels {
		for _, e := range errs {
			for _, p := range errors.Positions(e) {
				if l.node != nil && l.node.Pos().Filename() == p.Filename() &&
					l.node.Pos().Offset() <= p.Offset() && p.Offset() < l.node.End().Offset() {
					add(l)
				}
			}
		}
	}
	if len(out) < min(2, len(labels)) {
		return labels // CUE names no place, or that of one value only
	}
	if len(out) > 0 {
		return out
	}
	for _, own := range []bool{true, false} {
		for _, e := range errs {
			for _, p := range errors.Positions(e) {
				if at, mine := j.place(p); at.IsValid() && mine == own {
					add(source{at: at})
				}
			}
		}
	}
	return out
}
