package load

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
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
}

// cueFile is a CUE file as it lies on disk.
type cueFile struct {
	name string // absolute
	data []byte
	pkg  string
}

func newQuick(root string, schema map[string][]byte) *quick {
	q := &quick{root: root, dirs: map[string][]cueFile{}}
	var imported *build.Instance
	q.context = build.NewContext(build.Loader(func(_ token.Pos, path string) *build.Instance {
		if path != schemaImport {
			return nil
		}
		if imported == nil {
			imported = q.context.NewInstance("", nil)
			for name, data := range schema {
				_ = imported.AddFile(name, data) // ours, and tested
			}
			_ = imported.Complete()
		}
		return imported
	}))
	return q
}

// instance gives the profile in dir, or nil where CUE's loader must read it.
func (q *quick) instance(dir string) *build.Instance {
	own := q.list(dir)
	if len(own) == 0 {
		return nil
	}
	pkg := own[0].pkg
	if pkg == "" || slices.ContainsFunc(own, func(s cueFile) bool { return s.pkg != pkg }) {
		return nil
	}
	files := own
	// CUE's rule: a package takes in the files of its name in each directory
	// above it, up to the module's root.
	for d := dir; d != q.root; {
		d = filepath.Dir(d)
		for _, s := range q.list(d) {
			if s.pkg == pkg {
				files = append(slices.Clone(files), s)
			}
		}
	}
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

// list reads the CUE files of a directory, once. One that cannot be read, or
// whose package cannot be told, has the package "": CUE's loader says why.
func (q *quick) list(dir string) []cueFile {
	if files, ok := q.dirs[dir]; ok {
		return files
	}
	var files []cueFile
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".cue") || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") ||
			strings.HasSuffix(name, "_tool.cue") || strings.HasSuffix(name, "_test.cue") {
			continue
		}
		s := cueFile{name: filepath.Join(dir, name)}
		if data, err := os.ReadFile(s.name); err == nil {
			s.data = data
			if f, err := parser.ParseFile(s.name, data, parser.PackageClauseOnly); err == nil {
				s.pkg = f.PackageName()
			}
		}
		files = append(files, s)
	}
	q.dirs[dir] = files
	return files
}
