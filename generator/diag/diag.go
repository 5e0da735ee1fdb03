// Package diag holds what the compiler tells its user: a [Diagnostic] for
// each mistake in the input, their order, and their printers.
//
// What the user must fix is a Diagnostic. What went wrong with the program or
// the machine is a plain error. The two never mix.
package diag

import (
	"cmp"
	"slices"
	"strconv"
)

// Severity says whether a finding stops the build.
type Severity int

const (
	Error   Severity = iota // nothing is written
	Warning                 // the build goes on, unless --strict
)

// String gives the word that every output format uses.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// MarshalText makes JSON print the word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Position is a place in a file that the user can edit. File is relative to
// the workspace, with slashes; Line and Column count from 1, columns in bytes.
// The zero Position means that no place is known.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// IsValid reports whether p names a place.
func (p Position) IsValid() bool { return p.File != "" }

// String gives as much as is known, such as profiles/common.cue:4:2. It is
// empty for the zero Position.
func (p Position) String() string {
	switch {
	case p.File == "" || p.Line == 0:
		return p.File
	case p.Column == 0:
		return p.File + ":" + strconv.Itoa(p.Line)
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Compare orders positions by file, then by number of line and column.
func (p Position) Compare(q Position) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column))
}

// Related is another place that takes part in a finding, such as the other
// end of a disagreement.
type Related struct {
	Message  string   `json:"message"`
	Position Position `json:"position"`
}

// Diagnostic is one mistake of the user.
type Diagnostic struct {
	Code     string    `json:"code"` // TG and three digits; never reused
	Severity Severity  `json:"severity"`
	Message  string    `json:"message"` // what was found and what comes of it, without a full stop
	Path     string    `json:"path"`    // the topology's path, such as tempo.chart.version, or a file's
	Position Position  `json:"position"`
	Related  []Related `json:"related"`
	Help     string    `json:"help"` // what to write instead

	// Ignored is the user's reason for switching the check off here. What is
	// ignored stops nothing; only vet lists it.
	Ignored string `json:"-"`
}

// Rule is what a code stands for, whichever stage reports it.
type Rule struct {
	Code     string
	Name     string   // a word or two
	Doc      string   // what it demands, in one sentence without its full stop
	Severity Severity // the worst that it finds
}

// Compare orders diagnostics by position, then by code and path.
func (d Diagnostic) Compare(e Diagnostic) int {
	return cmp.Or(
		d.Position.Compare(e.Position),
		cmp.Compare(d.Code, e.Code),
		cmp.Compare(d.Path, e.Path),
		cmp.Compare(min(len(d.Ignored), 1), min(len(e.Ignored), 1)),
		cmp.Compare(d.Message, e.Message))
}

// List gathers diagnostics. The zero List is ready to use.
type List struct {
	all []Diagnostic
}

// Add appends d.
func (l *List) Add(d ...Diagnostic) { l.all = append(l.all, d...) }

// Sorted gives the findings in order. Those with equal code, position and path
// are one: a typo in a file that several profiles share counts once, and counts
// if one of them does not ignore it. (The path is part of it because two fields
// that one struct lacks share its position.)
func (l *List) Sorted() []Diagnostic {
	out := slices.Clone(l.all)
	slices.SortStableFunc(out, Diagnostic.Compare)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Code == b.Code && a.Position == b.Position && a.Path == b.Path
	})
}

// Errors counts the findings that stop the build, before duplicates are removed.
func (l *List) Errors() int {
	n := 0
	for _, d := range l.all {
		if d.Severity == Error && d.Ignored == "" {
			n++
		}
	}
	return n
}

// Heeded gives the findings that are not ignored.
func Heeded(ds []Diagnostic) []Diagnostic {
	return slices.DeleteFunc(slices.Clone(ds), func(d Diagnostic) bool { return d.Ignored != "" })
}

// HasErrors reports whether any finding stops the build.
func (l *List) HasErrors() bool { return l.Errors() > 0 }

// Any reports whether there is a finding for which f holds.
func (l *List) Any(f func(Diagnostic) bool) bool { return slices.ContainsFunc(l.all, f) }

// Len counts the findings before duplicates are removed.
func (l *List) Len() int { return len(l.all) }
