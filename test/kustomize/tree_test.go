package kustomize

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree is an output directory with the profiles that it was made from.
type tree struct {
	name     string
	dir      string
	profiles []profile
}

// profile is one directory of a tree.
type profile struct {
	name   string // below the tree
	arg    string // what tracegen calls it
	source string // all CUE that it consists of
}

// TestTrees holds every tree to everything that is checked here: the committed
// ones, and those that tracegen makes now.
func TestTrees(t *testing.T) {
	for _, tr := range trees(t) {
		t.Run(tr.name, func(t *testing.T) {
			for _, p := range tr.problems() {
				t.Error(p)
			}
		})
	}
}

// trees finds out/ and the golden cases. That there are none is an error: a
// check of nothing passes.
func trees(t *testing.T) []tree {
	t.Helper()
	all := []tree{committed(t)}
	var together []profile
	cases, err := filepath.Glob(filepath.Join(root, "golden", "*", "*.cue"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("there is no golden case (%v)", err)
	}
	for _, file := range cases {
		dir := filepath.Dir(file)
		name := filepath.Base(dir)
		if slices.ContainsFunc(all, func(tr tree) bool { return tr.name == "golden/"+name }) {
			continue // a second file of the same case
		}
		p := []profile{{name: name, arg: "golden/" + name, source: source(t, dir)}}
		now := filepath.Join(t.TempDir(), "out")
		if _, err := tracegen("build", p[0].arg, "-o", now); err != nil {
			t.Fatal(err)
		}
		all = append(all,
			tree{name: p[0].arg, dir: now, profiles: p},
			tree{name: p[0].arg + "/want", dir: filepath.Join(dir, "want"), profiles: p})
		if name != "oci" { // whose charts come by sources that no base shares with the others
			together = append(together, p[0])
		}
	}
	return append(all, mixed(t, together))
}

// mixed is one tree of all cases, whose bases have what such different profiles
// agree on.
func mixed(t *testing.T, profiles []profile) tree {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	args := []string{"build", "-o", dir}
	for _, p := range profiles {
		args = append(args, p.arg)
	}
	if _, err := tracegen(args...); err != nil {
		t.Fatal(err)
	}
	return tree{name: "all cases", dir: dir, profiles: profiles}
}

// committed is out/, with all profiles of the workspace.
func committed(t *testing.T) tree {
	t.Helper()
	tr := tree{name: "out", dir: filepath.Join(root, "out")}
	dirs, err := filepath.Glob(filepath.Join(root, "profiles", "*", "*.cue"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("there is no profile (%v)", err)
	}
	for _, file := range dirs {
		name := filepath.Base(filepath.Dir(file))
		if slices.ContainsFunc(tr.profiles, func(p profile) bool { return p.name == name }) {
			continue
		}
		tr.profiles = append(tr.profiles, profile{name: name, arg: name, source: source(t, filepath.Dir(file))})
	}
	return tr
}

// source joins the CUE of a profile: CUE takes in that of the directory above.
func source(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	for _, d := range []string{dir, filepath.Dir(dir)} {
		files, err := filepath.Glob(filepath.Join(d, "*.cue"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(data)
		}
	}
	return all.String()
}

// problems runs every check over a tree.
func (tr tree) problems() []string {
	var r report
	for _, component := range subdirectories(&r, filepath.Join(tr.dir, "base")) {
		r.at("base/" + component)
		build(&r, filepath.Join(tr.dir, "base", component))
	}
	dirs := subdirectories(&r, tr.dir)
	for _, p := range tr.profiles {
		if !slices.Contains(dirs, p.name) {
			r.addf("the tree has no directory of the profile %s", p.name)
			continue
		}
		checkProfile(&r, tr, p)
	}
	for _, d := range dirs {
		known := func(p profile) bool { return p.name == d }
		if d != "base" && !slices.ContainsFunc(tr.profiles, known) {
			r.addf("%s/ belongs to no profile", d)
		}
	}
	return r.problems
}

func subdirectories(r *report, dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		r.addf("%v", err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}
