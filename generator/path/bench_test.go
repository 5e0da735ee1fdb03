package path_test

import (
	"path/filepath"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/path"
)

// BenchmarkCheck is what the path costs each build, for each profile.
func BenchmarkCheck(b *testing.B) {
	for _, name := range []string{"kind", "picluster", "golden/one-namespace", "golden/mesh-policies"} {
		p, out := emitted(b, name)
		b.Run(filepath.Base(name), func(b *testing.B) {
			for b.Loop() {
				var diags diag.List
				path.Check(p, out, &diags)
			}
		})
	}
}
