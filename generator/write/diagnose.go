package write

import (
	"fmt"
	"io/fs"
	"path"

	"tracegen.dev/generator/diag"
)

// display names a file as the user sees it.
func (o Options) display(p string) string { return path.Join(o.Display, p) }

func (c *Changes) display(p string) string { return c.opt.display(p) }

func (c *comparison) report(code, p string, line int, message, help string) {
	c.diags.Add(diag.Diagnostic{
		Code:     code,
		Message:  message,
		Path:     p,
		Position: diag.Position{File: c.display(p), Line: line, Column: 1},
		Help:     help,
	})
}

// foreign reports a file that would be lost.
func (c *comparison) foreign(p string, n *node, conflict bool) {
	fate := "overwrite it"
	switch {
	case !n.wanted:
		fate = "remove it, as it is no longer part of the tree"
	case n.file == nil:
		fate = "put a directory in its place"
	}
	what, help := "was not written by tracegen", "move it out of "+c.opt.Display+" and build again"
	if len(n.known) > 0 {
		what = "was changed since tracegen wrote it"
		help = "make the change in the input, or move the file away, and build again"
	}
	if conflict {
		what = "has conflict markers, and its text is not that of two versions which tracegen wrote"
		help = "take one side back with `git checkout --ours` or `--theirs`, and build again"
	}
	c.report(CodeForeign, p, 1,
		fmt.Sprintf("the file %s, and the build would %s", what, fate),
		help+"; `build --force` takes it as it is")
}

// blocked reports what is in the way and is no file.
func (c *comparison) blocked(p string, m fs.FileMode, where string) {
	help := "move it away and build again"
	if p != "" && !m.IsDir() {
		help += "; `build --force` replaces it"
	}
	c.report(CodeBlocked, p, 1, standing(m)+" stands where "+where, help)
}

// badLock reports a line that cannot be read; with Force it is ignored.
func (c *comparison) badLock(line int, message string) {
	if !c.opt.Force {
		c.report(CodeLock, LockName, line, message,
			"take the lock back from version control, or delete it; `build --force` ignores such lines")
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
