package load

import (
	"path/filepath"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
)

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

// CUE judges one state of a profile after the other with the real schema, which
// it compiles once for many of them.
type CUE struct {
	dir, profile string
	ctx          *cue.Context
	reader       *quick
	judged       int
}

// NewCUE is for a profile of the workspace in dir.
func NewCUE(dir, profile string) *CUE { return &CUE{dir: dir, profile: profile} }

// Build evaluates the profile as it is on disk by now.
func (c *CUE) Build() (cue.Value, error) {
	if c.judged%batch == 0 { // a context keeps all that it compiled
		c.ctx, c.reader = cuecontext.New(), newQuick(c.dir, schemaFiles(), nil)
	}
	c.judged++
	clear(c.reader.dirs)
	inst, err := c.reader.instance(filepath.Join(c.dir, "profiles", c.profile))
	if err == nil && inst == nil {
		inst, err = RealInstance(c.dir, c.profile)
	}
	if err != nil {
		return cue.Value{}, err
	}
	return c.ctx.BuildInstance(inst), inst.Err
}
