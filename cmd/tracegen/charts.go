package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/charts"
	"tracegen.dev/generator/load"
)

const chartsLong = `Charts answers what is known of each version of each chart: which ports, names
and value keys it has, and what an upgrade changes. A version is written
CHART@VERSION, such as tempo@2.2.4.

What is known needs neither network nor the charts themselves. The value keys of
a version that tracegen does not know come from an import of the chart.`

func newChartsCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "charts",
		Short: "what is known of each chart version",
		Long:  chartsLong,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownPart(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(newChartsListCmd(a), newChartsShowCmd(a), newChartsImportCmd(a), newChartsDiffCmd(a))
	return cmd
}

// unknownPart says what a misspelt part of a verb may have meant.
func unknownPart(cmd *cobra.Command, name string) error {
	cmd.SuggestionsMinimumDistance = 2
	var all []string
	for _, c := range cmd.Commands() {
		all = append(all, c.Name())
	}
	help := "there are: " + strings.Join(all, ", ")
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		help = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return fmt.Errorf("%s has no command %q; %s", cmd.Name(), name, help)
}

// dataFlags adds the flag of a verb that prints data.
func (a *app) dataFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.format, "format", "text", "how it is printed: text or json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
}

// checkDataFormat refuses an unknown format before any work is done.
func (a *app) checkDataFormat() error {
	if a.format != "text" && a.format != "json" {
		return fmt.Errorf("--format %q is none of text, json", a.format)
	}
	return nil
}

// printJSON writes data for machines.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// know gathers what is known, here and in the directory, which need not be a
// workspace. Imports that cannot be read are told of.
func (a *app) know() (*load.Workspace, *charts.Knowledge, error) {
	w, err := load.Open(a.dir)
	if err != nil {
		return nil, nil, err
	}
	k := charts.Know(w)
	for _, d := range k.Faults {
		fmt.Fprintf(a.stderr, "%s: %s; %s\n", d.Position, d.Message, d.Help)
	}
	return w, k, nil
}

// subject finds what an argument names, and says which version it is where the
// argument does not.
func (a *app) subject(k *charts.Knowledge, argument string) (charts.Subject, error) {
	s, err := k.Find(argument)
	if err == nil && !strings.Contains(argument, "@") {
		fmt.Fprintf(a.stderr, "%s is the newest version of %s that is known\n", s.Number, s.Name)
	}
	return s, err
}

// completeSubject offers charts, and behind the @ their versions, the newest
// first.
func (a *app) completeSubject(given string) ([]string, cobra.ShellCompDirective) {
	var imported []charts.Own
	if w, err := load.Open(a.dir); err == nil {
		imported = charts.Know(w).Imported
	}
	name, _, pinned := strings.Cut(given, "@")
	var out []string
	if !pinned {
		for _, n := range chart.Names() {
			out = append(out, n+"@")
		}
		for _, i := range imported {
			if _, ok := chart.Find(i.Chart); !ok {
				out = append(out, i.Chart+"@")
			}
		}
		return out, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	}
	for _, i := range imported {
		if i.Chart == name {
			out = append(out, name+"@"+i.Version)
		}
	}
	for _, version := range newestFirst(name) {
		out = append(out, name+"@"+version)
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

func newestFirst(name string) []string {
	c, ok := chart.Find(name)
	if !ok {
		return nil
	}
	all := c.Releases()
	out := make([]string, 0, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, all[i])
	}
	return out
}
