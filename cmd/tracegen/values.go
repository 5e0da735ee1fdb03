package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/tree"
)

const valuesLong = `Values prints the effective Helm values of one component in one profile, for
"helm install -f -": what base and overlay give when they are merged.`

func newValuesCmd(a *app) *cobra.Command {
	var profile string
	cmd := &cobra.Command{
		Use:   "values COMPONENT -p PROFILE",
		Short: "print the effective Helm values of a component",
		Long:  valuesLong,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || profile == "" {
				return errors.New("values needs a component and a profile: tracegen values COMPONENT -p PROFILE")
			}
			if err := a.checkFormat(); err != nil {
				return err
			}
			return a.doValues(args[0], profile)
		},
	}
	cmd.Flags().StringVarP(&profile, "profile", "p", "", "name below profiles/, or directory, of the `PROFILE`")
	a.diagnosticFlags(cmd)
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return a.components(profile), cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc("profile", a.completeProfiles)
	return cmd
}

func (a *app) doValues(component, profile string) error {
	w, profiles, err := a.workspace([]string{profile})
	if err != nil {
		return err
	}
	out, err := a.emitOne(w, profiles)
	if err != nil {
		return err
	}
	if _, ok := out.Values[component]; !ok {
		return fmt.Errorf("%s has no release %q; it has: %s", profiles[0].Name, component, strings.Join(slices.Sorted(maps.Keys(out.Values)), ", "))
	}
	values := generator.ValuesOf(out, component)
	f := &tree.File{Comment: generator.ValuesComment(values), Body: tree.YAML{values}}
	_, err = a.stdout.Write(f.Encode())
	return err
}

// components gives the components of a profile, or of all if it is "". A profile
// with errors has none: there is nothing to print of it.
func (a *app) components(profile string) []string {
	var args []string
	if profile != "" {
		args = []string{profile}
	}
	w, profiles, err := a.workspace(args)
	if err != nil {
		return nil
	}
	names := map[string]bool{}
	for _, p := range profiles {
		var diags diag.List
		_, out, err := generator.One(w, p, &diags)
		if err != nil || out == nil {
			continue
		}
		for name := range out.Values {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// emitOne makes the output of one profile, or prints what is wrong with it.
func (a *app) emitOne(w *load.Workspace, profiles []load.Profile) (*emit.Output, error) {
	var diags diag.List
	_, out, err := generator.One(w, profiles[0], &diags)
	if err != nil {
		return nil, err
	}
	return out, a.report(a.stderr, diags.Sorted(), w.Source)
}
