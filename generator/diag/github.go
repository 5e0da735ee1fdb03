package diag

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// GitHub prints findings as workflow commands, which become annotations at
// their lines in a pull request. The escapes are those of actions/toolkit,
// packages/core/src/command.ts.
func GitHub(w io.Writer, ds []Diagnostic) error {
	var b bytes.Buffer
	for _, d := range ds {
		b.WriteString("::" + d.Severity.String() + " ")
		if d.Position.IsValid() {
			b.WriteString("file=" + property(d.Position.File) + ",")
			if d.Position.Line > 0 {
				b.WriteString("line=" + strconv.Itoa(d.Position.Line) + ",")
			}
			if d.Position.Line > 0 && d.Position.Column > 0 {
				b.WriteString("col=" + strconv.Itoa(d.Position.Column) + ",")
			}
		}
		b.WriteString("title=" + property(d.Code) + "::" + data(d.Message))
		for _, r := range d.Related {
			b.WriteString("%0Anote: ")
			if r.Position.IsValid() {
				b.WriteString(data(r.Position.String()) + ": ")
			}
			b.WriteString(data(r.Message))
		}
		if d.Help != "" {
			for i, line := range strings.Split(strings.TrimRight(d.Help, "\n"), "\n") {
				if i == 0 {
					line = "help: " + line
				}
				b.WriteString("%0A" + data(line))
			}
		}
		b.WriteByte('\n')
	}
	_, err := w.Write(b.Bytes())
	return err
}

// data escapes the text of a command. Control characters go first: the log is
// shown in terminals too.
func data(s string) string { return strings.ReplaceAll(escape(s), "%", "%25") }

var properties = strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")

// property escapes a parameter of a command.
func property(s string) string { return properties.Replace(escape(s)) }
