package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/charts"
)

const chartsImportLong = `Import reads a Helm chart, a directory or an archive such as "helm pull" makes,
and writes which values it takes to charts/CHART-VERSION.keys in the workspace:
from then on build and vet check values of that version against it. Nothing of the
chart is run, no link is followed, and with an error the workspace stays as it
was. DIR and ARCHIVE are seen from the workspace, as -C has it.

A file that is there already and says something else stays, unless --force is
given: somebody may have corrected it.`

func newChartsImportCmd(a *app) *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:   "import DIR|ARCHIVE",
		Short: "make the value keys of a version known",
		Long:  chartsImportLong,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return errors.New("import needs one chart: tracegen charts import DIR|ARCHIVE")
			}
			return a.doChartsImport(args[0], force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a file that says something else")
	return cmd
}

func (a *app) doChartsImport(from string, force bool) error {
	i, err := charts.Import(a.seen(from))
	if err != nil {
		return err
	}
	var saved charts.Saved
	err = finish(func() error {
		saved, err = i.Save(a.dir, force)
		return err
	})
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s of %s %s\n", saved.Path, counted(i.Keys, "value key"), i.Chart, i.Version)
	if len(i.Open) > 0 {
		b.WriteString("\nany key may stand below these, as the chart copies it into something else:\n")
	}
	for _, o := range i.Open {
		fmt.Fprintf(&b, "  %s, in %s\n", o.Path, printable(o.File))
	}
	if len(i.Notes) > 0 {
		b.WriteString("\nto know:\n")
	}
	for _, n := range i.Notes {
		fmt.Fprintf(&b, "  %s\n", printable(n))
	}
	if _, err := fmt.Fprint(a.stdout, b.String()); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, afterImport(i, saved))
	return nil
}

// printable is a text that may come from anywhere, without what a terminal would
// take for a command.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// printableLines is a text of several lines, likewise.
func printableLines(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	return b.String()
}

// afterImport says what became of the file, and what to do next.
func afterImport(i *charts.Imported, saved charts.Saved) string {
	s := "written"
	switch {
	case saved.Same:
		s = "it said so already"
	case saved.Instead:
		s = "written in place of what stood there"
	}
	s = fmt.Sprintf("%s: %s.", saved.Path, s)
	if i.Brought {
		s += " tracegen brings the keys of this version itself; the workspace's come first."
	}
	if !i.Configured {
		return s + fmt.Sprintf(" tracegen configures no chart %s, so no build asks for it; `tracegen charts show %s@%s` does.", i.Chart, i.Chart, i.Version)
	}
	if i.Facts != chart.Within {
		s += fmt.Sprintf(" Ports and names of %s are not known: a build goes by those of %s.", i.Version, i.Newest)
	}
	return s + fmt.Sprintf(" Next: commit it, run `tracegen charts diff %s@OLD %s -p PROFILE`, and pin the version.", i.Chart, i.Version)
}
