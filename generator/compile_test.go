package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/load"
)

// TestEverythingInOneRun wants the overrides of all profiles judged, and not
// only those of the first that has a fault.
func TestEverythingInOneRun(t *testing.T) {
	bad := complete(`tempo: {mode: "monolithic", chart: version: "2.2.4", values: tempo: storage: trace: s3: bucket: "other"}`)
	s := workspace(t, map[string]string{"a": bad, "b": complete(""), "c": bad})
	out, diags, err := Compile(s.w, s.profiles)
	if err != nil {
		t.Fatal(err)
	}
	if out != nil {
		t.Error("there is a tree all the same")
	}
	if len(diags) != 2 || diags[0].Position.File != "profiles/a/p.cue" || diags[1].Position.File != "profiles/c/p.cue" {
		t.Errorf("found:\n%s", text(s, diags))
	}
}

// TestOrderOfProfiles wants the same tree in whatever order the profiles come,
// and the same again when it is made twice.
func TestOrderOfProfiles(t *testing.T) {
	s := open(t, "profiles", "..")
	want := s.compile(t)
	back := suite{w: s.w}
	for _, p := range s.profiles {
		back.profiles = append([]load.Profile{p}, back.profiles...)
	}
	for _, other := range []suite{s, back} {
		got := other.compile(t)
		if len(got) != len(want) {
			t.Fatalf("%d files, and then %d", len(want), len(got))
		}
		for i := range want {
			if got[i].Path != want[i].Path || string(got[i].Data) != string(want[i].Data) {
				t.Errorf("%s differs from %s:\n%s\n%s", got[i].Path, want[i].Path, got[i].Data, want[i].Data)
			}
		}
	}
}

// TestOneProfile wants all values in the base when there is but one profile.
func TestOneProfile(t *testing.T) {
	seen := 0
	for _, f := range workspace(t, map[string]string{"p": complete(alloy1[1:])}).compile(t) {
		if filepath.Base(f.Path) != "values.yaml" || !strings.HasPrefix(f.Path, "p/") {
			continue
		}
		seen++
		if !strings.HasSuffix(string(f.Data), "\n{}\n") {
			t.Errorf("%s has values of its own:\n%s", f.Path, f.Data)
		}
	}
	if seen != 2 {
		t.Errorf("saw %d overlays", seen)
	}
}

// TestShippedTree compiles the shipped profiles into the tree that is checked
// in beside them.
func TestShippedTree(t *testing.T) {
	for _, f := range open(t, "profiles", "..").compile(t) {
		data, err := os.ReadFile(filepath.Join("../out", f.Path))
		if err != nil || string(data) != string(f.Data) {
			t.Errorf("out/%s is not what the profiles say (%v)", f.Path, err)
		}
	}
}
