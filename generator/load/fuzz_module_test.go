package load

import (
	"testing"

	"tracegen.dev/internal/bounded"
)

// FuzzModuleName wants no panic and an end, whatever a module file holds.
func FuzzModuleName(f *testing.F) {
	for _, s := range []string{"module: \"tracegen.dev\"\nlanguage: version: \"v0.17.1\"\n", "module: 'x'", "module: \"\\(x)@v0\"", "\xff", "module"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded.Run(t, len(data), func() { moduleName(data) })
	})
}
