package load

import (
	"fmt"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"tracegen.dev/generator/diag"
)

// misspelt gives the fields at the top of the package that are most likely meant
// to be `topology`. Other fields are helpers of the user's: so is one that is
// mentioned anywhere.
func (j *judge) misspelt() []*ast.Field {
	var out []*ast.Field
	for _, f := range j.files {
		for _, d := range f.Decls {
			field, ok := d.(*ast.Field)
			if !ok {
				continue
			}
			label, isIdent, err := ast.LabelName(field.Label)
			hidden := isIdent && (strings.HasPrefix(label, "_") || strings.HasPrefix(label, "#"))
			if err != nil || hidden || label == "topology" || !j.ours(f) {
				continue
			}
			near := strings.EqualFold(label, "topology") || diag.Distance(label, "topology") <= 2
			if near && !j.mentioned(label) {
				out = append(out, field)
			}
		}
	}
	return out
}

// ours reports whether a file is one that the user can edit.
func (j *judge) ours(f *ast.File) bool {
	at, _ := j.place(f.Pos())
	return at.IsValid()
}

// mentioned reports whether some expression of the package refers to a field.
func (j *judge) mentioned(label string) bool {
	found := false
	for _, f := range j.files {
		ast.Walk(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				for _, ref := range references(n.Value) {
					found = found || ref == label || within(ref, label)
				}
			case *ast.LetClause:
				for _, ref := range references(n.Expr) {
					found = found || ref == label || within(ref, label)
				}
			}
			return !found
		}, nil)
	}
	return found
}

func (j *judge) reportTypos() {
	for _, f := range j.typos {
		label, _, _ := ast.LabelName(f.Label)
		at, _ := j.place(f.Label.Pos())
		j.report(diag.Diagnostic{
			Code:     CodeUnknown,
			Message:  fmt.Sprintf("unknown field %s; tracegen reads topology alone", label),
			Path:     label,
			Position: at,
			Help:     "write topology",
		})
	}
}

// meant adds to the fields of the topology those that stand in a misspelt one:
// they are there, and bad.
func (j *judge) meant(given map[string]cue.Value) {
	for _, f := range j.typos {
		for _, name := range labels(f.Value) {
			if _, ok := given[name]; !ok {
				given[name] = cue.Value{}
			}
			j.bad = append(j.bad, join("", name))
		}
	}
}

// labels gives the names of the fields of a struct literal.
func labels(e ast.Expr) []string {
	var out []string
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return append(labels(e.X), labels(e.Y)...)
	case *ast.StructLit:
		for _, d := range e.Elts {
			if f, ok := d.(*ast.Field); ok {
				if name, _, err := ast.LabelName(f.Label); err == nil {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

// declared gives the label at a path of the package, or of the last field on
// the way to it that is written: the profile's own first.
func (j *judge) declared(path []string) diag.Position {
	var best diag.Position
	deepest := 0
	for _, own := range []bool{true, false} {
		for _, f := range j.files {
			if j.ours(f) && (filepath.Dir(f.Filename) == j.profile.Dir) == own {
				if n, depth := descend(f.Decls, path); depth > deepest {
					best, _ = j.place(n.Pos())
					deepest = depth
				}
			}
		}
	}
	return best
}

// descend follows a path into declarations as far as they go.
func descend(decls []ast.Decl, path []string) (at ast.Node, depth int) {
	if len(path) == 0 {
		return nil, 0
	}
	for _, d := range decls {
		f, ok := d.(*ast.Field)
		if !ok {
			continue
		}
		if name, _, err := ast.LabelName(f.Label); err != nil || name != strings.Trim(path[0], `"`) {
			continue
		}
		if depth == 0 {
			at, depth = f.Label, 1
		}
		if st, ok := f.Value.(*ast.StructLit); ok {
			if n, more := descend(st.Elts, path[1:]); more+1 > depth {
				at, depth = n, more+1
			}
		}
	}
	return at, depth
}
