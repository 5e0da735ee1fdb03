package diag

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// JoinKey appends a key to a path, quoted where it must be.
func JoinKey(path, key string) string {
	if key == "" || strings.ContainsFunc(key, needsQuotes) {
		key = strconv.Quote(key)
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// Within reports whether a path is another one, or lies below it. All paths lie
// below the empty one.
func Within(path, top string) bool {
	rest, ok := strings.CutPrefix(path, top)
	return ok && (top == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

func needsQuotes(r rune) bool {
	return strings.ContainsRune(".[]\"\\ ", r) || r == utf8.RuneError || !unicode.IsPrint(r)
}
