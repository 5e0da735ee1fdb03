package load

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/stamp"
)

// schemaImport is what profiles import.
const schemaImport = "tracegen.dev/schema"

// quick parses plain profiles without CUE's package loader. That one prepares
// for modules, registries and build tags, which costs more than all that
// follows, and it lists each directory above a profile anew for every profile,
// which makes a thousand of them quadratic. Whatever is not plain is left to it.
type quick struct {
	root    string // of the module
	context *build.Context
	dirs    map[string][]cueFile
	witness *stamp.Witness
}

// cueFile is a CUE file as it lies on disk.
type cueFile struct {
	name string // absolute
	data []byte
	pkg  string
	// strange files have no package clause that can be read.
	strange bool
	large   bool // and was not read
}

// broken files do not let their package be told: it may be any.
func (s cueFile) broken() bool {
	if s.pkg != "" || s.large {
		return s.strange
	}
	_, err := parser.ParseFile(s.name, s.data)
	return err != nil
}

func newQuick(root string, schema map[string][]byte, witness *stamp.Witness) *quick {
	q := &quick{root: root, dirs: map[string][]cueFile{}, witness: witness}
	var imported *build.Instance
	q.context = build.NewContext(build.Loader(func(_ token.Pos, path string) *build.Instance {
		if path != schemaImport {
			return nil
		}
		if imported == nil {
			imported = q.context.NewInstance("", nil)
			for name, data := range schema {
				if f, err := parser.ParseFile(name, data); err == nil { // ours, and tested
					_ = imported.AddSyntax(f)
				}
			}
			_ = imported.Complete()
		}
		return imported
	}))
	return q
}

// instance gives the profile in dir, or nil where CUE's loader must read it. The
// error is for what cannot be read at all.
func (q *quick) instance(dir string) (*build.Instance, error) {
	own, err := q.list(dir)
	if err != nil {
		return nil, err
	}
	pkg, plainly := packageOf(own)
	files := own
	// CUE's rule: a package takes in the files of its name in each directory
	// above it, up to the module's root.
	for d := dir; d != q.root; {
		d = filepath.Dir(d)
		above, err := q.list(d)
		if err != nil {
			return nil, err
		}
		for _, s := range above {
			plainly = plainly && !s.broken()
			if s.pkg == pkg {
				files = append(slices.Clone(files), s)
			}
		}
	}
	if !plainly {
		return nil, nil
	}
	return q.parse(dir, files), nil
}

// large gives the files of a profile, and of the directories above it, that are
// too large to be read. [quick.instance] has listed them.
func (q *quick) large(dir string) []string {
	var out []string
	for {
		for _, s := range q.dirs[dir] {
			if s.large {
				out = append(out, s.name)
			}
		}
		if dir == q.root {
			return out
		}
		dir = filepath.Dir(dir)
	}
}

// many gives a file of a profile, or of a directory above it, that imports more
// packages than anybody needs. CUE looks for each of them all over the module.
func (q *quick) many(dir string) *cueFile {
	for {
		for _, s := range q.dirs[dir] {
			f, err := parser.ParseFile(s.name, s.data, parser.ImportsOnly)
			if err != nil {
				continue
			}
			n := 0
			for range f.ImportSpecs() {
				n++
			}
			if n > mostImports {
				return &s
			}
		}
		if dir == q.root {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}

// packageOf gives the package of a profile's own files, if they agree on one.
func packageOf(own []cueFile) (string, bool) {
	if len(own) == 0 || own[0].pkg == "" {
		return "", false
	}
	pkg := own[0].pkg
	return pkg, !slices.ContainsFunc(own, func(s cueFile) bool { return s.pkg != pkg })
}

// parse gives the package of the files, if they are plain and without faults.
func (q *quick) parse(dir string, files []cueFile) *build.Instance {
	slices.SortFunc(files, func(a, b cueFile) int { return strings.Compare(a.name, b.name) })
	inst := q.context.NewInstance(dir, nil)
	for _, s := range files {
		f, err := parser.ParseFile(s.name, s.data, parser.ParseComments)
		if err != nil || !plain(f) || inst.AddSyntax(f) != nil {
			return nil
		}
	}
	if inst.Complete() != nil {
		return nil
	}
	return inst
}

// plain reports whether a file has nothing but a package, the schema's import
// and fields: no build tags, no other packages.
func plain(f *ast.File) bool {
	for _, d := range f.Decls {
		if _, ok := d.(*ast.Attribute); ok {
			return false
		}
	}
	for spec := range f.ImportSpecs() {
		if spec.Path.Value != `"`+schemaImport+`"` {
			return false
		}
	}
	return true
}

// foreign gives the files of a profile whose package is none of those in the
// directories above it, up to top, and the package that stands there.
func (q *quick) foreign(dir, top string) (own []cueFile, there string) {
	own, _ = q.list(dir)
	pkg, ok := packageOf(own)
	if rel, err := filepath.Rel(top, dir); !ok || err != nil || !filepath.IsLocal(rel) {
		return nil, ""
	}
	for d := dir; d != top && d != q.root; {
		d = filepath.Dir(d)
		above, _ := q.list(d)
		for _, s := range above {
			if s.pkg == pkg || s.broken() {
				return nil, ""
			}
			there = cmp.Or(there, s.pkg)
		}
	}
	if there == "" {
		return nil, ""
	}
	return own, there
}

// list reads the CUE files of a directory, once. One whose package cannot be
// told has the package "": CUE's loader says why.
func (q *quick) list(dir string) ([]cueFile, error) {
	if files, ok := q.dirs[dir]; ok {
		return files, nil
	}
	q.witness.See(dir)
	names, err := cueNames(dir)
	if err != nil {
		return nil, err
	}
	var files []cueFile
	for _, name := range names {
		s := cueFile{name: filepath.Join(dir, name)}
		q.witness.See(s.name)
		switch s.data, err = readFile(s.name); {
		case errors.Is(err, errLarge):
			s.large, s.strange, s.data = true, true, nil
		case err != nil:
			return nil, err
		default:
			f, err := parser.ParseFile(s.name, s.data, parser.PackageClauseOnly)
			if err == nil {
				s.pkg = f.PackageName()
			}
			s.strange = err != nil
		}
		files = append(files, s)
	}
	q.dirs[dir] = files
	return files, nil
}
