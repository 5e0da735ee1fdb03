package keys_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
)

// withoutContract are the products that are no charts, charts that no topology
// pins, and releases that nobody can read: their templates do not parse.
var withoutContract = map[string][]string{
	"flux":        nil,
	"linkerd":     nil,
	"linkerd-viz": nil,
	"minio":       {"5.0.2", "5.0.6", "5.0.12"},
}

// TestEveryRelease demands the keys of every release that the table of charts
// has, and no others.
func TestEveryRelease(t *testing.T) {
	l := keys.NewLibrary(nil)
	covered := 0
	for _, name := range chart.Names() {
		c, _ := chart.Find(name)
		broken, left := withoutContract[name]
		known := l.Known(name)
		if known == nil {
			if !left || broken != nil {
				t.Errorf("there is no contract for %s", name)
			}
			continue
		}
		for _, release := range c.Releases() {
			if known.Has(release) == slices.Contains(broken, release) {
				t.Errorf("%s %s: the contract says %v", name, release, known.Has(release))
			}
			covered++
		}
	}
	if covered < 3000 {
		t.Errorf("only %d releases", covered)
	}
	t.Logf("%d releases", covered)
}

// TestKnown reads every line of every contract, and writes it again.
func TestKnown(t *testing.T) {
	total, read := 0, map[string]bool{}
	err := filepath.WalkDir("known", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		c, err := keys.Parse(string(data))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		if c.Format() != uncommented(string(data)) {
			t.Errorf("%s is not as it would be written", path)
		}
		if c.Chart != strings.TrimSuffix(filepath.Base(path), ".keys") {
			t.Errorf("%s is of %s", path, c.Chart)
		}
		if !slices.IsSortedFunc(c.Versions, chart.Compare) {
			t.Errorf("%s: the versions are in disorder", path)
		}
		total += len(data)
		read[strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "known/"), ".keys")] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 1_000_000 {
		t.Errorf("the contracts have %d bytes", total)
	}
	t.Logf("%d bytes", total)
	for _, name := range keys.Embedded() {
		if !read[name] {
			t.Errorf("%s is embedded, and not there", name)
		}
		delete(read, name)
	}
	for name := range read {
		t.Errorf("%s is there, and not embedded", name)
	}
}

// uncommented leaves out the comments of the head, which are not read.
func uncommented(text string) string {
	for strings.HasPrefix(text, "#") {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}
