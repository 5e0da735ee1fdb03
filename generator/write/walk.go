package write

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/tree"
)

// node is one name of the directories that tree and lock span together.
type node struct {
	file   *tree.Output // what must stand here
	wanted bool         // a file must stand here or below
	known  []sum        // what the lock knows of a file here
	sub    map[string]*node
}

// at gives the node of a path, and makes the way to it.
func (n *node) at(p string) *node {
	for name := range strings.SplitSeq(p, "/") {
		if n.sub == nil {
			n.sub = map[string]*node{}
		}
		if n.sub[name] == nil {
			n.sub[name] = &node{}
		}
		n = n.sub[name]
	}
	return n
}

// want enters a file of the tree.
func (n *node) want(o *tree.Output) error {
	if err := checkPath(o.Path); err != nil {
		return err
	}
	for i, ch := range o.Path {
		if ch == '/' {
			above := n.at(o.Path[:i])
			if above.file != nil {
				return fmt.Errorf("the tree has both %q and %q", above.file.Path, o.Path)
			}
			above.wanted = true
		}
	}
	last := n.at(o.Path)
	if last.wanted {
		return fmt.Errorf("the tree has %q twice, or something below it", o.Path)
	}
	last.file, last.wanted = o, true
	return nil
}

// comparison gathers Changes.
type comparison struct {
	Changes
	diags   diag.List
	foreign []foreign // what would be lost
	noLock  bool      // there is none, or an empty one
	badLock bool      // there is one that says nothing, and it is reported
	buf     [32 << 10]byte
}

func (c *comparison) change(p string, k Kind, data []byte, seen fs.FileInfo) {
	c.changes = append(c.changes, Change{Path: p, Kind: k, data: data, seen: seen})
}

// walk compares one directory, which is nil if it does not exist or will have
// to be made anew. It gives something that will stand in it after the commit,
// or "" if it will be empty.
func (c *comparison) walk(d *os.Root, at string, n *node) (stays string, err error) {
	present := map[string]fs.DirEntry{}
	if d != nil {
		entries, err := list(d)
		if err != nil {
			return "", c.cannot("read", at, err)
		}
		for _, e := range entries {
			switch {
			case n.sub[e.Name()] != nil:
				present[e.Name()] = e
			case isTemp(e.Name()) && e.Type().IsRegular():
				info, err := e.Info()
				if err != nil {
					return "", c.cannot("read", path.Join(at, e.Name()), err)
				}
				c.changes = append(c.changes, Change{Path: path.Join(at, e.Name()), Kind: Remove, Leftover: true, seen: info})
			default:
				stays = path.Join(at, e.Name())
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(n.sub)) {
		child := n.sub[name]
		p := path.Join(at, name)
		gone := false
		switch e := present[name]; {
		case e == nil:
			gone, err = !child.wanted, c.anew(p, child, nil)
		case e.IsDir():
			gone, err = c.directory(d, p, child, e)
		case e.Type().IsRegular():
			gone, err = c.regular(d, p, child)
		default:
			gone, err = c.special(p, child, e)
		}
		if err != nil {
			return "", err
		}
		if !gone {
			stays = p
		}
	}
	return stays, nil
}

// list gives what stands in a directory, in no order.
func list(d *os.Root) ([]fs.DirEntry, error) {
	f, err := d.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// anew creates what is wanted at p and below, where nothing is or will be.
func (c *comparison) anew(p string, n *node, seen fs.FileInfo) error {
	if n.file != nil {
		c.change(p, Create, n.file.Data, seen)
		return nil
	}
	if !n.wanted {
		return nil
	}
	_, err := c.walk(nil, p, n)
	return err
}

func (c *comparison) directory(d *os.Root, p string, n *node, e fs.DirEntry) (gone bool, err error) {
	sub, err := d.OpenRoot(path.Base(p))
	if err != nil {
		return false, c.cannot("read", p, err)
	}
	defer sub.Close()
	stays, err := c.walk(sub, p, n)
	if err != nil {
		return false, err
	}
	if stays == "" {
		c.dirs = append(c.dirs, p)
	}
	if n.file == nil {
		return stays == "", nil
	}
	if stays != "" {
		c.blocked(p, e.Type(), "tracegen must write a file, and "+
			c.display(stays)+" in it is not tracegen's")
		return false, nil
	}
	info, err := e.Info()
	if err != nil {
		return false, err
	}
	return false, c.anew(p, n, info)
}

func (c *comparison) special(p string, n *node, e fs.DirEntry) (gone bool, err error) {
	if !n.wanted {
		return false, nil // what the lock means is not there any more
	}
	if !c.opt.Force {
		c.blocked(p, e.Type(), "tracegen must write a "+n.noun())
		return false, nil
	}
	info, err := e.Info()
	if err != nil {
		return false, err
	}
	if n.file != nil {
		c.change(p, Update, n.file.Data, info)
		return false, nil
	}
	c.change(p, Remove, nil, info)
	return false, c.anew(p, n, nil)
}

func (c *comparison) regular(d *os.Root, p string, n *node) (gone bool, err error) {
	if !n.wanted && len(n.known) == 0 {
		return false, nil // the lock means files below, which are not there any more
	}
	f, err := d.Open(path.Base(p))
	if err != nil {
		return false, c.cannot("read", p, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if n.file != nil && info.Size() == int64(len(n.file.Data)) {
		if same, err := c.same(f, n.file.Data); same || err != nil {
			return false, err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return false, err
		}
	}
	empty := info.Size() == 0 && (n.file != nil || len(n.known) > 0)
	if !c.opt.Force && !empty {
		whose, err := c.whose(f, p, n)
		if err != nil {
			return false, c.cannot("read", p, err)
		}
		if whose != ours {
			c.foreign = append(c.foreign, foreign{p, n, whose})
			return false, nil
		}
	}
	if n.file != nil {
		c.change(p, Update, n.file.Data, info)
		return false, nil
	}
	c.change(p, Remove, nil, info)
	return !n.wanted, c.anew(p, n, nil)
}

// same reports whether f holds just these bytes, given that the sizes agree.
func (c *comparison) same(f *os.File, want []byte) (bool, error) {
	for len(want) > 0 {
		k, err := f.Read(c.buf[:min(len(c.buf), len(want))])
		if err == io.EOF {
			return false, nil
		}
		if err != nil || !bytes.Equal(c.buf[:k], want[:k]) {
			return false, err
		}
		want = want[k:]
	}
	return true, nil
}
