// Package load reads profiles: CUE in, [topology.Topology] out, and every
// fault of the input as a diagnostic at the user's line.
//
// The user's CUE is evaluated without the schema first, which leaves plain data
// with positions in the user's files alone; the description of the schema in
// package topology then judges each field by itself, so that no fault hides
// another. Where a value refers to one of the schema's defaults, the profile is
// evaluated again with the defaults filled in; where only the schema can decide
// between several values, CUE evaluates the profile with it. A test holds this
// way and CUE's own to the same verdict.
package load

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Profile names a profile: a directory with CUE files that define `topology`.
type Profile struct {
	Name string // the last element of Dir
	Dir  string // absolute
}

// Workspace is the directory that profiles/ lies in.
type Workspace struct {
	Dir string // absolute

	modules map[string]module // by directory
}

// Open makes a workspace of a directory.
func Open(dir string) (*Workspace, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(abs); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a directory", dir)
	}
	return &Workspace{Dir: abs, modules: map[string]module{}}, nil
}

// reserved are names that the output tree uses itself.
var reserved = []string{"base"}

var profileName = regexp.MustCompile(`^[a-z0-9][-a-z0-9_.]{0,62}$`)

// All gives the profiles below profiles/, by name.
func (w *Workspace) All() ([]Profile, error) {
	dir := filepath.Join(w.Dir, "profiles")
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, fmt.Errorf("there is no profiles/ in %s; `tracegen init` makes one", w.Dir)
	}
	if err != nil {
		return nil, err
	}
	var out []Profile
	for _, e := range entries {
		d := filepath.Join(dir, e.Name())
		if !e.IsDir() || !hasCUE(d) {
			continue
		}
		p, err := profile(d)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no profile in %s: a profile is a directory with CUE files", dir)
	}
	return out, nil
}

// Named gives the profiles of the arguments: names below profiles/, or
// directories. None means all.
func (w *Workspace) Named(args []string) ([]Profile, error) {
	if len(args) == 0 {
		return w.All()
	}
	var out []Profile
	for _, arg := range args {
		dir := filepath.Join(w.Dir, "profiles", arg)
		if strings.ContainsAny(arg, `/\`) || arg == "." || arg == ".." || !isDir(dir) {
			dir = arg
			if !filepath.IsAbs(dir) {
				dir = filepath.Join(w.Dir, dir)
			}
		}
		if !isDir(dir) {
			return nil, w.unknownProfile(arg)
		}
		if !hasCUE(dir) {
			return nil, fmt.Errorf("%s holds no CUE file, so it is not a profile", arg)
		}
		p, err := profile(dir)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(q Profile) bool { return q.Name == p.Name }) {
			return nil, fmt.Errorf("two profiles are called %s", p.Name)
		}
		out = append(out, p)
	}
	return out, nil
}

func (w *Workspace) unknownProfile(arg string) error {
	all, err := w.All()
	if err != nil {
		return err
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return fmt.Errorf("there is no profile %q; there are: %s", arg, strings.Join(names, ", "))
}

func profile(dir string) (Profile, error) {
	dir = filepath.Clean(dir)
	name := filepath.Base(dir)
	if !profileName.MatchString(name) {
		return Profile{}, fmt.Errorf("%q cannot be a profile's name: it becomes a directory of the output, and has lower-case letters, digits, \"-\", \"_\" and \".\"", name)
	}
	if slices.Contains(reserved, name) {
		return Profile{}, fmt.Errorf("a profile cannot be called %q: the output tree uses that name", name)
	}
	return Profile{Name: name, Dir: dir}, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func hasCUE(dir string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*.cue"))
	return err == nil && len(files) > 0
}
