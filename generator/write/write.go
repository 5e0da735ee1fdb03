// Package write brings a tree to disk and back: it compares, commits, and
// prunes what it owns.
//
// [Compare] reads and [Changes.Commit] writes; nothing is written before
// everything is compared, and a file that is as it should be is not touched.
//
// # What is ours
//
// A file is tracegen's if its bytes have a hash that the lock knows for its
// path. Everything else is the user's. A file of the user's that stands where
// one of the tree must go, or a file of the lock that was edited, stops the
// build; anything else in the directory is left alone. Three kinds of files
// are ours without a known hash: one that has the wanted bytes already, an
// empty one at a path of the tree or the lock (there is nothing to lose), and
// one in which Git left conflict markers between two versions that were ours.
//
// # Kills and power cuts
//
// A commit first widens the lock to what stands and what will stand, then
// removes and writes, then narrows the lock to what stands now. So whatever a
// kill leaves behind is known to the next build, which heals it towards any
// tree. Every file lands by a rename and is whole.
//
// Nothing is synced to the medium: that costs as much as writing a dozen files,
// and the tree is in Git. A power cut may therefore leave empty files, which
// count as ours, and at worst an empty lock, with which a build goes on as if
// there had been none: it adopts what is as it should be, and asks about the
// rest instead of losing it.
//
// # Two builds at a time
//
// A commit holds an advisory lock on the output directory itself, which leaves
// no file behind and ends with its process. If the directory changed since it
// was compared, it is compared again under that lock; so is what looks wrong
// when it is compared first, because it may be half of another commit. So of
// two builds the later one wins, as a whole, and neither takes the other's
// temporary files for leftovers. Where there is no such lock (Windows, some
// network file systems), a build that overlaps another may fail or leave a
// mixture of whole files.
package write

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/tree"
)

// Codes of the diagnostics about what stands in the output directory.
const (
	CodeForeign = "TG900" // a file that tracegen did not write would be lost
	CodeBlocked = "TG901" // something that is no file of ours stands where the tree must go
	CodeLock    = "TG902" // a line of the lock cannot be read
	CodeFormat  = "TG903" // the lock was written by a newer tracegen
	CodeNoLock  = "TG904" // without a lock, nothing tells tracegen's files from the user's
	CodeEnds    = "TG905" // the line ends of files were converted
)

// Rules has what stands in the way of a tree, by code.
var Rules = []diag.Rule{
	{Code: CodeForeign, Name: "foreign file", Doc: "no file is overwritten or removed that tracegen did not write as it is"},
	{Code: CodeBlocked, Name: "blocked path", Doc: "nothing but files and directories stands where the tree goes"},
	{Code: CodeLock, Name: "broken lock", Doc: "each line of tracegen.lock can be read"},
	{Code: CodeFormat, Name: "newer lock", Doc: "tracegen.lock is of a format that this tracegen knows"},
	{Code: CodeNoLock, Name: "no lock", Doc: "where the tree stands, its lock stands too"},
	{Code: CodeEnds, Name: "line ends", Doc: "the line ends of the tree are as tracegen wrote them"},
}

// Options say how to treat what stands in the output directory.
type Options struct {
	// Force overwrites files and links that tracegen did not write, and ignores
	// lines of the lock that cannot be read. It never removes a directory.
	// To show all drift, hand edits too, compare with Force and do not commit.
	Force bool

	// Display is how the output directory is named in diagnostics, diffs and
	// errors, with slashes. If empty, it is the directory as given.
	Display string
}

// Kind says what happens to a file.
type Kind int

// The kinds of changes.
const (
	Create Kind = iota
	Update
	Remove
)

// String gives the kind as a verb.
func (k Kind) String() string { return [...]string{"create", "update", "remove"}[k] }

// Change is one file that a commit creates, updates or removes.
type Change struct {
	Path string // relative to the output directory, with slashes
	Kind Kind

	// Leftover is a temporary file of a killed build, which is no part of any tree.
	Leftover bool

	data []byte      // what to write
	seen fs.FileInfo // what stood there when compared, or nil
}

// Changes are what must happen to make a directory equal to a tree.
type Changes struct {
	dir     string
	want    tree.Tree
	opt     Options
	changes []Change // sorted by path
	dirs    []string // directories that become empty, the deepest first
	found   []byte   // the lock's bytes as they stand
	old     lock     // what they say
	next    lock     // what the lock must say in the end
}

// List gives the changes, sorted by path; the lock is one of them.
func (c *Changes) List() []Change { return slices.Clone(c.changes) }

// Empty reports whether the directory is as it should be.
func (c *Changes) Empty() bool { return len(c.changes) == 0 }

// Compared gives every path that an empty comparison rests on: the output
// directory, the lock, and the files of the tree with their directories.
func (c *Changes) Compared() []string {
	paths := map[string]bool{".": true, LockName: true}
	for _, f := range c.want {
		for p := f.Path; !paths[p]; p = path.Dir(p) {
			paths[p] = true
		}
	}
	var out []string
	for p := range paths {
		out = append(out, filepath.Join(c.dir, filepath.FromSlash(p)))
	}
	return out
}

// Compare works out what must change in dir, which may not exist yet, so that
// it holds exactly the tree besides what is the user's. Nothing is written.
// With diagnostics there are no Changes.
func Compare(dir string, want tree.Tree, opt Options) (*Changes, []diag.Diagnostic, error) {
	if opt.Display == "" {
		opt.Display = filepath.ToSlash(dir)
	}
	c, diags, err := compareOnce(dir, want, opt)
	if err == nil && len(diags) == 0 {
		return c, nil, nil
	}
	root, e := os.OpenRoot(dir)
	if e != nil {
		return c, diags, err
	}
	defer root.Close()
	unlock, e := exclude(root)
	if e != nil {
		return c, diags, err
	}
	defer unlock()
	return compareOnce(dir, want, opt)
}

func compareOnce(dir string, want tree.Tree, opt Options) (*Changes, []diag.Diagnostic, error) {
	c := &comparison{Changes: Changes{dir: dir, want: want, opt: opt, next: lock{}}}
	top := &node{}
	for i := range want {
		s := sha256.Sum256(want[i].Data)
		if err := top.want(&want[i]); err != nil {
			return nil, nil, err
		}
		c.next[want[i].Path] = []sum{s}
	}

	root, err := os.OpenRoot(dir)
	if err != nil {
		if c.noDirectory(); c.diags.Len() > 0 {
			return nil, c.diags.Sorted(), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, c.cannot("read", "", err)
		}
	} else {
		defer root.Close()
	}

	lockInfo, err := c.readLock(root)
	if err != nil {
		return nil, nil, c.cannot("read", LockName, err)
	}
	for p, known := range c.old {
		top.at(p).known = known
	}
	if _, err := c.walk(root, "", top); err != nil {
		return nil, nil, err
	}
	c.reportForeign()
	if c.diags.Len() > 0 {
		return nil, c.diags.Sorted(), nil
	}
	switch final := c.next.format(); {
	case lockInfo == nil:
		c.change(LockName, Create, final, nil)
	case string(c.found) != string(final) || !lockInfo.Mode().IsRegular():
		c.change(LockName, Update, final, lockInfo)
	}
	slices.SortFunc(c.changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return &c.Changes, nil, nil
}

// readLock reads what the last build left. A lock that is a link or a
// directory says nothing.
func (c *comparison) readLock(root *os.Root) (fs.FileInfo, error) {
	if root == nil {
		return nil, nil
	}
	info, err := root.Lstat(LockName)
	if errors.Is(err, fs.ErrNotExist) {
		c.noLock = true
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		c.badLock = true
		if info.IsDir() || !c.opt.Force {
			c.blocked(LockName, info.Mode(), "tracegen keeps its lock")
		}
		return info, nil
	}
	if c.found, err = root.ReadFile(LockName); err != nil {
		return nil, err
	}
	c.noLock = len(c.found) == 0
	c.old = c.parseLock(c.found)
	return info, nil
}

// checkPath refuses what could lead out of the output directory, or means
// something else on another system. Names in a tree come from the input, and
// those in a lock from whoever edited it.
func checkPath(p string) error {
	switch {
	case p == "." || !fs.ValidPath(p) || !filepath.IsLocal(filepath.FromSlash(p)),
		strings.ContainsAny(p, "\\\x00"):
		return fmt.Errorf("%q is no path inside the output directory", p)
	case p == LockName || isTemp(path.Base(p)):
		return fmt.Errorf("%q is a name that tracegen keeps for itself", p)
	}
	return nil
}
