package load

import (
	"path/filepath"

	"cuelang.org/go/cue/build"
)

// Join lets the mutation test, a package of its own, spell paths as load does.
var Join = join

// RealInstance gives a profile of a workspace with the real schema, for CUE to
// judge.
func RealInstance(dir, profile string) (*build.Instance, error) {
	w, err := Open(dir)
	if err != nil {
		return nil, err
	}
	instance, err := w.instance(Profile{Name: profile, Dir: filepath.Join(w.Dir, "profiles", profile)}, schemaFiles(), nil)
	if err != nil {
		return nil, err
	}
	return instance, nil
}
