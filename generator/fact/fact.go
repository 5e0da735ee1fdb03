// Package fact holds the values that the compiler works with from link on: a
// [Of] is a value together with its origin, so that every leaf of every
// emitted file can say where it comes from.
package fact

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
)

// Input is a place in the user's topology that a fact comes from.
type Input struct {
	Path     string        // the topology's path, such as store.bucket
	Position diag.Position // the line to edit; for a default, the struct that lacks the field
}

// Origin says why a value is what it is. At least one part is set.
type Origin struct {
	Names    []string // the plan's names of shared facts inside it, such as tempo.query.port
	Inputs   []Input  // what the user wrote
	Features []string // what is known of a chart version, such as tempo@2.2.4 httpPort
	Reason   string   // for a constant: which emitter wrote it, and why
}

// Valid reports whether the origin says anything.
func (o Origin) Valid() bool {
	return len(o.Inputs) > 0 || len(o.Features) > 0 || o.Reason != ""
}

// Position is the first place in the input, or the zero Position.
func (o Origin) Position() diag.Position {
	if len(o.Inputs) == 0 {
		return diag.Position{}
	}
	return o.Inputs[0].Position
}

// String tells the origin in one line.
func (o Origin) String() string {
	var parts []string
	for _, in := range o.Inputs {
		parts = append(parts, fmt.Sprintf("%s (%s:%d)", in.Path, in.Position.File, in.Position.Line))
	}
	parts = append(parts, o.Features...)
	if o.Reason != "" {
		parts = append(parts, o.Reason)
	}
	return strings.Join(parts, "; ")
}

// Of is a value with its origin.
type Of[T any] struct {
	Value  T
	Origin Origin

	// Poisoned marks a fact that rests on input which load found bad. Its
	// value means nothing, and no finding about it is reported.
	Poisoned bool
}

// The facts that the stages pass on.
type (
	String = Of[string]
	Int    = Of[int64]
	Number = Of[float64]
	Bool   = Of[bool]
)

// Any is a fact whose type does not matter to the receiver.
type Any interface {
	Any() any
	Source() (Origin, bool)
}

// Any gives the bare value.
func (f Of[T]) Any() any { return f.Value }

// Source gives the origin, and whether the fact is poisoned.
func (f Of[T]) Source() (Origin, bool) { return f.Origin, f.Poisoned }

// Named marks f as a shared fact under the plan's name for it. Overrides of
// leaves that hold it are compared with the other files that rely on it.
func (f Of[T]) Named(name string) Of[T] {
	f.Origin.Names = append(slices.Clone(f.Origin.Names), name)
	return f
}

// Shared is Named for a fact of any type.
func Shared(f Any, name string) Any {
	o, poisoned := f.Source()
	return Of[any]{Value: f.Any(), Origin: o, Poisoned: poisoned}.Named(name)
}

// Const is a value that is always the same. The reason names who writes it and
// why, such as "emit/flux: the API that Flux serves since 2.3".
func Const[T any](value T, reason string) Of[T] {
	return Of[T]{Value: value, Origin: Origin{Reason: reason}}
}

// Derive is a value that was worked out from others: it takes over their
// origins and their poison.
func Derive[T any](value T, from ...Any) Of[T] {
	f := Of[T]{Value: value}
	for _, a := range from {
		o, poisoned := a.Source()
		f.Poisoned = f.Poisoned || poisoned
		f.Origin = merge(f.Origin, o)
	}
	return f
}

// Sprintf formats like fmt.Sprintf, and takes over the origins of the
// arguments that are facts.
func Sprintf(format string, args ...any) String {
	var from []Any
	bare := make([]any, len(args))
	for i, a := range args {
		bare[i] = a
		if f, ok := a.(Any); ok {
			bare[i] = f.Any()
			from = append(from, f)
		}
	}
	return Derive(fmt.Sprintf(format, bare...), from...)
}

func merge(a, b Origin) Origin {
	a.Names = union(a.Names, b.Names)
	a.Inputs = union(a.Inputs, b.Inputs)
	a.Features = union(a.Features, b.Features)
	if a.Reason == "" {
		a.Reason = b.Reason
	}
	return a
}

// union copies before it appends: the origins of two facts may share an array.
func union[E comparable](a, b []E) []E {
	var out []E
	for _, e := range b {
		if !slices.Contains(a, e) {
			if out == nil {
				out = slices.Clone(a)
			}
			out = append(out, e)
		}
	}
	if out == nil {
		return a
	}
	return out
}
