package main

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersionCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the version",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return errors.New("version takes no arguments")
			}
			return a.doVersion()
		},
	}
}

func (a *app) doVersion() error {
	_, err := fmt.Fprintf(a.stdout, "tracegen %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is the module's, as the go command stamped it into the binary.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
