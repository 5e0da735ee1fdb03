package load

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestNamed has the ways to name a profile.
func TestNamed(t *testing.T) {
	dir := reachable(t)
	writeFiles(t, dir, []file{
		{"more/one/one.cue", "package more\n"},
		{"more/two/two.cue", "package more\n"},
		{"own/own.cue", "package own\n"},
		{"own/helpers/helpers.cue", "package helpers\n"},
		{"profiles/x/parts/parts.cue", "package profiles\n"},
		{"none/README.md", ""},
		{"B/b.cue", "package b\n"},
		{"C/c.cue", "package c\n"},
		{"twin/x/x.cue", "package x\n"},
		{"long/" + strings.Repeat("c", 64) + "/c.cue", "package c\n"},
	})
	for _, c := range []struct {
		args string
		want string // the directories, or what the error says
	}{
		{"", "profiles/x profiles/y"},
		{"y x", "profiles/y profiles/x"},
		{"x/", "profiles/x"},
		{"x//", "profiles/x"},
		{"./profiles/x/", "profiles/x"},
		{dir + "/profiles/x", "profiles/x"},
		{"own", "own"},
		{"own/../own/", "own"},
		{"''", "an argument is empty"},
		{"x ''", "an argument is empty"},
		{"profiles", "profiles holds profiles; name one of: x, y"},
		{"profiles/", "holds profiles; name one of: x, y"},
		{"more", "more holds profiles; name one of: one, two"},
		{"none", "none holds no CUE file"},
		{"nowhere", `there is no profile "nowhere"; there are: x, y`},
		{"x ./profiles/x", "the profile x is named twice"},
		{"x twin/x", "two profiles are called x"},
		{"B C", `cannot be called "B" or "C": its name becomes a directory of the output, is 1 to 63 lower-case letters, digits, "-", "_" and ".", and begins with a letter or digit`},
		{"long/" + strings.Repeat("c", 64), "is 1 to 63"},
	} {
		w, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		args := strings.Fields(c.args)
		for i := range args {
			args[i] = strings.Trim(args[i], "'")
		}
		profiles, err := w.Named(args)
		var got []string
		for _, p := range profiles {
			rel, _ := filepath.Rel(dir, p.Dir)
			got = append(got, rel)
		}
		if err != nil && !strings.Contains(err.Error(), c.want) || err == nil && strings.Join(got, " ") != c.want {
			t.Errorf("%q gives %q, %v; want %s", c.args, got, err, c.want)
		}
	}
}

// reachable makes a workspace of two good profiles.
func reachable(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var files []file
	for _, name := range []string{"x", "y"} {
		files = append(files, file{"profiles/" + name + "/" + name + ".cue", `package profiles

topology: {
	name: "` + name + `"
	cluster: kind: "k3s"
	store: {kind: "minio", placement: "external", bucket: "bbb", host: "h", credentials: kind: "secret"}
	tempo: {mode: "monolithic", chart: version: "1.0.0"}
}
`})
	}
	writeFiles(t, dir, append(files, file{"profiles/common.cue", "package profiles\n"}))
	return dir
}
