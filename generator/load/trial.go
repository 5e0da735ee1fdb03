package load

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// A single call, such as strings.Replace or a text times a number, can ask for a
// thousand times the memory that there is, and Go then ends the process with no
// more than a trace of itself. A profile that could do so is evaluated in another
// process first. Most cannot: what else CUE makes, it makes step by step, and is
// watched. A process costs some 20 ms, and serves all profiles that follow.

// mostParts is how many values an interpolation may have before it counts as one
// that could grow out of hand.
const mostParts = 8

// mostLevels is how deep the syntax may nest before the evaluation could need a
// stack of hundreds of MB: Go doubles it, in one go.
const mostLevels = 1000

// outright is what is said of a profile that ended the other process.
const outright = "asks for more memory at once than there is"

// trial is the other process.
type trial struct {
	process *exec.Cmd
	lines   *bufio.Scanner // one for each profile: what bound it passes, or nothing
	next    int            // whose line comes next
}

// tried evaluates a profile in another process, and says what bound it passes.
func (w *Workspace) tried(p Profile) string {
	if w.Trial == nil {
		return ""
	}
	at := slices.Index(w.order, p)
	if w.trial == nil {
		w.trial = try(w.Trial(), w.order[at:])
		w.trial.next = at
	}
	t := w.trial
	for ; t.lines != nil && t.next <= at; t.next++ {
		if !t.lines.Scan() {
			return outright
		}
		if over := t.lines.Text(); over != "" {
			return over
		}
	}
	return ""
}

// try starts the process. Where the machine has none to give, nothing is tried.
func try(process *exec.Cmd, profiles []Profile) *trial {
	var dirs bytes.Buffer
	for _, p := range profiles {
		dirs.WriteString(p.Dir + "\n")
	}
	process.Stdin = &dirs
	out, err := process.StdoutPipe()
	if err != nil || process.Start() != nil {
		return &trial{}
	}
	return &trial{process: process, lines: bufio.NewScanner(out)}
}

// end ends the process, if there is one.
func (t *trial) end() {
	if t != nil && t.process != nil {
		_ = t.process.Process.Kill() // it has ended, or nobody waits for the rest
		_ = t.process.Wait()
	}
}

// Try is the other process's part: it evaluates those of the profiles that could
// ask for too much, and writes a line for each, which is empty for the rest and
// for what stays within the bounds.
func (w *Workspace) Try(profiles []Profile, out io.Writer) error {
	w.Trial, w.trying = nil, true
	r := w.start(profiles)
	defer close(r.stop)
	for range profiles {
		l, over := r.next()
		if _, err := fmt.Fprintln(out, over); err != nil || over != "" || l.err != nil {
			return err // that of a profile, whoever waits meets as well
		}
	}
	return nil
}

// demanding reports whether a profile, or a package of the user's that it imports,
// does what can ask for any amount of memory in one go.
func demanding(inst *build.Instance) bool {
	found := false
	written(inst, func(f *ast.File) {
		for spec := range f.ImportSpecs() {
			path, _ := literal.Unquote(spec.Path.Value)
			first, _, _ := strings.Cut(path, "/")
			found = found || !strings.Contains(first, ".") // CUE's own
		}
		depth := 0
		ast.Walk(f, func(n ast.Node) bool {
			depth++
			found = found || depth > mostLevels
			switch n := n.(type) {
			case *ast.BinaryExpr:
				found = found || n.Op == token.MUL
			case *ast.Interpolation:
				found = found || len(n.Elts)/2 > mostParts
			}
			return true
		}, func(ast.Node) { depth-- })
	})
	return found
}

// written goes over the user's files of a package and of those that it imports.
func written(inst *build.Instance, visit func(*ast.File)) {
	seen := map[*build.Instance]bool{}
	var walk func(inst *build.Instance)
	walk = func(inst *build.Instance) {
		if seen[inst] || inst.ImportPath == schemaImport {
			return
		}
		seen[inst] = true
		for _, f := range inst.Files {
			visit(f)
		}
		for _, i := range inst.Imports {
			walk(i)
		}
	}
	walk(inst)
}
