package main

import (
	"fmt"
	"strconv"
	"strings"

	"tracegen.dev/generator/topology"
)

const referenceHeader = `# The schema

Every field of a topology, from the comments of ` + "`schema/`" + `, which is what your
editor shows, too. ` + "`go generate ./generator/topology`" + ` writes this page.

A profile says ` + "`topology: schema.#Topology & {…}`" + `. A field that must be given is
marked **required**. Where one of several shapes can stand, a word in it tells
them apart, such as ` + "`kind`" + `.
`

// reference gives the page that documents the schema: each struct and union in
// the order in which a reader who starts at the topology comes by it.
func (s *definitions) reference() string {
	var w strings.Builder
	w.WriteString(referenceHeader)
	seen := map[string]bool{}
	var visit func(d *topology.Def)
	visit = func(d *topology.Def) {
		if seen[d.Name] {
			return
		}
		seen[d.Name] = true
		section(&w, d)
		for _, arm := range d.Arms {
			visit(arm)
		}
		for _, f := range d.Fields {
			if inner := defOf(f.Type); inner != nil {
				visit(inner)
			}
		}
	}
	visit(s.structs["#Topology"])
	w.WriteString("\n## Words and numbers\n\n| type | what it is |\n|---|---|\n")
	for _, name := range s.scalars {
		fmt.Fprintf(&w, "| <a id=%q></a>%s | %s |\n", "type-"+strings.ToLower(name[1:]), name[1:], cell(s.docs[name]))
	}
	return w.String()
}

// defOf gives the struct or union that a field holds, or nil.
func defOf(t *topology.Type) *topology.Def {
	for t.Elem != nil {
		t = t.Elem
	}
	return t.Def
}

func section(w *strings.Builder, d *topology.Def) {
	fmt.Fprintf(w, "\n## %s\n\n%s\n", d.Name, d.Doc)
	if d.Arms != nil {
		w.WriteString("\nOne of:\n\n")
		for _, arm := range d.Arms {
			var words []string
			for _, name := range arm.Literals() {
				words = append(words, fmt.Sprintf("`%s: %q`", name, arm.Word(name)))
			}
			fmt.Fprintf(w, "- %s, with %s: %s\n", link(arm.Name), strings.Join(words, " and "), arm.Doc)
		}
		return
	}
	if len(d.Fields) == 0 {
		return
	}
	w.WriteString("\n| field | what it is | type | default |\n|---|---|---|---|\n")
	for _, f := range d.Fields {
		def := ""
		switch {
		case f.Default != nil:
			def = "`" + defaultText(f.Default) + "`"
		case f.Presence == topology.Required:
			def = "**required**"
		}
		fmt.Fprintf(w, "| `%s` | %s | %s | %s |\n", f.Name, cell(f.Doc), typeText(f.Type), def)
	}
}

func defaultText(v any) string {
	if s, ok := v.(string); ok {
		return strconv.Quote(s)
	}
	return fmt.Sprint(v)
}

// typeText is what a field may hold, in words.
func typeText(t *topology.Type) string {
	switch {
	case t.Kind == topology.ListKind:
		return "list of " + typeText(t.Elem)
	case t.Kind == topology.MapKind:
		return "by name: " + typeText(t.Elem)
	case t.Kind == topology.OpenKind:
		return "anything"
	case t.Def != nil:
		return link(t.Def.Name)
	case t.Enum != nil:
		words := make([]string, len(t.Enum))
		for i, word := range t.Enum {
			words[i] = "`" + strconv.Quote(word) + "`"
		}
		return strings.Join(words, ", ")
	case t.Name != "":
		return fmt.Sprintf("[%s](#type-%s)", t.Name, strings.ToLower(t.Name))
	}
	return []string{"string", "int", "number", "bool"}[t.Kind]
}

func link(name string) string { return fmt.Sprintf("[%s](#%s)", name, strings.ToLower(name)) }

// cell is a text that stands in a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
