// Package charts is what the verb charts answers: which charts and versions are
// known, what one of them has, what an upgrade changes, and how a version that
// is not known becomes so.
//
// Everything here gives data; package main prints it.
package charts

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tracegen.dev/generator"
	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
)

// Knowledge is what is known of charts, by tracegen and in a workspace.
type Knowledge struct {
	Library  *keys.Library
	Imported []Own             // the contracts in the workspace, by chart and version
	Faults   []diag.Diagnostic // contracts that cannot be read
}

// Own is a contract in the workspace.
type Own struct{ Chart, Version string }

// Know gathers what is known. The directory need not be a workspace.
func Know(w *load.Workspace) *Knowledge {
	var faults diag.List
	k := &Knowledge{Library: generator.Library(w, &faults)}
	files, _ := filepath.Glob(filepath.Join(escaped(w.Dir), "charts", "*.keys"))
	for _, file := range files {
		i, ok := head(w.Dir, "charts/"+filepath.Base(file))
		// What stands under another name is not read by a build either.
		if ok && filepath.Base(file) == filepath.Base(generator.ContractPath(i.Chart, i.Version)) && k.Library.Own(i.Chart, i.Version) != nil {
			k.Imported = append(k.Imported, i)
		}
	}
	slices.SortFunc(k.Imported, func(a, b Own) int {
		return cmp.Or(strings.Compare(a.Chart, b.Chart), chart.Compare(a.Version, b.Version))
	})
	k.Faults = faults.Sorted()
	return k
}

// escaped is a directory as a part of a pattern that means just it.
func escaped(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// head reads what a file is the contract of.
func head(dir, file string) (Own, bool) {
	text, err := generator.ReadContract(dir, file)
	if err != nil {
		return Own{}, false
	}
	c, err := keys.Open(text)
	if err != nil || len(c.Versions) != 1 {
		return Own{}, false
	}
	return Own{c.Chart, c.Versions[0]}, true
}

// Subject is a chart at a version.
type Subject struct {
	Name, Number string
	At           *chart.Version // nil for a chart that only a contract of the user's is known of

	keys keys.Node
	Keys bool // whether its value keys are known
	Own  bool // whether they are the user's own import
}

// String names it, as an argument does.
func (s Subject) String() string { return s.Name + "@" + s.Number }

// Product reports whether it is no chart, so that there is nothing to render and
// there are no values.
func (s Subject) Product() bool { return s.At != nil && s.At.Repository() == "" }

// App is the software's version, or empty.
func (s Subject) App() string {
	if s.At == nil {
		return ""
	}
	return s.At.App()
}

// Find gives what an argument such as tempo@2.2.4 means. Without a version it
// is the newest that is known.
func (k *Knowledge) Find(argument string) (Subject, error) {
	name, number, pinned := strings.Cut(argument, "@")
	c, ok := chart.Find(name)
	own := k.imports(name)
	switch {
	case name == "":
		return Subject{}, fmt.Errorf("%q names no chart: write CHART@VERSION", argument)
	case !ok && len(own) == 0:
		return Subject{}, k.unknownChart(name)
	case !pinned && ok:
		number = c.Newest()
	case !pinned:
		number = own[len(own)-1]
	case number == "":
		return Subject{}, fmt.Errorf("%q has no version behind its @", argument)
	}
	s := Subject{Name: name, Number: number, Own: slices.Contains(own, number)}
	if ok {
		s.At = c.At(number)
	}
	if !s.Own && (!ok || !released(c, number)) {
		return Subject{}, unknownVersion(c, name, number, own)
	}
	s.keys, s.Keys = k.Library.At(name, number)
	return s, nil
}

// imports lists the versions of a chart that the user imported.
func (k *Knowledge) imports(name string) []string {
	var out []string
	for _, i := range k.Imported {
		if i.Chart == name {
			out = append(out, i.Version)
		}
	}
	return out
}

// released reports whether a version is a release that is known. Those before a
// release are not in the table, and count if they lie among the known ones.
func released(c *chart.Chart, number string) bool {
	if !chart.Valid(number) || c.At(number).Known() != chart.Within {
		return false
	}
	_, ok := c.Nearest(number)
	return ok
}

func (k *Knowledge) unknownChart(name string) error {
	names := chart.Names()
	for _, i := range k.Imported {
		names = append(names, i.Chart)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	near := ""
	if n := diag.Nearest(name, names); n != "" {
		near = "; did you mean " + n + "?"
	}
	return fmt.Errorf("nothing is known of a chart %q%s Known are: %s", name, cmp.Or(near, "."), strings.Join(names, ", "))
}

func unknownVersion(c *chart.Chart, name, number string, own []string) error {
	if c == nil {
		return fmt.Errorf("of %s only imported versions are known, and not %s: there are %s", name, number, strings.Join(own, ", "))
	}
	what := fmt.Sprintf("no release %s of %s is known", number, name)
	if !chart.Valid(number) {
		what = fmt.Sprintf("%q is no exact version of %s", number, name)
	}
	also := ""
	if len(own) > 0 {
		also = ", and imported " + strings.Join(own, ", ")
	}
	return fmt.Errorf("%s; the nearest is %s, and known are %s to %s%s", what, nearest(c, number), c.Oldest(), c.Newest(), also)
}

// nearest gives the release that a version most likely stands for: the newest
// of those that it is the beginning of, or else the newest up to it.
func nearest(c *chart.Chart, number string) string {
	number = strings.TrimPrefix(number, "v")
	all := c.Releases()
	for _, r := range slices.Backward(all) {
		if r == number || strings.HasPrefix(r, strings.TrimRight(number, ".x*")+".") {
			return r
		}
	}
	if chart.Valid(number) {
		if c.At(number).Known() == chart.Newer {
			return c.Newest()
		}
		base, _, _ := strings.Cut(number, "-")
		if r, _ := c.Nearest(base); r != "" {
			return r
		}
		return c.Oldest()
	}
	if r := diag.Nearest(number, all); r != "" {
		return r
	}
	return c.Newest()
}
