package main

import (
	"github.com/spf13/cobra"

	"tracegen.dev/generator/load"
)

// workspace opens the workspace, and the profiles of the arguments.
func (a *app) workspace(args []string) (*load.Workspace, []load.Profile, error) {
	w, err := load.Open(a.dir)
	if err != nil {
		return nil, nil, err
	}
	profiles, err := a.profiles(w, args)
	return w, profiles, err
}

// profiles gives those of the arguments, for whose evaluation it prepares.
func (a *app) profiles(w *load.Workspace, args []string) ([]load.Profile, error) {
	a.inRepository = w.RepositoryPath()
	profiles, err := w.Named(args)
	limitMemory(len(profiles))
	w.Trial = trial(w.Dir)
	return profiles, err
}

// completeProfiles offers the names below profiles/.
func (a *app) completeProfiles(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	w, err := load.Open(a.dir)
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	all, err := w.All()
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return names, cobra.ShellCompDirectiveDefault
}
