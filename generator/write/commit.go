package write

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// Tests stop or fail a commit at each of its steps, and within a file.
var (
	step  = func(op, path string) error { return nil }
	store = func(f *os.File, data []byte) error { _, err := f.Write(data); return err }
)

// Commit makes the changes; it is the only function that writes. If it fails
// half-way, every file is whole and the next build does the rest.
func (c *Changes) Commit() error {
	if c.Empty() {
		return nil
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return c.cannot("make", "", err)
	}
	root, err := os.OpenRoot(c.dir)
	if err != nil {
		return c.cannot("open", "", err)
	}
	defer root.Close()
	unlock, err := exclude(root)
	if err != nil {
		return c.cannot("open", "", err)
	}
	defer unlock()
	if !c.fresh(root) {
		now, err := c.again()
		if err != nil {
			return err
		}
		if *c = *now; c.Empty() {
			return nil
		}
	}
	w := writer{root: root, temp: tempName()}
	defer w.leave()
	if err := w.commit(c); err != nil {
		return fmt.Errorf("%w; %d of %d changes are made, every file is whole, and the next build makes the rest",
			c.cannot(w.does, w.at, err), w.done, len(c.changes))
	}
	return nil
}

// fresh reports whether what will be changed is still as it was compared.
func (c *Changes) fresh(root *os.Root) bool {
	w := writer{root: root}
	defer w.leave()
	for i := range c.changes {
		ch := &c.changes[i]
		var info fs.FileInfo
		d, name, err := w.enter(ch.Path)
		if err == nil {
			info, err = d.Lstat(name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) || (info == nil) != (ch.seen == nil) {
			return false
		}
		if info != nil && (!os.SameFile(info, ch.seen) || info.Size() != ch.seen.Size() ||
			!info.ModTime().Equal(ch.seen.ModTime())) {
			return false
		}
	}
	found, err := root.ReadFile(LockName)
	return bytes.Equal(found, c.found) || err != nil && c.found == nil
}

// again compares once more, now that no other build can interfere.
func (c *Changes) again() (*Changes, error) {
	now, diags, err := compareOnce(c.dir, c.want, c.opt)
	if err != nil {
		return nil, err
	}
	if len(diags) > 0 {
		return nil, fmt.Errorf("%s changed during the build, nothing was written: %s: %s",
			c.opt.Display, diags[0].Position.File, diags[0].Message)
	}
	return now, nil
}

// writer makes changes below root. It keeps the last directory open, because
// files come in the order of their paths.
type writer struct {
	root *os.Root
	temp string // under which a file is written before it lands
	done int    // changes made
	does string // what is being done
	at   string // to which file
	path string // the open directory, "" if it is the root
	dir  *os.Root
}

// commit removes before it writes, because a file may go where a directory
// was, and the other way round.
func (w *writer) commit(c *Changes) error {
	found := c.found
	if c.changes[0].Path != LockName || len(c.changes) > 1 {
		if wide := c.old.union(c.next).format(); !bytes.Equal(wide, found) {
			if err := w.write(LockName, wide); err != nil {
				return err
			}
			found = wide
		}
	}
	for i := range c.changes {
		if ch := &c.changes[i]; ch.Kind == Remove {
			if err := w.remove(ch.Path); err != nil {
				return err
			}
			w.done++
		}
	}
	w.leave()
	for _, p := range c.dirs {
		w.does, w.at = "remove", p
		if err := step("rmdir", p); err != nil {
			return err
		}
		// The user may have put something there since.
		err := w.root.Remove(p)
		if err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for i := range c.changes {
		if ch := &c.changes[i]; ch.Kind != Remove && ch.Path != LockName {
			if err := w.write(ch.Path, ch.data); err != nil {
				return err
			}
			w.done++
		}
	}
	if final := c.next.format(); !bytes.Equal(final, found) {
		return w.write(LockName, final)
	}
	return nil
}

// enter opens the directory of p.
func (w *writer) enter(p string) (d *os.Root, name string, err error) {
	at, name := path.Split(p)
	if at == "" {
		return w.root, name, nil
	}
	if at != w.path {
		w.leave()
		if w.dir, err = w.root.OpenRoot(at); err != nil {
			return nil, "", err
		}
		w.path = at
	}
	return w.dir, name, nil
}

// leave closes the open directory.
func (w *writer) leave() {
	if w.path != "" {
		w.dir.Close()
		w.path = ""
	}
}

func (w *writer) remove(p string) error {
	w.does, w.at = "remove", p
	if err := step("remove", p); err != nil {
		return err
	}
	d, name, err := w.enter(p)
	if err == nil {
		err = d.Remove(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// write lands a file as a whole.
func (w *writer) write(p string, data []byte) error {
	w.does, w.at = "write", p
	d, name, err := w.enter(p)
	if errors.Is(err, fs.ErrNotExist) {
		at := path.Dir(p)
		if err := step("mkdir", at); err != nil {
			return err
		}
		if err := w.root.MkdirAll(at, 0o755); err != nil {
			return err
		}
		d, name, err = w.enter(p)
	}
	if err != nil {
		return err
	}
	if err = step("create", p); err != nil {
		return err
	}
	f, err := d.OpenFile(w.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = store(f, data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = step("rename", p)
	}
	if err == nil {
		err = d.Rename(w.temp, name)
	}
	if err != nil {
		// If this fails too, the next build finds it.
		_ = d.Remove(w.temp)
	}
	return err
}
