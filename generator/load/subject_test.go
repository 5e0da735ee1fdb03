package load_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/load"
	"tracegen.dev/generator/topology"
)

// subject is a profile that is good as it is, to be mutated.
type subject struct {
	name  string
	files map[string]string // by name in a workspace of its own
	words map[string]string // the string leaves by path, to tell arms apart
	sites []*site
	dir   string // the workspace of the mutant at hand
	cue   *load.CUE
}

// site is a place in a subject's files where a field, or an element of a list,
// stands.
type site struct {
	subject   *subject
	file      string
	path      string
	parent    *site // nil for the topology itself
	def       string
	field     *topology.FieldDef // nil for an element or an entry of a map
	typ       *topology.Type
	value     ast.Expr
	start     int // of the label, or of the element
	valueFrom int
	valueTo   int
	line      int
	shorthand bool // the struct around it has no braces: a: b: 1
	disc      bool // tells the arms of a union apart
}

// subjects reads the shipped profiles, the golden cases and the testdata.
func subjects(t *testing.T) []*subject {
	var out []*subject
	for _, pattern := range []string{"../../profiles/*", "../../golden/*", "testdata/everything/*"} {
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			if s := readSubject(t, dir); s != nil {
				out = append(out, s)
			}
		}
	}
	if len(out) < 5 {
		t.Fatalf("only %d profiles to mutate", len(out))
	}
	return out
}

func readSubject(t *testing.T, dir string) *subject {
	s := &subject{name: filepath.Base(dir), files: map[string]string{}, words: map[string]string{}}
	own, _ := filepath.Glob(filepath.Join(dir, "*.cue"))
	if len(own) == 0 {
		return nil
	}
	shared, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "*.cue"))
	parsed := map[string]*ast.File{}
	for i, file := range slices.Concat(own, shared) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := "profiles/" + filepath.Base(file)
		if i < len(own) {
			name = "profiles/" + s.name + "/" + filepath.Base(file)
		}
		s.files[name] = string(data)
		if parsed[name], err = parser.ParseFile(name, data, parser.ParseComments); err != nil {
			t.Fatal(err)
		}
	}
	for _, collect := range []bool{false, true} { // the words first: they say which arm holds
		for _, name := range sorted(parsed) {
			for _, d := range parsed[name].Decls {
				f, ok := d.(*ast.Field)
				if !ok {
					continue
				}
				if label, _, _ := ast.LabelName(f.Label); label == "topology" {
					if !collect {
						s.spell(f.Value, "")
						continue
					}
					root := s.at(f.Label, f.Value, name)
					root.typ = topology.Root
					s.add(root)
				}
			}
		}
	}
	return s
}

func (s *subject) at(start ast.Node, value ast.Expr, file string) *site {
	return &site{
		subject: s, file: file, value: value, line: start.Pos().Line(),
		start: start.Pos().Offset(), valueFrom: value.Pos().Offset(), valueTo: value.End().Offset(),
	}
}

// walk finds the sites below one. It sees literal structs and lists only:
// whatever else a profile is made of stays as it is.
func (s *subject) walk(from *site) {
	for _, lit := range literals(from.value) {
		if l, ok := lit.(*ast.ListLit); ok && from.typ.Kind == topology.ListKind {
			for i, e := range l.Elts {
				el := s.at(e, e, from.file)
				el.parent, el.path, el.typ = from, from.path+"["+itoa(i)+"]", from.typ.Elem
				s.add(el)
			}
		}
		st, ok := lit.(*ast.StructLit)
		if !ok {
			continue
		}
		def := s.arm(from.typ, from.path)
		for _, d := range st.Elts {
			f, ok := d.(*ast.Field)
			if !ok {
				continue
			}
			label, _, err := ast.LabelName(f.Label)
			if err != nil {
				continue
			}
			at := s.at(f.Label, f.Value, from.file)
			at.parent, at.path, at.shorthand = from, join(from.path, label), !st.Lbrace.IsValid()
			switch {
			case from.typ.Kind == topology.MapKind:
				at.typ = from.typ.Elem
			case def != nil && def.Field(label) != nil:
				at.field, at.def = def.Field(label), def.Name
				at.typ = at.field.Type
				at.disc = from.typ.Kind == topology.UnionKind && slices.Contains(from.typ.Def.Discriminators(), label) ||
					slices.Contains([]string{"kind", "mode", "placement"}, label) && len(at.typ.Enum) == 1
			default:
				continue // open data
			}
			s.add(at)
		}
	}
}

func (s *subject) add(at *site) {
	s.sites = append(s.sites, at)
	s.walk(at)
}

// spell notes the string leaves of an expression.
func (s *subject) spell(e ast.Expr, path string) {
	for _, lit := range literals(e) {
		switch lit := lit.(type) {
		case *ast.BasicLit:
			if lit.Kind == token.STRING {
				s.words[path], _ = literal.Unquote(lit.Value)
			}
		case *ast.StructLit:
			for _, d := range lit.Elts {
				if f, ok := d.(*ast.Field); ok {
					if label, _, err := ast.LabelName(f.Label); err == nil {
						s.spell(f.Value, join(path, label))
					}
				}
			}
		}
	}
}

// arm gives the struct that a type is at a path.
func (s *subject) arm(t *topology.Type, path string) *topology.Def {
	if t.Kind != topology.UnionKind {
		return t.Def
	}
	for _, arm := range t.Def.Arms {
		if !slices.ContainsFunc(t.Def.Discriminators(), func(d string) bool {
			return s.words[join(path, d)] != arm.Word(d)
		}) {
			return arm
		}
	}
	return nil
}

// literals takes `schema.#X & {…}` apart.
func literals(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.AND {
		return append(literals(b.X), literals(b.Y)...)
	}
	return []ast.Expr{e}
}

// alone reports whether no other place in the files says something of the path.
func (at *site) alone() bool {
	n := 0
	for _, o := range at.subject.sites {
		if o.path == at.path {
			n++
		}
	}
	return n == 1
}

// place gives the file and line where load reports about a path: the profile's
// own before what it shares.
func (s *subject) place(path string) (string, int) {
	var best *site
	for _, o := range s.sites {
		if o.path != path {
			continue
		}
		if best == nil || rank(o) < rank(best) {
			best = o
		}
	}
	return best.file, best.line
}

func rank(at *site) string {
	if strings.Count(at.file, "/") == 2 {
		return "0" + at.file
	}
	return "1" + at.file
}
