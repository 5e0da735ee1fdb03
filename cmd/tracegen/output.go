package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tracegen.dev/generator/load"
	"tracegen.dev/generator/write"
)

// output is where a tree goes.
type output struct {
	dir   string // absolute
	shown string // as the user knows it, with slashes
	own   bool   // the workspace's own tree, or inside it
}

// newOutput finds the directory that -o names, as seen from the workspace. It
// refuses those that hold what the user wrote.
func newOutput(workspace, flag string) (*output, error) {
	if flag == "" {
		return &output{dir: filepath.Join(workspace, load.OutputDir), shown: load.OutputDir, own: true}, nil
	}
	flag = filepath.Clean(flag)
	o := &output{dir: flag, shown: filepath.ToSlash(flag)}
	if !filepath.IsAbs(flag) {
		o.dir = filepath.Join(workspace, flag)
	}
	at := placeOf(o.dir)
	if at.is(workspace) {
		return nil, fmt.Errorf("-o %s is the workspace itself: a tree needs a directory of its own", o.shown)
	}
	for _, name := range []string{"profiles", "cue.mod"} {
		if at.liesIn(filepath.Join(workspace, name)) {
			return nil, fmt.Errorf("-o %s lies in %s/, which is input: a tree needs a directory of its own", o.shown, name)
		}
	}
	o.own = at.liesIn(filepath.Join(workspace, load.OutputDir))
	return o, nil
}

// takes refuses a tree of some profiles where it would take the place of
// others.
func (o *output) takes(profiles []load.Profile) error {
	if o.own {
		return errors.New("a tree of some profiles needs a directory of its own: add -o DIR, other than " + load.OutputDir)
	}
	var names, others []string
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	for _, top := range write.Owned(o.dir) {
		if top != "base" && !slices.Contains(names, top) {
			others = append(others, top)
		}
	}
	if len(others) > 0 {
		return fmt.Errorf("%s holds the tree of %s, which a tree of %s would remove: give -o another directory",
			o.shown, strings.Join(others, ", "), strings.Join(names, ", "))
	}
	return nil
}

// source gives the text of the input alone: what stands in the output directory
// may be anybody's, and is not shown.
func (o *output) source(text func(string) []byte) func(string) []byte {
	return func(file string) []byte {
		if file == o.shown || strings.HasPrefix(file, o.shown+"/") {
			return nil
		}
		return text(file)
	}
}

// place is a directory and those that it lies in, the innermost first. They are
// told apart by what is there, so that neither links nor letter case hide it,
// and by name where nothing is yet.
type place []spot

type spot struct {
	path string
	info os.FileInfo // nil where nothing is
}

func spotOf(path string) spot {
	info, err := os.Stat(path)
	if err != nil {
		return spot{path: resolved(path)}
	}
	return spot{path, info}
}

func placeOf(dir string) place {
	var p place
	for dir = resolved(dir); ; dir = filepath.Dir(dir) {
		p = append(p, spotOf(dir))
		if dir == filepath.Dir(dir) {
			return p
		}
	}
}

func (s spot) same(other spot) bool {
	if s.info != nil && other.info != nil {
		return os.SameFile(s.info, other.info)
	}
	return s.path == other.path
}

// is reports whether the place is dir.
func (p place) is(dir string) bool { return p[0].same(spotOf(dir)) }

// liesIn reports whether the place is dir, or lies in it.
func (p place) liesIn(dir string) bool { return slices.ContainsFunc(p, spotOf(dir).same) }

// resolved follows the links of as much of a path as exists.
func resolved(path string) string {
	if r, err := filepath.EvalSymlinks(path); err == nil {
		return r
	}
	if up := filepath.Dir(path); up != path {
		return filepath.Join(resolved(up), filepath.Base(path))
	}
	return path
}
