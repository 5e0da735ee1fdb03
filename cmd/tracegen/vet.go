package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tracegen.dev/generator"
)

const vetLong = `Vet finds everything that build would find, and writes nothing. All faults are
found in one run, each once, at the line to edit. What a profile ignores is listed
with the reason that it gives.

` + formatLong

func newVetCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:               "vet [PROFILE...]",
		Short:             "find what is wrong, without writing",
		Long:              vetLong,
		ValidArgsFunction: a.completeProfiles,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.checkFormat(); err != nil {
				return err
			}
			return a.doVet(args)
		},
	}
	a.diagnosticFlags(cmd)
	return cmd
}

func (a *app) doVet(args []string) error {
	w, profiles, err := a.workspace(args)
	if err != nil {
		return err
	}
	ds, err := generator.Vet(w, profiles)
	if err != nil {
		return err
	}
	if err := a.report(a.stdout, ds, w.Source); err != nil {
		return err
	}
	if a.format == "text" && len(ds) == 0 {
		fmt.Fprintf(a.stderr, "%s, no findings\n", counted(len(profiles), "profile"))
	}
	return nil
}
