package write

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"
)

// LockOnly says what is wrong with the lock, if it is all that is wrong with
// the directory, or "". A merge of two branches leaves lines of both.
func (c *Changes) LockOnly() string {
	if len(c.changes) != 1 || c.changes[0].Path != LockName {
		return ""
	}
	final, all := c.next.format(), c.old.format()
	switch {
	case c.changes[0].Kind == Create:
		return "is missing"
	case len(c.found) == 0:
		return "is empty"
	case bytes.Equal(c.old.union(c.next).format(), all) && !bytes.Equal(all, final):
		return "lists more than it should"
	}
	return "is not as tracegen writes it"
}

// Owned gives the names in the root of an output directory below which its
// lock lists files.
func Owned(dir string) []string {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil // Compare says what is wrong
	}
	defer root.Close()
	data, err := root.ReadFile(LockName)
	if err != nil {
		return nil
	}
	tops := map[string]bool{}
	for p := range new(comparison).parseLock(data) {
		if top, _, below := strings.Cut(p, "/"); below {
			tops[top] = true
		}
	}
	return slices.Sorted(maps.Keys(tops))
}
