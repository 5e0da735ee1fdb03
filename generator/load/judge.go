package load

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// The codes of load's findings.
const (
	codeSyntax     = "TG001" // CUE cannot read the file
	codeEvaluation = "TG002" // the user's own CUE contradicts itself
	CodeUnknown    = "TG003" // unknown key
	codeType       = "TG004" // wrong type
	codeEnum       = "TG005" // none of the allowed values
	codeRange      = "TG006" // out of range, or malformed
	codeMissing    = "TG007" // missing field
	codeNoTopology = "TG008" // nothing to read
	codeStray      = "TG031" // a directory that is no profile
)

// Rules has what load finds, by code.
var Rules = []diag.Rule{
	{Code: codeSyntax, Name: "syntax", Doc: "CUE can read the file"},
	{Code: codeEvaluation, Name: "evaluation", Doc: "the profile says one thing of each field, and what it refers to is there"},
	{Code: CodeUnknown, Name: "unknown key", Doc: "each key of the topology is one that the schema has"},
	{Code: codeType, Name: "type", Doc: "each field has a value of its type"},
	{Code: codeEnum, Name: "allowed values", Doc: "a field with a list of allowed values has one of them"},
	{Code: codeRange, Name: "range and form", Doc: "each number is in its range, and each text in its form"},
	{Code: codeMissing, Name: "missing field", Doc: "no field is missing that the schema demands"},
	{Code: codeNoTopology, Name: "no topology", Doc: "a profile has a topology"},
	{Code: codeStale, Name: "copy of the schema", Doc: "the workspace's copy of the schema, by which editors judge, is that of this tracegen", Severity: diag.Warning},
	{Code: codeBounds, Name: "bounds", Doc: "the input takes no more time and memory than a profile may"},
	{Code: codeStray, Name: "stray directory", Doc: "each directory in profiles/ holds a profile"},
}

// judge reads one profile's data against the description of the schema.
type judge struct {
	w         *Workspace
	profile   Profile
	schemaDir string // where CUE takes the schema to be
	whole     cue.Value
	files     []*ast.File  // of the profile's package
	typos     []*ast.Field // what was meant to be the topology

	shared    bool                      // none of the topology stands in the profile's own files
	filled    bool                      // this pass has defaults of an earlier one
	conflicts map[string][]errors.Error // what CUE found wrong, by path
	said      map[string]bool           // those of them that were reported
	found     []diag.Diagnostic
	bad       []string       // the paths that they are about
	pending   []unsettled    // what could not be read
	defaults  map[string]any // of the structs that are there, by path
}

func (j *judge) report(d diag.Diagnostic) {
	j.bad = append(j.bad, d.Path)
	j.found = append(j.found, d)
}

// value judges v against t, and puts it into dst.
func (j *judge) value(v cue.Value, t *topology.Type, dst reflect.Value, path string, at diag.Position, required bool) {
	original := v
	v, ok := j.plain(v, path, at)
	if !ok {
		topology.Poison(dst.Addr().Interface())
		return
	}
	want, kind := kinds[t.Kind], kindOf(v)
	if kind == cue.TopKind {
		// `_`, which a definition of the schema also is here: nothing is given.
		if want.kind == cue.StructKind || want.kind == cue.ListKind {
			kind = want.kind
		} else {
			j.unsettle(original, path, at, nil)
			topology.Poison(dst.Addr().Interface())
			return
		}
	}
	if kind&want.kind == 0 {
		j.reportOf(original, diag.Diagnostic{
			Code:     codeType,
			Message:  fmt.Sprintf("%s is %s, and must be %s", name(path), kindName(kind), want.name),
			Path:     path,
			Position: at,
			Help:     retyped(v, t, required),
		})
		topology.Poison(dst.Addr().Interface())
		return
	}
	switch t.Kind {
	case topology.StructKind:
		j.structure(v, t.Def, nil, allocated(dst), path, at)
	case topology.UnionKind:
		j.union(v, t.Def, allocated(dst), path, at)
	case topology.ListKind:
		j.list(v, t, dst, path)
	case topology.MapKind:
		j.mapping(v, t, dst, path)
	case topology.OpenKind:
		open := dst.Addr().Interface().(*topology.Open)
		open.State = topology.Given
		if v.IncompleteKind() == cue.TopKind {
			open.Value = topology.Value{Place: topology.Place{Path: path, Position: at}, Kind: topology.StructValue}
		} else if open.Value, ok = j.open(v, path, at); !ok {
			open.State = topology.Poisoned
		}
	default:
		if _, several := original.Default(); several && !acceptable(v, t) {
			if s, ok := j.second(original); ok {
				v = s
			}
		}
		j.scalar(v, original, t, dst, path, at)
	}
}

// allocated follows the pointer of an optional struct.
func allocated(dst reflect.Value) reflect.Value {
	if dst.Kind() == reflect.Pointer {
		dst.Set(reflect.New(dst.Type().Elem()))
		return dst.Elem()
	}
	return dst
}

// structure judges a struct's fields. Where it is an arm of a union, the union
// says what the other arms have.
func (j *judge) structure(v cue.Value, d, union *topology.Def, dst reflect.Value, path string, at diag.Position) {
	given := j.given(v, d, union, path)
	if path == "" {
		j.meant(given)
		if j.shared {
			at = j.home() // the shared file lacks nothing: this profile does
		}
	}
	j.fields(given, d, dst, path, at)
}

// given collects the fields that the user wrote, and reports those that d does
// not know. A known name that was misspelt maps to an invalid value: it is
// there as far as the missing ones are concerned.
func (j *judge) given(v cue.Value, d, union *topology.Def, path string) map[string]cue.Value {
	out := map[string]cue.Value{}
	var known []string
	for _, f := range d.Fields {
		known = append(known, f.Name)
	}
	var unknown []namedValue
	for _, e := range j.entries(v) {
		if slices.Contains(known, e.name) {
			out[e.name] = e.value
		} else {
			unknown = append(unknown, e)
		}
	}
	silent := len(unknown) > 0 && wrongArm(out, d)
	absent := slices.DeleteFunc(slices.Clone(known), func(name string) bool { _, ok := out[name]; return ok })
	for _, e := range unknown {
		help := "known are: " + strings.Join(known, ", ")
		if where := elsewhere(union, e.name); where != "" {
			help = fmt.Sprintf("%s goes with %s; %s", e.name, where, help)
		} else if near := cmp.Or(diag.Nearest(e.name, absent), diag.Nearest(e.name, known)); near != "" {
			help = fmt.Sprintf("write %s", near)
			j.bad = append(j.bad, join(path, near)) // what refers to it is silent
			if _, ok := out[near]; !ok {
				out[near] = cue.Value{}
			}
		}
		if silent {
			continue
		}
		j.report(diag.Diagnostic{
			Code:     CodeUnknown,
			Message:  fmt.Sprintf("unknown key %q in %s", e.name, name(path)),
			Path:     join(path, e.name),
			Position: j.position(e.value),
			Help:     help,
		})
	}
	return out
}

func (j *judge) fields(given map[string]cue.Value, d *topology.Def, dst reflect.Value, path string, at diag.Position) {
	setPlace(dst, path, at)
	for i := range d.Fields {
		f := &d.Fields[i]
		field := dst.FieldByName(goName(f.Name))
		fieldPath := join(path, f.Name)
		if f.Default != nil {
			j.defaults[fieldPath] = f.Default
		}
		v, ok := given[f.Name]
		switch {
		case ok && (!v.Exists() || f.Type == nil):
			topology.Poison(field.Addr().Interface())
		case ok:
			j.value(v, f.Type, field, fieldPath, j.position(v), f.Presence == topology.Required)
		case f.Default != nil:
			setScalar(field, f.Default, fieldPath, at, topology.Default)
		case f.Presence == topology.Required:
			j.missing(f, fieldPath, at)
			topology.Poison(field.Addr().Interface())
		case f.Presence == topology.Regular:
			j.fields(nil, f.Type.Def, field, fieldPath, at)
		default:
			setPlace(field, fieldPath, at)
		}
	}
}

func (j *judge) missing(f *topology.FieldDef, path string, at diag.Position) {
	if len(j.typos) > 0 {
		return // it may stand in the misspelt field
	}
	help := "add " + f.Name
	if f.Type != nil {
		help += ": " + example(f.Type)
		if f.Type.Doc != "" && len(f.Type.Enum) == 0 {
			help += "; " + f.Type.Doc
		}
	}
	where := ""
	if path == f.Name && at == j.home() {
		where = " in the profile " + j.profile.Name
	}
	j.report(diag.Diagnostic{
		Code:     codeMissing,
		Message:  fmt.Sprintf("%s is missing%s: %s", path, where, strings.TrimSuffix(f.Doc, ".")),
		Path:     path,
		Position: at,
		Help:     help,
	})
}

func (j *judge) list(v cue.Value, t *topology.Type, dst reflect.Value, path string) {
	dst.Set(reflect.MakeSlice(dst.Type(), 0, 0)) // not nil: an empty list was given
	for i, item := range items(v) {
		elem := reflect.New(dst.Type().Elem()).Elem()
		j.value(item, t.Elem, elem, fmt.Sprintf("%s[%d]", path, i), j.position(item), false)
		dst.Set(reflect.Append(dst, elem))
	}
}

func (j *judge) mapping(v cue.Value, t *topology.Type, dst reflect.Value, path string) {
	entries := j.entries(v)
	slices.SortFunc(entries, func(a, b namedValue) int { return cmp.Compare(a.name, b.name) })
	for _, entry := range entries {
		at := j.position(entry.value)
		e := reflect.New(dst.Type().Elem()).Elem()
		setScalar(e.FieldByName("Key"), entry.name, join(path, entry.name), at, topology.Given)
		j.value(entry.value, t.Elem, e.FieldByName("Value"), join(path, entry.name), at, false)
		dst.Set(reflect.Append(dst, e))
	}
}
