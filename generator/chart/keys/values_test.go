package keys_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
)

// ofTag is the chart's version at a tag of Linkerd's repository, where Chart.yaml
// has none.
var ofTag = map[string]string{"stable-2.12.2": "30.4.4", "version-2.19": "2025.10.7", "version-2.20": "2026.6.3"}

// TestRealValues gives charts all of their own values.yaml, as if a user wrote it.
// TRACEGEN_CHARTS names a directory with CHART/VERSION/values.yaml.
func TestRealValues(t *testing.T) {
	dir := os.Getenv("TRACEGEN_CHARTS")
	if dir == "" {
		t.Skip("TRACEGEN_CHARTS names no directory")
	}
	l := keys.NewLibrary(nil)
	count := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "values.yaml" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			return err
		}
		version := filepath.Base(filepath.Dir(path))
		if v, ok := ofTag[version]; ok {
			version = v
		}
		r := keys.Release{Chart: filepath.Base(filepath.Dir(filepath.Dir(path))), Version: version}
		if c, ok := chart.Find(r.Chart); ok {
			r.App = c.At(version).App()
		}
		found, known := l.Check(r, value(doc.Content[0]))
		if !known {
			t.Errorf("there is no contract for %s", r)
		}
		for _, f := range found {
			t.Errorf("%s: line %d: %s: %s", r, f.Mark, f.Message, f.Help)
		}
		count++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 20 {
		t.Errorf("only %d charts", count)
	}
}
