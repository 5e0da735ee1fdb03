package chart

import (
	"fmt"
	"strconv"
	"strings"
)

// The facts about Services say in small expressions what a chart's templates
// say in large ones: under which values a Service is there, and which number a
// port has. They read as in Go, over the values with their defaults:
//
//	gateway.enabled && !service.internal     values paths; true as Helm means it
//	service.port || @httpPort                the first that is true; @ is a feature
//	deploymentMode == "Monolithic"           also !=, >, and the word nil
//	.expose.default                          below the element of an each
//
// A segment of a path that holds a dot is quoted. Besides the features there
// are @release, @namespace, @full, which is the chart's full name, and for a
// subchart whose naming the features minioName and so on tell, @minioFull; in
// an each, @key is the element's key, and @outer that of the Service's own
// each, also as a segment of a path. In a text in braces, %15 behind the
// expression cuts its value at that length.

// env is what an expression is evaluated in.
type env struct {
	values  map[string]any
	element any    // of an each
	key     string // of that element, where it stands in a map
	outer   string // that key of the each around this one
	named   func(name string) (any, bool)
}

// eval panics on an expression that is none: it is data of the program, and a
// test parses all of it.
func (e *env) eval(text string) any {
	r := &reader{env: e, rest: text, whole: text}
	r.next()
	v := r.or()
	if r.token != "" {
		r.fail()
	}
	return v
}

// template replaces each {expression} in a text.
func (e *env) template(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		expression, after, closed := strings.Cut(rest, "}")
		if !closed {
			panic(fmt.Sprintf("chart: %q has an open brace", text))
		}
		expression, limit, _ := strings.Cut(expression, "%")
		if v := e.eval(expression); v != nil {
			length, _ := strconv.Atoi(limit)
			b.WriteString(cut(fmt.Sprint(v), length))
		}
		text = after
	}
}

// reader evaluates while it reads. Nothing has a side effect, so both sides of
// && and || may be read.
type reader struct {
	env         *env
	whole, rest string
	token       string // empty at the end
}

const symbols = "()!=<>&|"

func (r *reader) next() {
	r.rest = strings.TrimLeft(r.rest, " ")
	n := 0
	switch {
	case r.rest == "":
	case strings.IndexByte(symbols, r.rest[0]) >= 0:
		n = 1
		if len(r.rest) > 1 && strings.ContainsRune("=&|", rune(r.rest[1])) && r.rest[0] != '(' && r.rest[0] != ')' {
			n = 2
		}
	default:
		quoted := false
		for n < len(r.rest) && (quoted || r.rest[n] != ' ' && strings.IndexByte(symbols, r.rest[n]) < 0) {
			quoted = quoted != (r.rest[n] == '"')
			n++
		}
	}
	r.token, r.rest = r.rest[:n], r.rest[n:]
}

func (r *reader) fail() { panic(fmt.Sprintf("chart: %q is no expression", r.whole)) }

func (r *reader) take(token string) bool {
	if r.token != token {
		return false
	}
	r.next()
	return true
}

func (r *reader) or() any {
	v := r.and()
	for r.take("||") {
		if w := r.and(); !truth(v) {
			v = w
		}
	}
	return v
}

func (r *reader) and() any {
	v := r.comparison()
	for r.take("&&") {
		if w := r.comparison(); truth(v) {
			v = w
		}
	}
	return v
}

func (r *reader) comparison() any {
	v := r.unary()
	switch {
	case r.take("=="):
		return equal(v, r.unary())
	case r.take("!="):
		return !equal(v, r.unary())
	case r.take(">"):
		return number(v) > number(r.unary())
	}
	return v
}

func (r *reader) unary() any {
	if r.take("!") {
		return !truth(r.unary())
	}
	if r.take("(") {
		v := r.or()
		if !r.take(")") {
			r.fail()
		}
		return v
	}
	token := r.token
	r.next()
	switch {
	case token == "" || strings.ContainsRune(symbols, rune(token[0])):
		r.fail()
	case token == "true", token == "false":
		return token == "true"
	case token == "nil":
		return nil
	case token[0] == '@':
		v, ok := r.env.named(token[1:])
		if !ok {
			r.fail()
		}
		return v
	case token[0] == '.':
		return lookup(r.env.element, r.env.path(token[1:]))
	case token[0] == '"' && strings.Count(token, `"`) == 2 && token[len(token)-1] == '"':
		return token[1 : len(token)-1]
	}
	if token[0] >= '0' && token[0] <= '9' { // no path needs the error that else is made
		if n, err := strconv.ParseInt(token, 10, 64); err == nil {
			return n
		}
	}
	return lookup(r.env.values, r.env.path(token))
}

// path puts the key of the outer each into a path.
func (e *env) path(path string) string { return strings.ReplaceAll(path, "@outer", e.outer) }

// lookup follows a path of keys, and gives nil where it ends early.
func lookup(v any, path string) any {
	for path != "" {
		var key string
		key, path = cutKey(path)
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[key]
	}
	return v
}

// cutKey takes the first key off a path.
func cutKey(path string) (key, rest string) {
	if path[0] != '"' {
		key, rest, _ = strings.Cut(path, ".")
		return key, rest
	}
	key, rest, _ = strings.Cut(path[1:], `"`)
	return key, strings.TrimPrefix(rest, ".")
}

// truth is Helm's: what is empty is false.
func truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return number(v) != 0
}

// equal goes by the text, as numbers come in several types.
func equal(v, w any) bool {
	if v == nil || w == nil {
		return v == nil && w == nil
	}
	return fmt.Sprint(v) == fmt.Sprint(w)
}

// number reads whatever YAML and JSON make of a whole number, the port at the
// end of an address, and zero of all else.
func number(v any) int64 {
	switch v := v.(type) {
	case float64:
		return int64(v)
	case nil, bool:
		return 0
	}
	text := fmt.Sprint(v)
	n, _ := strconv.ParseInt(text[strings.LastIndex(text, ":")+1:], 10, 64)
	return n
}
