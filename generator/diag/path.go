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

func needsQuotes(r rune) bool {
	return strings.ContainsRune(".[]\"\\ ", r) || r == utf8.RuneError || !unicode.IsPrint(r)
}
