package load

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// cueNames gives the CUE files in a directory that CUE reads, by name. That the
// directory, or one of them, cannot be read is never taken as its absence: what
// is not there any more, a build removes from the tree.
func cueNames(dir string) ([]string, error) {
	names, err := cueEntries(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range names {
		if strings.HasPrefix(name, "_") || strings.HasSuffix(name, "_tool.cue") || strings.HasSuffix(name, "_test.cue") {
			continue
		}
		out = append(out, name)
	}
	return out, nil
}

// cueEntries gives the files of a directory that are called .cue, also those
// that CUE leaves out. A directory may be called so, too; a pipe or a device may
// not, since reading it need not end.
func cueEntries(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		// Editors make dangling links such as .#kind.cue.
		if !strings.HasSuffix(e.Name(), ".cue") || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		file := filepath.Join(dir, e.Name())
		mode := e.Type()
		if mode&fs.ModeSymlink != 0 {
			if mode, err = followed(file); err != nil {
				return nil, err
			}
		}
		switch {
		case mode.IsDir():
		case mode.IsRegular():
			out = append(out, e.Name())
		default:
			return nil, fmt.Errorf("%s is called like a CUE file, and is no regular file", file)
		}
	}
	return out, nil
}

// followed says what a symbolic link leads to.
func followed(link string) (fs.FileMode, error) {
	info, err := os.Stat(link)
	if err != nil {
		return 0, fmt.Errorf("a symbolic link cannot be followed: %w", err)
	}
	return info.Mode().Type(), nil
}
