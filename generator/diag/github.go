package diag

import (
	"bytes"
	"io"
	"path"
	"strconv"
	"strings"
)

// GitHub prints findings as workflow commands, which become annotations at
// their lines in a pull request. The escapes are those of actions/toolkit,
// packages/core/src/command.ts. Dir is where the files' names begin, as seen from
// the root of the repository, which is where GitHub begins.
func GitHub(w io.Writer, ds []Diagnostic, dir string) error {
	var b bytes.Buffer
	for _, d := range ds {
		b.WriteString("::" + d.Severity.String() + " ")
		if d.Position.IsValid() {
			b.WriteString("file=" + property(below(dir, d.Position.File)) + ",")
			if d.Position.Line > 0 {
				b.WriteString("line=" + strconv.Itoa(d.Position.Line) + ",")
			}
			if d.Position.Line > 0 && d.Position.Column > 0 {
				b.WriteString("col=" + strconv.Itoa(d.Position.Column) + ",")
			}
		}
		b.WriteString("title=" + property(d.Code) + "::" + annotation(d))
		b.WriteByte('\n')
	}
	_, err := w.Write(b.Bytes())
	return err
}

// longest is how much of an annotation GitHub's runner passes on (actions/runner,
// src/Runner.Worker/ExecutionContext.cs), with some room.
const longest = 4000

// annotation is the text of a finding. Where that is too long, related places
// give way to the help.
func annotation(d Diagnostic) string {
	message, help := escape(d.Message), ""
	if d.Help != "" {
		for i, line := range strings.Split(strings.TrimRight(d.Help, "\n"), "\n") {
			if i == 0 {
				line = "help: " + line
			}
			help += "\n" + escape(line)
		}
	}
	room := longest - len(message) - len(help)
	for i, r := range d.Related {
		note := "\nnote: "
		if r.Position.IsValid() {
			note += escape(r.Position.String()) + ": "
		}
		if note += escape(r.Message); len(note) > room {
			message += "\nnote: and " + strconv.Itoa(len(d.Related)-i) + " more"
			break
		}
		message += note
		room -= len(note)
	}
	text := message + help
	if len(text) > longest+100 {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return data(text)
}

// below is the name of a file of a directory.
func below(dir, file string) string {
	if path.IsAbs(file) {
		return file
	}
	return path.Join(dir, file)
}

// data escapes the text of a command, whose control characters are escaped
// already: the log is shown in terminals too.
func data(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "%", "%25"), "\n", "%0A")
}

var properties = strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")

// property escapes a parameter of a command.
func property(s string) string { return properties.Replace(escape(s)) }
