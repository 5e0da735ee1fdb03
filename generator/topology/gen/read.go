package main

import (
	"fmt"
	"io/fs"
	"strings"

	"cuelang.org/go/cue/ast"
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
}

// read parses the schema and holds it to the dialect. The first departure from
// the dialect is the error.
func read(fsys fs.FS) (*definitions, error) {
	s := &definitions{
		decls:   map[string]*ast.Field{},
		docs:    map[string]string{},
		structs: map[string]*topology.Def{},
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
				if s.decls[label.Name] != nil {
					return nil, bad(d, "%s stands twice", label.Name)
				}
				s.decls[label.Name] = d
				order = append(order, label.Name)
			default:
				return nil, bad(d, "only definitions may stand at the top level, not %T", d)
			}
		}
	}
	for _, name := range order {
		if s.reaches(name, name, map[string]bool{}) {
			return nil, bad(s.decls[name], "%s contains itself", name)
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

// reaches reports whether a definition refers to another, also by way of others.
func (s *definitions) reaches(from, to string, seen map[string]bool) bool {
	d := s.decls[from]
	if d == nil || seen[from] {
		return false
	}
	seen[from] = true
	found := false
	ast.Walk(d.Value, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && strings.HasPrefix(id.Name, "#") {
			found = found || id.Name == to || s.reaches(id.Name, to, seen)
		}
		return !found
	}, nil)
	return found
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
	d := &topology.Def{Name: name[1:], Doc: s.docs[name]}
	if lit, ok := field.Value.(*ast.StructLit); ok {
		for _, e := range lit.Elts {
			f, err := s.field(e)
			if err != nil {
				return nil, err
			}
			if f != nil && d.Field(f.Name) != nil {
				return nil, bad(e, "%s stands twice in %s", f.Name, d.Name)
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
			if arm.Arms != nil {
				return nil, bad(field, "an arm is a struct, and %s is a union", arm.Name)
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
		for i, name := range discs {
			word := arm.Word(name)
			if word == "" && i == 0 {
				return bad(at, "arm %s of %s lacks the literal discriminator %s", arm.Name, d.Name, name)
			}
			if word == "" && arm.Field(name) != nil {
				return bad(at, "%s tells arms of %s apart, and is no literal in %s", name, d.Name, arm.Name)
			}
			key = append(key, word)
		}
		k := strings.Join(key, " ")
		if len(discs) == 0 || seen[k] {
			return bad(at, "no literal discriminator tells arm %s of %s apart", arm.Name, d.Name)
		}
		seen[k] = true
	}
	return nil
}
