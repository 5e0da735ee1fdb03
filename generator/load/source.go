package load

import (
	"os"
	"path/filepath"
)

// maxSource is how large a file may be that excerpts are shown of.
const maxSource = 16 << 20

// Source gives the text of a file of the workspace, for excerpts, or nil: of what
// is no plain file, and of one that nobody wants to see in memory, there is none,
// and neither of what a link leads to outside of it. Who may change a profile need
// not be one who may read the environment of those that build it.
func (w *Workspace) Source(file string) []byte {
	name := filepath.Join(w.Dir, filepath.FromSlash(file))
	// Before it is opened: that of a pipe waits for somebody who writes.
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() || info.Size() > maxSource {
		return nil
	}
	if w.leadsOut(name) {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
}

// leadsOut reports whether a file that stands in the workspace lies elsewhere.
func (w *Workspace) leadsOut(name string) bool {
	if !inside(name, w.Dir) {
		return false
	}
	real, err := filepath.EvalSymlinks(name)
	dir, err2 := filepath.EvalSymlinks(w.Dir)
	return err != nil || err2 != nil || !inside(real, dir)
}

func inside(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}
