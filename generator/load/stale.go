package load

import (
	"bytes"
	"path/filepath"

	"tracegen.dev/generator/diag"
	"tracegen.dev/schema"
)

// codeStale is that of a copy of the schema that is not this tracegen's.
const codeStale = "TG009"

// stale warns of a workspace's copy of the schema that differs from the
// embedded one, which is what counts: `cue vet` and editors would judge by the
// copy. A workspace without a copy is fine. What `tracegen init --update` writes
// anew is one finding; what it leaves, since it is not its own, is another.
func (w *Workspace) stale(m module, diags *diag.List) {
	if m.virtual || m.schemaDir == filepath.Join(m.root, "schema") {
		return
	}
	w.Witness.See(m.schemaDir)
	onDisk, _ := filepath.Glob(filepath.Join(m.schemaDir, "*.cue"))
	if len(onDisk) == 0 {
		return
	}
	embedded, err := schema.FS.ReadDir(".")
	if err != nil {
		panic(err) // an embedded file system cannot fail
	}
	differs, ours := "", 0
	for _, f := range onDisk {
		want, err := schema.FS.ReadFile(filepath.Base(f))
		if err != nil {
			diags.Add(w.copied(f, "the file is no part of this tracegen's schema", "remove "+w.relative(f)))
			continue
		}
		ours++
		w.Witness.See(f)
		have, err := readFile(f)
		if differs == "" && (err != nil || !bytes.Equal(want, have)) {
			differs = f
		}
	}
	if differs == "" && ours < len(embedded) {
		differs = onDisk[0]
	}
	if differs != "" {
		diags.Add(w.copied(differs, "the workspace's copy of the schema is not this tracegen's", "run `tracegen init --update`"))
	}
}

// copied is a finding about the copy of the schema.
func (w *Workspace) copied(file, what, help string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:     codeStale,
		Severity: diag.Warning,
		Message:  what + ", so `cue vet` and editors may judge otherwise",
		Position: diag.Position{File: w.relative(file), Line: 1, Column: 1},
		Help:     help,
	}
}
