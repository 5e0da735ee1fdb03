package collector

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// A block of Alloy's configuration language. It is written as Alloy's own
// formatter would.
type block struct {
	c     *emit.Context
	head  fact.String
	items []item
}

// item is an attribute, or a block inside a block.
type item struct {
	name  string
	value fact.String // as it is written
	block *block
}

func (b *block) sub(head string) *block {
	return b.named(b.c.Str(head, "how a pipeline of Alloy is written"))
}

// named is sub for a block that is there, or called so, because of a fact.
func (b *block) named(head fact.String) *block {
	in := &block{c: b.c, head: head}
	b.items = append(b.items, item{block: in})
	return in
}

// raw sets an attribute to an expression.
func (b *block) raw(name string, value fact.String) {
	b.items = append(b.items, item{name: name, value: value})
}

// set sets an attribute to a fact: text in quotes, all else as it is.
func (b *block) set(name string, value fact.Any) {
	format := "%v"
	if _, ok := value.Any().(string); ok {
		format = "%q"
	}
	b.raw(name, fact.Sprintf(format, value))
}

// text sets an attribute to a constant.
func (b *block) text(name, value string) {
	b.set(name, b.c.Str(value, "how a pipeline of Alloy is written"))
}

// list sets an attribute to a list of expressions.
func (b *block) list(name string, values ...fact.String) {
	var from []fact.Any
	var parts []string
	for _, v := range values {
		from = append(from, v)
		parts = append(parts, v.Value)
	}
	b.raw(name, fact.Derive("["+strings.Join(parts, ", ")+"]", from...))
}

// strings sets an attribute to a list of constant texts.
func (b *block) strings(name string, values ...string) {
	var facts []fact.String
	for _, v := range values {
		facts = append(facts, b.c.Str(fmt.Sprintf("%q", v), "how a pipeline of Alloy is written"))
	}
	b.list(name, facts...)
}

// output sends what a component makes of a signal to others.
func (b *block) output(signal string, to ...fact.String) { b.sub("output").list(signal, to...) }

// lines writes what is in the block, one tab deeper than the block itself.
func (b *block) lines(depth int) tree.Lines {
	var out tree.Lines
	add := func(f fact.String) {
		f.Value = strings.TrimRight(strings.Repeat("\t", depth)+f.Value, "\t")
		out = append(out, tree.Text(f))
	}
	blank := b.c.Str("", "an empty line sets blocks apart")
	width := 0
	for _, it := range b.items {
		width = max(width, len(it.name))
	}
	for i, it := range b.items {
		if i > 0 && (it.block != nil || b.items[i-1].block != nil) {
			add(blank)
		}
		if it.block == nil {
			add(fact.Derive(fmt.Sprintf("%-*s = %s", width, it.name, it.value.Value), it.value))
			continue
		}
		if len(it.block.items) == 0 {
			add(fact.Sprintf("%s { }", it.block.head))
			continue
		}
		add(fact.Sprintf("%s {", it.block.head))
		out = append(out, it.block.lines(depth+1)...)
		add(fact.Derive("}", it.block.head))
	}
	return out
}
