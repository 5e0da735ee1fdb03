package load

import (
	"os"
	"path/filepath"
)

// maxSource is how large a file may be that excerpts are shown of.
const maxSource = 16 << 20

// Source gives the text of a file of the workspace, for excerpts, or nil: of what
// is no plain file, and of one that nobody wants to see in memory, there is none.
func (w *Workspace) Source(file string) []byte {
	name := filepath.Join(w.Dir, filepath.FromSlash(file))
	// Before it is opened: that of a pipe waits for somebody who writes.
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() || info.Size() > maxSource {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
}
