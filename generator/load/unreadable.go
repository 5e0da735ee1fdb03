package load

import (
	"cmp"
	stderrors "errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"
	"cuelang.org/go/cue/parser"

	"tracegen.dev/generator/diag"
)

// unreadable reports files that CUE cannot parse, and what they mention and
// CUE cannot find. A file that the machine does not hand out is no finding.
func (j *judge) unreadable(err error) error {
	if noFiles := (*load.NoFilesError)(nil); stderrors.As(err, &noFiles) {
		j.noPackage()
		return nil
	}
	j.reportTypos()
	merging := map[string]bool{}
	faults := map[string]int{}
	for _, e := range errors.Errors(err) {
		if stderrors.Is(e, fs.ErrPermission) {
			return e
		}
		d := diag.Diagnostic{Code: codeSyntax}
		for _, pos := range errors.Positions(e) {
			if at, _ := j.place(pos); at.IsValid() {
				d.Position = at
				break
			}
		}
		if !d.Position.IsValid() {
			d.Position = j.declared(e.Path())
		}
		if !d.Position.IsValid() {
			d.Position = j.profileFile()
		}
		file := d.Position.File
		if _, seen := merging[file]; !seen {
			merging[file] = j.merging(file)
		}
		d.Message, d.Help, d.Position = j.unreadableMessage(e, d.Position)
		consequence := len(j.typos) > 0 && strings.HasPrefix(d.Message, `reference "topology" not found`) ||
			// What the parser skips, it takes for missing.
			faults[file] > 0 && strings.HasSuffix(d.Message, "found 'EOF'")
		if merging[file] || consequence {
			continue
		}
		faults[file]++
		j.report(d)
	}
	return nil
}

// noPackage reports files that CUE leaves out: without a package clause, or by
// their name.
func (j *judge) noPackage() {
	names, _ := cueEntries(j.profile.Dir) // it was read before
	read, _ := cueNames(j.profile.Dir)
	for _, name := range names {
		d := diag.Diagnostic{
			Code:     codeSyntax,
			Message:  "the file has no package clause, so CUE leaves it out",
			Position: diag.Position{File: j.w.relative(filepath.Join(j.profile.Dir, name)), Line: 1, Column: 1},
			Help:     "begin it with: package profiles",
		}
		if !slices.Contains(read, name) {
			d.Message = "CUE leaves the file out for its name"
			d.Help = "give it a name that neither begins with _ nor ends with _test.cue or _tool.cue"
		}
		j.report(d)
	}
}

// foreign reports files of another package than those above them, which then do
// not apply: what is missing or said twice comes of that.
func (j *judge) foreign(own []cueFile, there string) {
	for _, file := range own {
		at := diag.Position{File: j.w.relative(file.name), Line: 1, Column: 1}
		if f, err := parser.ParseFile(file.name, file.data, parser.PackageClauseOnly); err == nil {
			at = j.clause(f, at)
		}
		j.report(diag.Diagnostic{
			Code:     codeSyntax,
			Message:  fmt.Sprintf("the package is %s, and that of the files above is %s, so they do not apply here", file.pkg, there),
			Position: at,
			Help:     "write package " + there,
		})
	}
}

// clause gives the place of a file's package clause, or another.
func (j *judge) clause(f *ast.File, or diag.Position) diag.Position {
	for _, d := range f.Decls {
		if p, ok := d.(*ast.Package); ok {
			return j.w.position(p.Pos())
		}
	}
	return or
}

// home is the place for what the profile as a whole lacks: the package clause of
// its first file.
func (j *judge) home() diag.Position {
	for _, f := range j.files {
		if filepath.Dir(f.Filename) == j.profile.Dir && j.ours(f) {
			return j.clause(f, j.profileFile())
		}
	}
	return j.profileFile()
}

func (j *judge) noTopology(root cue.Value) {
	d := diag.Diagnostic{
		Code:     codeNoTopology,
		Message:  "the profile has no field `topology`",
		Position: j.home(),
		Help:     "write topology: schema.#Topology & {…}, with import \"tracegen.dev/schema\"",
	}
	for _, e := range j.entries(root) {
		if diag.Nearest(e.name, []string{"topology"}) != "" {
			d.Position = j.position(e.value)
			d.Help = fmt.Sprintf("write topology instead of %s", e.name)
		}
	}
	j.report(d)
}

// unreadableMessage is CUE's message, in which an import's reason hides behind
// places that we say ourselves.
func (j *judge) unreadableMessage(e errors.Error, at diag.Position) (msg, help string, _ diag.Position) {
	msg = firstLine(cmp.Or(cueMessage(e), e.Error()))
	if name := missingPackage().FindString(e.Error()); name != "" {
		return name, importHelp, at
	}
	if strings.HasPrefix(msg, "invalid io/fs path ") {
		return "the name of the file is not UTF-8", "give it another name", at
	}
	if msg == "import failed" {
		switch {
		case strings.Contains(e.Error(), "import cycle"):
			return "the package imports itself", "a profile sees the other files of its package, and those above it, without an import", at
		case strings.Contains(e.Error(), "relative import paths"):
			return "an import is no path of a file", importHelp, at
		}
		return "the package that is imported was not found", importHelp, at
	}
	if strings.HasPrefix(msg, "reference ") && strings.HasSuffix(msg, " not found") {
		return msg, "define it, or import the package that does", at
	}
	if msg == structuralCycle {
		return msg, cycleHelp, at
	}
	return j.syntaxHelp(msg, at)
}

const importHelp = "import packages of your own module, of CUE's library, or tracegen.dev/schema"

var missingPackage = compiled(`cannot find package "[^"]*"`)

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return strings.TrimSuffix(s, ":")
}
