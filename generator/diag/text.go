package diag

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// Text prints findings for people: one line each that editors can jump to, then
// the line of the source with a caret, related places, and the help, or why it is
// ignored. src gives the bytes of a file, or nil; it may be nil itself.
//
// What comes from the input is escaped: a topology cannot send commands to the
// terminal of whoever compiles it.
func Text(w io.Writer, ds []Diagnostic, src func(file string) []byte, color bool) {
	p := printer{color: color, lines: lines{src: src}}
	for i, d := range ds {
		if i > 0 {
			p.WriteByte('\n')
		}
		p.head(d)
		p.source(d.Position)
		for _, r := range d.Related {
			p.paint(cyan, "  note: ")
			p.place(r.Position)
			p.WriteString(escape(r.Message) + "\n")
		}
		if d.Ignored != "" {
			p.paint(cyan, "  because: ")
			p.WriteString(escape(d.Ignored) + "\n")
			continue
		}
		if d.Help != "" {
			p.paint(cyan, "  help: ")
			for i, line := range strings.Split(strings.TrimRight(d.Help, "\n"), "\n") {
				if i > 0 && line != "" {
					p.WriteString("        ")
				}
				p.WriteString(escape(line) + "\n")
			}
		}
	}
	w.Write(p.Bytes())
}

// The colours are those of ANSI, as select-graphic-rendition parameters.
const (
	bold   = "1"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "36"
)

// printer gathers text, so that the writer gets it in one call.
type printer struct {
	bytes.Buffer
	color bool
	lines
}

// lines finds the lines that findings are at.
type lines struct {
	src func(file string) []byte
	// Findings are sorted: the next one is further down in the same file.
	file string
	rest []byte // of that file, from the line on
	line int
}

func (p *printer) paint(sgr, s string) {
	if p.color {
		s = "\x1b[" + sgr + "m" + s + "\x1b[0m"
	}
	p.WriteString(s)
}

// head prints the line that says it all.
func (p *printer) head(d Diagnostic) {
	p.place(d.Position)
	sgr, word := red, d.Severity.String()
	switch {
	case d.Ignored != "":
		sgr, word = cyan, "ignored"
	case d.Severity == Warning:
		sgr = yellow
	}
	p.paint(sgr, word+":")
	p.WriteString(" ")
	p.paint(bold, escape(d.Message))
	if d.Code != "" {
		p.WriteString(" [" + escape(d.Code) + "]")
	}
	p.WriteByte('\n')
}

// place prints as much of a position as is known.
func (p *printer) place(at Position) {
	if s := at.String(); s != "" {
		p.paint(bold, escape(s)+":")
		p.WriteByte(' ')
	}
}

// source prints the line at a position behind its number, and a caret below.
func (p *printer) source(at Position) {
	line, ok := p.lineOf(at)
	if !ok {
		return
	}
	number := strconv.Itoa(at.Line)
	p.paint(cyan, " "+number+" |")
	shown, caret := excerpt(line, at.Column)
	if shown != "" {
		p.WriteString(" " + shown)
	}
	p.WriteByte('\n')
	if at.Column > 0 {
		p.paint(cyan, strings.Repeat(" ", len(number)+1)+" |")
		p.WriteString(strings.Repeat(" ", caret+1))
		p.paint(red, "^")
		p.WriteByte('\n')
	}
}

// lineOf gives the line of a position, without its line break.
func (l *lines) lineOf(at Position) (string, bool) {
	if l.src == nil || at.File == "" || at.Line < 1 {
		return "", false
	}
	if l.line == 0 || at.File != l.file || at.Line < l.line {
		l.file, l.rest, l.line = at.File, l.src(at.File), 1
	}
	for ; l.line < at.Line && l.rest != nil; l.line++ {
		_, after, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			after = nil
		}
		l.rest = after
	}
	if l.rest == nil {
		return "", false
	}
	line, _, _ := bytes.Cut(l.rest, []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r"))), true
}
