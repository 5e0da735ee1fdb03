package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/charts"
)

const chartsShowLong = `Show prints what is known of one version of a chart: its Services with their
ports, as they would be rendered with the release's name and the values; the
receivers; the features that tracegen goes by, each with its meaning and where it
was read; and the value keys. CHART alone is the newest version that is known.

With PATH, such as storage.trace, it prints the keys of the values at that path
with all that stand below it. "any key" may stand where the chart copies what it
is given into something else.

--values may be given several times, and - is standard input. As JSON everything
comes in one object: chart, version, appVersion, features, services, receivers,
and keys where a path is asked for.`

type chartsShow struct {
	install chart.Install
	files   []string
}

func newChartsShowCmd(a *app) *cobra.Command {
	var o chartsShow
	cmd := &cobra.Command{
		Use:   "show CHART@VERSION [PATH]",
		Short: "print what is known of a version",
		Long:  chartsShowLong,
		ValidArgsFunction: func(_ *cobra.Command, args []string, given string) ([]string, cobra.ShellCompDirective) {
			switch len(args) {
			case 0:
				return a.completeSubject(given)
			case 1:
				return a.completePath(args[0], given)
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return errors.New("show needs a version, and takes one path: tracegen charts show CHART@VERSION [PATH]")
			}
			if err := a.checkDataFormat(); err != nil {
				return err
			}
			return a.doChartsShow(o, cmd.InOrStdin(), args)
		},
	}
	cmd.Flags().StringVar(&o.install.Release, "release", "", "the release's `NAME` (default the chart's own)")
	cmd.Flags().StringVar(&o.install.Namespace, "namespace", "default", "the release's namespace `NS`")
	cmd.Flags().StringArrayVar(&o.files, "values", nil, "a `FILE` of Helm values, seen from the workspace, or - for standard input; a later one wins")
	a.dataFlags(cmd)
	return cmd
}

// checkInstall refuses names that Helm would, so that no Service is shown that
// nobody can have.
func checkInstall(i chart.Install) error {
	for _, n := range []struct {
		flag, value string
		most        int
	}{{"release", i.Release, 53}, {"namespace", i.Namespace, 63}} {
		faulty := strings.ContainsFunc(n.value, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '.' && n.flag == "release")
		})
		if faulty || len(n.value) > n.most || strings.Trim(n.value, "-.") != n.value {
			return fmt.Errorf("--%s %q is no name that Helm takes: small letters, digits and dashes, at most %d", n.flag, n.value, n.most)
		}
	}
	return nil
}

func (a *app) doChartsShow(o chartsShow, stdin io.Reader, args []string) error {
	if err := checkInstall(o.install); err != nil {
		return err
	}
	_, k, err := a.know()
	if err != nil {
		return err
	}
	s, err := a.subject(k, args[0])
	if err != nil {
		return err
	}
	if o.install.Values, err = a.values(o.files, stdin); err != nil {
		return err
	}
	shown := k.Show(s, o.install)
	if len(args) == 2 {
		if shown.Keys, err = k.Tree(s, args[1], -1); err != nil {
			return err
		}
	}
	for _, f := range k.Judge(s, o.install.Values) {
		fmt.Fprintf(a.stderr, "values: %s; %s\n", f.Message, f.Help)
	}
	if a.format == "json" {
		if !shown.KnowsServices && !s.Product() {
			fmt.Fprintf(a.stderr, "the Services of %s are not known\n", s.Name)
		}
		return printJSON(a.stdout, shown)
	}
	var b strings.Builder
	if shown.Keys != nil {
		printKey(&b, *shown.Keys, 0)
	} else {
		printShown(&b, shown)
		if err := printTop(&b, k, s); err != nil {
			return err
		}
	}
	_, err = io.WriteString(a.stdout, b.String())
	return err
}

// values reads files of values, each over those before it.
func (a *app) values(files []string, stdin io.Reader) (map[string]any, error) {
	out := map[string]any{}
	read := false
	for _, name := range files {
		from := stdin
		if name == "-" {
			if read {
				return nil, errors.New("--values - can be given once: standard input has one end")
			}
			read = true
		} else {
			f, err := os.Open(a.seen(name))
			if err != nil {
				return nil, err
			}
			defer f.Close()
			from = f
		}
		values, err := charts.ReadValues(from)
		if err != nil {
			return nil, fmt.Errorf("--values %s: %w", name, err)
		}
		out = charts.MergeValues(out, values)
	}
	return out, nil
}

// seen is a path of an argument as seen from the workspace.
func (a *app) seen(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.dir, name)
}

// completePath offers the keys at a path of the values.
func (a *app) completePath(argument, given string) ([]string, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	_, k, err := a.know()
	if err != nil {
		return nil, directive
	}
	s, err := k.Find(argument)
	if err != nil {
		return nil, directive
	}
	path, _ := splitLast(given)
	at, err := k.Tree(s, path, 1)
	if err != nil {
		return nil, directive
	}
	var out []string
	for _, key := range at.Keys {
		name := key.Name
		if path != "" {
			name = path + "." + name
		}
		out = append(out, name)
	}
	return out, directive
}

// splitLast cuts a path before its last name.
func splitLast(path string) (before, last string) {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}
