package main

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/topology"
)

// definitions is the parsed schema: its definitions in the order of the files.
type definitions struct {
	decls map[string]*ast.Field
	docs  map[string]string

	structs map[string]*topology.Def // structs and unions
	order   []string                 // their names
	scalars []string                 // the names of the other definitions
	open    map[string]bool          // being read now, to refuse cycles
}

// read parses the schema and holds it to the dialect. The first departure from
// the dialect is the error.
func read(fsys fs.FS) (*definitions, error) {
	s := &definitions{
		decls:   map[string]*ast.Field{},
		docs:    map[string]string{},
		structs: map[string]*topology.Def{},
		open:    map[string]bool{},
	}
	names, err := fs.Glob(fsys, "*.cue")
	if err != nil {
		return nil, err
	}
	var order []string
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(name, data, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.Package, *ast.CommentGroup:
			case *ast.Field:
				label, ok := d.Label.(*ast.Ident)
				if !ok || !strings.HasPrefix(label.Name, "#") {
					return nil, bad(d, "only definitions may stand at the top level")
				}
				if s.docs[label.Name], err = doc(d); err != nil {
					return nil, err
				}
				s.decls[label.Name] = d
				order = append(order, label.Name)
			default:
				return nil, bad(d, "only definitions may stand at the top level, not %T", d)
			}
		}
	}
	for _, name := range order {
		if s.isStruct(name) {
			if _, err := s.def(name); err != nil {
				return nil, err
			}
			continue
		}
		if _, err := s.typ(s.decls[name].Value); err != nil {
			return nil, err
		}
		s.scalars = append(s.scalars, name)
	}
	return s, nil
}

// isStruct reports whether a definition is a struct or a union of structs.
func (s *definitions) isStruct(name string) bool {
	d, ok := s.decls[name]
	if !ok {
		return false
	}
	if _, ok := d.Value.(*ast.StructLit); ok {
		return true
	}
	for _, e := range operands(d.Value, token.OR) {
		id, ok := e.(*ast.Ident)
		if !ok || !s.isStruct(id.Name) {
			return false
		}
	}
	return true
}

func (s *definitions) def(name string) (*topology.Def, error) {
	if d, ok := s.structs[name]; ok {
		return d, nil
	}
	field, ok := s.decls[name]
	if !ok {
		return nil, fmt.Errorf("%s is not defined", name)
	}
	if s.open[name] {
		return nil, bad(field, "%s contains itself", name)
	}
	s.open[name] = true
	defer delete(s.open, name)

	d := &topology.Def{Name: name[1:], Doc: s.docs[name]}
	if lit, ok := field.Value.(*ast.StructLit); ok {
		for _, e := range lit.Elts {
			f, err := s.field(e)
			if err != nil {
				return nil, err
			}
			if f != nil {
				d.Fields = append(d.Fields, *f)
			}
		}
	} else {
		for _, e := range operands(field.Value, token.OR) {
			arm, err := s.def(e.(*ast.Ident).Name)
			if err != nil {
				return nil, err
			}
			d.Arms = append(d.Arms, arm)
		}
		if err := checkUnion(field, d); err != nil {
			return nil, err
		}
	}
	s.structs[name] = d
	s.order = append(s.order, name)
	return d, nil
}

// checkUnion demands that literal discriminators tell the arms apart.
func checkUnion(at ast.Node, d *topology.Def) error {
	discs := d.Discriminators()
	seen := map[string]bool{}
	for _, arm := range d.Arms {
		var key []string
		for _, name := range discs {
			f := arm.Field(name)
			if f == nil || f.Presence != topology.Required || len(f.Type.Enum) != 1 {
				return bad(at, "arm %s of %s lacks the literal discriminator %s", arm.Name, d.Name, name)
			}
			key = append(key, f.Type.Enum[0])
		}
		k := strings.Join(key, " ")
		if len(discs) == 0 || seen[k] {
			return bad(at, "no literal discriminator tells arm %s of %s apart", arm.Name, d.Name)
		}
		seen[k] = true
	}
	return nil
}

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
		ok = f.Type.Kind == topology.IntKind
	case float64:
		ok = f.Type.Kind == topology.NumberKind
	case bool:
		ok = f.Type.Kind == topology.BoolKind
	}
	if !ok {
		return bad(at, "the default %v of %s is not of its type", f.Default, f.Name)
	}
	return nil
}

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

// operands takes apart a chain of one binary operator.
func operands(e ast.Expr, op token.Token) []ast.Expr {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return operands(e.X, op)
	case *ast.BinaryExpr:
		if e.Op == op {
			return append(operands(e.X, op), operands(e.Y, op)...)
		}
	}
	return []ast.Expr{e}
}

// constant reads a literal: string, int64, float64 or bool.
func constant(e ast.Expr) (any, error) {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return nil, bad(e, "%T is not a literal", e)
	}
	switch lit.Kind {
	case token.STRING:
		return literal.Unquote(lit.Value)
	case token.INT:
		return strconv.ParseInt(lit.Value, 10, 64)
	case token.FLOAT:
		return strconv.ParseFloat(lit.Value, 64)
	case token.TRUE, token.FALSE:
		return lit.Kind == token.TRUE, nil
	}
	return nil, bad(e, "%s is not a literal of the dialect", lit.Value)
}

// doc gives the doc comment, which is one line.
func doc(d *ast.Field) (string, error) {
	for _, g := range d.Comments() {
		if g.Doc && len(g.List) == 1 {
			return strings.TrimSpace(strings.TrimPrefix(g.List[0].Text, "//")), nil
		}
	}
	return "", bad(d, "a doc comment of one line is missing")
}

func bad(n ast.Node, format string, args ...any) error {
	return fmt.Errorf("%s: %s", n.Pos(), fmt.Sprintf(format, args...))
}
