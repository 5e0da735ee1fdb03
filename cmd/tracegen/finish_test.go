//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
	"testing"
	"time"
)

// A signal does not stop what is under way, and its end says so.
func TestFinish(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		done := false
		err := finish(func() error {
			if err := syscall.Kill(os.Getpid(), s); err != nil {
				t.Fatal(err)
			}
			time.Sleep(50 * time.Millisecond)
			done = true
			return nil
		})
		if !done || err != errInterrupted {
			t.Errorf("%v: done %t, %v", s, done, err)
		}
	}
	if err := finish(func() error { return nil }); err != nil {
		t.Error(err)
	}
	fault := errors.New("fault")
	if err := finish(func() error { return fault }); err != fault {
		t.Error(err)
	}
}

func TestPrintableLines(t *testing.T) {
	if got, want := printableLines("open a\x1b[31m\u202e: ü\nb\tc"), "open a\\x1b[31m\\u202e: ü\nb\tc"; got != want {
		t.Errorf("it is %q, not %q", got, want)
	}
}
