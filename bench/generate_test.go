package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGenerate demands that there is nothing to find in the generated profiles:
// a finding would stop the way half through, and the bench with it.
func TestGenerate(t *testing.T) {
	dir := t.TempDir()
	if err := generate(filepath.Join(dir, "profiles"), 100); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "./cmd/tracegen", "-C", dir, "vet", "--strict")
	cmd.Dir = ".."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
}
