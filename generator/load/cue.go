package load

import (
	"fmt"
	"strconv"
	"strings"
	"unique"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"
)

// pathKey is a value's path as CUE's errors spell theirs.
func pathKey(v cue.Value) string {
	var keys []string
	for _, s := range v.Path().Selectors() {
		keys = append(keys, s.String())
	}
	return strings.Join(keys, ".")
}

// kindOf is the kind of v, also of a struct or list that holds a contradiction,
// for which CUE itself knows none.
func kindOf(v cue.Value) cue.Kind {
	if k := v.Kind(); k != cue.BottomKind {
		return k
	}
	if v.LookupPath(cue.MakePath(cue.Index(0))).Exists() {
		return cue.ListKind
	}
	if fields(v) {
		return cue.StructKind
	}
	return v.IncompleteKind()
}

// fields reports whether v has fields or elements, whatever else is wrong with
// it.
func fields(v cue.Value) bool {
	if v.IncompleteKind() == cue.StructKind {
		return true
	}
	it, err := v.Fields(cue.Hidden(true))
	return err == nil && it.Next()
}

// items gives the elements of a list, also of one that holds a contradiction.
func items(v cue.Value) []cue.Value {
	var out []cue.Value
	if it, err := v.List(); err == nil {
		for it.Next() {
			out = append(out, it.Value())
		}
		return out
	}
	for i := 0; ; i++ {
		e := v.LookupPath(cue.MakePath(cue.Index(i)))
		if !e.Exists() {
			return out
		}
		out = append(out, e)
	}
}

// namedValue is a field of a struct.
type namedValue struct {
	name  string
	value cue.Value
}

// entries gives the regular fields of a struct, also of one that holds a
// contradiction. Those that only a default of ours made are left out.
func (j *judge) entries(v cue.Value) []namedValue {
	var out []namedValue
	// Hidden(true) makes CUE go on where the struct itself is in error.
	it, err := v.Fields(cue.Hidden(true))
	if err != nil {
		return nil
	}
	for it.Next() {
		sel := it.Selector()
		if sel.LabelType() != cue.StringLabel {
			continue
		}
		if j.filled && len(j.sources(it.Value())) == 0 {
			continue
		}
		out = append(out, namedValue{sel.Unquoted(), it.Value()})
	}
	return out
}

// cueMessage is CUE's message without its path and places, which we say
// ourselves.
func cueMessage(err error) string {
	var e errors.Error
	if errors.As(err, &e) {
		format, args := e.Msg()
		msg := fmt.Sprintf(format, args...)
		if _, reason, ok := strings.Cut(err.Error(), "invalid interpolation: "); ok && msg == "invalid interpolation" {
			return reason
		}
		// What a function has to say stands behind its name.
		if _, reason, ok := strings.Cut(err.Error(), msg+": "); ok && strings.HasPrefix(format, "error in call to") {
			return msg + ": " + reason
		}
		return msg
	}
	if err == nil {
		return "the value is in error"
	}
	return err.Error()
}

// join appends a key to a path, quoted where it is not a plain word. Equal paths
// share their bytes: a thousand profiles have the same ones.
func join(path, key string) string {
	if !plainKey(key) {
		key = strconv.Quote(key)
	}
	if path == "" {
		return key
	}
	return unique.Make(path + "." + key).Value()
}

// split takes apart what join made. It is false for a path through a list.
func split(path string) ([]string, bool) {
	var keys []string
	for path != "" {
		if path[0] == '"' {
			quoted, err := strconv.QuotedPrefix(path)
			if err != nil {
				return nil, false
			}
			key, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, false
			}
			keys, path = append(keys, key), strings.TrimPrefix(path[len(quoted):], ".")
			continue
		}
		key, rest, _ := strings.Cut(path, ".")
		if strings.Contains(key, "[") {
			return nil, false
		}
		keys, path = append(keys, key), rest
	}
	return keys, true
}

func plainKey(key string) bool {
	for i, r := range key {
		if r != '_' && r != '-' && (r < '0' || r > '9' || i == 0) && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return key != ""
}

// name is what a message calls a path.
func name(path string) string {
	if path == "" {
		return "topology"
	}
	return path
}
