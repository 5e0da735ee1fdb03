package charts

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"tracegen.dev/generator"
	"tracegen.dev/generator/chart/keys"
)

// Saved says what became of a contract.
type Saved struct {
	Path    string // in the workspace, with slashes
	Same    bool   // it stood there already
	Instead bool   // something else stood there
}

// Save writes a contract to its place in a workspace: whole, or not at all, and
// following no link. A file of other content, or a link, is replaced with force
// only.
func Save(dir string, c *keys.Contract, force bool) (Saved, error) {
	name := generator.ContractPath(c.Chart, c.Versions[0])
	s := Saved{Path: name}
	text := []byte(c.Format())
	root, err := os.OpenRoot(dir)
	if err != nil {
		return s, err
	}
	defer root.Close()
	if info, err := root.Lstat("profiles"); err != nil || !info.IsDir() && info.Mode()&fs.ModeSymlink == 0 {
		return s, fmt.Errorf("%s is not a workspace: it has no profiles/", dir)
	}
	folder := path.Dir(name)
	made, err := makeDir(root, folder)
	if err != nil {
		return s, err
	}
	defer func() {
		if made {
			root.Remove(folder) // only if nothing is in it
		}
	}()
	switch info, err := root.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return s, err
	case info.Mode().IsRegular():
		old, err := root.ReadFile(name)
		if err != nil {
			return s, err
		}
		if s.Same = bytes.Equal(old, text); s.Same {
			return s, nil
		}
		if s.Instead = true; !force {
			return s, fmt.Errorf("%s is there already, and says something else; --force replaces it", name)
		}
	case info.IsDir():
		return s, fmt.Errorf("%s is a directory, where the contract has to go", name)
	default:
		if s.Instead = true; !force {
			return s, fmt.Errorf("%s is a link or no plain file, and none is followed; --force puts the contract in its place", name)
		}
	}
	temp := path.Join(folder, ".tracegen-"+rand.Text())
	if err := writeNew(root, temp, text); err != nil {
		return s, err
	}
	if err := root.Rename(temp, name); err != nil {
		root.Remove(temp)
		return s, err
	}
	made = false
	return s, nil
}

// makeDir makes the directory, and reports whether it did. A link to one is not
// followed.
func makeDir(root *os.Root, name string) (bool, error) {
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, root.Mkdir(name, 0o755)
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, fmt.Errorf("%s is no directory of the workspace: a link is not followed", name)
	}
	return false, nil
}

// writeNew writes a file that is not there yet, or leaves none.
func writeNew(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		root.Remove(name)
	}
	return err
}

// Summary is what a contract knows.
type Summary struct {
	Keys int
	Open []OpenKey // the keys below which any key may stand, by path
}

// OpenKey is a key below which any key may stand.
type OpenKey struct {
	Path string
	File string // the template that copies it
}

// summarise counts the keys of a contract, and lists those that are open.
func summarise(c *keys.Contract) Summary {
	var s Summary
	n, ok := c.At(c.Versions[0])
	if !ok {
		return s
	}
	f := flatten(n)
	s.Keys = len(f.paths)
	for _, p := range f.paths {
		if k := f.nodes[p].Key(); k.Open != "" {
			s.Open = append(s.Open, OpenKey{p, k.Open})
		}
	}
	return s
}
