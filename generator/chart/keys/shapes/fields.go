package main

import (
	"fmt"
	"go/ast"
	"maps"
	"reflect"
	"strconv"
	"strings"
)

// fields writes the fields of a struct.
func (w *walker) fields(st *ast.StructType, at place, into *node) error {
	for _, f := range st.Fields.List {
		var tag reflect.StructTag
		if f.Tag != nil {
			text, _ := strconv.Unquote(f.Tag.Value)
			tag = reflect.StructTag(text)
		}
		name, options, _ := strings.Cut(tag.Get(w.tag), ",")
		if name == "-" || w.skip != nil && w.skip(name) {
			continue
		}
		if f.Comment.Text() != "" && strings.HasPrefix(f.Comment.Text(), "Deprecated: kept for") {
			continue // read, and not looked at
		}
		embedded := len(f.Names) == 0
		if !embedded && !ast.IsExported(f.Names[0].Name) {
			continue
		}
		inline := strings.Contains(options, "inline") || strings.Contains(options, "squash") ||
			embedded && name == "" && w.embeds
		if strings.Contains(options, "remain") {
			into.below["*"] = anything()
			continue
		}
		if w.texts && !inline {
			if name != "" {
				into.below[name] = leaf("string")
			}
			continue
		}
		n, err := w.field(f.Type, at, inline)
		if err != nil {
			return err
		}
		if inline && into.mixed && into.like == "" && n.like != "" && !n.mixed {
			into.like = n.like
			continue
		}
		if inline {
			if n.mixed {
				n = w.flat(n)
			}
			for n.like != "" {
				like := n.like
				if n = w.shapes[strings.TrimPrefix(like, w.name+"/")]; n == nil {
					return fmt.Errorf("%s: %s is inline and a shape of another program", at.path, like)
				}
			}
			for k, v := range n.below {
				if into.below[k] == nil {
					into.below[k] = v
				}
			}
			continue
		}
		for _, id := range names(f) {
			key := name
			if key == "" {
				key = w.untagged(id)
			}
			into.below[key] = n
		}
	}
	return nil
}

// flat has the keys of a mixed node and of its shape.
func (w *walker) flat(n *node) *node {
	out := &node{below: maps.Clone(n.below)}
	if shape := w.shapes[strings.TrimPrefix(n.like, w.name+"/")]; shape != nil {
		for k, v := range shape.below {
			if out.below[k] == nil {
				out.below[k] = v
			}
		}
	}
	return out
}

// field gives a key for the type of a field. What is inline is written out, even
// if it is a shape of another program.
func (w *walker) field(e ast.Expr, at place, inline bool) (*node, error) {
	w.direct = inline
	return w.expr(e, at)
}

// names are those of the fields of a line.
func names(f *ast.Field) []string {
	var out []string
	for _, id := range f.Names {
		out = append(out, id.Name)
	}
	if out == nil {
		t := f.Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		switch t := t.(type) {
		case *ast.Ident:
			out = append(out, t.Name)
		case *ast.SelectorExpr:
			out = append(out, t.Sel.Name)
		}
	}
	return out
}
