package importer

import "text/template/parse"

// pipe is what a pipeline gives, and what it assigns.
func (r *run) pipe(f *frame, p *parse.PipeNode, dot val) val {
	v := r.operands(f, p, dot)
	for _, d := range p.Decl {
		r.assign(f, p, d.Ident[0], v)
	}
	return v
}

func (r *run) operands(f *frame, p *parse.PipeNode, dot val) val {
	if p == nil {
		return unknown()
	}
	var v val
	for i, cmd := range p.Cmds {
		if !r.work(f, cmd) {
			return unknown()
		}
		var last []val
		if i > 0 {
			last = []val{v}
		}
		v = r.command(f, cmd, dot, last)
		r.spend(v.size() / 4)
	}
	return v
}

// command is a value, or a function with its arguments.
func (r *run) command(f *frame, cmd *parse.CommandNode, dot val, last []val) val {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		args := make([]val, 0, len(cmd.Args))
		for _, a := range cmd.Args[1:] {
			args = append(args, r.operand(f, a, dot))
		}
		args = append(args, last...)
		return r.function(f, cmd, id.Ident, args)
	}
	v := r.operand(f, cmd.Args[0], dot)
	if len(cmd.Args) > 1 || len(last) > 0 {
		args := last
		for _, a := range cmd.Args[1:] {
			args = append(args, r.operand(f, a, dot))
		}
		for _, a := range args {
			r.scalars(a)
		}
		return r.method(cmd.Args[0], dot, f, args, v)
	}
	return v
}

func (r *run) operand(f *frame, n parse.Node, dot val) val {
	if !r.work(f, n) {
		return unknown()
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return r.fields(dot, n.Ident)
	case *parse.VariableNode:
		r.spend(len(f.vars) / 8)
		return r.fields(f.variable(n.Ident[0]), n.Ident[1:])
	case *parse.ChainNode:
		return r.fields(r.operand(f, n.Node, dot), n.Field)
	case *parse.PipeNode:
		mark := len(f.vars)
		v := r.pipe(f, n, dot)
		f.vars = f.vars[:mark]
		return v
	case *parse.StringNode:
		return word(n.Text)
	case *parse.NumberNode:
		return val{rest: true, number: n.Text}
	case *parse.IdentifierNode:
		return r.function(f, n, n.Ident, nil)
	}
	return unknown()
}

func (r *run) fields(v val, names []string) val {
	for _, name := range names {
		if !r.spend(v.size() / 4) {
			return unknown()
		}
		v = v.field(name)
	}
	return v
}

// method calls what the engine gives to templates: .Files.Get and the like.
func (r *run) method(n parse.Node, dot val, f *frame, args []val, plain val) val {
	var names []string
	var base val
	switch n := n.(type) {
	case *parse.FieldNode:
		names, base = n.Ident, dot
	case *parse.VariableNode:
		names, base = n.Ident[1:], f.variable(n.Ident[0])
	case *parse.ChainNode:
		names, base = n.Field, r.operand(f, n.Node, dot)
	}
	if len(names) < 2 || names[len(names)-2] != "Files" || len(args) == 0 {
		return unknown()
	}
	if name := names[len(names)-1]; name != "Get" && name != "GetBytes" && name != "Lines" {
		return unknown()
	}
	out := unknown()
	for _, o := range r.fields(base, names[:len(names)-2]).objs {
		if o.chart == nil {
			continue
		}
		for _, name := range o.chart.runnable(args[0]) {
			out = join(out, val{files: []string{string(o.chart.files[name])}})
		}
	}
	return out
}

// object is the map or the list that a part of a template makes. One that is
// made of the same values at the same place is the same.
func (r *run) object(n parse.Node, content string) *object {
	key := objectKey{n, content}
	o := r.objects[key]
	if o == nil {
		if r.made[n]++; r.made[n] > manyHere {
			key.content = "" // of so many, what is made here is not told apart
			if o := r.objects[key]; o != nil {
				return o
			}
		}
		o = &object{id: len(r.objects) + 1, fields: map[string]val{}}
		r.objects[key] = o
	}
	return o
}

// manyHere bounds the objects of one place, and manyCalls the values that a
// template is followed with. Those of loki 18.11.0 are called with 500.
const (
	manyHere  = 150
	manyCalls = 1500
)

// objectIn is the one that a call makes there.
func (r *run) objectIn(f *frame, n parse.Node, name string) *object {
	key := objectKey{n, itoa(f.id) + " " + name}
	o := r.objects[key]
	if o == nil {
		o = &object{id: len(r.objects) + 1, fields: map[string]val{}}
		r.objects[key] = o
	}
	return o
}

type objectKey struct {
	at      parse.Node
	content string
}

// put sets a field of an object.
func (r *run) put(o *object, name string, v val) {
	at := o.fields[name]
	r.spend((at.size() + v.size()) / 4)
	if len(o.fields) < 500 && grow(&at, v) {
		o.fields[name] = at
		r.changed = true
	}
}

func (r *run) putEach(o *object, v val) {
	r.spend((o.each.size() + v.size()) / 4)
	if grow(&o.each, v) {
		r.changed = true
	}
}
