package importer

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// directory reads a chart from the disk, without following a link and without
// opening what is no file.
func (b *budget) directory(name string) (map[string][]byte, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	files := map[string][]byte{}
	return files, b.walk(root, ".", files, 0)
}

func (b *budget) walk(root *os.Root, dir string, files map[string][]byte, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%s: directories stand more than %d deep", dir, maxDepth)
	}
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	list, err := d.ReadDir(maxMembers + 1)
	d.Close()
	if err != nil && err != io.EOF {
		return err
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range list {
		p := path.Join(dir, e.Name())
		if err := b.member(p); err != nil {
			return err
		}
		if !wanted(p) {
			continue
		}
		if !printable(p) {
			return fmt.Errorf("%q is no name that can be shown", p)
		}
		switch {
		case e.IsDir():
			err = b.walk(root, p, files, depth+1)
		case e.Type()&fs.ModeSymlink != 0:
			err = fmt.Errorf("%s is a link; put a copy in its place", p)
		case !e.Type().IsRegular():
			err = fmt.Errorf("%s is no plain file", p)
		default:
			err = b.read(root, p, files)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// printable reports whether a name has nothing that a terminal would take for a
// command: it stands in errors and notes.
func printable(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) })
}

func (b *budget) read(root *os.Root, p string, files map[string][]byte) error {
	f, err := root.Open(p)
	if err != nil {
		return err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no plain file", p)
	}
	data, err := io.ReadAll(io.LimitReader(&counted{f, b}, maxFile+1))
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", p, err)
	case len(data) > maxFile:
		return fmt.Errorf("%s has more than %d MiB", p, maxFile>>20)
	}
	return b.keep(files, p, data)
}
