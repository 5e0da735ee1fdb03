package load

import (
	stderrors "errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"

	"tracegen.dev/generator/diag"
)

// unreadable reports files that CUE cannot parse, and what they mention and
// CUE cannot find.
func (j *judge) unreadable(inst *build.Instance, err error) {
	if noFiles := (*load.NoFilesError)(nil); stderrors.As(err, &noFiles) {
		j.noPackage()
		return
	}
	for _, e := range errors.Errors(err) {
		d := diag.Diagnostic{Code: codeSyntax}
		d.Message, d.Help = unreadableMessage(e)
		for _, pos := range errors.Positions(e) {
			if at, _ := j.place(pos); at.IsValid() {
				d.Position = at
				break
			}
		}
		if !d.Position.IsValid() {
			d.Position = j.profileFile()
		}
		j.report(d)
	}
}

// noPackage reports files without a package clause: CUE leaves them out.
func (j *judge) noPackage() {
	files, _ := filepath.Glob(filepath.Join(j.profile.Dir, "*.cue"))
	for _, f := range files {
		j.report(diag.Diagnostic{
			Code:     codeSyntax,
			Message:  "the file has no package clause, so CUE leaves it out",
			Position: diag.Position{File: j.w.relative(f), Line: 1, Column: 1},
			Help:     "begin it with: package profiles",
		})
	}
}

func (j *judge) noTopology(inst *build.Instance, root cue.Value) {
	d := diag.Diagnostic{
		Code:     codeNoTopology,
		Message:  "the profile has no field `topology`",
		Position: j.profileFile(),
		Help:     "write topology: schema.#Topology & {…}, with import \"tracegen.dev/schema\"",
	}
	for _, f := range inst.Files {
		for _, decl := range f.Decls {
			if _, ok := decl.(*ast.Package); ok && filepath.Dir(f.Filename) == j.profile.Dir && d.Position == j.profileFile() {
				d.Position = j.w.position(decl.Pos())
			}
		}
	}
	for _, e := range j.entries(root) {
		if nearest(e.name, []string{"topology"}) != "" {
			d.Position = j.position(e.value)
			d.Help = fmt.Sprintf("write topology instead of %s", e.name)
		}
	}
	j.report(d)
}

// unreadableMessage is CUE's message, in which an import's reason hides behind
// places that we say ourselves.
func unreadableMessage(e errors.Error) (msg, help string) {
	msg, help = firstLine(cueMessage(e)), "`cue vet` reads the file the same way"
	if name := missingPackage.FindString(e.Error()); name != "" {
		return name, "import packages of your own module, of CUE's library, or tracegen.dev/schema"
	}
	if strings.HasPrefix(msg, "reference ") && strings.HasSuffix(msg, " not found") {
		help = "define it, or import the package that does"
	}
	return msg, help
}

var missingPackage = regexp.MustCompile(`cannot find package "[^"]*"`)

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return strings.TrimSuffix(s, ":")
}
