package tree

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"tracegen.dev/generator/fact"
)

func str(s string) fact.String { return fact.Const(s, "test") }

func num(n int64) fact.Int { return fact.Const(n, "test") }

// text gives a node as one line of JSON, which shows its order.
func text(n Node) string {
	f := File{Body: JSON{Root: n}}
	return strings.Join(strings.Fields(string(f.Encode())), "")
}

// panics gives what f panics with.
func panics(f func()) (message string) {
	defer func() {
		if v := recover(); v != nil {
			message = fmt.Sprint(v)
		}
	}()
	f()
	return ""
}

func TestSet(t *testing.T) {
	m := NewMap()
	m.Set("b.c", num(1))
	m.Set("a", str("x"))
	m.Set(`"datasources.yaml".list[0].name`, str("tempo"))
	m.Set(`"datasources.yaml".list[0].uid`, str("t"))
	m.Set(`"datasources.yaml".list[1]`, num(2))
	m.Set("deep[0][0].x", num(3))
	m.Set("b.c", num(4)) // a key that is set again keeps its place
	want := `{"b":{"c":4},"a":"x","datasources.yaml":{"list":[{"name":"tempo","uid":"t"},2]},"deep":[[{"x":3}]]}`
	if got := text(m); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := m.Keys(); !reflect.DeepEqual(got, []string{"b", "a", "datasources.yaml", "deep"}) {
		t.Errorf("keys are %q", got)
	}

	SortKeys(m)
	if got, want := text(m), `{"a":"x","b":{"c":4},"datasources.yaml":`; !strings.HasPrefix(got, want) {
		t.Errorf("sorted: %s", got)
	}
}

func TestSortKeysBelowLists(t *testing.T) {
	inner := NewMap()
	inner.Set("z", num(1))
	inner.Set("a", num(2))
	l := &List{Items: []Node{&List{Items: []Node{inner}}}}
	SortKeys(l)
	if got, want := text(l), `[[{"a":2,"z":1}]]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSetPanics(t *testing.T) {
	for path, want := range map[string]string{
		"":        "empty path",
		"l[2]":    "skips a list item",
		"l.x":     "names an item of a list",
		"m[0]":    "counts the items of a map",
		"s.x":     "runs through a scalar",
		"s[0]":    "runs through a scalar",
		"m[x]":    "bad index",
		"m[-1]":   "bad index",
		"m[0":     "bad index",
		"m..x":    "bad key",
		".m":      "bad key",
		"m.":      "bad key",
		`m."x`:    "bad quote",
		`m."x"y`:  "a dot is missing",
		"l[0]x":   "a dot is missing",
		`x"y`:     "bad key",
		"x]":      "bad key",
		`"a""b".`: "a dot is missing",
	} {
		m := NewMap()
		m.Set("l[0]", num(1))
		m.Set("m.x", num(1))
		m.Set("s", num(1))
		if got := panics(func() { m.Set(path, num(2)) }); !strings.Contains(got, want) {
			t.Errorf("Set(%q) panics with %q, want %q", path, got, want)
		}
	}
}

func TestScalarPanics(t *testing.T) {
	f := fact.Const([]string{"x"}, "test")
	if got, want := panics(func() { Scalar(f) }), "a leaf cannot hold a []string"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Scalar(fact.Const(3, "test")).Value; got != int64(3) {
		t.Errorf("an int became %T", got)
	}
}

func TestLookup(t *testing.T) {
	m := NewMap()
	m.Set("a.b[0].c", num(1))
	m.Set(`a."x.y"`, num(2))
	for path, want := range map[string]string{
		"":           `{"a":{"b":[{"c":1}],"x.y":2}}`,
		"a.b":        `[{"c":1}]`,
		"a.b[0].c":   "1",
		`a."x.y"`:    "2",
		"a.b[1]":     "",
		"a.b.c":      "",
		"a[0]":       "",
		"x":          "",
		"a.b[0].c.d": "",
	} {
		got := ""
		if n := m.Lookup(path); n != nil {
			got = text(n)
		}
		if got != want {
			t.Errorf("Lookup(%q) = %s, want %s", path, got, want)
		}
	}
}

func TestJoinKeyIsReadBack(t *testing.T) {
	for key, want := range map[string]string{
		"tempo":        "p[0].tempo",
		"a-b/c":        "p[0].a-b/c",
		"größe":        "p[0].größe",
		"":             `p[0].""`,
		"a.b":          `p[0]."a.b"`,
		"[0]":          `p[0]."[0]"`,
		"a]":           `p[0]."a]"`,
		`"`:            `p[0]."\""`,
		`\`:            `p[0]."\\"`,
		"a b":          `p[0]."a b"`,
		"\x1b[0m\r":    `p[0]."\x1b[0m\r"`,
		"\u202e":       `p[0]."\u202e"`,
		"\xff":         `p[0]."\xff"`,
		"\u2028\u0085": `p[0]."\u2028\u0085"`,
	} {
		got := JoinKey("p[0]", key)
		if got != want {
			t.Errorf("JoinKey(%q) = %s, want %s", key, got, want)
		}
		steps := ParsePath(got)
		if want := []Step{{"p", -1}, {"", 0}, {key, -1}}; !reflect.DeepEqual(steps, want) {
			t.Errorf("ParsePath(%s) = %v, want %v", got, steps, want)
		}
		if steps := ParsePath(JoinKey("", key)); !reflect.DeepEqual(steps, []Step{{key, -1}}) {
			t.Errorf("at the root, %q is read back as %v", key, steps)
		}
	}
}

func TestLeaves(t *testing.T) {
	doc := NewMap()
	doc.Set("a.b", str("x"))
	doc.Set("l[0]", num(1))
	doc.SetNode("l[1]", &Leaf{Origin: fact.Origin{Reason: "null"}})
	doc.SetNode("none", &Map{Origin: fact.Origin{Reason: "empty map"}})
	doc.SetNode(`"no.list"`, &List{Origin: fact.Origin{Reason: "empty list"}})
	leaf := &Leaf{Value: "y", Origin: fact.Origin{Reason: "test"}}

	paths := []string{"a.b test", "l[0] test", "l[1] null", "none empty map", `"no.list" empty list`}
	var many []string
	for _, p := range paths {
		many = append(many, "[0]."+p)
	}
	many = append(many, "[1] test", "[2][0] test")

	for name, test := range map[string]struct {
		body Body
		want []string
	}{
		"one document":   {YAML{doc}, paths},
		"many documents": {YAML{doc, leaf, &List{Items: []Node{leaf}}}, many},
		"json":           {JSON{doc}, paths},
		"lines":          {Lines{Text(str("--a")), Text(str("--b"))}, []string{"[0] test", "[1] test"}},
	} {
		var got []string
		f := File{Body: test.body}
		f.Leaves(func(path string, n Node, o fact.Origin) {
			if n == nil || !o.Valid() {
				t.Errorf("%s: %s has node %v, origin %v", name, path, n, o)
			}
			got = append(got, path+" "+o.Reason)
		})
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, test.want)
		}
	}
}

func TestTreeSort(t *testing.T) {
	tr := Tree{{Path: "b"}, {Path: "a/z"}, {Path: "a"}}
	tr.Sort()
	if tr[0].Path != "a" || tr[1].Path != "a/z" || tr[2].Path != "b" {
		t.Errorf("order: %v", tr)
	}
}
