package tree

import (
	"bytes"
	"sync"

	"tracegen.dev/generator/fact"
)

// File is one file of facts. Path is relative to the directory that its stage
// works in, with slashes.
type File struct {
	Path    string
	Comment string // header, without the comment mark; one line or more
	Body    Body
}

// Body is what stands in a file: [YAML], [JSON] or [Lines].
type Body interface {
	encode(w *bytes.Buffer, comment string)
	leaves(f func(path string, n Node, o fact.Origin))
}

// YAML is a file of one or more YAML documents.
type YAML []Node

// JSON is a file of one JSON value. JSON has no comments, so the header is
// left out.
type JSON struct{ Root Node }

// Lines is a text file in whatever syntax its emitter writes. Comment marks
// are the emitter's: the header stands where it puts it.
type Lines []Line

// Line is one line of text, without its line break.
type Line struct {
	Text     string
	Origin   fact.Origin
	Poisoned bool
}

// Text makes a line of a fact.
func Text(f fact.String) Line { return Line{Text: f.Value, Origin: f.Origin, Poisoned: f.Poisoned} }

// Any gives the text, and Source where it comes from: a line is a fact.
func (l Line) Any() any { return l.Text }

// Source gives the origin, and whether the line is poisoned.
func (l Line) Source() (fact.Origin, bool) { return l.Origin, l.Poisoned }

// Encode gives the bytes of the file. They depend on the file alone.
func (f *File) Encode() []byte {
	w := scratch.Get().(*bytes.Buffer)
	defer scratch.Put(w)
	w.Reset()
	f.Body.encode(w, f.Comment)
	return bytes.Clone(w.Bytes())
}

// scratch keeps buffers that have grown already. Growing one for each file
// costs more than all else.
var scratch = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Leaves calls fn for every leaf of the file, with its path inside the file
// and its origin.
func (f *File) Leaves(fn func(path string, n Node, o fact.Origin)) { f.Body.leaves(fn) }
