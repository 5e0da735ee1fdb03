package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"slices"
	"strings"
)

// node is a key with what stands below.
type node struct {
	kinds string
	open  string
	like  string
	below map[string]*node
	mixed bool // it may have keys of its own besides those of its shape
}

// walker makes keys of types.
type walker struct {
	*program
	*sources
	name   string
	shapes map[string]*node            // by name
	owner  map[string]string           // the type of a shape
	inside []string                    // types that are being written, from the root on
	direct bool                        // the next type is written out
	given  map[string]map[string]*node // further keys, by the type's full name
	odd    map[string]bool             // what the table should tell
}

// place is where an expression stands: names mean what they mean there.
type place struct {
	path    string // of the package
	imports map[string]string
	params  map[string]*node // what stands for the type's parameters
}

// generate gives the contract of a program at one version.
func generate(name, version string, modules []string) (string, error) {
	p := programs()[name]
	if p == nil {
		return "", fmt.Errorf("there is no program %q, only %s", name, slices.Sorted(maps.Keys(programs())))
	}
	return p.contract(name, version, modules)
}

func (p *program) contract(name, version string, modules []string) (string, error) {
	src, err := newSources(modules)
	if err != nil {
		return "", err
	}
	w := &walker{
		program: p, sources: src, name: name,
		shapes: map[string]*node{}, owner: map[string]string{}, given: map[string]map[string]*node{}, odd: map[string]bool{},
	}
	if p.more != nil {
		if err := p.more(w); err != nil {
			return "", err
		}
	}
	for _, r := range p.roots {
		if err := w.root(r); err != nil {
			return "", err
		}
	}
	w.forget()
	for name, extra := range p.extra {
		w.shapes[name] = extra(w)
	}
	for _, odd := range slices.Sorted(maps.Keys(w.odd)) {
		fmt.Fprintln(os.Stderr, odd)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "chart %s\nversions %s\n\n", name, version)
	write(&b, w.shapes, 0)
	return b.String(), nil
}

// root writes the type of a root. One that this version does not have yet is
// left out.
func (w *walker) root(r root) error {
	for _, at := range r.types {
		path, name := split(at)
		p, err := w.load(path)
		if err != nil {
			continue
		}
		if _, ok := p.types[name]; !ok {
			continue
		}
		n, err := w.named(path, name, nil)
		if err != nil {
			return err
		}
		shape := cmp.Or(r.shape, name)
		if n.like == w.name+"/"+shape {
			return nil
		}
		if w.shapes[shape] != nil {
			return fmt.Errorf("%s: there are two shapes %s", at, shape)
		}
		w.shapes[shape] = n
		return nil
	}
	if r.since == "" {
		return fmt.Errorf("none of %s is here", r.types)
	}
	return nil
}

// split cuts a type's full name.
func split(at string) (path, name string) {
	i := strings.LastIndex(at, ".")
	return at[:i], at[i+1:]
}

// named gives a key for a type of a package.
func (w *walker) named(path, name string, args []*node) (*node, error) {
	full := path + "." + name
	if name == "Optional" && len(args) == 1 { // of the collector's configoptional
		return args[0], nil
	}
	direct := w.direct
	w.direct = false
	if n := w.own(full, direct); n != nil {
		return n, nil
	}
	p, err := w.load(path)
	if err != nil {
		return nil, err
	}
	d, ok := p.types[name]
	if !ok {
		return nil, fmt.Errorf("%s is not there", full)
	}
	here := d.at(path, args)
	st, isStruct := d.spec.Type.(*ast.StructType)
	if !isStruct {
		own := p.methods[name]["UnmarshalText"] || p.methods[name][w.unmarshal]
		if own && !w.usual[packageName(path)+"."+name] {
			if _, isMap := d.spec.Type.(*ast.MapType); !isMap {
				return leaf("string"), nil
			}
			w.odd[packageName(path)+"."+name+" is a map that is read in its own way: "+path] = true
		}
		w.direct = direct
		return w.expr(d.spec.Type, here)
	}
	if p.methods[name][w.unmarshal] || p.methods[name]["UnmarshalText"] {
		if !w.usual[packageName(path)+"."+name] {
			w.odd[packageName(path)+"."+name+" is a struct that is read in its own way: "+path] = true
		}
	}
	if here.params != nil { // each instance differs
		n := &node{below: map[string]*node{}}
		return n, w.fields(st, here, n)
	}
	shape := w.shape(path, name)
	if shape == "" || direct && w.plain {
		if slices.Contains(w.inside, full) {
			return nil, fmt.Errorf("%s is inside of itself, so it must be a shape", full)
		}
		w.inside = append(w.inside, full)
		defer func() { w.inside = w.inside[:len(w.inside)-1] }()
		n := &node{below: map[string]*node{}, mixed: !w.plain}
		return n, w.whole(st, here, p, name, n)
	}
	if w.owner[shape] == "" {
		n := &node{below: map[string]*node{}}
		w.shapes[shape], w.owner[shape] = n, full
		if err := w.whole(st, here, p, name, n); err != nil {
			return nil, err
		}
	}
	if w.owner[shape] != full {
		return nil, fmt.Errorf("%s and %s have one name, %s", full, w.owner[shape], shape)
	}
	return &node{like: w.name + "/" + shape}, nil
}

// at is where a type's fields are read: in its file, with what its parameters
// stand for.
func (d declared) at(path string, args []*node) place {
	here := place{path: path, imports: d.imports}
	if d.spec.TypeParams == nil {
		return here
	}
	here.params = map[string]*node{}
	for _, f := range d.spec.TypeParams.List {
		for _, id := range f.Names {
			if len(args) > len(here.params) {
				here.params[id.Name] = args[len(here.params)]
			}
		}
	}
	return here
}

// shape is the name of the shape that a type is, or empty.
func (w *walker) shape(path, name string) string {
	if w.plain {
		return name
	}
	return cmp.Or(w.shared[path+"."+name], w.shared[packageName(path)+"."+name])
}

// whole writes the fields of a struct that has a name.
func (w *walker) whole(st *ast.StructType, here place, p *pkg, name string, n *node) error {
	if err := w.fields(st, here, n); err != nil {
		return err
	}
	full := here.path + "." + name
	if also := p.types[w.also[full]]; also.spec != nil {
		err := w.fields(also.spec.Type.(*ast.StructType), place{path: here.path, imports: also.imports}, n)
		if err != nil {
			return err
		}
	}
	maps.Copy(n.below, w.given[full])
	delete(n.below, w.drop[full])
	return nil
}

// expr gives a key for the type that an expression names.
func (w *walker) expr(e ast.Expr, at place) (*node, error) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return w.expr(e.X, at)
	case *ast.StarExpr:
		return w.expr(e.X, at)
	case *ast.Ident:
		if n := at.params[e.Name]; n != nil {
			return n, nil
		}
		if n := w.basic(e.Name); n != nil {
			return n, nil
		}
		return w.named(at.path, e.Name, nil)
	case *ast.SelectorExpr:
		id := e.X.(*ast.Ident)
		path := at.imports[id.Name]
		if path == "" {
			return nil, fmt.Errorf("%s: %s.%s is of no import that is known", at.path, id.Name, e.Sel.Name)
		}
		return w.named(path, e.Sel.Name, nil)
	case *ast.IndexExpr:
		arg, err := w.expr(e.Index, at)
		if err != nil {
			return nil, err
		}
		switch x := e.X.(type) {
		case *ast.Ident:
			return w.named(at.path, x.Name, []*node{arg})
		case *ast.SelectorExpr:
			return w.named(at.imports[x.X.(*ast.Ident).Name], x.Sel.Name, []*node{arg})
		}
	case *ast.ArrayType:
		if id, ok := e.Elt.(*ast.Ident); ok && id.Name == "byte" {
			return leaf("string"), nil
		}
		n, err := w.expr(e.Elt, at)
		if err != nil {
			return nil, err
		}
		if n.like != "" && n.kinds == "" && len(n.below) == 0 {
			return &node{kinds: "list", like: n.like}, nil
		}
		return &node{kinds: "list", below: map[string]*node{"[]": n}}, nil
	case *ast.MapType:
		n, err := w.expr(e.Value, at)
		if err != nil {
			return nil, err
		}
		return &node{below: map[string]*node{"*": n}}, nil
	case *ast.StructType:
		n := &node{below: map[string]*node{}}
		return n, w.fields(e, at, n)
	case *ast.InterfaceType:
		return anything(), nil
	case *ast.FuncType, *ast.ChanType:
		return leaf("any"), nil
	}
	return nil, fmt.Errorf("%s: a type is a %T", at.path, e)
}

// basic gives a key for a type of the language.
func (w *walker) basic(name string) *node {
	switch strings.TrimRight(name, "0123456789") {
	case "bool":
		return leaf("bool")
	case "string":
		return leaf("string")
	case "int", "uint", "float":
		return leaf("number")
	case "any", "error":
		return anything()
	}
	return nil
}

func leaf(kinds string) *node { return &node{kinds: kinds} }

// anything is a key whose value has a form that no type tells.
func anything() *node { return &node{kinds: "any", open: "any"} }
