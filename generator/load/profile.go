package load

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Profile names a profile: a directory with CUE files that define `topology`.
type Profile struct {
	Name string // the last element of Dir
	Dir  string // absolute
}

// reserved are names that the output tree uses itself: its base, and the lock in
// which generator/write notes what it wrote.
var reserved = []string{"base", "tracegen.lock"}

var profileName = compiled(`^[a-z0-9][-a-z0-9_.]{0,62}$`)

// named makes profiles of directories, or says of all of them at once which
// cannot be one.
func named(dirs []string) ([]Profile, error) {
	var out []Profile
	var bad, taken []string
	for _, dir := range dirs {
		name := filepath.Base(dir)
		switch {
		case slices.Contains(reserved, name):
			taken = append(taken, fmt.Sprintf("%q", name))
		case !profileName().MatchString(name):
			bad = append(bad, fmt.Sprintf("%q", name))
		}
		out = append(out, Profile{Name: name, Dir: dir})
	}
	var says []string
	if len(taken) > 0 {
		says = append(says, fmt.Sprintf("a profile cannot be called %s: the output tree uses that name", strings.Join(taken, " or ")))
	}
	if len(bad) > 0 {
		says = append(says, fmt.Sprintf("a profile cannot be called %s: its name becomes a directory of the output, is 1 to 63 lower-case letters, digits, \"-\", \"_\" and \".\", and begins with a letter or digit", strings.Join(bad, " or ")))
	}
	if len(says) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(says, "; "))
	}
	return out, nil
}

// profilesBelow gives the names of the directories in dir that hold CUE files
// of dir's own packages: dir is then what they share, and none itself. Where
// dir has no CUE file, any package will do.
func profilesBelow(dir string) ([]string, error) {
	q := newQuick(dir, nil, nil)
	shared, err := q.list(dir)
	if err != nil {
		return nil, err
	}
	dirs, _, err := subdirectories(dir, nil)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, d := range dirs {
		files, err := q.list(d)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			same := func(s cueFile) bool { return s.pkg == f.pkg }
			if f.pkg != "" && (len(shared) == 0 || slices.ContainsFunc(shared, same)) {
				out = append(out, filepath.Base(d))
				break
			}
		}
	}
	return out, nil
}
