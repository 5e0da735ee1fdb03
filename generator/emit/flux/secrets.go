package flux

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/tree"
)

// secrets turns a Kustomization into the one of the user's own directory, whose
// files nobody else reads: Flux decrypts them.
func secrets(c *emit.Context, o *tree.Map) {
	s := c.Plan.Secrets
	o.Set("spec.path", s.Path)
	o.Set("spec.prune", c.Bool(false, "a Secret that leaves Git, or a tree that no longer names it, must not stop what still runs"))
	o.Set("spec.decryption.provider", c.Str("sops", "the one that Flux knows"))
	o.Set("spec.decryption.secretRef.name", s.Decryption)
}
