// Package importer reads a Helm chart into a contract of the values that it
// takes: which keys, of which kinds, and which of them it copies whole.
//
// values.yaml and values.schema.json name keys; the templates say what becomes
// of them. [Chart.Contract] follows what dot and each variable stand for
// through their syntax trees, without values and without running anything: a
// key may be read as a field, printed, gone through, or copied into a manifest
// as it is. A map whose fields are read and which is never copied has no keys
// but those, and what else stands there does nothing.
//
// Where it loses the track, such as at a function that it does not know, the
// map is taken as copied: a key that works is never called unknown.
//
// Charts come from anywhere. Everything is read within limits, nothing is
// written, and no link is followed.
package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Chart is a chart as its files stand, with its subcharts.
type Chart struct {
	Name    string
	Version string
	App     string // the software's version, without a leading v; or empty

	meta  meta
	files map[string][]byte // by path below the chart
	subs  []*Chart          // what charts/ holds, by directory
	dir   string            // where it stands below the outermost chart, such as charts/minio
}

// Note is something to know about a contract that is no fault.
type Note struct {
	File string // below the chart; or empty
	Line int    // or 0
	Text string
}

func (n Note) String() string {
	switch {
	case n.File == "":
		return n.Text
	case n.Line == 0:
		return n.File + ": " + n.Text
	}
	return fmt.Sprintf("%s:%d: %s", n.File, n.Line, n.Text)
}

// Limits of what is read. Helm's own are 100 MiB for a chart and 5 MiB for a
// file (Helm 3.18.4, pkg/chart/loader/archive.go); the largest chart in the
// field, kube-prometheus-stack, has 9 MiB and 500 files.
const (
	maxTotal   = 64 << 20 // bytes of all files, unpacked
	maxKept    = 24 << 20 // bytes of those that are looked into
	maxFile    = 5 << 20
	maxYAML    = 1 << 20 // a file of values, or a schema
	maxRun     = 1 << 18 // a file that a template may run
	maxActions = 2 << 20 // bytes between {{ and }}
	maxMembers = 20000
	maxNested  = 6   // charts within charts
	maxDepth   = 100 // nesting in a file, whether YAML, JSON or template
)

// Read reads a chart: a directory, or an archive that helm package made.
func Read(name string) (*Chart, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	b := &budget{}
	var files map[string][]byte
	switch {
	case info.IsDir():
		files, err = b.directory(name)
	case info.Mode().IsRegular():
		files, err = b.archiveFile(name)
	default:
		return nil, fmt.Errorf("%s is neither a directory nor an archive", name)
	}
	if err != nil {
		return nil, within(name, err)
	}
	c, err := b.assemble(files, "", 0)
	if err != nil {
		return nil, within(name, err)
	}
	return c, nil
}

// within puts the chart's name before a fault in one of its files.
func within(name string, err error) error {
	var inner *fs.PathError
	if errors.As(err, &inner) && strings.HasPrefix(inner.Path, name) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// budget is what a chart, with all that is packed in it, has used up.
type budget struct {
	total, kept int64
	members     int
}

func (b *budget) member(name string) error {
	if b.members++; b.members > maxMembers {
		return fmt.Errorf("%s: more than %d files", name, maxMembers)
	}
	return nil
}

// keep takes a file in.
func (b *budget) keep(files map[string][]byte, name string, data []byte) error {
	if !telling(name, data) {
		return nil
	}
	if b.kept += int64(len(data)); b.kept > maxKept {
		return fmt.Errorf("%s: the chart's templates and values have more than %d MiB", name, maxKept>>20)
	}
	files[name] = data
	return nil
}

// wanted reports whether a file is to be read. The definitions in crds/ have no
// say in the values, and are larger than all the rest.
func wanted(name string) bool {
	above := ""
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "crds" && above != "charts" && above != "templates" {
			return false
		}
		above = part
	}
	return true
}

// telling reports whether a file says something of the values: it does if it is
// the chart's own, or if a template can run it.
func telling(name string, data []byte) bool {
	switch path.Base(name) {
	case "Chart.yaml", "requirements.yaml", "values.yaml", "values.schema.json":
		return true
	}
	return strings.HasPrefix(name, "templates/") || strings.Contains(name, "/templates/") ||
		path.Ext(name) == ".tgz" || len(data) <= maxRun && bytes.Contains(data, []byte("{{"))
}

// assemble makes a chart of its files.
func (b *budget) assemble(files map[string][]byte, dir string, nested int) (*Chart, error) {
	if nested > maxNested {
		return nil, fmt.Errorf("%s: charts stand in charts more than %d deep", dir, maxNested)
	}
	c := &Chart{files: map[string][]byte{}, dir: dir}
	below := map[string]map[string][]byte{}
	for name, data := range files {
		rest, isSub := strings.CutPrefix(name, "charts/")
		if !isSub {
			c.files[name] = data
			continue
		}
		sub, file, isDir := strings.Cut(rest, "/")
		switch {
		case strings.HasPrefix(sub, "_") || strings.HasPrefix(sub, "."):
		case isDir:
			if below[sub] == nil {
				below[sub] = map[string][]byte{}
			}
			below[sub][file] = data
		case path.Ext(sub) == ".tgz":
			unpacked, err := b.archive(data)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path.Join(dir, name), err)
			}
			below[sub] = unpacked
		}
	}
	if err := c.readMeta(); err != nil {
		return nil, err
	}
	for _, sub := range sortedKeys(below) {
		s, err := b.assemble(below[sub], path.Join(dir, "charts", sub), nested+1)
		if err != nil {
			return nil, err
		}
		c.subs = append(c.subs, s)
	}
	return c, nil
}

// file is a path as an error shows it.
func (c *Chart) file(name string) string { return path.Join(c.dir, name) }

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
