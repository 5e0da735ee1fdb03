package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/charts"
	"tracegen.dev/generator/load"
)

const chartsListLong = `List prints every chart that is known: its versions, of how many of them the
value keys are known, the newest with the version of its software, the
repository that the newest comes from, what is given up, and which profiles of
the workspace run which version. Outside of a workspace there are no profiles.

With CHART it prints each version of that one, the newest first.`

func newChartsListCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list [CHART]",
		Short: "list the charts, or the versions of one",
		Long:  chartsListLong,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return chart.Names(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("list takes one chart at most: tracegen charts list [CHART]")
			}
			if err := a.checkDataFormat(); err != nil {
				return err
			}
			return a.doChartsList(args)
		},
	}
	a.dataFlags(cmd)
	return cmd
}

func (a *app) doChartsList(args []string) error {
	w, k, err := a.know()
	if err != nil {
		return err
	}
	if len(args) == 1 {
		if name, _, pinned := strings.Cut(args[0], "@"); pinned {
			return fmt.Errorf("list takes a chart without a version: tracegen charts list %s, or tracegen charts show %s", name, args[0])
		}
		// Find out before the profiles are read, which may have something to say.
		if _, err := k.Find(args[0]); err != nil {
			return err
		}
	}
	pins := a.pins(w)
	if len(args) == 1 {
		return a.listReleases(k, args[0], pins)
	}
	list := k.List(pins)
	if a.format == "json" {
		return printJSON(a.stdout, list)
	}
	t := table{head: []string{"CHART", "VERSIONS", "KNOWN", "VALUE KEYS", "APP", "REPOSITORY", "IMPORTED", "PROFILES", "DEPRECATED"}}
	for _, e := range list {
		var profiles []string
		for _, p := range e.Pins {
			profiles = append(profiles, p.Profile+" "+p.Version)
		}
		t.rows = append(t.rows, []string{
			e.Chart, e.Oldest + ".." + e.Newest, fmt.Sprint(e.Versions), ofAll(e),
			e.AppVersion, cmp.Or(e.Repository, "-"), strings.Join(e.Imported, ", "), strings.Join(profiles, ", "), e.Deprecated,
		})
	}
	return t.print(a.stdout, widthOf(a.stdout))
}

func (a *app) listReleases(k *charts.Knowledge, name string, pins []charts.Pin) error {
	list, err := k.Releases(name, pins)
	if err != nil {
		return err
	}
	if a.format == "json" {
		return printJSON(a.stdout, list)
	}
	t := table{head: []string{"VERSION", "APP", "REPOSITORY", "VALUE KEYS", "PROFILES", "DEPRECATED"}}
	for _, r := range list {
		known := "no"
		if r.Keys {
			known = "yes"
		}
		t.rows = append(t.rows, []string{r.Version, r.AppVersion, r.Repository, known, strings.Join(r.Profiles, ", "), r.Deprecated})
	}
	return t.print(a.stdout, widthOf(a.stdout))
}

// ofAll says of how many versions the value keys are known.
func ofAll(e charts.Entry) string {
	switch {
	case e.Repository == "" && e.Keys == 0:
		return "-" // a product that is no chart
	case e.Keys == 0:
		return "none"
	case e.Keys == e.Versions:
		return "all"
	}
	return fmt.Sprintf("%d of %d", e.Keys, e.Versions)
}

// pins gives what the workspace's profiles run. A workspace with faults gives
// what could be read of it; none gives nothing.
func (a *app) pins(w *load.Workspace) []charts.Pin {
	if _, err := os.Stat(filepath.Join(w.Dir, "profiles")); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	profiles, err := w.All()
	var pins []charts.Pin
	found := 0
	if err == nil {
		pins, found, err = charts.Pins(w, profiles)
	}
	switch {
	case err != nil:
		fmt.Fprintf(a.stderr, "the profiles cannot be read, so what they run is left out: %v\n", err)
	case found > 0:
		fmt.Fprintf(a.stderr, "the profiles have %s, so what they run may be incomplete; `tracegen vet` tells\n", counted(found, "error"))
	}
	return pins
}
