package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// errInterrupted ends a command that a signal asked to end, and that has first
// finished what it does not leave half done.
var errInterrupted = errors.New("interrupted, with everything written")

// finish does work that takes milliseconds to its end, even if a signal asks the
// process to end. The next signal ends it at once, as the work may wait for
// another build.
func finish(work func() error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	if err := work(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}
