package main

import (
	"bytes"
	"errors"
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
once, offline. A file that is there already is never overwritten: a CUE module
and a .gitattributes of your own stay, anything else stops init.

With --update only the copy of the schema is brought up to this tracegen's.`

func newInitCmd(a *app) *cobra.Command {
	var update bool
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "make a workspace",
		Long:  initLong,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("init takes one directory at most: tracegen init [DIR]")
			}
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

// Files that a repository may have already, and that are the user's then.
const (
	attributesName = ".gitattributes"
	moduleName     = "cue.mod/module.cue"
)

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
		for name, text := range map[string]string{moduleName: moduleFile, attributesName: gitattributes} {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				files[name] = []byte(text)
			}
		}
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
	for _, name := range slices.Sorted(maps.Keys(files)) {
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
	if lines := missingAttributes(root); len(lines) > 0 {
		fmt.Fprintf(a.stderr, "Your %s lacks what keeps Git from changing the tree; add to it:\n%s\n", attributesName, strings.Join(lines, "\n"))
	}
	return nil
}

// missingAttributes gives the lines that the workspace's .gitattributes lacks.
func missingAttributes(root *os.Root) []string {
	data, _ := root.ReadFile(attributesName)
	there := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		there[strings.Join(strings.Fields(line), " ")] = true
	}
	var missing []string
	for line := range strings.Lines(gitattributes) {
		if line = strings.TrimSpace(line); !there[line] {
			missing = append(missing, line)
		}
	}
	return missing
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
	for _, name := range slices.Sorted(maps.Keys(files)) {
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
