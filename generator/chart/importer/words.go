package importer

import (
	"strings"
	"text/template/parse"
	"unicode"
)

// worded are the functions that make the names of keys in charts, for those
// cases where all that they are given is constant.
func worded() map[string]func(args []string) string {
	one := func(f func(string) string) func([]string) string {
		return func(args []string) string { return f(args[0]) }
	}
	two := func(f func(s, other string) string) func([]string) string {
		return func(args []string) string {
			if len(args) < 2 {
				return args[0]
			}
			return f(args[1], args[0])
		}
	}
	same := one(func(s string) string { return s })
	return map[string]func([]string) string{
		"lower": one(strings.ToLower), "upper": one(strings.ToUpper), "trim": one(strings.TrimSpace),
		"camelcase": one(camel), "snakecase": one(func(s string) string { return joined(s, '_') }),
		"kebabcase":  one(func(s string) string { return joined(s, '-') }),
		"title":      one(func(s string) string { return initial(s, unicode.ToUpper) }),
		"untitle":    one(func(s string) string { return initial(s, unicode.ToLower) }),
		"nospace":    one(func(s string) string { return strings.ReplaceAll(s, " ", "") }),
		"trimSuffix": two(strings.TrimSuffix), "trimPrefix": two(strings.TrimPrefix),
		"replace": func(args []string) string {
			if len(args) < 3 {
				return args[0]
			}
			return strings.ReplaceAll(args[2], args[0], args[1])
		},
		"toString": same, "quote": same, "squote": same,
		"trunc": func(args []string) string { return args[len(args)-1] },
	}
}

// constant gives the words that a function makes of words.
func constant(f func([]string) string, args []val) ([]string, bool) {
	all := [][]string{nil}
	for _, a := range args {
		if len(a.words) == 0 || a.rest || a.whole() || len(a.pieces)+len(a.files) > 0 {
			return nil, false
		}
		var next [][]string
		for _, before := range all {
			for _, w := range a.words {
				next = append(next, append(before[:len(before):len(before)], w))
			}
		}
		if all = next; len(all) > many {
			return nil, false
		}
	}
	var out []string
	for _, a := range all {
		if len(a) == 0 {
			return nil, false
		}
		out = append(out, f(a))
	}
	return out, true
}

// textFunction is one that takes a text, and gives one that holds it; exact, or
// nil, gives that of constants.
func textFunction(exact func([]string) string) effect {
	return func(r *run, f *frame, n parse.Node, args []val) val {
		given := args
		if len(args) == 2 && exact != nil && args[0].rest && !args[0].whole() && len(args[0].words) == 0 {
			given = args[1:] // trunc 63
		}
		if exact != nil {
			if words, ok := constant(exact, given); ok {
				var out val
				for _, w := range words {
					out = join(out, word(w))
				}
				return out
			}
		}
		out := unknown()
		for _, a := range args {
			r.scalars(a)
			out.pieces = joinPieces(out.pieces, a.pieces)
		}
		return out
	}
}

func camel(s string) string {
	var b strings.Builder
	up := true
	for _, r := range s {
		switch {
		case r == '-' || r == '_' || r == ' ':
			up = true
			continue
		case up:
			r = unicode.ToUpper(r)
		}
		up = false
		b.WriteRune(r)
	}
	return b.String()
}

func joined(s string, with rune) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '-' || r == '_' || r == ' ':
			b.WriteRune(with)
		case unicode.IsUpper(r):
			if i > 0 {
				b.WriteRune(with)
			}
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func initial(s string, to func(rune) rune) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	r[0] = to(r[0])
	return string(r)
}
