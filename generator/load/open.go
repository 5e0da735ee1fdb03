package load

import (
	"fmt"

	"cuelang.org/go/cue"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// open copies open data as it is: what it means is for Helm to say.
func (j *judge) open(v cue.Value, path string, at diag.Position) (topology.Value, bool) {
	out := topology.Value{Place: topology.Place{Path: path, Position: at}}
	original := v
	v, ok := j.plain(v, path, at)
	if !ok {
		return out, false
	}
	kind := kindOf(v)
	switch kind {
	case cue.TopKind:
		j.unsettle(original, path, at, nil)
		return out, false
	case cue.StructKind:
		out.Kind = topology.StructValue
		for _, e := range j.entries(v) {
			f, fine := j.open(e.value, join(path, e.name), j.position(e.value))
			ok = ok && fine
			out.Fields = append(out.Fields, topology.Field{Name: e.name, Value: f})
		}
		return out, ok
	case cue.ListKind:
		out.Kind = topology.ListValue
		for i, e := range items(v) {
			item, fine := j.open(e, fmt.Sprintf("%s[%d]", path, i), j.position(e))
			ok = ok && fine
			out.Items = append(out.Items, item)
		}
		return out, ok
	case cue.NullKind:
		return out, true
	case cue.StringKind:
		out.Scalar, _ = v.String()
		return out, true
	case cue.BoolKind:
		out.Scalar, _ = v.Bool()
		return out, true
	case cue.IntKind:
		if n, err := v.Int64(); err == nil {
			out.Scalar = n
			return out, true
		}
	case cue.FloatKind, cue.NumberKind:
		if n, err := float(v); err == nil {
			out.Scalar = n
			return out, true
		}
	}
	j.report(diag.Diagnostic{
		Code:     codeType,
		Message:  fmt.Sprintf("%s is %s, which YAML cannot hold as it is", path, kindName(kind)),
		Path:     path,
		Position: at,
		Help:     "write a string, a number of 64 bits, true, false or null",
	})
	return out, false
}
