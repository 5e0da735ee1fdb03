package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/stamp"
	"tracegen.dev/generator/write"
)

const buildLong = `Build compiles the profiles and brings the output directory up to date.

Nothing is written before everything is computed and checked, and only files
that change are touched. What tracegen did not write is never lost: a file that
was changed by hand stops the build.

The base of the tree is what all profiles agree on, so without arguments build
takes all of them. With names or directories of profiles it makes a tree of just
these, and needs -o with a directory other than the workspace's own tree.

` + formatLong

func newBuildCmd(a *app) *cobra.Command {
	var b buildOptions
	cmd := &cobra.Command{
		Use:               "build [PROFILE... -o DIR]",
		Short:             "compile the profiles into the tree",
		Long:              buildLong,
		ValidArgsFunction: a.completeProfiles,
		RunE: func(_ *cobra.Command, args []string) error {
			if b.check && b.force {
				return errors.New("--check and --force exclude each other")
			}
			if err := a.checkFormat(); err != nil {
				return err
			}
			return a.doBuild(b, args)
		},
	}
	cmd.Flags().StringVarP(&b.out, "output", "o", "", "the output `DIR`, seen from the workspace (default \"out\")")
	cmd.Flags().BoolVar(&b.check, "check", false, "write nothing; print how the tree differs, and exit 1 if it does")
	cmd.Flags().BoolVar(&b.force, "force", false, "overwrite files that were changed by hand")
	a.diagnosticFlags(cmd)
	return cmd
}

type buildOptions struct {
	out          string
	check, force bool
}

func (a *app) doBuild(b buildOptions, args []string) error {
	began := time.Now()
	w, err := load.Open(a.dir)
	if err != nil {
		return err
	}
	// Whoever checks wants it checked, and a program that reads findings wants to
	// read that there are none.
	if len(args) == 0 && b == (buildOptions{}) && a.format == "text" && os.Getenv("CI") == "" {
		if result, ok := stamp.Result(w.Dir); ok {
			fmt.Fprintln(a.stderr, result)
			return nil
		}
		w.Witness = stamp.New()
	}
	profiles, err := a.profiles(w, args)
	if err != nil {
		return err
	}
	out, err := newOutput(w.Dir, b.out)
	if err == nil && len(args) > 0 {
		err = out.takes(profiles)
	}
	if err != nil {
		return err
	}
	tree, ds, err := generator.Compile(w, profiles)
	if err != nil {
		return err
	}
	var changes *write.Changes
	var inTheWay []diag.Diagnostic
	if !a.stops(ds) {
		opt := write.Options{Force: b.force, Display: out.shown}
		changes, inTheWay, err = write.Compare(out.dir, tree, opt)
		if err == nil && b.check && len(inTheWay) > 0 {
			// What stops a build is drift all the same.
			opt.Force = true
			changes, _, err = write.Compare(out.dir, tree, opt)
		}
		if err != nil {
			return err
		}
		ds = append(ds, inTheWay...)
	}
	// Findings for machines are data; for people they are talk, like the rest.
	to := a.stderr
	if a.format != "text" {
		to = a.stdout
	}
	err = a.report(to, ds, out.source(w.Source))
	if b.check && changes != nil && (err == nil || err == errFindings) {
		return a.drift(out.shown, changes, len(inTheWay) > 0)
	}
	if err != nil {
		return err
	}
	err = finish(changes.Commit)
	if err != nil && err != errInterrupted {
		return err
	}
	result := summary(out.shown, changes, len(tree))
	fmt.Fprintln(a.stderr, result)
	if w.Witness != nil && changes.Empty() && len(ds) == 0 {
		for _, path := range changes.Compared() {
			w.Witness.See(path)
		}
		w.Witness.Save(w.Dir, result, began)
	}
	return err
}

// drift prints how the output directory differs, and what a build would do.
// With findings printed for machines, it only says so.
func (a *app) drift(shown string, changes *write.Changes, stops bool) error {
	if changes.Empty() {
		return nil
	}
	if a.format == "text" {
		if err := changes.Diff(a.stdout); err != nil {
			return err
		}
	}
	lock := changes.LockOnly()
	switch {
	case stops:
		fmt.Fprintf(a.stderr, "%s is not what the profiles say; `tracegen build` would stop at these findings, and `tracegen build --force` would overwrite what they are about\n", shown)
	case lock != "":
		fmt.Fprintf(a.stderr, "the files of %s are what the profiles say, but %s %s; `tracegen build` mends it\n", shown, write.LockName, lock)
	default:
		fmt.Fprintf(a.stderr, "%s is not what the profiles say; `tracegen build` brings it up to date\n", shown)
	}
	return errFindings
}

func summary(out string, changes *write.Changes, files int) string {
	var n [3]int
	leftovers := 0
	for _, c := range changes.List() {
		switch {
		case c.Leftover:
			leftovers++
		case c.Path != write.LockName:
			n[c.Kind]++
		}
	}
	s := fmt.Sprintf("%s: %d files, ", out, files)
	if n == [3]int{} {
		s += "nothing to change"
	} else {
		s += fmt.Sprintf("%d new, %d changed, %d removed", n[write.Create], n[write.Update], n[write.Remove])
	}
	if leftovers > 0 {
		s += fmt.Sprintf(", %s of a killed build swept", counted(leftovers, "leftover"))
	}
	if changes.LockOnly() != "" {
		s += ", lock written"
	}
	return s
}
