package importer

import (
	"strconv"
	"strings"
	"text/template/parse"

	"tracegen.dev/generator/chart/keys"
)

func itoa(n int) string { return strconv.Itoa(n) }

// toText renders a value as YAML or JSON.
func toText(r *run, f *frame, n parse.Node, args []val) val {
	v := last(args)
	out := val{words: v.words, rest: v.rest, pieces: v.pieces}
	if v.whole() {
		out.rest = true
		out.pieces = joinPieces(out.pieces, []piece{{of: val{nodes: v.nodes, objs: v.objs}, file: f.file}})
	}
	return out
}

// fromText reads it back.
func fromText(r *run, f *frame, n parse.Node, args []val) val {
	v := last(args)
	r.scalars(v)
	out := unknown()
	var deep *object
	for _, p := range v.pieces {
		if p.path == "" {
			out = join(out, p.of)
			continue
		}
		if deep == nil {
			deep = r.objectIn(f, n, "")
			deep.loose = true
			out = join(out, made(deep))
		}
		o := deep
		names := strings.Split(strings.ReplaceAll(p.path, "|", ""), "/")
		for i, name := range names[:len(names)-1] {
			below := r.objectIn(f, n, strings.Join(names[:i+1], "/"))
			below.loose = true
			r.putNamed(o, name, made(below))
			o = below
		}
		r.putNamed(o, names[len(names)-1], p.of)
	}
	return out
}

func (r *run) putNamed(o *object, name string, v val) {
	if name == "*" || name == "[]" {
		r.putEach(o, v)
		return
	}
	r.put(o, name, v)
}

// indent moves a text, and nindent begins a line for it.
func indent(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) < 2 {
		return unknown()
	}
	out := textFunction(worded()["toString"])(r, f, n, args[1:])
	by, begins := 0, false
	if c, ok := n.(*parse.CommandNode); ok && len(c.Args) > 1 {
		if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
			begins = id.Ident == "nindent"
		}
		if num, ok := c.Args[1].(*parse.NumberNode); ok && num.IsInt {
			by = int(num.Int64)
		}
	}
	pieces := out.pieces
	out.pieces = nil
	for _, p := range pieces {
		p.col += by
		p.nl = p.nl || begins
		out.pieces = append(out.pieces, p)
	}
	return out
}

// include runs a template that has a name.
func (r *run) include(f *frame, n parse.Node, name, arg val) val {
	var out val
	for _, w := range name.words {
		if d := r.defines[w]; d != nil {
			out = join(out, r.start(w, d, arg, f.depth+1))
		}
	}
	if name.rest || len(name.nodes) > 0 {
		r.lose(f, n, "it goes to a template whose name is not constant", arg)
	}
	if out.empty() {
		out.rest = true
	}
	return out
}

// tpl runs a text: a default of values.yaml, a file of the chart, or one that
// was rendered and has such defaults in it.
func tpl(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) < 2 {
		return unknown()
	}
	v := args[0]
	for _, n := range v.all().nodes {
		n.hints |= keys.String
	}
	out := val{rest: true, pieces: v.pieces}
	texts := map[string]string{}
	add := func(nodes []*node) {
		for _, at := range nodes {
			for _, d := range at.templates(nil, 0) {
				texts[d.template] = "values.yaml"
			}
		}
	}
	add(v.nodes)
	var pieces func(ps []piece, depth int)
	pieces = func(ps []piece, depth int) {
		for _, p := range ps {
			add(p.of.nodes)
			for _, o := range p.of.objs {
				for _, name := range sortedKeys(o.fields) {
					if depth < 3 {
						add(o.fields[name].nodes)
						pieces(o.fields[name].pieces, depth+1)
					}
				}
				add(o.each.nodes)
			}
		}
	}
	pieces(v.pieces, 0)
	for _, w := range v.words {
		if strings.Contains(w, "{{") {
			texts[w] = f.file
		} else {
			out.words = append(out.words, w)
		}
	}
	for _, content := range v.files {
		texts[content] = f.file
	}
	for _, text := range sortedKeys(texts) {
		d := r.defines[text]
		if d == nil {
			d = r.defaults(text, texts[text])
			if d == nil {
				continue
			}
			r.defines[text] = d
		}
		out = join(out, r.start(text, d, args[1], f.depth+1))
	}
	if len(texts) == 0 && len(out.words) > 0 {
		out.rest = v.rest || v.whole() || len(v.pieces) > 0
	}
	return out
}

// defaults parses a template that is no file. One that is broken does nothing
// here: where it is used, Helm says so.
func (r *run) defaults(text, file string) *define {
	actions := 0
	if scan(file, text, &actions) != nil {
		return nil
	}
	trees, err := parseTemplate(file, text)
	if err != nil {
		return nil
	}
	t := trees[file]
	for name, tree := range trees {
		if name != file && r.defines[name] == nil {
			r.defines[name] = &define{tree: tree, file: file}
		}
	}
	if t == nil {
		return nil
	}
	return &define{tree: t, file: file}
}
