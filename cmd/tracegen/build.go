package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/write"
)

const buildLong = `Build compiles the profiles and brings the output directory up to date.

Nothing is written before everything is computed and checked, and only files
that change are touched. What tracegen did not write is never lost: a file that
was changed by hand stops the build.

The base of the tree is what all profiles agree on, so without arguments build
takes all of them. With names or directories of profiles it makes a tree of just
these, and needs -o.`

func newBuildCmd(a *app) *cobra.Command {
	var b buildOptions
	cmd := &cobra.Command{
		Use:               "build [PROFILE... -o DIR]",
		Short:             "compile the profiles into the tree",
		Long:              buildLong,
		ValidArgsFunction: a.completeProfiles,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.checkFormat(); err != nil {
				return err
			}
			return a.doBuild(b, args)
		},
	}
	cmd.Flags().StringVarP(&b.out, "output", "o", "", "the output `DIR`, seen from the workspace (default \"out\")")
	cmd.Flags().BoolVar(&b.check, "check", false, "write nothing; print how the tree differs, and exit 1 if it does")
	cmd.Flags().BoolVar(&b.force, "force", false, "overwrite files that were changed by hand")
	cmd.MarkFlagsMutuallyExclusive("check", "force")
	a.diagnosticFlags(cmd)
	return cmd
}

type buildOptions struct {
	out          string
	check, force bool
}

func (a *app) doBuild(b buildOptions, args []string) error {
	w, profiles, err := a.workspace(args)
	if err != nil {
		return err
	}
	if len(args) > 0 && b.out == "" {
		return errors.New("a tree of some profiles needs a directory of its own: add -o DIR")
	}
	out, shown := b.out, b.out
	if out == "" {
		shown = "out"
	}
	if !filepath.IsAbs(out) {
		out = filepath.Join(w.Dir, shown)
	}
	tree, ds, err := generator.Compile(w, profiles)
	if err != nil {
		return err
	}
	var changes *write.Changes
	if !a.stops(ds) {
		var more []diag.Diagnostic
		changes, more, err = write.Compare(out, tree, write.Options{Force: b.force || b.check, Display: filepath.ToSlash(shown)})
		if err != nil {
			return err
		}
		ds = append(ds, more...)
	}
	// Findings for machines are data; for people they are talk, like the rest.
	to := a.stderr
	if a.format != "text" {
		to = a.stdout
	}
	if err := a.report(to, ds, w.Source); err != nil {
		return err
	}
	if b.check {
		return a.drift(shown, changes)
	}
	if err := changes.Commit(); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, summary(shown, changes, len(tree)))
	return nil
}

// drift prints how the output directory differs. With findings printed for
// machines, it only says so.
func (a *app) drift(shown string, changes *write.Changes) error {
	if changes.Empty() {
		return nil
	}
	if a.format == "text" {
		if err := changes.Diff(a.stdout); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.stderr, "%s is not what the profiles say; `tracegen build` brings it up to date\n", shown)
	return errFindings
}

func summary(out string, changes *write.Changes, files int) string {
	var n [3]int
	for _, c := range changes.List() {
		if c.Path != write.LockName {
			n[c.Kind]++
		}
	}
	if n == [3]int{} {
		return fmt.Sprintf("%s: %d files, nothing to change", out, files)
	}
	return fmt.Sprintf("%s: %d files, %d new, %d changed, %d removed", out, files, n[write.Create], n[write.Update], n[write.Remove])
}
