//go:build !linux

package unprivileged

import (
	"os"
	"testing"
)

// Test reports whether the test is to go on: root is left out.
func Test(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() == 0 {
		t.Log("NOT RUN: root runs this, whom no permission stops")
		return false
	}
	return true
}
