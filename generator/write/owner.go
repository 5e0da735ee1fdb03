package write

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"slices"
)

// owner says whose the bytes of a file are.
type owner int

const (
	ours      owner = iota
	theirs          // nobody knows where they come from
	merged          // a merge left conflict markers in something that nobody knows
	converted       // ours, with line ends that tracegen does not write
)

// whose judges what f holds.
func (c *comparison) whose(f *os.File, p string, n *node) (owner, error) {
	data, err := io.ReadAll(f)
	if err != nil {
		return theirs, err
	}
	known := func(b []byte) bool {
		s := sha256.Sum256(b)
		return slices.Contains(n.known, s) || slices.Contains(c.next[p], s)
	}
	left, right, conflict := sides(data)
	switch {
	case len(n.known) > 0 && known(data):
		return ours, nil
	case len(n.known) > 0 && conflict && known(left) && known(right):
		return ours, nil
	case len(n.known) > 0 && conflict:
		return merged, nil
	case bytes.Contains(data, crlf) && known(bytes.ReplaceAll(data, crlf, lf)):
		return converted, nil
	}
	return theirs, nil
}

var crlf, lf = []byte("\r\n"), []byte("\n")
