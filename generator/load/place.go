package load

import (
	"cmp"
	"path/filepath"
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/diag"
)

// source is one of the places that a value comes from.
type source struct {
	at    diag.Position
	own   bool       // in the profile's own files, not in those that it shares
	field *ast.Field // nil for an element of a list
	node  ast.Node
}

// sources gives the places in the user's files where v is written, at the
// label: the profile's own first, since that is where to edit for this profile.
func (j *judge) sources(v cue.Value) []source {
	nodes := []ast.Node{v.Source()}
	if _, ok := nodes[0].(*ast.Field); ok {
		// One field says it all, whatever its expression is made of.
	} else if op, args := v.Expr(); op == cue.AndOp {
		nodes = nil
		for _, a := range args {
			nodes = append(nodes, a.Source())
		}
	}
	var out []source
	for _, n := range nodes {
		if n == nil {
			continue
		}
		s := source{node: n}
		pos := n.Pos()
		if f, ok := n.(*ast.Field); ok {
			s.field, pos = f, f.Label.Pos()
		}
		s.at, s.own = j.place(pos)
		if s.at.IsValid() && !slices.ContainsFunc(out, func(o source) bool { return o.at == s.at }) {
			out = append(out, s)
		}
	}
	// Two conjuncts of one field (`a: x & y`) each bring their own place; the
	// label's stands for them.
	if slices.ContainsFunc(out, func(s source) bool { return s.field != nil }) {
		out = slices.DeleteFunc(out, func(s source) bool { return s.field == nil })
	}
	if len(out) == 0 {
		if at, own := j.place(v.Pos()); at.IsValid() {
			out = append(out, source{at: at, own: own})
		}
	}
	slices.SortStableFunc(out, func(a, b source) int {
		if a.own != b.own {
			if a.own {
				return -1
			}
			return 1
		}
		return a.at.Compare(b.at)
	})
	return out
}

// place makes CUE's position one that the user can edit. It is invalid for one
// in the schema, or in the defaults that were filled in.
func (j *judge) place(p token.Pos) (at diag.Position, own bool) {
	if !p.IsValid() || p.Filename() == "" || filepath.Base(p.Filename()) == defaultsFile {
		return diag.Position{}, false
	}
	dir := filepath.Dir(p.Filename())
	if dir == j.schemaDir {
		return diag.Position{}, false
	}
	return j.w.position(p), dir == j.profile.Dir
}

// position is the place to edit for v.
func (j *judge) position(v cue.Value) diag.Position {
	if s := j.sources(v); len(s) > 0 {
		return s[0].at
	}
	return diag.Position{}
}

// profileFile is the place for what concerns the profile as a whole: its first
// file.
func (j *judge) profileFile() diag.Position {
	files, err := filepath.Glob(filepath.Join(j.profile.Dir, "*.cue"))
	if err != nil || len(files) == 0 {
		return diag.Position{File: j.w.relative(j.profile.Dir), Line: 1, Column: 1}
	}
	return diag.Position{File: j.w.relative(slices.Min(files)), Line: 1, Column: 1}
}

// position makes CUE's position one of ours.
func (w *Workspace) position(p token.Pos) diag.Position {
	if !p.IsValid() || p.Filename() == "" {
		return diag.Position{}
	}
	return diag.Position{File: w.relative(p.Filename()), Line: p.Line(), Column: p.Column()}
}

// relative names a file as seen from the workspace.
func (w *Workspace) relative(file string) string {
	if rel, err := filepath.Rel(w.Dir, file); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}

// references gives the paths that an expression mentions, as they are written.
func references(n ast.Node) []string {
	var out []string
	ast.Walk(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.SelectorExpr, *ast.Ident:
			if path := dotted(n); path != "" && !predeclared[path] {
				out = append(out, path)
				return false
			}
		}
		return true
	}, nil)
	slices.SortFunc(out, cmp.Compare[string])
	return slices.Compact(out)
}

// predeclared are CUE's own names for types.
var predeclared = map[string]bool{"_": true, "string": true, "bytes": true, "int": true, "uint": true, "float": true, "number": true, "bool": true}

func dotted(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		x := dotted(n.X)
		name, _, err := ast.LabelName(n.Sel)
		if x == "" || err != nil {
			return ""
		}
		return join(x, name)
	}
	return ""
}
