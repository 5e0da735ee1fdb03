package main

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// table is printed in columns. One in which nothing stands is left out. A cell may
// have several lines.
type table struct {
	head []string
	rows [][]string
}

// print writes the table no wider than a terminal: where it does not fit, each
// row becomes a paragraph. A width of 0 is any.
func (t table) print(w io.Writer, width int) error {
	columns := t.columns()
	total := -2
	for _, c := range columns {
		total += c.width + 2
	}
	var b strings.Builder
	if width > 0 && total > width {
		t.paragraphs(&b, columns)
	} else {
		for _, row := range append([][]string{t.head}, t.rows...) {
			line := ""
			for _, c := range columns {
				line += pad(inLine(row[c.index]), c.width) + "  "
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// paragraphs begins each with the row's first cell.
func (t table) paragraphs(b *strings.Builder, columns []column) {
	name := 0
	for _, c := range columns[1:] {
		name = max(name, utf8.RuneCountInString(t.head[c.index]))
	}
	for _, row := range t.rows {
		b.WriteString(row[columns[0].index] + "\n")
		for _, c := range columns[1:] {
			head := strings.ToLower(t.head[c.index])
			for line := range strings.Lines(row[c.index]) {
				b.WriteString("  " + pad(head, name) + "  " + strings.TrimSuffix(line, "\n") + "\n")
				head = ""
			}
		}
	}
}

type column struct{ index, width int }

func (t table) columns() []column {
	var out []column
	for i, head := range t.head {
		c, empty := column{i, utf8.RuneCountInString(head)}, true
		for _, row := range t.rows {
			c.width = max(c.width, utf8.RuneCountInString(inLine(row[i])))
			empty = empty && row[i] == ""
		}
		if !empty || i == 0 {
			out = append(out, c)
		}
	}
	return out
}

// inLine is a cell of several lines in one.
func inLine(cell string) string { return strings.ReplaceAll(cell, "\n", "; ") }

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// widthOf is that of a terminal, or 0 for a file or a pipe.
func widthOf(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
