package plan

import (
	"fmt"
	"path"

	"tracegen.dev/generator/diag"
)

// CheckTreePath compares where the topology says that the tree lies with where
// it does: treePath is the output directory as seen from the root of the Git
// repository, or empty where that is not known. Flux would find nothing at
// another path. What comes to the cluster by an artifact may lie elsewhere.
func CheckTreePath(p *Plan, treePath string, diags *diag.List) {
	f := p.Flux
	if treePath == "" || f.SourceKind.Value != "GitRepository" || f.Path.Poisoned || path.Clean(f.Path.Value) == path.Clean(treePath) {
		return
	}
	at := p.Topology.Flux.Path
	diags.Add(diag.Diagnostic{
		Code:     CodeTreePath,
		Severity: diag.Warning,
		Message:  fmt.Sprintf("flux.path is %q, and the tree lies at %q in the Git repository: Flux would not find it", f.Path.Value, treePath),
		Path:     at.Path,
		Position: at.Position,
		Help:     fmt.Sprintf("write flux: path: %q", treePath),
	})
}
