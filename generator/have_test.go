package generator

import (
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/tree"
)

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
