package topology

import "reflect"

// Strings calls f for every text that the input gives, below ptr. Open data is
// left out.
func Strings(ptr any, f func(String)) { texts(reflect.ValueOf(ptr).Elem(), f) }

func texts(v reflect.Value, f func(String)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), f)
		}
	case reflect.Struct:
		switch leaf := v.Addr().Interface().(type) {
		case *String:
			if leaf.State == Given {
				f(*leaf)
			}
			return
		case *Open, *Int, *Number, *Bool, *Place:
			return
		}
		for i := range v.NumField() {
			texts(v.Field(i), f)
		}
	}
}

// Bad reports whether anything below ptr is poisoned.
func Bad(ptr any) bool { return bad(reflect.ValueOf(ptr).Elem()) }

func bad(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && bad(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if bad(v.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		if state := v.FieldByName("State"); state.IsValid() {
			return state.Interface() == Poisoned
		}
		for i := range v.NumField() {
			if bad(v.Field(i)) {
				return true
			}
		}
	}
	return false
}
