package topology

import (
	"reflect"
	"strings"
)

// poisoner is what Poison looks for: a leaf, or open data.
type poisoner interface{ poison() }

func (l *Leaf[T]) poison() {
	var zero T
	l.Value, l.State = zero, Poisoned
}

func (o *Open) poison() { o.State = Poisoned }

// Poison marks everything that ptr points to as bad, so that no later stage
// judges it. An optional struct, an element of a list of leaves, and an entry of a
// map, come into being by it: the user meant to write it. The arms of a union do
// not, since which one was meant is unknown.
func Poison(ptr any) { poison(reflect.ValueOf(ptr).Elem(), false) }

func poison(v reflect.Value, nested bool) {
	if p, ok := v.Addr().Interface().(poisoner); ok {
		p.poison()
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !nested {
			v.Set(reflect.New(v.Type().Elem()))
			poison(v.Elem(), true)
		} else {
			v.SetZero()
		}
	case reflect.Slice:
		v.SetZero()
		elem := v.Type().Elem()
		isEntry := strings.HasPrefix(elem.Name(), "Entry[")
		if !nested && (isEntry || reflect.PointerTo(elem).Implements(reflect.TypeFor[poisoner]())) {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			poison(v.Index(0), true)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.Type() != reflect.TypeFor[Place]() {
				poison(f, true)
			}
		}
	}
}
