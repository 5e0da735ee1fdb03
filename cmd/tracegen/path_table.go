package main

import (
	"io"
	"strings"
	"unicode/utf8"

	"tracegen.dev/generator/path"
)

// hopTable prints a path on a terminal that is wide enough: each hop is a line, in
// columns that all journeys share, and below it stands what proves it.
type hopTable struct{ widths []int }

var hopHead = []string{"HOP", "PROTOCOL", "ADDRESS", "TLS", "PROVEN"}

func hopCells(h *path.Hop) []string {
	proven, _, _ := strings.Cut(proof(h), ":")
	return []string{arrow(h), h.Protocol, h.Address, tlsText(h), proven}
}

// newHopTable gives nil where the terminal is too narrow, or none.
func newHopTable(p *path.Path, width int) *hopTable {
	t := &hopTable{widths: make([]int, len(hopHead))}
	add := func(cells []string) {
		for i, c := range cells {
			t.widths[i] = max(t.widths[i], utf8.RuneCountInString(c))
		}
	}
	add(hopHead)
	for _, j := range p.Journeys {
		for _, h := range j.Hops {
			add(hopCells(h))
		}
	}
	total := 2 * (len(hopHead) - 1)
	for _, w := range t.widths {
		total += w
	}
	if total > width {
		return nil
	}
	return t
}

func (t *hopTable) line(cells []string) string {
	var b strings.Builder
	for i, c := range cells {
		b.WriteString(pad(c, t.widths[i]) + "  ")
	}
	return strings.TrimRight(b.String(), " ")
}

// print writes the hops of a journey.
func (t *hopTable) print(w io.Writer, hops []*path.Hop) error {
	below := table{head: []string{"HOP", "LISTENS", "BY", "HEADERS", "SAMPLING", "POLICY", "READ FROM", "PROVEN"}}
	for _, h := range hops {
		why := ""
		if _, after, ok := strings.Cut(proof(h), ": "); ok {
			why = after
		}
		below.rows = append(below.rows, []string{
			t.line(hopCells(h)), h.Listens, strings.Join(h.Facts, "\n"), h.Headers, h.Sampling,
			operations(h), strings.Join(h.Says, "\n"), why,
		})
	}
	var b strings.Builder
	b.WriteString(t.line(hopHead) + "\n")
	below.paragraphs(&b, below.columns())
	_, err := io.WriteString(w, b.String())
	return err
}
