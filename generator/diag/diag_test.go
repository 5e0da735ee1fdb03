package diag

import (
	"slices"
	"testing"
)

func at(file string, line, column int) Position {
	return Position{File: file, Line: line, Column: column}
}

func TestSorted(t *testing.T) {
	var l List
	l.Add(
		Diagnostic{Code: "TG002", Position: at("b.cue", 10, 1)},
		Diagnostic{Code: "TG002", Position: at("b.cue", 9, 10)},
		Diagnostic{Code: "TG002", Position: at("b.cue", 9, 9)},
		Diagnostic{Code: "TG010", Position: at("a.cue", 99, 1)},
		Diagnostic{Code: "TG009", Position: at("a.cue", 99, 1), Path: "z"},
		Diagnostic{Code: "TG009", Position: at("a.cue", 99, 1), Path: "y"},
		Diagnostic{Code: "TG001"},
	)
	want := []string{"TG001  ", "TG009 a.cue:99:1 y", "TG009 a.cue:99:1 z", "TG010 a.cue:99:1 ",
		"TG002 b.cue:9:9 ", "TG002 b.cue:9:10 ", "TG002 b.cue:10:1 "}
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, d.Code+" "+d.Position.String()+" "+d.Path)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSortedDropsDuplicates(t *testing.T) {
	first := Diagnostic{Code: "TG001", Position: at("common.cue", 4, 2), Path: "tempo.mode", Message: "in kind"}
	other := first
	other.Message = "in prod" // another profile met the same typo
	between := first
	between.Path = "tempo.name" // another field that the same struct lacks

	var l List
	l.Add(other, between, first, other)
	got := l.Sorted()
	if len(got) != 2 || got[0].Message != "in kind" || got[1].Path != "tempo.name" {
		t.Errorf("got %+v", got)
	}
	if l.Len() != 4 {
		t.Errorf("sorting changed the list: %d", l.Len())
	}
}

func TestHasErrors(t *testing.T) {
	var l List
	if l.HasErrors() {
		t.Error("an empty list has errors")
	}
	l.Add(Diagnostic{Severity: Warning})
	if l.HasErrors() {
		t.Error("a warning is an error")
	}
	l.Add(Diagnostic{Severity: Error})
	if !l.HasErrors() {
		t.Error("an error is none")
	}
}

func TestPositionString(t *testing.T) {
	for want, p := range map[string]Position{
		"": {}, "a.cue": at("a.cue", 0, 0), "a.cue:3": at("a.cue", 3, 0), "a.cue:3:4": at("a.cue", 3, 4),
	} {
		if got := p.String(); got != want {
			t.Errorf("%#v is %q, want %q", p, got, want)
		}
	}
}

func TestSummary(t *testing.T) {
	for want, severities := range map[string][]Severity{
		"no findings":          nil,
		"1 error":              {Error},
		"2 warnings":           {Warning, Warning},
		"2 errors, 1 warning":  {Error, Warning, Error},
		"1 error, 10 warnings": append(make([]Severity, 1), slices.Repeat([]Severity{Warning}, 10)...),
	} {
		var ds []Diagnostic
		for _, s := range severities {
			ds = append(ds, Diagnostic{Severity: s})
		}
		if got := Summary(ds); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
