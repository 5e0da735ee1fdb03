package main

import (
	"regexp"
	"slices"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/topology"
)

func (s *definitions) field(e ast.Decl) (*topology.FieldDef, error) {
	d, ok := e.(*ast.Field)
	if !ok {
		if _, ok := e.(*ast.CommentGroup); ok {
			return nil, nil
		}
		return nil, bad(e, "a definition holds plain fields only, not %T", e)
	}
	label, ok := d.Label.(*ast.Ident)
	if !ok || !regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`).MatchString(label.Name) {
		return nil, bad(d, "a field's name is lowerCamel, and a map stands behind a field")
	}
	if label.Name == "place" {
		return nil, bad(d, "the name place is taken by the Go types")
	}
	if len(d.Attrs) > 0 {
		return nil, bad(d, "an attribute is not part of the dialect")
	}
	f := &topology.FieldDef{Name: label.Name}
	var err error
	if f.Doc, err = doc(d); err != nil {
		return nil, err
	}
	switch d.Constraint {
	case token.NOT:
		f.Presence = topology.Required
	case token.OPTION:
		f.Presence = topology.Optional
	default:
		f.Presence = topology.Regular
	}
	value := d.Value
	alts := operands(value, token.OR)
	if u, ok := alts[0].(*ast.UnaryExpr); ok && u.Op == token.MUL {
		if f.Presence != topology.Regular {
			return nil, bad(d, "a field with a default is neither optional nor required")
		}
		if f.Default, err = constant(u.X); err != nil {
			return nil, err
		}
		// The default is one of an enum's words, or an instance of the type
		// that follows it.
		if len(alts) == 1 {
			return nil, bad(d, "a default needs the type beside it")
		}
		rest := alts[1:]
		if _, isLit := rest[0].(*ast.BasicLit); isLit {
			rest = append([]ast.Expr{u.X}, rest...)
		}
		f.Type, err = s.alternatives(d, rest)
	} else {
		f.Type, err = s.typ(value)
		if err == nil && f.Presence == topology.Regular && f.Type.Kind != topology.StructKind {
			return nil, bad(d, "a field that is neither optional nor required has a default")
		}
	}
	if err != nil {
		return nil, err
	}
	if err := checkDefault(d, f); err != nil {
		return nil, err
	}
	return f, nil
}

func checkDefault(at ast.Node, f *topology.FieldDef) error {
	if f.Default == nil {
		return nil
	}
	ok := false
	switch v := f.Default.(type) {
	case string:
		ok = f.Type.Kind == topology.StringKind &&
			(len(f.Type.Enum) == 0 || slices.Contains(f.Type.Enum, v)) &&
			(f.Type.Pattern == "" || regexp.MustCompile(f.Type.Pattern).MatchString(v))
	case int64:
		ok = f.Type.Kind == topology.IntKind && bounded(float64(v), f.Type)
	case float64:
		ok = f.Type.Kind == topology.NumberKind && bounded(v, f.Type)
	case bool:
		ok = f.Type.Kind == topology.BoolKind
	}
	if !ok {
		return bad(at, "the default %v of %s is not of its type", f.Default, f.Name)
	}
	return nil
}

func bounded(n float64, t *topology.Type) bool {
	if b := t.Min; b != nil && (n < b.Value || b.Exclusive && n == b.Value) {
		return false
	}
	b := t.Max
	return b == nil || n < b.Value || !b.Exclusive && n == b.Value
}
