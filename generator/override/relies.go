package override

import (
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
)

// relies points to the part of the topology that a file is made of.
func relies(p *plan.Plan, file string) []diag.Related {
	component, rest, _ := strings.Cut(file, "/")
	at := p.Topology.Store.Position // minio/ and s3/ are the store's
	switch component {
	case "kind":
		at = p.Topology.Cluster.Position
	case "apps":
		name, _, _ := strings.Cut(rest, "/")
		for _, a := range p.Apps {
			if a.Name == name {
				at = a.In.Position
			}
		}
	default:
		for _, r := range p.Releases {
			if r.Component == component && r.PinnedAt.Position.IsValid() {
				at = r.PinnedAt.Position
			}
		}
	}
	file, _, _ = strings.Cut(file, "#")
	file, _, _ = strings.Cut(file, ":")
	if !at.IsValid() {
		return nil // it could not be read
	}
	return []diag.Related{{Message: file + " is made because of this", Position: at}}
}
