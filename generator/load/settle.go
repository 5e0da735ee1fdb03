package load

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/literal"

	"tracegen.dev/generator/diag"
)

// The user's CUE may refer to what the schema alone knows: a default. So the
// profile is judged in passes. A pass notes the defaults of all structs that it
// comes by; where it leaves something open, the next one evaluates the profile
// with these defaults filled in. Most profiles need one pass. Filling in, rather
// than evaluating with the schema, keeps references alive next to faults.

// defaultsFile is the name, in the profile's directory, of a file that only CUE
// sees: the filled-in defaults.
const defaultsFile = "zz_tracegen_defaults.cue"

// unsettled is a value that a pass could not read, or that it found bad though
// it comes from elsewhere. What is said about it waits for the end: it may rest
// on a field that has a finding of its own.
type unsettled struct {
	finding diag.Diagnostic
	refs    []string
	// derived values are bad since another one is; that one has the finding.
	derived bool
}

// fill gives the profile evaluated with the defaults of the last pass. They
// stand in a file of its package, beside the user's.
func (j *judge) fill(ctx *cue.Context, pkg string, defaults map[string]any) (cue.Value, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", pkg)
	for _, path := range slices.Sorted(maps.Keys(defaults)) {
		keys, ok := split(path)
		if !ok {
			continue // inside a list, where CUE cannot fill
		}
		b.WriteString("topology: ")
		for _, k := range keys {
			b.WriteString(literal.String.Quote(k) + ": ")
		}
		switch d := defaults[path].(type) {
		case string:
			fmt.Fprintf(&b, "*%s | _\n", literal.String.Quote(d))
		default:
			fmt.Fprintf(&b, "*%v | _\n", d)
		}
	}
	file := filepath.Join(j.profile.Dir, defaultsFile)
	instance, err := j.w.instance(j.profile, bareSchema(), map[string]string{file: b.String()})
	if err != nil {
		return cue.Value{}, err
	}
	return ctx.BuildInstance(instance), instance.Err
}

// plain gives the data of v. Where there is none it says why, now or at the end
// of the pass, and is false.
func (j *judge) plain(v cue.Value, path string, at diag.Position) (cue.Value, bool) {
	if errs := j.conflicts[pathKey(v)]; errs != nil {
		j.conflict(v, path, errs)
		return v, false
	}
	if d, ok := v.Default(); ok && d.Err() == nil && d.IsConcrete() {
		return d, true
	}
	if fields(v) {
		if err := v.Err(); err != nil && !v.IsConcrete() && j.ownError(v, err) {
			// The struct is there; something that would add to it is not.
			j.unsettle(v, path, at, err)
		}
		return v, true
	}
	err := v.Err()
	switch {
	case err == nil && v.IsConcrete() && v.Kind() != cue.BottomKind:
		return v, true
	case err == nil && v.IncompleteKind() == cue.TopKind:
		return v, true // `_`: the type decides what it means
	case v.IsConcrete():
		j.pending = append(j.pending, unsettled{derived: true, finding: j.evaluation(path, at, cueMessage(err))})
		return v, false
	}
	if op, _ := v.Expr(); op == cue.OrOp {
		if s, ok := j.second(v); ok {
			return s, true
		}
	}
	j.unsettle(v, path, at, err)
	return v, false
}

// unsettle notes that v has no value.
func (j *judge) unsettle(v cue.Value, path string, at diag.Position, err error) {
	u := unsettled{finding: j.evaluation(path, at, ""), refs: j.references(v)}
	op, _ := v.Expr()
	switch {
	case err != nil && telling(err):
		u.finding.Message = fmt.Sprintf("%s cannot be worked out: %s", name(path), cueMessage(err))
		u.finding.Help = "correct the reference, or write the value itself"
	case len(u.refs) > 0:
		u.finding.Message = fmt.Sprintf("%s cannot be worked out from %s", name(path), strings.Join(u.refs, " and "))
		u.finding.Help = "correct the reference, or write the value itself"
	case op == cue.OrOp:
		u.finding.Message = fmt.Sprintf("%s may be several values: %s", name(path), shownValue(v))
		u.finding.Help = "write one of them, or mark one as the default with *"
	default:
		u.finding.Message = fmt.Sprintf("%s has no value, only the constraint %s", name(path), shownValue(v))
		u.finding.Help = "write a value"
	}
	j.pending = append(j.pending, u)
}

// telling reports whether CUE's message says more than that there is an error.
// A disjunction is often of our own making: the default beside the value.
func telling(err error) bool {
	return cueMessage(err) != "invalid interpolation" && !strings.Contains(err.Error(), "empty disjunction")
}

// ownError reports whether an error is about v itself, not about a field of it.
func (j *judge) ownError(v cue.Value, err error) bool {
	for _, e := range errors.Errors(err) {
		if strings.Join(e.Path(), ".") == pathKey(v) {
			return true
		}
	}
	return false
}

func (j *judge) evaluation(path string, at diag.Position, msg string) diag.Diagnostic {
	return diag.Diagnostic{Code: codeEvaluation, Message: msg, Path: path, Position: at}
}

// flush reports what stayed open, and whatever else CUE found: it lies outside
// the fields that were judged, as in hidden ones or beside the topology.
func (j *judge) flush() {
	for _, key := range slices.Sorted(maps.Keys(j.conflicts)) {
		path := strings.TrimPrefix(strings.TrimPrefix(key, "topology"), ".")
		if j.said[key] || j.covered(path) && strings.HasPrefix(key, "topology") {
			continue
		}
		if len(j.typos) > 0 && strings.HasPrefix(cueMessage(j.conflicts[key][0]), "undefined field") {
			continue // it may stand in the misspelt field
		}
		j.conflict(cue.Value{}, path, j.conflicts[key])
	}
	// What was reported so far rests on nothing. Of the others, one that rests
	// on another is silent for it; those that are left rest on each other in a
	// circle.
	for waiting := j.pending; len(waiting) > 0; {
		var paths []string
		for _, u := range waiting {
			paths = append(paths, u.finding.Path)
		}
		var left []unsettled
		for _, u := range waiting {
			switch {
			case u.derived || resting(u, j.bad):
				j.bad = append(j.bad, u.finding.Path)
			case !resting(u, paths):
				j.report(u.finding)
			default:
				left = append(left, u)
			}
		}
		if len(left) == len(waiting) {
			for _, u := range left {
				j.report(u.finding)
			}
			break
		}
		waiting = left
	}
	if len(j.found) == 0 && len(j.pending) > 0 { // never poison in silence
		j.report(j.pending[0].finding)
	}
}

// reportOf reports a finding about v, now or, where v comes from elsewhere, at
// the end.
func (j *judge) reportOf(v cue.Value, d diag.Diagnostic) {
	if refs := j.references(v); len(refs) > 0 {
		j.pending = append(j.pending, unsettled{finding: d, refs: refs})
		return
	}
	j.report(d)
}

// references gives what the user's expressions for v mention.
func (j *judge) references(v cue.Value) []string {
	var out []string
	for _, s := range j.sources(v) {
		switch {
		case s.field != nil:
			out = append(out, references(s.field.Value)...)
		case s.node != nil:
			out = append(out, references(s.node)...)
		}
	}
	return out
}

// resting reports whether a value refers to one of the bad paths. A name is
// looked for in each struct around the value, as CUE does.
func resting(u unsettled, bad []string) bool {
	path := u.finding.Path
	for _, ref := range u.refs {
		candidates := []string{ref}
		if absolute, ok := strings.CutPrefix(ref, "topology."); ok {
			candidates = []string{absolute}
		} else {
			for i, r := range path {
				if r == '.' {
					candidates = append(candidates, path[:i]+"."+ref)
				}
			}
		}
		for _, c := range candidates {
			for _, b := range bad {
				if b != path && !within(path, b) && (b == c || within(b, c) || within(c, b)) {
					return true
				}
			}
		}
	}
	return false
}

// covered reports whether a finding already speaks of the path, of something
// below it, or of something above it.
func (j *judge) covered(path string) bool {
	for _, b := range j.bad {
		if b == path || within(b, path) || within(path, b) {
			return true
		}
	}
	return false
}

func within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && outer != "" && rest != "" && (rest[0] == '.' || rest[0] == '[')
}

// second asks CUE, with the real schema, which of several values v has: the
// schema may rule out all but one. It costs as much as everything else together,
// and few profiles need it.
func (j *judge) second(v cue.Value) (cue.Value, bool) {
	if !j.whole.Exists() {
		instance, err := j.w.instance(j.profile, schemaFiles(), nil)
		if err != nil || instance.Err != nil {
			return cue.Value{}, false
		}
		j.whole = cuecontext.New().BuildInstance(instance)
	}
	s := j.whole.LookupPath(v.Path())
	s, _ = s.Default()
	return s, s.Err() == nil && s.IsConcrete()
}
