package load

import (
	"io/fs"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/load"
	"cuelang.org/go/cue/parser"

	"tracegen.dev/schema"
)

// SchemaDir is where a repository holds its copy of the schema for `cue vet`
// and editors. What is embedded wins over it.
const SchemaDir = "cue.mod/pkg/tracegen.dev/schema"

// module is the CUE module that a profile lies in.
type module struct {
	root      string
	schemaDir string // where CUE takes the schema to be
	virtual   bool   // there is no module on disk: the workspace stands for one
}

// module finds the module of a profile's directory.
func (w *Workspace) module(dir string) module {
	if m, ok := w.modules[dir]; ok {
		return m
	}
	m := w.findModule(dir)
	w.modules[dir] = m
	return m
}

func (w *Workspace) findModule(dir string) module {
	copied := filepath.FromSlash(SchemaDir)
	file := filepath.Join(dir, "cue.mod", "module.cue")
	w.Witness.See(file)
	if data, err := readFile(file); err == nil {
		if moduleName(data) == "tracegen.dev" {
			// The project's own: a second copy would be an ambiguous import.
			copied = "schema"
		}
		return module{root: dir, schemaDir: filepath.Join(dir, copied)}
	}
	if parent := filepath.Dir(dir); parent != dir {
		if m := w.module(parent); !m.virtual {
			return m
		}
	}
	root := dir
	if rel, err := filepath.Rel(w.Dir, dir); err == nil && filepath.IsLocal(rel) {
		root = w.Dir
	}
	return module{root: root, schemaDir: filepath.Join(root, copied), virtual: true}
}

// moduleName reads the name out of a module file. Whether the rest of the file
// is right is CUE's to judge.
func moduleName(data []byte) string {
	f, err := parser.ParseFile("module.cue", data)
	if err != nil {
		return ""
	}
	for _, d := range f.Decls {
		field, ok := d.(*ast.Field)
		if !ok {
			continue
		}
		if name, _, _ := ast.LabelName(field.Label); name == "module" {
			if lit, ok := field.Value.(*ast.BasicLit); ok {
				path, err := literal.Unquote(lit.Value)
				if err != nil {
					return ""
				}
				path, _, _ = strings.Cut(path, "@")
				return path
			}
		}
	}
	return ""
}

// overlay is what CUE's loader sees that is not on disk.
func (m module) overlay() map[string]load.Source {
	if !m.virtual {
		return nil
	}
	return map[string]load.Source{
		filepath.Join(m.root, "cue.mod", "module.cue"): load.FromString("module: \"workspace.local\"\nlanguage: version: \"v0.17.0\"\n"),
	}
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
