package write

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"tracegen.dev/generator/diag"
)

// display names a file as the user sees it.
func (o Options) display(p string) string { return path.Join(o.Display, p) }

func (c *Changes) display(p string) string { return c.opt.display(p) }

func (c *Changes) at(p string, line int) diag.Position {
	return diag.Position{File: c.display(p), Line: line, Column: 1}
}

func (c *comparison) report(code, p string, line int, message, help string, related ...diag.Related) {
	c.diags.Add(diag.Diagnostic{
		Code:     code,
		Message:  message,
		Path:     p,
		Position: c.at(p, line),
		Related:  related,
		Help:     help,
	})
}

// cannot names the user's file instead of the call that failed and the
// temporary file that it was about.
func (c *Changes) cannot(do, p string, err error) error {
	var call *fs.PathError
	var rename *os.LinkError
	switch {
	case errors.As(err, &call):
		err = call.Err
	case errors.As(err, &rename):
		err = rename.Err
	}
	return fmt.Errorf("cannot %s %s: %w", do, c.display(p), err)
}

// noDirectory reports what is no output directory and cannot become one.
func (c *comparison) noDirectory() {
	info, err := os.Stat(c.dir)
	link, e := os.Lstat(c.dir)
	switch {
	case err == nil && !info.IsDir():
		c.blocked("", info.Mode(), "the output directory must go")
	case errors.Is(err, fs.ErrNotExist) && e == nil && link.Mode()&fs.ModeSymlink != 0:
		c.report(CodeBlocked, "", 1, "the output directory is a symbolic link to nothing",
			"make the directory that it points to, or remove the link, and build again")
	}
}

// foreign is a file that would be lost.
type foreign struct {
	path  string
	node  *node
	whose owner
}

// reportForeign reports the files that would be lost. What has one cause is one
// finding.
func (c *comparison) reportForeign() {
	var ends, rest []foreign
	for _, f := range c.foreign {
		if f.whose == converted {
			ends = append(ends, f)
		} else {
			rest = append(rest, f)
		}
	}
	if len(ends) > 0 {
		c.lineEnds(ends)
	}
	switch {
	case len(rest) == 0 || c.badLock:
	case c.noLock:
		c.lostLock(rest)
	default:
		for _, f := range rest {
			c.lostFile(f)
		}
	}
}

// lostFile reports a file that would be lost.
func (c *comparison) lostFile(f foreign) {
	fate, force := "overwrite it", "overwrites it"
	switch {
	case !f.node.wanted:
		fate, force = "remove it, as it is no longer part of the tree", "removes it"
	case f.node.file == nil:
		fate, force = "put a directory in its place", "replaces it"
	}
	what, help := "was not written by tracegen", "move it out of "+c.opt.Display+" and build again"
	if len(f.node.known) > 0 {
		what = "was changed since tracegen wrote it"
		help = "make the change in the input, or move the file away, and build again"
	}
	if f.whose == merged {
		what = "has conflict markers, and its text is not that of two versions which tracegen wrote"
		help = "take one side back with `git checkout --ours` or `--theirs`, and build again"
	}
	c.report(CodeForeign, f.path, 1,
		fmt.Sprintf("the file %s, and the build would %s", what, fate),
		help+"; `tracegen build --force` "+force)
}

// lostLock reports all files that stand in the way of a tree without a lock.
func (c *comparison) lostLock(files []foreign) {
	state := "there is no " + LockName
	if c.found != nil {
		state = LockName + " is empty"
	}
	c.report(CodeNoLock, LockName, 1,
		fmt.Sprintf("%s, so tracegen cannot tell its files from yours, and the build would overwrite %s", state, some(files)),
		"take "+LockName+" back from version control, or move what is yours out of "+c.opt.Display+
			"; `tracegen build --force` overwrites what is in the way",
		c.related(files, "this would be overwritten")...)
}

// lineEnds reports files that differ by their line ends alone.
func (c *comparison) lineEnds(files []foreign) {
	where := "/" + c.opt.Display + "/**"
	if !fs.ValidPath(c.opt.Display) || c.opt.Display == "." {
		where = "/" + path.Base(c.opt.Display) + "/**"
	}
	c.report(CodeEnds, files[0].path, 1,
		"the line ends of "+some(files)+" were converted to CRLF since tracegen wrote them",
		"put the line `"+where+" -text` into .gitattributes, so that Git leaves them as they are; then `tracegen build --force` writes them anew",
		c.related(files[1:], "and here")...)
}

// some counts files.
func some(files []foreign) string {
	if len(files) == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", len(files))
}

// related shows the first of many files.
func (c *comparison) related(files []foreign, message string) []diag.Related {
	var shown []diag.Related
	for _, f := range files[:min(len(files), 5)] {
		shown = append(shown, diag.Related{Message: message, Position: c.at(f.path, 1)})
	}
	return shown
}

// blocked reports what is in the way and is no file.
func (c *comparison) blocked(p string, m fs.FileMode, where string) {
	help := "move it away and build again"
	if p != "" && !m.IsDir() {
		help += "; `tracegen build --force` replaces it"
	}
	c.report(CodeBlocked, p, 1, standing(m)+" stands where "+where, help)
}

// badLine reports a line of the lock that cannot be read; with Force it is ignored.
func (c *comparison) badLine(line int, message string) {
	if !c.opt.Force {
		c.report(CodeLock, LockName, line, message,
			"take the lock back from version control, or delete it; `tracegen build --force` ignores such lines")
	}
}

// wrongFormat reports a lock of the future. Force does not help, because all
// knowledge of what is ours would be lost.
func (c *comparison) wrongFormat(line int, number string) {
	c.report(CodeFormat, LockName, line,
		"the lock has format "+number+", and this tracegen knows format 1 only",
		"build with the newer tracegen that wrote it")
}

func (n *node) noun() string {
	if n.file != nil {
		return "file"
	}
	return "directory"
}

// standing names what is in the way.
func standing(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a directory"
	case m&fs.ModeSymlink != 0:
		return "a symbolic link"
	case m.IsRegular():
		return "a file"
	}
	return "a special file"
}
