package path

import (
	"fmt"
	"strings"
)

// Mermaid draws the path as a flowchart, as GitHub renders it in a README: each
// part once, each hop an arrow. A box with round ends lies outside of the tree; a
// dotted arrow is a link that a person follows; a crossed one is not proven.
func Mermaid(p *Path) string {
	d := &drawing{names: map[string]string{}}
	d.line("flowchart LR")
	drawn := map[*Hop]bool{}
	for _, j := range p.Journeys {
		for _, h := range j.Hops {
			if drawn[h] {
				continue
			}
			drawn[h] = true
			from, to := d.node(h.From, false), d.node(h.To, h.Outside != "")
			arrow := "-->"
			switch {
			case !h.Proven:
				arrow = "--x"
			case strings.HasPrefix(h.Address, "datasource "):
				arrow = "-.->"
			}
			d.line(fmt.Sprintf("%s %s|%s| %s", from, arrow, label(h), to))
		}
	}
	return d.text.String()
}

type drawing struct {
	text  strings.Builder
	names map[string]string // by ID
}

func (d *drawing) line(text string) {
	if d.text.Len() > 0 {
		d.text.WriteString("    ")
	}
	d.text.WriteString(text + "\n")
}

// node draws a part where it first comes up, and gives its ID.
func (d *drawing) node(name string, outside bool) string {
	id := nodeID(name)
	for d.names[id] != "" && d.names[id] != name {
		id += "_"
	}
	if d.names[id] == "" {
		d.names[id] = name
		shape := "%s[%s]"
		if outside || strings.HasPrefix(name, "a ") || name == "you" {
			shape = "%s([%s])"
		}
		d.line(fmt.Sprintf(shape, id, escaped(name)))
	}
	return id
}

// nodeID depends on the name alone. The letter before it keeps it from being a
// word of Mermaid's, such as end.
func nodeID(name string) string {
	return "n_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, name)
}

// label is the protocol, with the port where there is one.
func label(h *Hop) string {
	text := h.Protocol
	if a, err := parse(h.Address); err == nil && a.port != 0 {
		text = fmt.Sprintf("%s :%d", text, a.port)
	}
	if strings.HasPrefix(h.TLS, "TLS") {
		text += ", TLS"
	}
	return escaped(text)
}

// escaped is a text in quotes, in which nothing means anything to Mermaid or to
// the page that it is on.
func escaped(text string) string {
	return `"` + strings.NewReplacer(
		"#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;", "\n", " ", "\\", "#92;",
	).Replace(text) + `"`
}
