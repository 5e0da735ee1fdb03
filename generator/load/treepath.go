package load

import (
	"os"
	"path/filepath"
)

// OutputDir is where the tree of a workspace lies, seen from it.
const OutputDir = "out"

// TreePath is the output directory as seen from the root of the Git repository
// that the workspace lies in, in the form of flux.path; it is empty outside of
// one.
func (w *Workspace) TreePath() string {
	for root := w.Dir; ; root = filepath.Dir(root) {
		git := filepath.Join(root, ".git")
		w.Witness.Find(git)
		if _, err := os.Lstat(git); err == nil {
			rel, err := filepath.Rel(root, filepath.Join(w.Dir, OutputDir))
			if err != nil {
				return ""
			}
			return "./" + filepath.ToSlash(rel)
		}
		if root == filepath.Dir(root) {
			return ""
		}
	}
}
