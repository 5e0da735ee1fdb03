//go:build linux

// Package unprivileged lets tests about permissions prove something where root
// runs them, whom no permission stops.
package unprivileged

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user that owns nothing, by convention.
const nobody = 65534

// Test reports whether the test is to go on in this process. Where root runs it,
// it runs once more in a process of nobody's, and is over here.
func Test(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() != 0 {
		return true
	}
	// The path of the binary may lead through directories that are root's own.
	cmd := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), "HOME=/", "TMPDIR=/tmp")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
	return false
}
