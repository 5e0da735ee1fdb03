package generator

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

// CodeContract is that of a contract of the user's that cannot be read.
const CodeContract = "TG078"

// Rules has what the compiler finds between its stages.
var Rules = []diag.Rule{
	{Code: CodeContract, Name: "imported values", Doc: "the value keys that the workspace has imported can be read"},
}

// ContractPath is where the workspace keeps the user's contract of a chart's
// version.
func ContractPath(chart, version string) string {
	return path.Join("charts", chart+"-"+version+".keys")
}

// Library gives the value keys that tracegen knows, and those that the user has
// imported into the workspace.
func Library(w *load.Workspace, diags *diag.List) *keys.Library {
	told := false
	return keys.NewLibrary(func(chart, version string) *keys.Contract {
		file := ContractPath(chart, version)
		w.Witness.See(filepath.Join(w.Dir, filepath.FromSlash(file)))
		text, err := ReadContract(w.Dir, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case errors.Is(err, syscall.ENOTDIR):
			if !told {
				told = true
				folder := path.Dir(file)
				diags.Add(diag.Diagnostic{
					Code:     CodeContract,
					Message:  folder + " is no directory, and imported value keys are looked for in it",
					Path:     folder,
					Position: diag.Position{File: folder},
					Help:     "give it another name, or remove it",
				})
			}
			return nil
		}
		line := 0 // of what cannot be read there is nothing to show
		var c *keys.Contract
		if err == nil {
			line = 1
			c, err = keys.Parse(text)
		}
		switch {
		case err != nil:
		case c.Chart != chart || !c.Has(version):
			err = fmt.Errorf("it is the contract of %s %s", c.Chart, strings.Join(c.Versions, " "))
		default:
			return c
		}
		message := err.Error()
		if rest, ok := strings.CutPrefix(message, "line "); ok {
			number, reason, _ := strings.Cut(rest, ": ")
			if n, err := strconv.Atoi(number); err == nil {
				line, message = n, reason
			}
		}
		diags.Add(diag.Diagnostic{
			Code:     CodeContract,
			Message:  fmt.Sprintf("the value keys of %s %s cannot be read: %s", chart, version, message),
			Path:     file,
			Position: diag.Position{File: file, Line: line, Column: min(line, 1)},
			Help:     "remove the file, and run `tracegen charts import` on the chart again",
		})
		return nil
	})
}

// LargestContract is how many bytes a contract of one version may have: those of
// the largest charts have a fifth of it.
const LargestContract = 1 << 20

// ReadContract reads a file of the workspace that no more than a contract may be
// in. A link that leads out of the workspace is not followed: what is wrong with a
// contract is told with the line that it is in.
func ReadContract(dir, file string) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	text, err := readSmall(root, file)
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err                                  // the finding names the file, as the workspace does
		if strings.Contains(err.Error(), "escapes") { // the error of package os has no name
			err = errors.New("it is a link that leads out of the workspace")
		}
	}
	return text, err
}

func readSmall(root *os.Root, file string) (string, error) {
	// Before it is opened: that of a pipe waits for somebody who writes.
	if info, err := root.Stat(file); err != nil {
		return "", err
	} else if !info.Mode().IsRegular() {
		return "", errors.New("it is no file")
	}
	f, err := root.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, LargestContract+1))
	if len(text) > LargestContract {
		return "", fmt.Errorf("it has more than %d bytes", LargestContract)
	}
	return string(text), err
}

// valuesCheck reads the values files of the tree again, and compares them with
// what the charts read.
type valuesCheck struct {
	library *keys.Library
	ignored *ignoring
	bases   map[string][]byte // by path
	clean   map[taken]bool
}

// taken are the files of a release, overlay and base. Profiles that have a file
// alike share its bytes.
type taken struct {
	files   [2]*byte
	release keys.Release
}

func newValuesCheck(l *keys.Library, ignored *ignoring, bases tree.Tree) *valuesCheck {
	v := &valuesCheck{library: l, ignored: ignored, bases: map[string][]byte{}, clean: map[taken]bool{}}
	for _, f := range bases {
		v.bases[f.Path] = f.Data
	}
	return v
}

// profile checks one profile's files. What is in them is either the user's, and
// a finding at the user's line, or tracegen's own: then the fault is the
// program's, unless the version is one that tracegen has no facts of.
func (v *valuesCheck) profile(p *plan.Plan, out *emit.Output, files tree.Tree, diags *diag.List) error {
	data := map[string][]byte{}
	for _, f := range files {
		data[f.Path] = f.Data
	}
	for _, r := range p.Releases {
		release, ok := check.KeysOf(r)
		if !ok {
			continue
		}
		read := [][]byte{data[path.Join(p.Profile, r.Component, "values.yaml")]}
		if r.InTree() {
			read = append(read, v.bases[path.Join("base", r.Component, "values.yaml")])
		}
		read = slices.DeleteFunc(read, func(data []byte) bool { return len(data) == 0 })
		id := taken{release: release}
		for i, data := range read {
			id.files[i] = &data[0]
		}
		if v.clean[id] {
			continue
		}
		found, err := verify.Values(v.library, release, read...)
		if err != nil {
			return fmt.Errorf("verify: the values of %s in %s: %w", r.Component, p.Profile, err)
		}
		v.clean[id] = len(found) == 0
		var own []keys.Finding
		for _, f := range found {
			if in, ok := usersOwn(r, out, f.Path); ok {
				d := diag.Diagnostic{Severity: check.Severity(f), Code: codeOf(f), Message: f.Message, Help: f.Help, Path: in.Path, Position: in.Position}
				diags.Add(v.ignored.heed(p.Topology, []diag.Diagnostic{d}, false)...)
			} else {
				own = append(own, f)
			}
		}
		if len(own) == 0 {
			continue
		}
		d, err := v.emitted(p, r, own)
		if err != nil {
			return err
		}
		diags.Add(v.ignored.heed(p.Topology, []diag.Diagnostic{d}, false)...)
	}
	return nil
}

// usersOwn gives the place of the user's values that a path comes from.
func usersOwn(r *plan.Release, out *emit.Output, path string) (fact.Input, bool) {
	inputs := origin(out.Values[r.Component].Lookup(path)).Inputs
	i := slices.IndexFunc(inputs, func(in fact.Input) bool { return strings.HasPrefix(in.Path, r.Values.Path+".") })
	if i < 0 {
		return fact.Input{}, false
	}
	return inputs[i], true
}

func codeOf(f keys.Finding) string {
	if f.Unknown {
		return check.CodeValueKey
	}
	return check.CodeValueKind
}

// emitted judges what tracegen itself has written: at the line of the version,
// where it goes by the facts of another one, or where the user ignores what would
// have said so. Otherwise the fault is the program's.
func (v *valuesCheck) emitted(p *plan.Plan, r *plan.Release, found []keys.Finding) (diag.Diagnostic, error) {
	const few = 3
	var messages []string
	for _, f := range found[:min(len(found), few)] {
		messages = append(messages, f.Message)
	}
	if more := len(found) - few; more > 0 {
		messages = append(messages, fmt.Sprintf("and %d more", more))
	}
	d := diag.Diagnostic{
		Code: codeOf(found[0]), Path: r.PinnedAt.Path, Position: r.PinnedAt.Position,
		Message: strings.Join(messages, "; ") + ": tracegen sets this",
	}
	name, number := r.ChartName, r.Chart.Number()
	switch {
	case r.Chart.Known() != chart.Within || v.library.Own(name, number) != nil:
		d.Help = "pin a version that tracegen has facts of, such as " + r.Chart.Chart().Newest()
	case len(p.Topology.Ignore) > 0:
		d.Severity = diag.Warning
		d.Help = "see what the profile ignores"
	default:
		return d, fmt.Errorf("verify: %s/%s: %s", p.Profile, r.Component, d.Message)
	}
	return d, nil
}

// origin is that of a node, or of the first leaf in it.
func origin(n tree.Node) (o fact.Origin) {
	tree.Walk(n, "", func(_ string, _ tree.Node, of fact.Origin) {
		if !o.Valid() {
			o = of
		}
	})
	return o
}
