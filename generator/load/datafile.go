package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// maxDataFile is how large a file may be that a topology names.
const maxDataFile = 1 << 20

// readFile gives the text of a file that a topology names, or why there is none.
// It does not leave the workspace, by whatever links: what is built depends on
// what lies in it.
func (w *Workspace) readFile(name string) (data []byte, fault string) {
	root, err := os.OpenRoot(w.Dir)
	if err != nil {
		return nil, "the workspace cannot be opened"
	}
	defer root.Close()
	local := filepath.FromSlash(name)
	w.Witness.See(filepath.Join(w.Dir, local))
	// Before it is opened: that of a pipe waits for somebody who writes.
	info, err := root.Stat(local)
	if err != nil {
		return nil, unread(root, local, err)
	}
	switch {
	case info.IsDir():
		return nil, "it is a directory"
	case !info.Mode().IsRegular():
		return nil, "it is no regular file"
	case info.Size() > maxDataFile:
		return nil, fmt.Sprintf("it has %d bytes, and no more than %d are read", info.Size(), maxDataFile)
	}
	f, err := root.Open(local)
	if err != nil {
		return nil, unread(root, local, err)
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, maxDataFile+1))
	switch {
	case err != nil:
		return nil, unread(root, local, err)
	case len(data) > maxDataFile:
		return nil, fmt.Sprintf("it has more than the %d bytes that are read", maxDataFile)
	}
	return data, ""
}

// unread says why a file is not there, without the machine's names for it.
func unread(root *os.Root, name string, err error) string {
	link := false
	if info, err := root.Lstat(name); err == nil {
		link = info.Mode()&fs.ModeSymlink != 0
	}
	switch {
	case link && errors.Is(err, fs.ErrNotExist):
		return "it is a link to what is not there"
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read"
	case link:
		return "it is a link that leads out of the workspace"
	}
	return "it cannot be reached within the workspace"
}
