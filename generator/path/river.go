package path

import (
	"strconv"
	"strings"
)

// block is one of Alloy's configuration: `otelcol.exporter.otlp "tempo" { … }`.
type block struct {
	kind, label string
	values      map[string]string // of its attributes, as they are written
	blocks      []*block
}

// river reads a configuration of Alloy as far as the path needs it: blocks, and
// attributes on lines of their own, which is how Alloy's formatter writes them.
func river(text string) *block {
	root := &block{values: map[string]string{}}
	stack := []*block{root}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		top := stack[len(stack)-1]
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case line == "}":
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case strings.HasSuffix(line, "{") && !strings.Contains(line, "="), strings.HasSuffix(line, "{ }"):
			b := &block{values: map[string]string{}}
			head, _, _ := strings.Cut(line, "{")
			kind, label, _ := strings.Cut(strings.TrimSpace(head), " ")
			b.kind, b.label = kind, unquoted(label)
			top.blocks = append(top.blocks, b)
			if strings.HasSuffix(line, "{") {
				stack = append(stack, b)
			}
		default:
			if name, value, ok := strings.Cut(line, "="); ok {
				top.values[strings.TrimSpace(name)] = strings.TrimSpace(value)
			}
		}
	}
	return root
}

func unquoted(text string) string {
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	return text
}

// text is an attribute without its quotes.
func (b *block) text(name string) string {
	if b == nil {
		return ""
	}
	return unquoted(b.values[name])
}

// below follows kinds of blocks down, to the first of each.
func (b *block) below(kinds ...string) *block {
	for _, kind := range kinds {
		var next *block
		if b != nil {
			for _, in := range b.blocks {
				if in.kind == kind {
					next = in
					break
				}
			}
		}
		b = next
	}
	return b
}

// list is an attribute that is a list of expressions.
func (b *block) list(name string) []string {
	if b == nil {
		return nil
	}
	text := strings.TrimSuffix(strings.TrimPrefix(b.values[name], "["), "]")
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// component finds one by its reference, such as otelcol.exporter.otlp.tempo.input.
func (b *block) component(reference string) *block {
	for _, in := range b.blocks {
		if reference == in.kind+"."+in.label+".input" || reference == in.kind+"."+in.label+".receiver" {
			return in
		}
	}
	return nil
}
