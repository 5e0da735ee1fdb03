package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/load"
	"tracegen.dev/profiles"
	"tracegen.dev/schema"
)

const initLong = `Init makes a workspace in DIR, or here: the shipped profiles to start from, and a
copy of the schema for "cue vet" and editors. "tracegen build" works in it at
once, offline. A file that is there already is never overwritten.

With --update only the copy of the schema is brought up to this tracegen's.`

func newInitCmd(a *app) *cobra.Command {
	var update bool
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "make a workspace",
		Long:  initLong,
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := a.dir
			if len(args) == 1 {
				dir = args[0]
				if !filepath.IsAbs(dir) {
					dir = filepath.Join(a.dir, dir)
				}
			}
			return a.doInit(dir, update)
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "bring the workspace's copy of the schema up to date")
	return cmd
}

// gitattributes keeps Git from converting line ends, and from merging
// generated files hunk by hunk into something that nobody made: after a merge
// `tracegen build` makes them anew. The lock is merged line by line.
const gitattributes = `/out/** -text -merge
/out/tracegen.lock -text merge=union
`

const moduleFile = `module: "workspace.local"
language: version: "v0.17.0"
`

func (a *app) doInit(dir string, update bool) error {
	files := map[string][]byte{}
	if err := collect(files, schema.FS, load.SchemaDir); err != nil {
		return err
	}
	if update {
		if _, err := os.Stat(filepath.Join(dir, "profiles")); err != nil {
			return fmt.Errorf("%s is not a workspace: it has no profiles/", dir)
		}
	} else {
		if err := collect(files, profiles.FS, "profiles"); err != nil {
			return err
		}
		files["cue.mod/module.cue"] = []byte(moduleFile)
		files[".gitattributes"] = []byte(gitattributes)
		if err := refuse(dir, files); err != nil {
			return err
		}
	}
	root, err := openRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	n := 0
	for _, name := range sortedKeys(files) {
		if old, err := root.ReadFile(name); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(name, files[name], 0o644); err != nil {
			return err
		}
		n++
	}
	if update {
		fmt.Fprintf(a.stderr, "%s: %s of the schema brought up to date\n", dir, counted(n, "file"))
		return nil
	}
	fmt.Fprintf(a.stderr, "%s: %d files. Next: edit profiles/, then run tracegen build\n", dir, n)
	return nil
}

// collect reads an embedded file system's CUE files under a new directory.
func collect(files map[string][]byte, fsys fs.FS, under string) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[path.Join(under, name)] = data
		return err
	})
}

// refuse names the files that init would overwrite with something else. Nothing
// is written then.
func refuse(dir string, files map[string][]byte) error {
	var there []string
	for _, name := range sortedKeys(files) {
		old, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err == nil && !bytes.Equal(old, files[name]) {
			there = append(there, name)
		}
	}
	if len(there) > 0 {
		return fmt.Errorf("%s has these files already, and init overwrites nothing: %s", dir, strings.Join(there, ", "))
	}
	return nil
}

func openRoot(dir string) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return os.OpenRoot(dir)
}

func sortedKeys(files map[string][]byte) []string {
	return slices.Sorted(maps.Keys(files))
}
