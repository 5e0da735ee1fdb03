package load

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// compiled is an expression that is compiled where one is needed: every start
// would pay for it.
func compiled(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// scalar judges a leaf whose kind is right. The original is the value as the
// user wrote it, such as a disjunction.
func (j *judge) scalar(v, original cue.Value, t *topology.Type, dst reflect.Value, path string, at diag.Position) {
	if code, help := objection(v, t); code != "" {
		j.reportOf(original, diag.Diagnostic{
			Code:     code,
			Message:  fmt.Sprintf("%s cannot be %s", path, shownValue(v)),
			Path:     path,
			Position: at,
			Help:     help,
		})
		topology.Poison(dst.Addr().Interface())
		return
	}
	var value any
	switch t.Kind {
	case topology.StringKind:
		value, _ = v.String()
	case topology.BoolKind:
		value, _ = v.Bool()
	case topology.IntKind:
		value, _ = v.Int64()
	default:
		value, _ = float(v)
	}
	setScalar(dst, value, path, at, topology.Given)
	if f, ok := dst.Addr().Interface().(*topology.File); ok {
		f.Data, f.Fault = j.w.readFile(f.Value)
	}
}

// objection says what is wrong with a value whose kind is right: a code and the
// help, or nothing.
func objection(v cue.Value, t *topology.Type) (code, help string) {
	switch t.Kind {
	case topology.StringKind:
		s, _ := v.String()
		if len(t.Enum) > 0 && !slices.Contains(t.Enum, s) {
			if near := diag.Nearest(s, t.Enum); near != "" && len(t.Enum) > 1 {
				return codeEnum, fmt.Sprintf("write %q; allowed are %s", near, words(t.Enum))
			}
			return codeEnum, "write " + words(t.Enum)
		}
		if !t.Matches(s) {
			if full := completed(s, t); full != "" {
				return codeRange, fmt.Sprintf("write a full version, such as %q", full)
			}
			if hours := inHours(s, t); hours != "" {
				return codeRange, fmt.Sprintf("write %q; %s", hours, t.Doc)
			}
			return codeRange, t.Doc
		}
	case topology.IntKind:
		// Beyond 64 bits no bound of ours holds, and without a bound Go's does.
		if n, err := v.Int64(); err != nil || !inRange(float64(n), t) {
			return codeRange, cmp.Or(t.Doc, "write a whole number of 64 bits")
		}
	case topology.NumberKind:
		if n, err := float(v); err != nil || !inRange(n, t) {
			return codeRange, cmp.Or(t.Doc, "write a number of 64 bits")
		}
	}
	return "", ""
}

// acceptable reports whether a value can stand there.
func acceptable(v cue.Value, t *topology.Type) bool {
	code, _ := objection(v, t)
	return code == "" && v.Kind()&kinds[t.Kind].kind != 0
}

func inRange(n float64, t *topology.Type) bool {
	if b := t.Min; b != nil && (n < b.Value || b.Exclusive && n == b.Value) {
		return false
	}
	if b := t.Max; b != nil && (n > b.Value || b.Exclusive && n == b.Value) {
		return false
	}
	return true
}

// setScalar fills a leaf.
func setScalar(dst reflect.Value, v any, path string, at diag.Position, state topology.State) {
	place := topology.Place{Path: path, Position: at}
	switch p := dst.Addr().Interface().(type) {
	case *topology.String:
		*p = topology.String{Place: place, Value: v.(string), State: state}
	case *topology.File:
		p.String = topology.String{Place: place, Value: v.(string), State: state}
	case *topology.Int:
		*p = topology.Int{Place: place, Value: v.(int64), State: state}
	case *topology.Number:
		*p = topology.Number{Place: place, Value: v.(float64), State: state}
	case *topology.Bool:
		*p = topology.Bool{Place: place, Value: v.(bool), State: state}
	default:
		panic(fmt.Sprintf("load: %s is a %T", path, p))
	}
}

// setPlace says where a struct or an absent leaf stands.
func setPlace(dst reflect.Value, path string, at diag.Position) {
	if dst.Kind() != reflect.Struct {
		return
	}
	if f := dst.FieldByName("Place"); f.IsValid() {
		f.Set(reflect.ValueOf(topology.Place{Path: path, Position: at}))
	}
}

// errBeyond is of a number that is not what it looks like.
var errBeyond = errors.New("the exponent is beyond what CUE reads")

// float gives a number. CUE 0.17.1 takes one whose exponent is beyond 100000 for
// what stands before that: 1e100001 is 1.
func float(v cue.Value) (float64, error) {
	n, err := v.Float64()
	written := v.Source()
	if f, ok := written.(*ast.Field); ok {
		written = f.Value
	}
	if u, ok := written.(*ast.UnaryExpr); ok {
		written = u.X
	}
	lit, ok := written.(*ast.BasicLit)
	if !ok || err != nil {
		return n, err
	}
	if _, exponent, ok := strings.Cut(strings.ToLower(lit.Value), "e"); ok {
		if e, err := strconv.Atoi(exponent); err != nil || e > 100_000 || e < -100_000 {
			return n, errBeyond
		}
	}
	return n, nil
}
