package charts

import (
	"strings"
	"testing"

	"tracegen.dev/internal/bounded"
)

// bomb is a value that each of its lines takes nine times.
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]
h: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]
`

// TestWorst reads a megabyte of what takes longest.
func TestWorst(t *testing.T) {
	n := bounded.Megabyte
	for name, text := range map[string]string{
		"bomb": bomb, "cycle": "a: &a [*a]\n", "merges": "a: &a {b: 1}\n" + strings.Repeat("x: {<<: [*a, *a, *a, *a]}\n", n/26),
		"brackets": "a: " + strings.Repeat("[", n), "closed": "a: " + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + "\n",
		"braces": strings.Repeat("{a: ", n/4), "dashes": strings.Repeat("- ", n/2), "keys": strings.Repeat("a: 1\n", n/5),
		"anchors": "a: [" + strings.Repeat("&a x,", n/5) + "]\n", "questions": strings.Repeat("? ", n/2),
		"quotes": "a: " + strings.Repeat(`"`, n), "documents": strings.Repeat("---\n", n/4), "numbers": "a: " + strings.Repeat("9", n) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			bounded.Run(t, len(text), func() { _, _ = ReadValues(strings.NewReader(text)) })
		})
	}
	for name, path := range map[string]string{
		"dots": strings.Repeat(".", n), "names": strings.Repeat("a.", n/2), "quotes": strings.Repeat(`"`, n), "brackets": strings.Repeat("[0]", n/3), "escapes": `"` + strings.Repeat(`\"`, n/2),
	} {
		t.Run("a path of "+name, func(t *testing.T) {
			bounded.Run(t, len(path), func() { _, _ = parsePath(path) })
		})
	}
}

// FuzzReadValues wants no panic, an end, and texts as keys.
func FuzzReadValues(f *testing.F) {
	f.Add([]byte("a: {b: [1, x], 1: null}\n"))
	f.Add([]byte(bomb))
	f.Add([]byte("a: &a {b: 1}\nc: {<<: *a, ? [x] : y}\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded.Run(t, len(data), func() {
			if v, err := ReadValues(strings.NewReader(string(data))); (err == nil) != (v != nil) {
				t.Errorf("%v and %v", v, err)
			}
		})
	})
}

// FuzzParsePath wants no panic, and names for a path that is one.
func FuzzParsePath(f *testing.F) {
	for _, p := range []string{"a.b[0].\"c.d\"", "a..b", `"`, "[", "a[-1]", ""} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, path string) {
		bounded.Run(t, len(path), func() {
			if names, err := parsePath(path); err == nil && path != "" && len(names) == 0 {
				t.Errorf("%q has no names", path)
			}
		})
	})
}
