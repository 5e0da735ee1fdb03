package main

import (
	"regexp"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/topology"
)

// typ reads what a field may hold.
func (s *definitions) typ(e ast.Expr) (*topology.Type, error) {
	return s.alternatives(e, operands(e, token.OR))
}

// alternatives reads a type: a single one, or an enum of strings.
func (s *definitions) alternatives(at ast.Node, alts []ast.Expr) (*topology.Type, error) {
	if _, ok := alts[0].(*ast.BasicLit); ok {
		t := &topology.Type{Kind: topology.StringKind}
		for _, a := range alts {
			v, err := constant(a)
			word, ok := v.(string)
			if err != nil || !ok {
				return nil, bad(a, "an enum is made of strings")
			}
			t.Enum = append(t.Enum, word)
		}
		return t, nil
	}
	if len(alts) != 1 {
		return nil, bad(at, "a union of structs is a definition of its own")
	}
	switch e := alts[0].(type) {
	case *ast.Ident:
		return s.ident(e)
	case *ast.UnaryExpr, *ast.BinaryExpr:
		return s.constraints(e)
	case *ast.ListLit:
		if len(e.Elts) == 1 {
			if el, ok := e.Elts[0].(*ast.Ellipsis); ok && el.Type != nil {
				elem, err := s.typ(el.Type)
				return &topology.Type{Kind: topology.ListKind, Elem: elem}, err
			}
		}
		return nil, bad(e, "a list is [...#Def]")
	case *ast.StructLit:
		return s.mapOrOpen(e)
	}
	return nil, bad(at, "%T is not part of the dialect", alts[0])
}

func (s *definitions) ident(e *ast.Ident) (*topology.Type, error) {
	switch e.Name {
	case "string":
		return &topology.Type{Kind: topology.StringKind}, nil
	case "int":
		return &topology.Type{Kind: topology.IntKind}, nil
	case "number":
		return &topology.Type{Kind: topology.NumberKind}, nil
	case "bool":
		return &topology.Type{Kind: topology.BoolKind}, nil
	}
	if s.isStruct(e.Name) {
		d, err := s.def(e.Name)
		if err != nil {
			return nil, err
		}
		kind := topology.StructKind
		if d.Arms != nil {
			kind = topology.UnionKind
		}
		return &topology.Type{Kind: kind, Def: d}, nil
	}
	decl, ok := s.decls[e.Name]
	if !ok {
		return nil, bad(e, "%s is not defined", e.Name)
	}
	t, err := s.typ(decl.Value)
	if err != nil {
		return nil, err
	}
	t.Name, t.Doc = e.Name[1:], s.docs[e.Name]
	return t, nil
}

// constraints reads `int & >=1 & <=9` and `=~"…"`.
func (s *definitions) constraints(e ast.Expr) (*topology.Type, error) {
	t := &topology.Type{Kind: topology.StringKind}
	// (A pattern says that it is a string; a bound does not say of what.)
	for _, o := range operands(e, token.AND) {
		if id, ok := o.(*ast.Ident); ok {
			base, err := s.ident(id)
			if err != nil {
				return nil, err
			}
			t.Kind = base.Kind
			continue
		}
		u, ok := o.(*ast.UnaryExpr)
		if !ok {
			return nil, bad(o, "%T is not a constraint of the dialect", o)
		}
		v, err := constant(u.X)
		if err != nil {
			return nil, err
		}
		if u.Op == token.MAT {
			pattern, ok := v.(string)
			if !ok || t.Pattern != "" {
				return nil, bad(u, "a scalar has one pattern")
			}
			if t.Kind != topology.StringKind {
				return nil, bad(e, "a pattern is for strings")
			}
			if _, err := regexp.Compile(pattern); err != nil {
				return nil, bad(u, "%v", err)
			}
			t.Pattern = pattern
			continue
		}
		var n float64
		switch v := v.(type) {
		case int64:
			n = float64(v)
		case float64:
			n = v
		default:
			return nil, bad(u, "a bound is a number")
		}
		b := &topology.Bound{Value: n, Exclusive: u.Op == token.GTR || u.Op == token.LSS}
		switch u.Op {
		case token.GEQ, token.GTR:
			t.Min = b
		case token.LEQ, token.LSS:
			t.Max = b
		default:
			return nil, bad(u, "%s is not part of the dialect", u.Op)
		}
	}
	if (t.Min != nil || t.Max != nil) && t.Kind != topology.IntKind && t.Kind != topology.NumberKind {
		return nil, bad(e, "a bound needs int or number beside it")
	}
	return t, nil
}

func (s *definitions) mapOrOpen(e *ast.StructLit) (*topology.Type, error) {
	if len(e.Elts) == 1 {
		switch d := e.Elts[0].(type) {
		case *ast.Ellipsis:
			return &topology.Type{Kind: topology.OpenKind}, nil
		case *ast.Field:
			if l, ok := d.Label.(*ast.ListLit); ok && len(l.Elts) == 1 {
				if id, ok := l.Elts[0].(*ast.Ident); ok && id.Name == "string" {
					elem, err := s.typ(d.Value)
					return &topology.Type{Kind: topology.MapKind, Elem: elem}, err
				}
			}
		}
	}
	return nil, bad(e, "a struct inside a definition is a definition of its own; a map is [string]: #Def, open data {...}")
}
