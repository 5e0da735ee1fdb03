package load

import (
	"os"
	"path/filepath"
)

// Source gives the text of a file of the workspace, for excerpts, or nil.
func (w *Workspace) Source(file string) []byte {
	data, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(file)))
	if err != nil {
		return nil
	}
	return data
}
