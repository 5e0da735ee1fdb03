package load

import (
	"fmt"
	"path/filepath"
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

// unsettled is a value that a pass could not read. What is said about it waits
// for the end: it may rest on a field that has a finding of its own.
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
	for _, path := range sortedKeys(defaults) {
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
	instances, err := j.w.instances([]Profile{j.profile}, bareSchema(), map[string]string{file: b.String()})
	if err != nil {
		return cue.Value{}, err
	}
	return ctx.BuildInstance(instances[0]), instances[0].Err
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
	u := unsettled{finding: j.evaluation(path, at, "")}
	for _, s := range j.sources(v) {
		if s.field != nil {
			u.refs = append(u.refs, references(s.field.Value)...)
		} else if s.node != nil {
			u.refs = append(u.refs, references(s.node)...)
		}
	}
	op, _ := v.Expr()
	switch {
	case err != nil:
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
	for _, key := range sortedKeys(j.conflicts) {
		path := strings.TrimPrefix(strings.TrimPrefix(key, "topology"), ".")
		if j.said[key] || j.covered(path) && strings.HasPrefix(key, "topology") {
			continue
		}
		j.conflict(cue.Value{}, path, j.conflicts[key])
	}
	for _, u := range j.pending {
		if !u.derived && !j.resting(u.refs) && !j.covered(u.finding.Path) {
			j.report(u.finding)
		}
	}
	for _, u := range j.pending {
		if len(j.found) == 0 { // never poison in silence
			j.report(u.finding)
		}
	}
}

// resting reports whether one of the references is to something that has a
// finding.
func (j *judge) resting(refs []string) bool {
	for _, ref := range refs {
		if j.covered(ref) {
			return true
		}
		for _, b := range j.bad {
			if strings.HasSuffix(b, "."+ref) {
				return true
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
		instances, err := j.w.instances([]Profile{j.profile}, schemaFiles(), nil)
		if err != nil || instances[0].Err != nil {
			return cue.Value{}, false
		}
		j.whole = cuecontext.New().BuildInstance(instances[0])
	}
	s := j.whole.LookupPath(v.Path())
	s, _ = s.Default()
	return s, s.Err() == nil && s.IsConcrete()
}

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
	if !strings.Contains(d.Message, "conflicting values") {
		d.Help = "correct the expression"
	}
	places := j.clashing(v, errs)
	if len(places) == 0 {
		places = []source{{at: j.profileFile()}}
	}
	d.Position = places[0].at
	for _, p := range places[1:] {
		d.Related = append(d.Related, diag.Related{Message: "the other value stands here", Position: p.at})
	}
	j.report(d)
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
