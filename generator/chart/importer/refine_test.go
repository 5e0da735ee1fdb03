package importer

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
)

// TestShapesExist looks up each shape that the tables name, at some version of
// the software. What a table names wrongly would be free, without a word.
func TestShapesExist(t *testing.T) {
	l := keys.NewLibrary(nil)
	for _, s := range shapes() {
		if _, ok := l.Shape("k8s/"+s.name, ""); !ok {
			t.Errorf("%s: there is no shape %s", s.key, s.name)
		}
	}
	apps := map[string][]string{"tempo": {"1.5.0", "2.0.0", "2.8.0", "2.10.8", "3.0.3"}, "loki": {"2.6.1", "3.0.0", "3.5.0", "3.7.6"},
		"prometheus": {"2.55.1", "3.14.0"}, "monitoring": {"0.60.1", "0.92.1"}, "grafana": {""}, "otelcol": {"0.158.0"}, "ingress-nginx": {"1.12.0"}, "k8s": {""}}
	for _, r := range refinements() {
		program, _, _ := strings.Cut(r.shape, "/")
		found := false
		for _, app := range apps[program] {
			n, ok := l.Shape(r.shape, app)
			if ok && n.Key().Like != "" && len(n.Children()) > 0 {
				t.Errorf("%s: %s at %s has keys of its own and of another shape", r.path, r.shape, app)
			}
			found = found || ok
		}
		if !found && !tolerated(r) {
			t.Errorf("%s: there is no shape %s", r.path, r.shape)
		}
	}
}

// tolerated are those of the parts of tempo-distributed, of which not every
// component has each.
func tolerated(r refinement) bool {
	return r.chart == "tempo-distributed" && strings.Contains(r.path, "/config/")
}

// TestRefineCopiedOnly leaves a key alone that the chart does not copy, and one
// that another meaning was given.
func TestRefineCopiedOnly(t *testing.T) {
	const text = "chart tempo\nversions 1.0.0\n\na\n b\n  serviceMonitor\n   relabelings list open:x.yaml\nserviceMonitor\n metricRelabelings list\n" +
		"tempo\n overrides open:x.yaml\n server open:x.yaml\n"
	c, err := keys.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	refineAll(c.Root, "tempo")
	const want = "chart tempo\nversions 1.0.0\n\na\n b\n  serviceMonitor\n   relabelings list like:monitoring/RelabelConfig\n" +
		"serviceMonitor\n metricRelabelings list\ntempo\n overrides open:x.yaml\n server like:tempo/config.server\n"
	if got := c.Format(); got != want {
		t.Errorf("it is\n%s", got)
	}
}

// TestOutputFitsShapes holds every value that the goldens and out/ write below
// a key of the table to its shape. Then it misspells each key of them in turn,
// and wants to hear of that one.
func TestOutputFitsShapes(t *testing.T) {
	l := keys.NewLibrary(nil)
	seen, misspelt := map[string]bool{}, 0
	for _, f := range valuesFiles(t) {
		for _, r := range refinements() {
			if r.chart != f.chart {
				continue
			}
			for _, v := range find(f.values, strings.Split(r.path, "/")) {
				shape, ok := l.Shape(r.shape, f.app)
				if !ok {
					continue
				}
				seen[r.chart+" "+r.path] = true
				h := holder{l: l, app: f.app}
				h.hold(v, shape, r.path)
				for _, fault := range h.faults {
					t.Errorf("%s (%s %s): %s", f.name, f.chart, f.app, fault)
				}
				for _, key := range h.keys {
					was := key.Value
					key.Value = was + "x"
					again := holder{l: l, app: f.app}
					again.hold(v, shape, r.path)
					if len(again.faults) != 1 || !strings.HasSuffix(again.faults[0], " "+key.Value) {
						t.Errorf("%s: %s for %s is %v", f.name, key.Value, was, again.faults)
					}
					key.Value = was
					misspelt++
				}
			}
		}
	}
	for _, must := range []string{"tempo tempo/storage", "grafana datasources/*", "grafana grafana.ini", "loki loki/schemaConfig",
		"kube-prometheus-stack grafana/additionalDataSources", "opentelemetry-collector config", "ingress-nginx controller/config", "tempo-distributed storage/trace"} {
		if !seen[must] {
			t.Errorf("no output has a value at %s", must)
		}
	}
	if misspelt < 500 {
		t.Errorf("only %d keys were misspelt", misspelt)
	}
	t.Logf("%d places, %d keys", len(seen), misspelt)
}

// holder compares values with shapes. It shares no code with the check of values.
type holder struct {
	l      *keys.Library
	app    string
	keys   []*yaml.Node // those that the shape names
	faults []string
}

func (h *holder) hold(v *yaml.Node, shape keys.Node, at string) {
	if v.Kind == yaml.SequenceNode {
		item, ok := shape.Child(keys.EveryItem)
		if !ok {
			item = shape
		}
		for _, v := range v.Content {
			h.hold(v, item, at)
		}
		return
	}
	if v.Kind != yaml.MappingNode {
		return
	}
	beside := func(name string) string {
		for i := 0; i+1 < len(v.Content); i += 2 {
			if v.Content[i].Value == name {
				return v.Content[i+1].Value
			}
		}
		return ""
	}
	for i := 0; i+1 < len(v.Content); i += 2 {
		key := v.Content[i]
		k, ok := shape.Match(key.Value)
		if !ok {
			h.faults = append(h.faults, at+" has no key "+key.Value)
			continue
		}
		if _, isFree := shape.Match("no key at all"); !isFree {
			if _, isPattern := shape.Match(key.Value + "x"); !isPattern && key.Value != "type" {
				h.keys = append(h.keys, key)
			}
		}
		below := k
		if like := keys.ShapeFor(k.Key().Like, beside); like != "" {
			if below, ok = h.l.Shape(like, h.app); !ok {
				if k.Key().Open == "" {
					h.faults = append(h.faults, at+": there is no shape "+like)
				}
				continue
			}
		}
		if below.Key().Open == "" && below.Key().Kinds != keys.Any {
			h.hold(v.Content[i+1], below, at+"/"+key.Value)
		}
	}
}

// find gives the values at a path, with * for any key.
func find(v *yaml.Node, path []string) []*yaml.Node {
	if len(path) == 0 {
		return []*yaml.Node{v}
	}
	var out []*yaml.Node
	for i := 0; v.Kind == yaml.MappingNode && i+1 < len(v.Content); i += 2 {
		if path[0] == keys.EveryKey || path[0] == v.Content[i].Value {
			out = append(out, find(v.Content[i+1], path[1:])...)
		}
	}
	return out
}

// valuesFile is a values.yaml of a tree, with the release that takes it.
type valuesFile struct {
	name, chart, app string
	values           *yaml.Node
}

// valuesFiles reads those of out/ and of the goldens. A base's is taken with the
// version of each overlay.
func valuesFiles(t *testing.T) []valuesFile {
	t.Helper()
	const root = "../../.."
	trees, err := filepath.Glob(filepath.Join(root, "golden", "*", "want"))
	if err != nil || len(trees) == 0 {
		t.Fatalf("there are no goldens: %v", err)
	}
	var out []valuesFile
	for _, tree := range append(trees, filepath.Join(root, "out")) {
		releases, err := filepath.Glob(filepath.Join(tree, "*", "*", "helmrelease.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range releases {
			component := filepath.Base(filepath.Dir(file))
			base := filepath.Join(tree, "base", component)
			if filepath.Dir(file) == base {
				continue
			}
			name, _ := chartOf(t, filepath.Join(base, "helmrelease.yaml"))
			_, version := chartOf(t, file)
			c, ok := chart.Find(name)
			if !ok || version == "" {
				continue
			}
			app := c.At(version).App()
			if app == "" {
				t.Errorf("%s: the app version of %s %s is not known", file, name, version)
			}
			for _, dir := range []string{base, filepath.Dir(file)} {
				path := filepath.Join(dir, "values.yaml")
				if v := readNode(t, path); v != nil {
					out = append(out, valuesFile{path, name, app, v})
				}
			}
		}
	}
	return out
}

func chartOf(t *testing.T, file string) (name, version string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		return "", ""
	}
	var release struct {
		Spec struct {
			Chart struct {
				Spec struct{ Chart, Version string }
			}
		}
	}
	if err := yaml.Unmarshal(data, &release); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return release.Spec.Chart.Spec.Chart, release.Spec.Chart.Spec.Version
}

func readNode(t *testing.T, file string) *yaml.Node {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var v yaml.Node
	if err == nil {
		err = yaml.NewDecoder(bytes.NewReader(data)).Decode(&v)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return v.Content[0]
}
