package load

import (
	"bytes"
	"os"
	"path/filepath"

	"tracegen.dev/generator/diag"
	"tracegen.dev/schema"
)

// codeStale is that of a copy of the schema that is not this tracegen's.
const codeStale = "TG009"

// stale warns of a workspace's copy of the schema that differs from the
// embedded one, which is what counts: `cue vet` and editors would judge by the
// copy. A workspace without a copy is fine.
func (w *Workspace) stale(m module, diags *diag.List) {
	if m.virtual || m.schemaDir == filepath.Join(m.root, "schema") {
		return
	}
	onDisk, _ := filepath.Glob(filepath.Join(m.schemaDir, "*.cue"))
	if len(onDisk) == 0 {
		return
	}
	embedded, err := schema.FS.ReadDir(".")
	if err != nil {
		panic(err) // an embedded file system cannot fail
	}
	differs := ""
	for _, f := range onDisk {
		want, err := schema.FS.ReadFile(filepath.Base(f))
		have, readErr := os.ReadFile(f)
		if err != nil || readErr != nil || !bytes.Equal(want, have) {
			differs = f
			break
		}
	}
	if differs == "" && len(onDisk) < len(embedded) {
		differs = onDisk[0]
	}
	if differs == "" {
		return
	}
	diags.Add(diag.Diagnostic{
		Code:     codeStale,
		Severity: diag.Warning,
		Message:  "the workspace's copy of the schema is not this tracegen's, so `cue vet` and editors may judge otherwise",
		Position: diag.Position{File: w.relative(differs), Line: 1, Column: 1},
		Help:     "run `tracegen init --update`",
	})
}
