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
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/stamp"
)

// Workspace is the directory that profiles/ lies in.
type Workspace struct {
	Dir string // absolute

	// Witness takes down what is looked at; nil where nobody asks.
	Witness *stamp.Witness

	// Trial gives the process that runs [Workspace.Try], for profiles that could ask
	// for more memory at once than there is; nil where nobody fears them.
	Trial func() *exec.Cmd

	modules map[string]module // by directory
	strays  []string          // directories below profiles/ without CUE files
	trying  bool              // this is that process
	order   []Profile         // that are read
	trial   *trial            // once there is one
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

// All gives the profiles below profiles/, by name.
func (w *Workspace) All() ([]Profile, error) {
	dir := filepath.Join(w.Dir, "profiles")
	w.Witness.See(dir)
	dirs, strays, err := subdirectories(dir, w.Witness)
	if os.IsNotExist(err) && !exists(dir) {
		return nil, fmt.Errorf("there is no profiles/ in %s; `tracegen init` makes one", w.Dir)
	}
	if err != nil {
		return nil, err
	}
	if len(dirs) == 0 {
		return nil, fmt.Errorf("there is no profile in %s: a profile is a directory with CUE files", dir)
	}
	w.strays = strays
	return named(dirs)
}

// subdirectories gives the directories in dir that hold CUE files, and those
// that do not. Links to directories count; what is hidden does not.
func subdirectories(dir string, witness *stamp.Witness) (with, without []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		d := filepath.Join(dir, e.Name())
		mode := e.Type()
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if mode&fs.ModeSymlink != 0 {
			witness.See(d)
			if mode, err = followed(d); err != nil {
				return nil, nil, err
			}
		}
		if !mode.IsDir() {
			continue
		}
		witness.See(d)
		files, err := cueEntries(d)
		if err != nil {
			return nil, nil, err
		}
		if len(files) > 0 {
			with = append(with, d)
		} else {
			without = append(without, d)
		}
	}
	return with, without, nil
}

// Named gives the profiles of the arguments: names below profiles/, or
// directories. None means all.
func (w *Workspace) Named(args []string) ([]Profile, error) {
	if len(args) == 0 {
		return w.All()
	}
	var dirs []string
	for _, arg := range args {
		dir, err := w.find(arg)
		if err != nil {
			return nil, err
		}
		dirs = append(dirs, dir)
	}
	out, err := named(dirs)
	if err != nil {
		return nil, err
	}
	for i, p := range out {
		if j := slices.IndexFunc(out[:i], func(q Profile) bool { return q.Name == p.Name }); j >= 0 && dirs[j] == dirs[i] {
			return nil, fmt.Errorf("the profile %s is named twice", p.Name)
		} else if j >= 0 {
			return nil, fmt.Errorf("two profiles are called %s", p.Name)
		}
	}
	return out, nil
}

// find gives the directory of the profile that an argument means.
func (w *Workspace) find(arg string) (string, error) {
	if arg == "" {
		return "", errors.New("an argument is empty: a profile is a name below profiles/, or a directory")
	}
	all := filepath.Join(w.Dir, "profiles")
	clean := filepath.Clean(arg)
	dir := filepath.Join(all, clean)
	if strings.ContainsAny(clean, `/\`) || clean == "." || clean == ".." || !isDir(dir) {
		dir = clean
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(w.Dir, dir)
		}
	}
	if !isDir(dir) {
		return "", w.unknownProfile(arg)
	}
	if filepath.Dir(dir) != all {
		below, err := profilesBelow(dir)
		if err != nil {
			return "", err
		}
		if len(below) > 0 {
			return "", fmt.Errorf("%s holds profiles; name one of: %s", arg, strings.Join(below, ", "))
		}
	}
	files, err := cueEntries(dir)
	if err != nil {
		return "", err
	}
	if len(files) == 0 {
		return "", fmt.Errorf("%s holds no CUE file, so it is not a profile", arg)
	}
	return dir, nil
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

// stray reports directories below profiles/ that look as if they were profiles:
// the tree would lose the output of one whose files were renamed.
func (w *Workspace) stray(diags *diag.List) {
	for _, dir := range w.strays {
		name := w.relative(dir)
		diags.Add(diag.Diagnostic{
			Code:     codeStray,
			Message:  name + " holds no CUE file, so it is no profile",
			Path:     name,
			Position: diag.Position{File: name},
			Help:     "remove it, or add a file such as " + name + "/" + filepath.Base(dir) + ".cue",
		})
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
