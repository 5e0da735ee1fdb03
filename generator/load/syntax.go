package load

import (
	"bytes"
	"strconv"
	"strings"

	"cuelang.org/go/cue/parser"

	"tracegen.dev/generator/diag"
)

// conflictMarker begins a line that `git merge` left.
var conflictMarker = compiled(`(?m)^(<<<<<<< .*|=======|>>>>>>> .*)\r?$`)

// merging reports where a file that does not parse was left in the middle of a
// merge: at each side's beginning, or at the first marker that was left over.
func (j *judge) merging(file string) bool {
	data := j.w.Source(file)
	if _, err := parser.ParseFile(file, data); err == nil {
		return false
	}
	all := conflictMarker().FindAllIndex(data, -1)
	if len(all) == 0 {
		return false
	}
	first := all[:0:0]
	for _, m := range all {
		if data[m[0]] == '<' {
			first = append(first, m)
		}
	}
	if len(first) == 0 {
		first = all[:1]
	}
	for _, m := range first {
		j.report(diag.Diagnostic{
			Code:     codeSyntax,
			Message:  "the file has conflict markers of a merge",
			Position: diag.Position{File: file, Line: 1 + bytes.Count(data[:m[0]], []byte("\n")), Column: 1},
			Help:     "resolve them: keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>",
		})
	}
	return true
}

var (
	assignment  = compiled(`^\s*("?[-\w]+"?)\s*(=)[^=]`)
	bareLabel   = compiled(`^\s*("?[-\w]+"?)\s+["'\[{\d]`)
	strangeName = compiled(`^\s*([-\w]+[./@][-\w./@]*)\s*:`)
	unquoted    = compiled(`:\s*(\d[\w.]*[A-Za-z]\w*)\s*,?\s*$`)
)

// syntaxHelp says what to do about a syntax error, and where: CUE sees some of
// them a line late, and says then what it found there.
func (j *judge) syntaxHelp(msg string, at diag.Position) (said, help string, _ diag.Position) {
	lines := strings.Split(string(j.w.Source(at.File)), "\n")
	if strings.HasPrefix(msg, "expected label or ':'") {
		for n := at.Line; n >= max(1, at.Line-1); n-- {
			line := lineAt(lines, n)
			if m := assignment().FindStringSubmatchIndex(line); m != nil {
				return "expected ':', found '='", "write " + line[m[2]:m[3]] + ": …", diag.Position{File: at.File, Line: n, Column: m[4] + 1}
			}
		}
	}
	return msg, lineHelp(msg, lineAt(lines, at.Line)), at
}

// lineHelp says what to do about a syntax error in a line.
func lineHelp(msg, line string) string {
	begins := func(s string) bool { return strings.HasPrefix(msg, s) }
	switch {
	case begins("expected label or ':'"):
		if strings.HasPrefix(strings.TrimSpace(line), "#") && strings.Contains(msg, "IDENT") {
			return "a comment begins with //"
		}
		if m := bareLabel().FindStringSubmatch(line); m != nil {
			return "write " + m[1] + ": …"
		}
		return "write a field as name: value"
	case begins("missing ','"):
		if m := strangeName().FindStringSubmatch(line); m != nil {
			return "put the name in quotes: " + strconv.Quote(m[1])
		}
		if m := unquoted().FindStringSubmatch(line); m != nil {
			return "put the value in quotes: " + strconv.Quote(m[1])
		}
		return "put it on a line of its own, or a comma before it"
	case strings.HasSuffix(msg, "found 'EOF'"):
		return "something above is not closed: look for a { or [ without its end"
	case begins("expected 'EOF', found '}'"):
		return "take it out: every { above is closed"
	case begins("expected operand"):
		return "write a value here"
	case begins("string literal not terminated"):
		return `end it with " on the same line`
	case begins("unreferenced alias or let clause"):
		return "use it, or take it out: CUE refuses a name that nothing mentions"
	case begins("imported and not used"):
		return "take the import out"
	case begins("found packages"):
		return "give all files of the profile one package"
	}
	return "`cue vet` reads the file the same way"
}

// lineAt gives a line, counted from 1, or nothing.
func lineAt(lines []string, n int) string {
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}
