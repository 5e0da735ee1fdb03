// Package load reads profiles: CUE in, [topology.Topology] out, and every
// fault of the input as a diagnostic at the user's line.
//
// The user's CUE is evaluated without the schema first, which leaves plain data
// with positions in the user's files alone; the description of the schema in
// package topology then judges each field by itself, so that no fault hides
// another. Where the data is not plain (a reference to one of the schema's
// defaults, a disjunction), CUE evaluates the profile once more, with the
// schema, and its verdict counts. A test holds the two ways to the same answer.
package load

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue/load"
	"cuelang.org/go/mod/modfile"

	"tracegen.dev/schema"
)

// Profile names a profile: a directory with CUE files that define `topology`.
type Profile struct {
	Name string // the last element of Dir
	Dir  string // absolute
}

// Workspace is the directory that profiles/ lies in.
type Workspace struct {
	Dir string // absolute
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
	return &Workspace{Dir: abs}, nil
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
		return fmt.Errorf("there is no profile %q: %w", arg, err)
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

// SchemaDir is where a repository holds its copy of the schema for `cue vet`
// and editors. What is embedded wins over it.
const SchemaDir = "cue.mod/pkg/tracegen.dev/schema"

// module finds the CUE module of a profile, and where its schema comes from.
func (w *Workspace) module(dir string) (root, schemaDir string, overlay map[string]load.Source, err error) {
	overlay = map[string]load.Source{}
	for root = dir; ; root = filepath.Dir(root) {
		file := filepath.Join(root, "cue.mod", "module.cue")
		data, err := os.ReadFile(file)
		if err == nil {
			schemaDir = filepath.Join(root, filepath.FromSlash(SchemaDir))
			if mod, err := modfile.ParseNonStrict(data, file); err == nil && mod.QualifiedModule() == "tracegen.dev@v0" {
				// The project's own module: a second copy would be an
				// ambiguous import.
				schemaDir = filepath.Join(root, "schema")
			}
			return root, schemaDir, overlay, nil
		}
		if root == filepath.Dir(root) {
			break
		}
	}
	// No module anywhere: the workspace is one, as far as CUE is concerned.
	root = w.Dir
	if rel, err := filepath.Rel(root, dir); err != nil || !filepath.IsLocal(rel) {
		root = dir
	}
	overlay[filepath.Join(root, "cue.mod", "module.cue")] = load.FromString("module: \"workspace.local\"\nlanguage: version: \"v0.17.0\"\n")
	return root, filepath.Join(root, filepath.FromSlash(SchemaDir)), overlay, nil
}

// schemaFiles gives the embedded schema by file name.
func schemaFiles() map[string][]byte {
	out := map[string][]byte{}
	entries, err := schema.FS.ReadDir(".")
	if err != nil {
		panic(err) // an embedded file system cannot fail
	}
	for _, e := range entries {
		data, err := fs.ReadFile(schema.FS, e.Name())
		if err != nil {
			panic(err)
		}
		out[e.Name()] = data
	}
	return out
}

// withSchema adds to an overlay the schema's files as they are served to CUE.
// Whatever else stands in the directory on disk is blanked, so that a stale
// copy cannot take part.
func withSchema(overlay map[string]load.Source, dir string, files map[string][]byte) map[string]load.Source {
	out := map[string]load.Source{}
	onDisk, _ := filepath.Glob(filepath.Join(dir, "*.cue"))
	for _, f := range onDisk {
		out[f] = load.FromString("package schema\n")
	}
	for name, data := range files {
		out[filepath.Join(dir, name)] = load.FromBytes(data)
	}
	for k, v := range overlay {
		out[k] = v
	}
	return out
}
