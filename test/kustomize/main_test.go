package kustomize

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// root is tracegen's own module, which is also a workspace.
const root = "../.."

// tracegenPath is the binary that the tests run.
var tracegenPath string

func TestMain(m *testing.M) { os.Exit(withTracegen(m)) }

func withTracegen(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tracegen-kustomize-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	tracegenPath = filepath.Join(dir, "tracegen")
	cmd := exec.Command("go", "build", "-o", tracegenPath, "./cmd/tracegen")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building tracegen: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// tracegen runs the compiler in the workspace and gives what it printed.
func tracegen(args ...string) ([]byte, error) {
	cmd := exec.Command(tracegenPath, append([]string{"-C", root}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("tracegen %v: %w\n%s", args, err, stderr.Bytes())
	}
	return out, nil
}
