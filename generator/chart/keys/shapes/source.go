package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// sources finds the source of Go packages: in some modules, in what the first of
// them vendors, and in the cache for what it requires.
type sources struct {
	modules  []mod
	requires map[string]string // version, by path of the module
	cache    string
	packages map[string]*pkg
}

// mod is a module whose source lies in a directory.
type mod struct{ path, dir string }

// pkg has the types of a package.
type pkg struct {
	path    string
	types   map[string]declared
	methods map[string]map[string]bool // by name of the receiver
}

// declared is a type, and the imports of the file that it stands in.
type declared struct {
	spec    *ast.TypeSpec
	imports map[string]string
}

func newSources(dirs []string) (*sources, error) {
	s := &sources{requires: map[string]string{}, cache: os.Getenv("GOMODCACHE"), packages: map[string]*pkg{}}
	if s.cache == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		s.cache = filepath.Join(home, "go", "pkg", "mod")
	}
	for _, dir := range dirs {
		file := filepath.Join(dir, "go.mod")
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		f, err := modfile.ParseLax(file, data, nil)
		if err != nil {
			return nil, err
		}
		s.modules = append(s.modules, mod{f.Module.Mod.Path, dir})
		for _, r := range f.Require {
			if s.requires[r.Mod.Path] == "" {
				s.requires[r.Mod.Path] = r.Mod.Version
			}
		}
		for _, r := range f.Replace {
			if r.New.Version != "" {
				s.requires[r.Old.Path] = r.New.Path + "@" + r.New.Version
			}
		}
	}
	return s, nil
}

// dir is where the source of a package lies.
func (s *sources) dir(path string) (string, error) {
	for _, m := range s.modules {
		if rest, ok := within(path, m.path); ok {
			if dir := filepath.Join(m.dir, rest); hasGo(dir) {
				return dir, nil
			}
		}
	}
	if dir := filepath.Join(s.modules[0].dir, "vendor", path); hasGo(dir) {
		return dir, nil
	}
	for _, m := range slices.Backward(slices.Sorted(maps.Keys(s.requires))) {
		rest, ok := within(path, m)
		if !ok {
			continue
		}
		at, version := m, s.requires[m]
		if replaced, v, ok := strings.Cut(version, "@"); ok {
			at, version = replaced, v
		}
		escaped, err := module.EscapePath(at)
		if err != nil {
			return "", err
		}
		if dir := filepath.Join(s.cache, escaped+"@"+version, rest); hasGo(dir) {
			return dir, nil
		}
	}
	return "", fmt.Errorf("the source of %s is not here", path)
}

// within is what follows the module's path in that of a package of it.
func within(path, module string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(path, module)
	return strings.TrimPrefix(rest, "/"), ok && (rest == "" || rest[0] == '/')
}

func hasGo(dir string) bool {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	return len(files) > 0
}

// load reads the types of a package.
func (s *sources) load(importPath string) (*pkg, error) {
	if p := s.packages[importPath]; p != nil {
		return p, nil
	}
	dir, err := s.dir(importPath)
	if err != nil {
		return nil, err
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	p := &pkg{importPath, map[string]declared{}, map[string]map[string]bool{}}
	for _, f := range files {
		name := f.Name()
		if f.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution|parser.ParseComments)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		p.add(file)
	}
	s.packages[importPath] = p
	return p, nil
}

func (p *pkg) add(file *ast.File) {
	imports := map[string]string{}
	for _, i := range file.Imports {
		at, _ := strconv.Unquote(i.Path.Value)
		name := packageName(at)
		if i.Name != nil {
			name = i.Name.Name
		}
		imports[name] = at
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					p.types[t.Name.Name] = declared{t, imports}
				}
			}
		case *ast.FuncDecl:
			if d.Recv == nil {
				continue
			}
			t := d.Recv.List[0].Type
			if star, ok := t.(*ast.StarExpr); ok {
				t = star.X
			}
			if index, ok := t.(*ast.IndexExpr); ok {
				t = index.X
			}
			if id, ok := t.(*ast.Ident); ok {
				if p.methods[id.Name] == nil {
					p.methods[id.Name] = map[string]bool{}
				}
				p.methods[id.Name][d.Name.Name] = true
			}
		}
	}
}

// packageName is what a package calls itself, as its path has it.
func packageName(at string) string {
	name := path.Base(at)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(at))
	}
	if i := strings.LastIndex(name, ".v"); i > 0 {
		name = name[:i]
	}
	name = strings.TrimPrefix(name, "go-")
	return strings.ReplaceAll(name, "-", "_")
}
