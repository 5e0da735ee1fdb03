package tree

import (
	"cmp"
	"slices"
)

// Output is one encoded file. Path is relative to the output directory.
type Output struct {
	Path string
	Data []byte
}

// Tree is the whole output, in order of paths.
type Tree []Output

// Sort brings the tree into its order.
func (t Tree) Sort() {
	slices.SortFunc(t, func(a, b Output) int { return cmp.Compare(a.Path, b.Path) })
}
