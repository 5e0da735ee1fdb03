package diag

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func text(ds []Diagnostic, source string, color bool) string {
	var b bytes.Buffer
	Text(&b, ds, func(file string) []byte {
		if file != "profiles/kind/kind.cue" {
			return nil
		}
		return []byte(source)
	}, color)
	return b.String()
}

func TestText(t *testing.T) {
	ds := []Diagnostic{
		{Code: "TG001", Message: "no profile", Help: "write one"},
		{
			Code: "TG017", Message: "the bucket is unknown", Position: at("profiles/kind/kind.cue", 2, 10),
			Related: []Related{
				{Message: "the other end", Position: at("profiles/common.cue", 4, 2)},
				{Message: "nowhere"},
			},
			Help: "write:\n  bucket: \"a\"\n\nor leave it out\n",
		},
		{Code: "TG020", Severity: Warning, Message: "odd", Position: at("other.cue", 1, 1)},
	}
	want := `error: no profile [TG001]
  help: write one

profiles/kind/kind.cue:2:10: error: the bucket is unknown [TG017]
 2 |     bucket: "b"
   |             ^
  note: profiles/common.cue:4:2: the other end
  note: nowhere
  help: write:
          bucket: "a"

        or leave it out

other.cue:1:1: warning: odd [TG020]
`
	if got := text(ds, "store: {\n\tbucket: \"b\"\r\n}\n", false); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	var b bytes.Buffer
	Text(&b, ds[:1], nil, false)
	if got, want := b.String(), "error: no profile [TG001]\n  help: write one\n"; got != want {
		t.Errorf("without sources: %q, want %q", got, want)
	}
}

func TestTextColor(t *testing.T) {
	ds := []Diagnostic{
		{Code: "TG1", Message: "m", Position: at("profiles/kind/kind.cue", 1, 1), Help: "h"},
		{Code: "TG2", Message: "m", Severity: Warning},
	}
	want := "\x1b[1mprofiles/kind/kind.cue:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m \x1b[1mm\x1b[0m [TG1]\n" +
		"\x1b[36m 1 |\x1b[0m x\n\x1b[36m   |\x1b[0m \x1b[1;31m^\x1b[0m\n\x1b[36m  help: \x1b[0mh\n\n" +
		"\x1b[1;33mwarning:\x1b[0m \x1b[1mm\x1b[0m [TG2]\n"
	if got := text(ds, "x", true); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestCaret looks at the two lines below the head. The source lines have the
// fault at the character X, or at their end.
func TestCaret(t *testing.T) {
	long := strings.Repeat("ab", 500)
	for name, test := range map[string]struct{ line, shown, caret string }{
		"start":       {"Xa", "Xa", "^"},
		"end":         {"abc", "abc", "   ^"},
		"empty":       {"", "", "^"},
		"tabs":        {"\ta\tX", "    a   X", "        ^"},
		"multi-byte":  {"größe X", "größe X", "      ^"},
		"wide":        {"日本 X", "日本 X", "     ^"},
		"emoji":       {"🚀X", "🚀X", "  ^"},
		"combining":   {"e\u0301X", "e\u0301X", " ^"},
		"escape":      {"\x1b[2J\x00X\x9b", `\x1b[2J\x00X\x9b`, "           ^"},
		"bidi":        {"\u202eX\U000e0041", `\u202eX\U000e0041`, "      ^"},
		"C1":          {"\u009bX", `\x9bX`, "    ^"},
		"long before": {long + "X", "…" + long[:60] + "X", strings.Repeat(" ", 61) + "^"},
		"long after":  {"X" + long, "X" + long[:59] + "…", "^"},
		"long":        {long + "X" + long, "…" + long[:60] + "X" + long[:59] + "…", strings.Repeat(" ", 61) + "^"},
	} {
		column := strings.IndexByte(test.line, 'X') + 1
		if column == 0 {
			column = len(test.line) + 1
		}
		d := Diagnostic{Position: at("profiles/kind/kind.cue", 12, column)}
		got := text([]Diagnostic{d}, strings.Repeat("\n", 11)+test.line+"\nnext", false)
		_, got, _ = strings.Cut(got, "\n")
		want := " 12 | " + test.shown + "\n    | " + test.caret + "\n"
		if test.shown == "" {
			want = " 12 |\n    | ^\n"
		}
		if got != want {
			t.Errorf("%s:\ngot:\n%s\nwant:\n%s", name, got, want)
		}
	}
}

func TestCaretInsideOfARune(t *testing.T) {
	for column, want := range map[int]int{1: 0, 2: 0, 3: 0, 4: 2, 6: 2, 7: 4, 99: 4, 0: 0} {
		if shown, caret := excerpt("日本", column); shown != "日本" || caret != want {
			t.Errorf("column %d: caret at %d of %s, want %d", column, caret, shown, want)
		}
	}
}

func TestNoSourceLine(t *testing.T) {
	for name, p := range map[string]Position{
		"beyond the file":  at("profiles/kind/kind.cue", 3, 1),
		"no line":          at("profiles/kind/kind.cue", 0, 0),
		"a file unknown":   at("else.cue", 1, 1),
		"a negative line":  at("profiles/kind/kind.cue", -1, 1),
		"no file at all":   {},
		"a line, no place": {Line: 1, Column: 1},
	} {
		if got := text([]Diagnostic{{Message: "m", Position: p}}, "a\nb", false); strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %q", name, got)
		}
	}
	got := text([]Diagnostic{{Message: "m", Position: at("profiles/kind/kind.cue", 2, 0)}}, "a\nb", false)
	if want := "profiles/kind/kind.cue:2: error: m\n 2 | b\n"; got != want {
		t.Errorf("without a column: %q, want %q", got, want)
	}
}

func TestHostileInputIsEscaped(t *testing.T) {
	const bad = "\x1b]0;x\x07\r\n\u202e\u2028\x7f\x9b\u009b\x00"
	d := Diagnostic{
		Code: bad, Message: bad, Help: bad, Path: bad, Position: at(bad, 1, 3),
		Related: []Related{{Message: bad, Position: at(bad, 1, 1)}},
	}
	var b bytes.Buffer
	Text(&b, []Diagnostic{d}, func(string) []byte { return []byte(bad) }, false)
	if err := GitHub(&b, []Diagnostic{d}, ""); err != nil {
		t.Fatal(err)
	}
	d.Code = "TG001" // the address of the file is percent-encoded
	if err := SARIF(&b, []Diagnostic{d}, nil, "", Tool{}); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r == utf8.RuneError || r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f || r == 0x202e || r == 0x2028 {
			t.Fatalf("%U is printed raw: %q", r, b.String())
		}
	}
	if want := `\x1b]0;x\x07\r\n\u202e\u2028\x7f\x9b\x9b\x00`; !strings.Contains(b.String(), "error: "+want+" [") {
		t.Errorf("got %s", b.String())
	}
}

// FuzzExcerpt demands a short line of valid text and a caret within reach,
// whatever the source and the column are.
func FuzzExcerpt(f *testing.F) {
	f.Add("a\tb", 2)
	f.Add(strings.Repeat("\u0301", 1000), 500)
	f.Add(strings.Repeat("\x80", 1000), 500)
	f.Add("日本\xff\xe6\x97", 6)
	f.Add("", -1)
	f.Fuzz(func(t *testing.T, line string, column int) {
		shown, caret := excerpt(line, column)
		if !utf8.ValidString(shown) || strings.ContainsAny(shown, "\n\r\t\x1b") {
			t.Errorf("shown as %q", shown)
		}
		if caret < 0 || caret > reach+1 || utf8.RuneCountInString(shown) > 2*reach+2 {
			t.Errorf("caret at %d of %q", caret, shown)
		}
	})
}
