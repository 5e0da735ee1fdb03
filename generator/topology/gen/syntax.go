package main

import (
	"fmt"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

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
	for _, g := range ast.Comments(d) {
		if g.Doc && len(g.List) == 1 {
			return strings.TrimSpace(strings.TrimPrefix(g.List[0].Text, "//")), nil
		}
	}
	return "", bad(d, "a doc comment of one line is missing")
}

func bad(n ast.Node, format string, args ...any) error {
	return fmt.Errorf("%s: %s", n.Pos(), fmt.Sprintf(format, args...))
}
