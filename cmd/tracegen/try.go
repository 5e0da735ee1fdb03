package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/load"
)

// newTryCmd is what tracegen runs itself; see generator/load/trial.go.
func newTryCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    "try",
		Short:  "evaluate the profiles whose directories stand on stdin, to see whether that ends",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(cmd *cobra.Command, _ []string) error { return a.doTry(cmd.InOrStdin()) },
	}
}

func (a *app) doTry(dirs io.Reader) error {
	signal.Ignore(os.Interrupt) // of a terminal, which both processes get
	w, err := load.Open(a.dir)
	if err != nil {
		return err
	}
	var profiles []load.Profile
	lines := bufio.NewScanner(dirs)
	for lines.Scan() {
		profiles = append(profiles, load.Profile{Name: filepath.Base(lines.Text()), Dir: lines.Text()})
	}
	if err := lines.Err(); err != nil {
		return err
	}
	limitMemory(len(profiles))
	return w.Try(profiles, a.stdout)
}

// trial is the process that runs it.
func trial(dir string) func() *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	return func() *exec.Cmd {
		cmd := exec.Command(exe, "-C", dir, "try")
		cmd.Args[0] = os.Args[0] // by which some binaries know what they are
		return cmd
	}
}
