package diag

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	ds := []Diagnostic{
		{Code: "TG001", Message: "<a> & \"b\"\n\x1b"},
		{
			Code: "TG017", Severity: Warning, Message: "m", Path: "tempo.mode", Position: at("a.cue", 3, 4),
			Related: []Related{{Message: "r", Position: at("b.cue", 5, 6)}}, Help: "h",
		},
	}
	want := `[
  {
    "code": "TG001",
    "severity": "error",
    "message": "<a> & \"b\"\n\u001b",
    "path": "",
    "position": {
      "file": "",
      "line": 0,
      "column": 0
    },
    "related": [],
    "help": ""
  },
  {
    "code": "TG017",
    "severity": "warning",
    "message": "m",
    "path": "tempo.mode",
    "position": {
      "file": "a.cue",
      "line": 3,
      "column": 4
    },
    "related": [
      {
        "message": "r",
        "position": {
          "file": "b.cue",
          "line": 5,
          "column": 6
        }
      }
    ],
    "help": "h"
  }
]
`
	var b bytes.Buffer
	if err := JSON(&b, ds); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
	if ds[0].Related != nil {
		t.Error("the caller's findings were changed")
	}
	for _, clean := range [][]Diagnostic{nil, {}} {
		b.Reset()
		if err := JSON(&b, clean); err != nil || b.String() != "[]\n" {
			t.Errorf("clean is %q, %v", b.String(), err)
		}
	}
}

func TestGitHub(t *testing.T) {
	ds := []Diagnostic{
		{Code: "TG017", Message: "100%: a, b", Position: at("a:b,c%.cue", 3, 4), Help: "write:\n  x: 1\n"},
		{
			Code: "TG018", Severity: Warning, Message: "::error::m", Position: at("a.cue", 3, 0),
			Related: []Related{{Message: "r", Position: at("b.cue", 5, 6)}, {Message: "s"}},
		},
		{Code: "TG001", Message: "m\n::error::x", Position: at("a.cue", 0, 4)},
		{Code: "TG002", Message: "m"},
	}
	want := "::error file=a%3Ab%2Cc%25.cue,line=3,col=4,title=TG017::100%25: a, b%0Ahelp: write:%0A  x: 1\n" +
		"::warning file=a.cue,line=3,title=TG018::::error::m%0Anote: b.cue:5:6: r%0Anote: s\n" +
		`::error file=a.cue,title=TG001::m\n::error::x` + "\n" +
		"::error title=TG002::m\n"
	var b bytes.Buffer
	if err := GitHub(&b, ds, ""); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestWriteErrors(t *testing.T) {
	if JSON(brokenPipe{}, nil) == nil {
		t.Error("JSON hides a write error")
	}
	if GitHub(brokenPipe{}, nil, "") == nil {
		t.Error("GitHub hides a write error")
	}
}

// TestGitHubLong: GitHub cuts what is long, so the message and the help come to
// their ends, and related places give way.
func TestGitHubLong(t *testing.T) {
	d := Diagnostic{Code: "TG001", Message: "m", Help: "the help"}
	for range 300 {
		d.Related = append(d.Related, Related{"another file of the tree", at("out/base/tempo/values.yaml", 10, 1)})
	}
	huge := Diagnostic{Code: "TG002", Message: strings.Repeat("é", 5000), Help: "the help"}
	var b bytes.Buffer
	if err := GitHub(&b, []Diagnostic{d, huge}, "sub"); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 2 || len(lines[0]) > 4600 || len(lines[1]) > 4600 {
		t.Fatalf("%d lines, of %d and %d bytes", len(lines), len(lines[0]), len(lines[1]))
	}
	if !strings.HasSuffix(lines[0], " more%0Ahelp: the help") || !strings.HasSuffix(lines[1], "éé…") {
		t.Errorf("got:\n%s", b.String())
	}
	b.Reset()
	if err := GitHub(&b, []Diagnostic{{Code: "TG001", Position: at("a.cue", 1, 1)}, {Code: "TG001", Position: at("/a.cue", 1, 1)}}, "sub"); err != nil {
		t.Fatal(err)
	}
	if want := "::error file=sub/a.cue,line=1,col=1,title=TG001::\n::error file=/a.cue,line=1,col=1,title=TG001::\n"; b.String() != want {
		t.Errorf("got:\n%s", b.String())
	}
}
