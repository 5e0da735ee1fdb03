package tree

import (
	"strconv"
	"strings"

	"tracegen.dev/generator/diag"
)

// Step is one step of a path: a key, or, with Index >= 0, a list item.
type Step struct {
	Key   string
	Index int
}

// ParsePath reads a path. It panics on a malformed one, which only a mistake
// in an emitter can make.
func ParsePath(path string) []Step { return appendPath(nil, path) }

func appendPath(steps []Step, path string) []Step {
	for rest := path; rest != ""; {
		if rest[0] == '[' {
			number, after, closed := strings.Cut(rest[1:], "]")
			n, err := strconv.Atoi(number)
			if !closed || err != nil || n < 0 {
				panic("tree: bad index in path " + path)
			}
			steps = append(steps, Step{Index: n})
			rest = after
			continue
		}
		if len(steps) > 0 {
			if rest[0] != '.' {
				panic("tree: a dot is missing in path " + path)
			}
			rest = rest[1:]
		}
		var key string
		key, rest = cutKey(path, rest)
		steps = append(steps, Step{Key: key, Index: -1})
	}
	return steps
}

// cutKey cuts the key off that rest begins with.
func cutKey(path, rest string) (key, after string) {
	if strings.HasPrefix(rest, `"`) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			panic("tree: bad quote in path " + path)
		}
		key, _ = strconv.Unquote(quoted)
		return key, rest[len(quoted):]
	}
	end := strings.IndexAny(rest, ".[")
	if end < 0 {
		end = len(rest)
	}
	if end == 0 || strings.ContainsAny(rest[:end], "\"]\\") {
		panic("tree: bad key in path " + path)
	}
	return rest[:end], rest[end:]
}

// JoinKey appends a key to a path, quoted where it must be.
func JoinKey(path, key string) string { return diag.JoinKey(path, key) }
