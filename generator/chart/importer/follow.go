package importer

import (
	"strings"
	"text/template/parse"
)

// list follows the parts of a template one after the other.
func (r *run) list(f *frame, l *parse.ListNode, dot val, out *output) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		if !r.work(f, n) {
			return
		}
		r.node(f, n, dot, out)
	}
}

func (r *run) node(f *frame, n parse.Node, dot val, out *output) {
	switch n := n.(type) {
	case *parse.TextNode:
		out.text(string(n.Text))
	case *parse.ActionNode:
		v := r.pipe(f, n.Pipe, dot)
		if len(n.Pipe.Decl) == 0 {
			r.scalars(v)
			out.print(v)
		}
	case *parse.TemplateNode:
		arg := val{rest: true}
		if n.Pipe != nil {
			arg = r.pipe(f, n.Pipe, dot)
		}
		out.print(r.include(f, n, word(n.Name), arg))
	case *parse.IfNode:
		mark := len(f.vars)
		r.pipe(f, n.Pipe, dot)
		r.branches(f, n.List, n.ElseList, dot, dot, out)
		f.vars = f.vars[:mark]
	case *parse.WithNode:
		mark := len(f.vars)
		v := r.pipe(f, n.Pipe, dot)
		r.branches(f, n.List, n.ElseList, v, dot, out)
		f.vars = f.vars[:mark]
	case *parse.RangeNode:
		r.each(f, n, dot, out)
	}
}

func (r *run) branches(f *frame, yes, no *parse.ListNode, dot, other val, out *output) {
	a, b := out.clone(), out.clone()
	mark := len(f.vars)
	r.list(f, yes, dot, a)
	f.vars = f.vars[:mark]
	r.list(f, no, other, b)
	f.vars = f.vars[:mark]
	out.meet(a, b)
}

func (r *run) each(f *frame, n *parse.RangeNode, dot val, out *output) {
	mark := len(f.vars)
	over := r.operands(f, n.Pipe, dot)
	r.spend(over.weight() + len(f.vars))
	items := over.items()
	names := unknown()
	for _, o := range over.objs {
		if o.list {
			continue
		}
		for _, name := range sortedKeys(o.fields) {
			names = join(names, word(name))
		}
		if len(over.nodes) == 0 && o.each.empty() && !over.rest {
			names.rest = false
		}
	}
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		r.assign(f, n.Pipe, d[0].Ident[0], items)
	case 2:
		r.assign(f, n.Pipe, d[0].Ident[0], names)
		r.assign(f, n.Pipe, d[1].Ident[0], items)
	}
	body := len(f.vars)
	a, b := out.clone(), out.clone()
	for range 4 { // what it assigns to a variable outside is there the next time
		before := f.state()
		r.list(f, n.List, items, a)
		f.vars = f.vars[:body]
		if f.state() == before {
			break
		}
	}
	r.list(f, n.ElseList, dot, b)
	f.vars = f.vars[:mark]
	out.meet(a, b)
	if n.List != nil && len(n.List.Nodes) > 0 && !strings.EqualFold(strings.Join(a.words, ""), strings.Join(b.words, "")) {
		out.words = nil
	}
}

// state tells whether an assignment has changed a variable.
func (f *frame) state() string {
	var b strings.Builder
	for _, v := range f.vars {
		b.WriteString(v.val.key())
		b.WriteByte(' ')
	}
	return b.String()
}

// assign sets a variable: a new one, or one that is there. What it was before
// it may still be, as the assignment may stand in a branch.
func (r *run) assign(f *frame, p *parse.PipeNode, name string, v val) {
	if !p.IsAssign {
		f.vars = append(f.vars, variable{name, v})
		return
	}
	for i := len(f.vars) - 1; i >= 0; i-- {
		if f.vars[i].name == name {
			f.vars[i].val = join(f.vars[i].val, v)
			return
		}
	}
}

func (f *frame) variable(name string) val {
	for i := len(f.vars) - 1; i >= 0; i-- {
		if f.vars[i].name == name {
			return f.vars[i].val
		}
	}
	return unknown()
}
