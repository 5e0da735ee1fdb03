package load

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
	"tracegen.dev/internal/bounded"
)

// FuzzLoad demands of any bytes as a profile, and as what profiles share: no
// panic, an end within the bounds, and findings that a reader can follow.
func FuzzLoad(f *testing.F) {
	cases, _ := filepath.Glob("testdata/errors/*.txtar")
	for _, c := range cases {
		data, err := os.ReadFile(c)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range parseArchive(data).files {
			if filepath.Base(file.name) == "x.cue" {
				f.Add([]byte(file.data), []byte{})
			}
		}
	}
	for _, s := range []string{
		"", "package x", "package x\ntopology: topology", "package x\ntopology: {topology}",
		"package x\ntopology: [...]", "package x\ntopology: {[string]: _}", "package x\ntopology: a.b.c",
		"package x\ntopology: close({tempo: 5}) & {store: 5}", "package x\ntopology: {tempo: {a: tempo}}",
		"package x\ntopology: _|_", "package x\ntopology: tempo: {mode: *\"monolithic\" | _|_}",
		"package x\ntopology: {\"\": {\"\": null}}", "\xff\xfe", "package x\ntopology: error(\"x\")",
	} {
		f.Add([]byte(s), []byte("package x\ntopology: name: \"x\"\n"))
	}
	f.Fuzz(func(t *testing.T, data, common []byte) {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "profiles", "x"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "profiles", "x", "x.cue"), data, 0o644); err != nil {
			t.Fatal(err)
		}
		if len(common) > 0 {
			if err := os.WriteFile(filepath.Join(dir, "profiles", "common.cue"), common, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		poisoned := false
		var diags []diag.Diagnostic
		var err error
		before := runtime.NumGoroutine()
		bounded.Run(t, len(data)+len(common), func() {
			diags, err = loadAll(dir, func(_ Profile, top *topology.Topology) {
				poisoned = top.Name.State == topology.Poisoned || top.Cluster.Kind.State == topology.Poisoned
			})
		})
		// What is left alone goes on, here, and would be counted to those that follow.
		for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Skip("what was left alone has no end")
			}
		}
		if err != nil {
			t.Fatalf("the user's bytes are no fault of the program: %v", err)
		}
		if poisoned && len(diags) == 0 {
			t.Error("there is poison without a finding")
		}
		for _, d := range diags {
			if d.Code == "" || d.Message == "" || !d.Position.IsValid() || d.Position.Line < 1 || d.Severity != diag.Error {
				t.Errorf("a finding that does not help: %+v", d)
			}
		}
	})
}
