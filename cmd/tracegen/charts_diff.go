package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

const chartsDiffLong = `Diff prints what changes from one version of a chart to another: the version of
its software, the repository, the oldest Kubernetes, Services with their ports and
names, receivers, features that tracegen goes by, and value keys that are renamed,
gone, new, or of another kind. The second version may stand alone.

With -p it prints what of that touches a profile: which lines to edit, what would
be wrong with the input, which addresses move, and what a build then writes by
itself. It is a report: what it finds does not change the exit code, which is 1
only where the profile itself has errors.`

func newChartsDiffCmd(a *app) *cobra.Command {
	profile := ""
	cmd := &cobra.Command{
		Use:   "diff CHART@OLD [CHART@]NEW",
		Short: "print what an upgrade changes",
		Long:  chartsDiffLong,
		ValidArgsFunction: func(_ *cobra.Command, args []string, given string) ([]string, cobra.ShellCompDirective) {
			switch {
			case len(args) == 0:
				return a.completeSubject(given)
			case len(args) == 1 && given == "":
				name, _, _ := strings.Cut(args[0], "@")
				return a.completeSubject(name + "@")
			case len(args) == 1:
				return a.completeSubject(given)
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return errors.New("diff needs two versions: tracegen charts diff CHART@OLD CHART@NEW")
			}
			if err := a.checkDataFormat(); err != nil {
				return err
			}
			return a.doChartsDiff(args[0], args[1], profile)
		},
	}
	cmd.Flags().StringVarP(&profile, "profile", "p", "", "only what touches the `PROFILE`: a name below profiles/, or a directory")
	_ = cmd.RegisterFlagCompletionFunc("profile", a.completeProfiles)
	a.dataFlags(cmd)
	return cmd
}

func (a *app) doChartsDiff(old, new, profile string) error {
	w, k, err := a.know()
	if err != nil {
		return err
	}
	name, _, pinned := strings.Cut(old, "@")
	if !pinned {
		return fmt.Errorf("%q names no version: tracegen charts diff CHART@OLD CHART@NEW", old)
	}
	if !strings.Contains(new, "@") {
		new = name + "@" + new
	}
	from, err := k.Find(old)
	if err != nil {
		return err
	}
	to, err := k.Find(new)
	if err != nil {
		return err
	}
	d, err := k.Diff(from, to)
	if err != nil {
		return err
	}
	if profile != "" {
		_, profiles, err := a.workspace([]string{profile})
		if err != nil {
			return err
		}
		ds, err := k.Touch(d, from, to, w, profiles[0])
		if err != nil {
			return err
		}
		if ds != nil {
			format := a.format
			a.format = "text" // findings about the input are no answer to the question
			defer func() { a.format = format }()
			return a.report(a.stderr, ds, w.Source)
		}
	}
	if d.Downgrade {
		fmt.Fprintf(a.stderr, "%s is older than %s: this is a downgrade\n", d.New, d.Old)
	}
	if a.format == "json" {
		return printJSON(a.stdout, d)
	}
	r := report{out: &strings.Builder{}, d: d}
	r.print()
	_, err = fmt.Fprint(a.stdout, r.out)
	return err
}
