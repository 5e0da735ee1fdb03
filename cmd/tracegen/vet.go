package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tracegen.dev/generator"
)

const vetLong = `Vet finds everything that build would find, and writes nothing. All faults are
found in one run, each once, at the line to edit. What a profile ignores is listed
with the reason that it gives.

With --explain it says what the codes of findings mean, and needs no workspace:
what goes wrong otherwise, how that shows, and what to do.

` + formatLong

func newVetCmd(a *app) *cobra.Command {
	var codes []string
	cmd := &cobra.Command{
		Use:   "vet [PROFILE...]",
		Short: "find what is wrong, without writing",
		Long:  vetLong,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if cmd.Flags().Changed("explain") {
				return completeCodes(cmd, args, word)
			}
			return a.completeProfiles(cmd, args, word)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.checkFormat(); err != nil {
				return err
			}
			if !cmd.Flags().Changed("explain") {
				return a.doVet(args)
			}
			if a.format != "text" && a.format != "json" {
				return fmt.Errorf("--explain prints text or json, not %s", a.format)
			}
			if codes = append(codes, args...); len(codes) == 0 {
				return errors.New("--explain takes a code, such as TG019")
			}
			return a.doExplain(codes)
		},
	}
	a.diagnosticFlags(cmd)
	cmd.Flags().StringSliceVar(&codes, "explain", nil, "explain a `CODE`, such as TG019, instead; further ones may follow")
	_ = cmd.RegisterFlagCompletionFunc("explain", completeCodes)
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
