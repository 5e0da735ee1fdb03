package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"tracegen.dev/generator/diag"
)

// Exit codes.
const (
	exitFindings    = 1   // findings, or drift
	exitFault       = 2   // usage, or a fault of program or machine
	exitInterrupted = 130 // by a signal, as shells count it
)

// errFindings ends a command whose findings have been printed.
var errFindings = errors.New("findings")

const rootLong = `Tracegen makes the configuration of a distributed-tracing stack from one
description of it in CUE: Helm values, Kustomize bases and overlays, Flux
objects, the S3 policy, Traefik's flags, Grafana's datasources, the collector's
configuration. Commit the tree; Flux applies it.

A workspace is a directory with profiles/ in it, and each directory below that
is a profile. "tracegen init" makes one.

Exit codes: 0 fine, 1 findings or drift, 2 usage or fault.`

// formatLong says where findings and faults go.
const formatLong = `Findings are about the input, and come as text for people or, with --format json,
sarif or github, on stdout for machines. What is wrong with the command line or the
machine is a fault: one line on stderr and exit code 2, with nothing on stdout.`

// app is what the verbs share.
type app struct {
	dir    string // -C
	format string // --format
	strict bool   // --strict

	inRepository string // where the workspace lies in the Git repository, or ""

	stdout, stderr io.Writer
}

// run is the whole program, and gives its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdout: stdout, stderr: stderr}
	showVersion := false
	root := &cobra.Command{
		Use:           "tracegen",
		Short:         "one description of a tracing stack in, a tree for Flux out",
		Long:          rootLong,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				return a.doVersion()
			}
			return cmd.Help()
		},
	}
	root.Flags().BoolVar(&showVersion, "version", false, "print the version")
	root.PersistentFlags().StringVarP(&a.dir, "chdir", "C", ".", "the workspace `DIR`")
	root.AddCommand(
		newInitCmd(a),
		newBuildCmd(a),
		newVetCmd(a),
		newValuesCmd(a),
		newPathCmd(a),
		newChartsCmd(a),
		newVersionCmd(a),
		newTryCmd(a),
	)
	root.SetHelpCommand(newHelpCmd())
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFindings):
		return exitFindings
	}
	if _, _, unknown := root.Find(args); unknown != nil {
		err = unknownVerb(root, verb(args))
	}
	fmt.Fprintln(stderr, "tracegen:", printableLines(err.Error()))
	if errors.Is(err, errInterrupted) {
		return exitInterrupted
	}
	return exitFault
}

// diagnosticFlags adds the flags of a verb that prints findings.
func (a *app) diagnosticFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.format, "format", "text", "how findings are printed: "+list(formats))
	cmd.Flags().BoolVar(&a.strict, "strict", false, "take warnings as errors")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// report prints findings to w. It gives errFindings when they stop the build. What
// the profiles ignore is for people, and for SARIF, which can say so.
func (a *app) report(w io.Writer, ds []diag.Diagnostic, source func(string) []byte) error {
	failed := a.stops(ds)
	var err error
	switch a.format {
	case "json":
		err = diag.JSON(w, diag.Heeded(ds))
	case "github":
		err = diag.GitHub(w, diag.Heeded(ds), a.inRepository)
	case "sarif":
		err = a.sarif(w, ds, source)
	case "text", "":
		if len(ds) > 0 {
			diag.Text(w, ds, source, colour(w))
			_, err = fmt.Fprintf(w, "\n%s\n", diag.Summary(ds))
		}
	}
	if err != nil {
		return err
	}
	if failed {
		return errFindings
	}
	return nil
}

// stops reports whether the findings stop a build. With --strict, warnings are
// errors from here on.
func (a *app) stops(ds []diag.Diagnostic) bool {
	stops := false
	for i := range ds {
		if ds[i].Ignored != "" {
			continue
		}
		if a.strict {
			ds[i].Severity = diag.Error
		}
		stops = stops || ds[i].Severity == diag.Error
	}
	return stops
}

// formats are the ways to print findings.
var formats = []string{"text", "json", "sarif", "github"}

// list writes words one after the other, the last behind an "or".
func list(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// checkFormat refuses an unknown format before any work is done.
func (a *app) checkFormat() error {
	if slices.Contains(formats, a.format) {
		return nil
	}
	return fmt.Errorf("--format %q is none of %s", a.format, strings.Join(formats, ", "))
}

// colour reports whether w is a terminal whose owner has not asked for plain
// text (no-color.org).
func colour(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && wantsColour(os.Getenv)
}

func wantsColour(env func(string) string) bool {
	return env("NO_COLOR") == "" && env("TERM") != "dumb"
}

// counted writes a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
