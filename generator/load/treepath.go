package load

import (
	"os"
	"path"
	"path/filepath"
)

// OutputDir is where the tree of a workspace lies, seen from it.
const OutputDir = "out"

// TreePath is the output directory as seen from the root of the Git repository
// that the workspace lies in, in the form of flux.path; it is empty outside of
// one.
func (w *Workspace) TreePath() string {
	dir := w.RepositoryPath()
	if dir == "" {
		return ""
	}
	return "./" + path.Join(dir, OutputDir)
}

// RepositoryPath is the workspace as seen from the root of the Git repository that
// it lies in, with slashes: "." at the root itself, and empty outside of one.
func (w *Workspace) RepositoryPath() string {
	for root := w.Dir; ; root = filepath.Dir(root) {
		git := filepath.Join(root, ".git")
		w.Witness.Find(git)
		if _, err := os.Lstat(git); err == nil {
			rel, err := filepath.Rel(root, w.Dir)
			if err != nil {
				return ""
			}
			return filepath.ToSlash(rel)
		}
		if root == filepath.Dir(root) {
			return ""
		}
	}
}
