package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/path"
)

const pathLong = `Path follows a span from each of its roots, such as the ingress, the mesh and
each application, over every hop to the store, then the query's way from Grafana
to it, and the jumps between logs, metrics and traces.

What each sender's final configuration says, overrides included, is read back,
and held against who really listens there. A hop that cannot be proven is marked,
reported as TG079, and ends the command with exit code 1. What lies outside of the
tree is proven by the line of the profile that says where it is.

Without PROFILE it follows all, one after the other. --format mermaid draws a
flowchart for a README. --capacity prints what the pods ask of the nodes, and what
the stores need to hold, instead.`

func newPathCmd(a *app) *cobra.Command {
	withCapacity := false
	cmd := &cobra.Command{
		Use:               "path [PROFILE...]",
		Short:             "follow a span to the store and a query back, and prove every hop",
		Long:              pathLong,
		ValidArgsFunction: a.completeProfiles,
		RunE: func(_ *cobra.Command, args []string) error {
			if a.format != "text" && a.format != "json" && a.format != "mermaid" {
				return fmt.Errorf("--format %q is none of text, json, mermaid", a.format)
			}
			if withCapacity {
				return a.doCapacity(args)
			}
			return a.doPath(args)
		},
	}
	cmd.Flags().StringVar(&a.format, "format", "text", "how it is printed: text, json or mermaid")
	cmd.Flags().BoolVar(&withCapacity, "capacity", false, "print what the nodes and stores must hold, instead of the path")
	cmd.Flags().BoolVar(&a.strict, "strict", false, "take warnings as errors")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "mermaid"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) doPath(args []string) error {
	w, profiles, err := a.workspace(args)
	if err != nil {
		return err
	}
	var diags diag.List
	paths := []*path.Path{}
	for _, profile := range profiles {
		p, err := generator.Follow(w, profile, &diags)
		if err != nil {
			return err
		}
		if p != nil {
			paths = append(paths, p)
		}
	}
	if err := a.printPaths(paths); err != nil {
		return err
	}
	a.format = "text" // of the findings, which are talk here
	return a.report(a.stderr, diags.Sorted(), w.Source)
}

func (a *app) printPaths(paths []*path.Path) error {
	if a.format == "json" {
		return printJSON(a.stdout, paths)
	}
	for i, p := range paths {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		var err error
		if a.format == "mermaid" {
			_, err = io.WriteString(a.stdout, path.Mermaid(p))
		} else {
			err = printPath(a.stdout, p, widthOf(a.stdout))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// printPath prints the journeys, each under its title, in columns where a terminal
// has the width. What several of them have in common is printed once.
func printPath(w io.Writer, p *path.Path, width int) error {
	if _, err := fmt.Fprintf(w, "%s: %s\n", p.Profile, verdict(p)); err != nil {
		return err
	}
	inColumns, seen := newHopTable(p, width), map[*path.Hop]bool{}
	for _, j := range p.Journeys {
		var hops []*path.Hop
		var again []string
		for _, h := range j.Hops {
			if seen[h] {
				again = append(again, arrow(h))
				continue
			}
			seen[h] = true
			hops = append(hops, h)
		}
		if _, err := fmt.Fprintf(w, "\n%s\n\n", j.Title); err != nil {
			return err
		}
		print := printHops
		if inColumns != nil {
			print = inColumns.print
		}
		if len(hops) > 0 {
			if err := print(w, hops); err != nil {
				return err
			}
		}
		if len(again) > 0 {
			if _, err := fmt.Fprintf(w, "then, as above: %s\n", strings.Join(again, ", ")); err != nil {
				return err
			}
		}
	}
	return nil
}

// printHops writes a paragraph for each.
func printHops(w io.Writer, hops []*path.Hop) error {
	t := table{head: []string{"HOP", "PROTOCOL", "ADDRESS", "TLS", "LISTENS", "BY", "HEADERS", "SAMPLING", "POLICY", "READ FROM", "PROVEN"}}
	for _, h := range hops {
		t.rows = append(t.rows, []string{
			arrow(h), h.Protocol, h.Address, tlsText(h), h.Listens,
			strings.Join(h.Facts, "\n"), h.Headers, h.Sampling, operations(h), strings.Join(h.Says, "\n"), proof(h),
		})
	}
	var b strings.Builder
	t.paragraphs(&b, t.columns())
	_, err := io.WriteString(w, b.String())
	return err
}

// operations tells the verdicts, each with who needs it. Two that differ in the
// object alone are one line.
func operations(h *path.Hop) string {
	var lines []string
	for _, o := range h.Operations {
		without := ""
		if !o.Needed && o.Verdict != "allowed" {
			without = ", which it does without"
		}
		line := fmt.Sprintf("%s: %s, for %s to %s%s", o.Action, o.Verdict, o.Who, o.What, without)
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// tlsText is empty where nothing goes over a network.
func tlsText(h *path.Hop) string {
	if h.TLS == "" && strings.Contains(h.Address, ":") && !strings.HasPrefix(h.Address, "datasource ") && h.Protocol != "policy" {
		return "none"
	}
	return h.TLS
}

func arrow(h *path.Hop) string { return h.From + " → " + h.To }

func verdict(p *path.Path) string {
	hops, unproven := map[*path.Hop]bool{}, 0
	for _, j := range p.Journeys {
		for _, h := range j.Hops {
			if !hops[h] && !h.Proven {
				unproven++
			}
			hops[h] = true
		}
	}
	if unproven > 0 {
		return fmt.Sprintf("%s, %d of them UNPROVEN", counted(len(hops), "hop"), unproven)
	}
	return fmt.Sprintf("%s, all proven", counted(len(hops), "hop"))
}

func proof(h *path.Hop) string {
	switch {
	case !h.Proven:
		return "NO: " + h.Unproven
	case h.Outside != "":
		return "outside: " + h.Outside
	}
	return "yes"
}
