// Package topology is the input as Go types. They are generated from the
// schema, together with a description of it by which load judges what the user
// wrote; every leaf carries its position.
package topology

import (
	"regexp"
	"slices"
	"sync"

	"tracegen.dev/generator/diag"
)

//go:generate go run ./gen

// State says how a leaf came by its value.
type State uint8

const (
	Absent   State = iota // optional, and not given
	Default               // the schema's default
	Given                 // the user's
	Poisoned              // bad: load has reported it, and nobody else should
)

// Place is where something stands in the input. For what was not given, it is
// the struct that lacks it.
type Place struct {
	Path     string // the topology's path, such as tempo.chart.version
	Position diag.Position
}

// Leaf is a scalar of the input.
type Leaf[T any] struct {
	Place
	Value T
	State State
}

// The leaves that a topology has.
type (
	String = Leaf[string]
	Int    = Leaf[int64]
	Number = Leaf[float64]
	Bool   = Leaf[bool]
)

// Present reports whether the leaf was given or has a default. A poisoned leaf
// is present: the user meant to write it.
func (l Leaf[T]) Present() bool { return l.State != Absent }

// File is a leaf that names a file of the workspace, which load has read.
type File struct {
	String
	Data  []byte
	Fault string // why it could not be read, or empty
}

// Map is a map of the input, in order of keys.
type Map[T any] []Entry[T]

// Entry is one key of a Map with its value.
type Entry[T any] struct {
	Key   Leaf[string]
	Value T
}

// Get gives the value of a key.
func (m Map[T]) Get(key string) (T, bool) {
	for _, e := range m {
		if e.Key.Value == key {
			return e.Value, true
		}
	}
	var none T
	return none, false
}

// Value is a piece of open data, as in `values`: exactly what the user wrote.
type Value struct {
	Place
	Scalar any     // string, int64, float64, bool, or nil for null
	Fields []Field // of a struct, in the user's order
	Items  []Value // of a list
	Kind   ValueKind
}

// Field is one field of an open struct.
type Field struct {
	Name  string
	Value Value
}

// ValueKind says which part of a Value counts.
type ValueKind uint8

const (
	ScalarValue ValueKind = iota
	StructValue
	ListValue
)

// Open is an open struct of the input.
type Open struct {
	Value
	State State
}

// Kind is the kind of a Type.
type Kind uint8

const (
	StringKind Kind = iota
	IntKind
	NumberKind
	BoolKind
	StructKind
	UnionKind
	ListKind
	MapKind
	OpenKind
)

// Def is a definition of the schema: a struct, or, with Arms, a union.
type Def struct {
	Name   string // without "#"
	Doc    string
	Fields []FieldDef
	Arms   []*Def // of a union: each has its discriminators as literal fields
}

// FieldDef is a field of a struct.
type FieldDef struct {
	Name     string
	Doc      string
	Type     *Type
	Presence Presence
	Default  any // string, int64, float64 or bool
}

// Presence says whether a field must be given.
type Presence uint8

const (
	Optional Presence = iota
	Required
	Regular // has a default, or is a struct of fields that do not all have to be given
)

// Type is what a field may hold.
type Type struct {
	Kind    Kind
	Name    string // of the scalar definition, without "#"
	Doc     string // of the scalar definition: "a port is a number from 1 to 65535"
	Enum    []string
	Pattern string
	Min     *Bound
	Max     *Bound
	Def     *Def  // of a struct or union
	Elem    *Type // of a list or map
}

// Matches reports whether a text has the type's pattern, if it has one. Patterns
// are compiled where one is asked for: every start would pay for them all.
func (t *Type) Matches(text string) bool {
	if t.Pattern == "" {
		return true
	}
	re, ok := patterns.Load(t.Pattern)
	if !ok {
		re, _ = patterns.LoadOrStore(t.Pattern, regexp.MustCompile(t.Pattern))
	}
	return re.(*regexp.Regexp).MatchString(text)
}

// patterns are those that are compiled, by their text.
var patterns sync.Map

// Bound is a limit of a number.
type Bound struct {
	Value     float64
	Exclusive bool
}

// IsFile reports whether a field of the type names a file of the workspace.
func (t *Type) IsFile() bool { return t.Name == "WorkspaceFile" }

// Field gives the field of a name, or nil.
func (d *Def) Field(name string) *FieldDef {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return &d.Fields[i]
		}
	}
	return nil
}

// Scalar gives the type that a scalar definition of the schema makes of a field.
// It searches the schema, so nobody asks before it is needed.
func Scalar(name string) *Type {
	for _, d := range Definitions {
		for i := range d.Fields {
			for t := d.Fields[i].Type; t != nil; t = t.Elem {
				if t.Name == name {
					return t
				}
			}
		}
	}
	panic("topology: no field is a " + name)
}

// Discriminators gives the names of the fields that tell a union's arms apart,
// in the order of the schema. Every arm has the first of them; a further one
// tells those apart that are alike in the first.
func (d *Def) Discriminators() []string {
	var out []string
	for _, arm := range d.Arms {
		for _, name := range arm.Literals() {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// Word is the one word that a discriminator has in an arm, or nothing where the
// arm does without it.
func (d *Def) Word(discriminator string) string {
	if f := d.Field(discriminator); f != nil && slices.Contains(d.Literals(), discriminator) {
		return f.Type.Enum[0]
	}
	return ""
}

// Literals gives the names of the fields that a struct must have with the one
// word that makes it the arm of a union.
func (d *Def) Literals() []string {
	var out []string
	for _, f := range d.Fields {
		if f.Type != nil && f.Presence == Required && f.Type.Kind == StringKind && len(f.Type.Enum) == 1 {
			out = append(out, f.Name)
		}
	}
	return out
}
