// Package mutate breaks profiles that are good, for tests that want each fault
// found, at its line, in whatever company. Nothing but tests imports it.
package mutate

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// Subject is a profile that is good as it is, to be mutated.
type Subject struct {
	Name  string
	Files map[string]string // by name in a workspace of its own
	Words map[string]string // the string leaves by path, to tell arms apart
	Sites []*Site

	added []string // files in the workspace beside those
}

// Site is a place in a subject's files where a field, or an element of a list,
// stands.
type Site struct {
	subject   *Subject
	file      string
	path      string
	parent    *Site // nil for the topology itself
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

// Subjects reads the profiles in the directories that the patterns match.
func Subjects(patterns ...string) ([]*Subject, error) {
	var out []*Subject
	for _, pattern := range patterns {
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		for _, dir := range dirs {
			s, err := read(dir)
			if err != nil {
				return nil, err
			}
			if s != nil {
				out = append(out, s)
			}
		}
	}
	if len(out) < 5 {
		return nil, fmt.Errorf("only %d profiles to mutate", len(out))
	}
	return out, nil
}

// read gives the profile in a directory, or nil where there is none.
func read(dir string) (*Subject, error) {
	s := &Subject{Name: filepath.Base(dir), Files: map[string]string{}, Words: map[string]string{}}
	own, _ := filepath.Glob(filepath.Join(dir, "*.cue"))
	if len(own) == 0 {
		return nil, nil
	}
	shared, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "*.cue"))
	parsed := map[string]*ast.File{}
	for i, file := range slices.Concat(own, shared) {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := "profiles/" + filepath.Base(file)
		if i < len(own) {
			name = "profiles/" + s.Name + "/" + filepath.Base(file)
		}
		s.Files[name] = string(data)
		if err := s.lend(dir, string(data)); err != nil {
			return nil, err
		}
		if parsed[name], err = parser.ParseFile(name, data, parser.ParseComments); err != nil {
			return nil, err
		}
	}
	for _, collect := range []bool{false, true} { // the words first: they say which arm holds
		for _, name := range slices.Sorted(maps.Keys(parsed)) {
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
					s.found(root)
				}
			}
		}
	}
	return s, nil
}

var policyFile = regexp.MustCompile(`policyFile: +"([^"]+)"`)

// lend takes along the files that a profile names, from where they lie in the
// project.
func (s *Subject) lend(dir, text string) error {
	for _, m := range policyFile.FindAllStringSubmatch(text, -1) {
		root := dir
		for range 8 {
			if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
				break
			}
			root = filepath.Join(root, "..")
		}
		data, err := os.ReadFile(filepath.Join(root, m[1]))
		if err != nil {
			return err
		}
		s.Files[m[1]] = string(data)
	}
	return nil
}

func (s *Subject) at(start ast.Node, value ast.Expr, file string) *Site {
	return &Site{
		subject: s, file: file, value: value, line: start.Pos().Line(),
		start: start.Pos().Offset(), valueFrom: value.Pos().Offset(), valueTo: value.End().Offset(),
	}
}

// walk finds the sites below one. It sees literal structs and lists only:
// whatever else a profile is made of stays as it is.
func (s *Subject) walk(from *Site) {
	for _, lit := range literals(from.value) {
		if l, ok := lit.(*ast.ListLit); ok && from.typ.Kind == topology.ListKind {
			for i, e := range l.Elts {
				el := s.at(e, e, from.file)
				el.parent, el.path, el.typ = from, from.path+"["+strconv.Itoa(i)+"]", from.typ.Elem
				s.found(el)
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
			at.parent, at.path, at.shorthand = from, diag.JoinKey(from.path, label), !st.Lbrace.IsValid()
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
			s.found(at)
		}
	}
}

func (s *Subject) found(at *Site) {
	s.Sites = append(s.Sites, at)
	s.walk(at)
}

// spell notes the string leaves of an expression.
func (s *Subject) spell(e ast.Expr, path string) {
	for _, lit := range literals(e) {
		switch lit := lit.(type) {
		case *ast.BasicLit:
			if lit.Kind == token.STRING {
				s.Words[path], _ = literal.Unquote(lit.Value)
			}
		case *ast.StructLit:
			for _, d := range lit.Elts {
				if f, ok := d.(*ast.Field); ok {
					if label, _, err := ast.LabelName(f.Label); err == nil {
						s.spell(f.Value, diag.JoinKey(path, label))
					}
				}
			}
		}
	}
}

// arm gives the struct that a type is at a path.
func (s *Subject) arm(t *topology.Type, path string) *topology.Def {
	if t.Kind != topology.UnionKind {
		return t.Def
	}
	for _, arm := range t.Def.Arms {
		if !slices.ContainsFunc(t.Def.Discriminators(), func(d string) bool {
			return s.Words[diag.JoinKey(path, d)] != arm.Word(d)
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
func (at *Site) alone() bool {
	n := 0
	for _, o := range at.subject.Sites {
		if o.path == at.path {
			n++
		}
	}
	return n == 1
}

// place gives the file and line where load reports about a path: the profile's
// own before what it shares.
func (s *Subject) place(path string) (string, int) {
	var best *Site
	for _, o := range s.Sites {
		if o.path != path {
			continue
		}
		if best == nil || rank(o) < rank(best) {
			best = o
		}
	}
	return best.file, best.line
}

func rank(at *Site) string {
	if strings.Count(at.file, "/") == 2 {
		return "0" + at.file
	}
	return "1" + at.file
}
