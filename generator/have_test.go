package generator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/tree"
)

// emitted compiles one profile as far as its output.
func emitted(t *testing.T, profile string) *emit.Output {
	t.Helper()
	s := workspace(t, map[string]string{"p": complete(profile)})
	plans, found := s.analyse(t)
	if len(found) > 0 {
		t.Fatalf("found:\n%s", text(s, found))
	}
	var diags diag.List
	out, err := Emit(plans[0], &diags)
	if err != nil || diags.Len() > 0 {
		t.Fatalf("%v\n%s", err, text(s, diags.Sorted()))
	}
	return out
}

// leavesOf gives the leaves of a component's values, as path and value.
func leavesOf(n tree.Node) map[string]string {
	out := map[string]string{}
	var walk func(n tree.Node, path string)
	walk = func(n tree.Node, path string) {
		switch n := n.(type) {
		case *tree.Map:
			for _, k := range n.Keys() {
				walk(n.Get(k), tree.JoinKey(path, k))
			}
			if n.Len() == 0 {
				out[path] = "{}"
			}
		case *tree.List:
			for i, item := range n.Items {
				walk(item, fmt.Sprintf("%s[%d]", path, i))
			}
			if len(n.Items) == 0 {
				out[path] = "[]"
			}
		case *tree.Leaf:
			out[path] = fmt.Sprint(n.Value)
		}
	}
	walk(n, "")
	return out
}

// valueCase wants single values of a component of a small profile. A want of ""
// means that the path must not be there.
type valueCase struct {
	name, profile, component string
	want                     map[string]string
}

func valuesHave(t *testing.T, cases []valueCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			values := emitted(t, c.profile).Values[c.component]
			if values == nil {
				t.Fatalf("%s has no values", c.component)
			}
			got := leavesOf(values)
			for path, want := range c.want {
				if v := got[path]; v != want || want == "" && values.Lookup(path) != nil {
					t.Errorf("%s is %q, not %q", path, v, want)
				}
			}
			if t.Failed() {
				for _, p := range slices.Sorted(maps.Keys(got)) {
					t.Logf("%s: %s", p, got[p])
				}
			}
		})
	}
}

// fileCase wants lines in a file of a small profile, and no others.
type fileCase struct {
	name, profile, file string
	has, lacks          []string
}

func filesHave(t *testing.T, cases []fileCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := workspace(t, map[string]string{"p": complete(c.profile)}).compile(t)
			i := slices.IndexFunc(files, func(f tree.Output) bool { return f.Path == c.file })
			if i < 0 {
				t.Fatalf("there is no %s", c.file)
			}
			got := string(files[i].Data)
			for _, part := range c.has {
				if !strings.Contains(got, part) {
					t.Errorf("it lacks %q:\n%s", part, got)
				}
			}
			for _, part := range c.lacks {
				if strings.Contains(got, part) {
					t.Errorf("it has %q:\n%s", part, got)
				}
			}
		})
	}
}

// filesLack wants no such file in the tree of its profile.
func filesLack(t *testing.T, profiles map[string]string) {
	t.Helper()
	for file, profile := range profiles {
		for _, f := range workspace(t, map[string]string{"p": complete(profile)}).compile(t) {
			if f.Path == file {
				t.Errorf("there is %s", file)
			}
		}
	}
}
