package tree

import (
	"math"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func leaf(v any) *Leaf { return &Leaf{Value: v} }

// mapOf makes a map of keys and values in turn.
func mapOf(pairs ...any) *Map {
	m := NewMap()
	for i := 0; i < len(pairs); i += 2 {
		m.Put(pairs[i].(string), nodeOf(pairs[i+1]))
	}
	return m
}

func listOf(items ...any) *List {
	l := &List{}
	for _, v := range items {
		l.Items = append(l.Items, nodeOf(v))
	}
	return l
}

func nodeOf(v any) Node {
	if n, ok := v.(Node); ok {
		return n
	}
	return leaf(v)
}

func TestYAMLBlocks(t *testing.T) {
	long := strings.Repeat("k", maxKey+1)
	for name, test := range map[string]struct {
		body    YAML
		comment string
		want    string
	}{
		"nested": {
			body: YAML{mapOf("b", mapOf("c", int64(1)), "a", listOf("x", listOf("v", listOf("z"))),
				"m", listOf(mapOf("k", listOf("v"), "l", true), mapOf("p", mapOf("o", nil))))},
			want: "b:\n  c: 1\na:\n- x\n- - v\n  - - z\nm:\n- k:\n  - v\n  l: true\n- p:\n    o: null\n",
		},
		"empty": {
			body: YAML{mapOf("m", NewMap(), "l", &List{}, "x", listOf(NewMap(), &List{}))},
			want: "m: {}\nl: []\nx:\n- {}\n- []\n",
		},
		"header": {
			body:    YAML{mapOf("a", int64(1))},
			comment: "Made by tracegen. \n\n\tdo not edit\x1b\r\nend\n\n",
			want:    "# Made by tracegen.\n#\n# \\tdo not edit\\x1b\n# end\na: 1\n",
		},
		"documents": {
			body:    YAML{mapOf("a", int64(1)), NewMap(), leaf("x"), listOf("w")},
			comment: "two",
			want:    "# two\na: 1\n---\n{}\n---\nx\n---\n- w\n",
		},
		"no document": {comment: "nothing", want: "# nothing\n"},
		"literals": {
			body: YAML{mapOf("a", "x\ny\n", "b", "x\ny", "c", "x\n\n\n", "d", "  x\ny\n", "e", "\tx\n\ty",
				"f", "\n\nx", "g", listOf("# x\n---\n"), "h", mapOf("i", listOf(listOf("x\ny"))))},
			want: "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\n\nd: |2\n    x\n  y\ne: |2-\n  \tx\n  \ty\n" +
				"f: |-\n\n\n  x\ng:\n- |\n  # x\n  ---\nh:\n  i:\n  - - |-\n      x\n      y\n",
		},
		"no literals": {
			body: YAML{mapOf("a", "x \ny", "b", "x\t\ny", "c", "x\ny ", "d", "\n\n", "e", "x\r\ny", "f", "x\x00\ny",
				"g\nh", "i", "j", "x\n\u2028"), leaf("x\ny")},
			want: `a: "x \ny"` + "\n" + `b: "x\t\ny"` + "\n" + `c: "x\ny "` + "\n" + `d: "\n\n"` + "\n" +
				`e: "x\r\ny"` + "\n" + `f: "x\x00\ny"` + "\n" + `"g\nh": i` + "\n" + `j: "x\n\u2028"` + "\n---\n" + `"x\ny"` + "\n",
		},
		"long keys": {
			body: YAML{mapOf(long[1:], "x", long, listOf(mapOf(long, mapOf("a", int64(1)))))},
			want: long[1:] + ": x\n? " + long + "\n:\n- ? " + long + "\n  :\n    a: 1\n",
		},
	} {
		f := File{Comment: test.comment, Body: test.body}
		if got := string(f.Encode()); got != test.want {
			t.Errorf("%s:\ngot:\n%s\nwant:\n%s", name, got, test.want)
		}
	}
}

func TestYAMLStrings(t *testing.T) {
	for _, s := range []string{
		"x", "tempo.tracing.svc.cluster.local:4317", "http://tempo:3200", "--log.level=debug", "-f", "a: b"[:1],
		"1h", "100m", "5Gi", "10.0.0.0/8", "a#b", "a:b", "it's", `a "b" c`, `C:\x`, "größe", "日本", "yess", "nothing",
		"/var/tempo", "$(POD_IP)", "<none>", "=x", "a,b", "a]b", "~/x", "_1", "🚀", "=~", "a - b", "e1",
	} {
		if got := string(appendString(nil, s, 0)); got != s {
			t.Errorf("%q is written %s, want it plain", s, got)
		}
	}
	for _, s := range []string{
		"", " ", " x", "x ", "y", "Y", "n", "N", "yes", "No", "on", "OFF", "true", "False", "null", "NULL", "Null", "~",
		"=", "<<", "-", "- x", "--- x", "---", "...", "... x", "?", "? x", ":", ":x", ",", "[x]", "]", "{{ .x }}", "}",
		"#x", "&x", "*x", "!x", "|", ">", "'x'", "%x", "@x", "`x`", "x: y", "x:", "x #y", "1", "-1", "+1", "0777", "0o17",
		"0x1F", "0b11", "1_000", "-_1", "1:30", "190:20:30.15", "1.5", "1.", ".5", "1e3", "1E3", "1.0e+3", "-.5", ".", "..",
		"2.2.4", "10.0.0.1", ".inf", "-.INF", "+.Inf", ".NaN", "2026-01-02", "2026-01-02T03:04:05Z", "1,000",
		"2001-12-14 21:59:43.10 -5", "\u00a0", "a\u200bb", "\ufeff", "\u202eabc", "x\x7f", "x\ty",
	} {
		got := string(appendString(nil, s, 0))
		if got[0] != '"' && got[0] != '\'' {
			t.Errorf("%q is written %s, want quotes", s, got)
		}
	}
	for s, want := range map[string]string{
		`"x"`:                  "'\"x\"'",
		`'"'`:                  `'''"'''`,
		`\d: `:                 `'\d: '`,
		"it's: x":              `"it's: x"`,
		"\"\\\n":               `"\"\\\n"`,
		"\x00\x1b\u0085\u00a0": `"\x00\x1b\x85\xa0"`,
		"\u2028\ufeff\uffff":   `"\u2028\ufeff\uffff"`,
		"\U000e0041":           `"\U000e0041"`,
		"a\xff\xfeb":           "a\ufffd\ufffdb",
		"\xff: \n":             `"` + "\ufffd" + `: \n"`,
		"{{ .Values.x }}":      `"{{ .Values.x }}"`,
	} {
		if got := string(appendString(nil, s, 0)); got != want {
			t.Errorf("%q is written %s, want %s", s, got, want)
		}
	}
}

func TestYAMLFloats(t *testing.T) {
	for want, f := range map[string]float64{
		"1.0": 1, "0.1": 0.1, "-0.0": math.Copysign(0, -1), "1000000.0": 1e6, "1.0e+21": 1e21, "1.5e-07": 1.5e-7,
		"-1.0e-09": -1e-9, "5.0e-324": 5e-324, "1.7976931348623157e+308": math.MaxFloat64,
		".inf": math.Inf(1), "-.inf": math.Inf(-1), ".nan": math.NaN(), "0.000001": 1e-6,
	} {
		got := string(appendFloat(nil, f))
		if got != want {
			t.Errorf("%g is written %s, want %s", f, got, want)
		}
		var back any
		if err := yaml.Unmarshal([]byte(got), &back); err != nil {
			t.Fatal(err)
		}
		if back, ok := back.(float64); !ok || math.Float64bits(back) != math.Float64bits(f) && back == back {
			t.Errorf("%s is read back as %v", got, back)
		}
	}
}

func TestYAMLPanics(t *testing.T) {
	for want, n := range map[string]Node{
		"cannot hold a int":  leaf(3),
		"a node is missing":  mapOf("a", &List{Items: []Node{nil}}),
		"cannot hold a []in": leaf([]int{}),
	} {
		for _, body := range []Body{YAML{n}, JSON{n}} {
			f := File{Body: body}
			if got := panics(func() { f.Encode() }); !strings.Contains(got, want) {
				t.Errorf("%T panics with %q, want %q", body, got, want)
			}
		}
	}
}

func TestEncodedFilesShareNothing(t *testing.T) {
	a := File{Body: YAML{mapOf("a", "first")}}
	b := File{Body: YAML{mapOf("b", "second")}}
	got := a.Encode()
	b.Encode()
	if string(got) != "a: first\n" {
		t.Errorf("encoding another file changed it to %q", got)
	}
}
