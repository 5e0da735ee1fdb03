package keys_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/chart/keys"
)

// shapeFiles reads the shapes that tracegen brings, by name.
func shapeFiles(t *testing.T) map[string]*keys.Contract {
	t.Helper()
	files, err := filepath.Glob("known/shapes/*.keys")
	if err != nil || len(files) == 0 {
		t.Fatalf("no shapes: %v", err)
	}
	out := map[string]*keys.Contract{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := keys.Parse(string(text))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if c.Chart+".keys" != filepath.Base(file) {
			t.Errorf("%s is of %s", file, c.Chart)
		}
		if !strings.HasPrefix(string(text), "# From ") || !strings.Contains(string(text), "\n# go run ") {
			t.Errorf("%s does not say what it was made from, and how", file)
		}
		out[c.Chart] = c
	}
	return out
}

// TestShapesHoldTogether demands that each shape that a shape refers to exists
// at that version, and that a path that ends at it meets its keys.
func TestShapesHoldTogether(t *testing.T) {
	l := keys.NewLibrary(nil)
	for name, c := range shapeFiles(t) {
		for _, v := range c.Versions {
			root, _ := c.At(v)
			if len(root.Children()) == 0 {
				t.Errorf("%s has no shapes at %s", name, v)
			}
			var walk func(n keys.Node, at string)
			walk = func(n keys.Node, at string) {
				for _, k := range n.Children() {
					like, at := k.Key().Like, at+"."+k.Key().Name
					like = strings.Replace(like, "{type}", "tempo", 1)
					app := v
					if !strings.HasPrefix(like, name+"/") {
						app = ""
					}
					if _, ok := l.Shape(like, app); like != "" && !ok {
						t.Errorf("%s %s: %s is like %s, which is not there", name, v, at, like)
					}
					walk(k, at)
				}
			}
			walk(root, "")
		}
	}
}

// TestShapesAreSmall keeps what every binary carries below 200 KB.
func TestShapesAreSmall(t *testing.T) {
	const most = 200_000
	total := 0
	for name, c := range shapeFiles(t) {
		total += len(c.Format())
		t.Logf("%s: %d bytes, %d versions", name, len(c.Format()), len(c.Versions))
	}
	if total > most {
		t.Errorf("the shapes have %d bytes, more than %d", total, most)
	}
}

func TestShape(t *testing.T) {
	l := keys.NewLibrary(nil)
	for _, tc := range []struct{ like, app, child, want string }{
		{"k8s/EnvVar", "2.10.8", "valueFrom", "map"},
		{"k8s/EnvVar", "", "valuefrom", ""},
		{"k8s/PodSpec.containers", "", "image", "string"}, // an item of the list
		{"k8s/PodSpec.containers.[].env.[]", "", "name", "string"},
		{"k8s/PodSpec.containers.env", "", "name", "string"},
		{"k8s/Missing", "", "name", ""},
		{"missing/Missing", "", "name", ""},
		{"tempo/config.storage.trace", "2.10.8", "s3", "map"},
		{"tempo/config.storage.trace.s3", "2.10.8", "forcepathstyle", "bool"},
		{"tempo/config", "2.8.2", "live_store", ""},
		{"tempo/config", "3.0.2", "live_store", "map"},
		{"tempo/config", "", "live_store", "map"}, // not known: as the newest
		{"tempo/config", "", "ingester", ""},
		{"tempo/config", "3.0.1", "live_store", "map"}, // as 3.0.0
		{"tempo/config", "2.10.8", "ingester", "map"},
		{"tempo/config", "3.0.3", "ingester", ""},
		{"tempo/config", "0.9.0", "storage", "map"}, // as the oldest
		{"tempo/config.overrides", "2.10.8", "defaults", "map"},
		{"tempo/config.overrides", "2.10.8", "max_traces_per_user", "number"}, // the old way still goes
		{"tempo/config.overrides", "2.10.8", "default", ""},
		{"loki/config.schema_config", "3.6.3", "configs", "list"},
		{"loki/config.schema_config.configs", "3.6.3", "object_store", "string"},
		{"prometheus/config.scrape_configs", "3.14.0", "static_configs", "list"},
		{"prometheus/config.scrape_configs.kubernetes_sd_configs", "3.14.0", "role", "string"},
		{"grafana/datasource", "13.2.0", "uid", "string"},
		{"grafana/jsonData-tempo.tracesToLogsV2", "13.2.0", "query", "string"},
		{"otelcol/config.receivers.otlp.protocols.grpc", "0.158.0", "endpoint", "string"},
		{"otelcol/config.processors.batch", "0.100.0", "send_batch_size", "number"},
		{"monitoring/RemoteWriteSpec.basicAuth.username", "0.92.1", "key", "string"},
	} {
		got := ""
		if n, ok := l.Shape(tc.like, tc.app); ok {
			if n, ok = n.Child(tc.child); ok {
				got = n.Key().Kinds.String()
			}
		}
		if got != tc.want {
			t.Errorf("%s of %s at %q is %q, not %q", tc.child, tc.like, tc.app, got, tc.want)
		}
	}
}

func TestMatch(t *testing.T) {
	c, err := keys.Parse("chart x\nversions 1.0.0\n\n* any\na bool\na/* number\na/b* string\n")
	if err != nil {
		t.Fatal(err)
	}
	n, _ := c.At("1.0.0")
	for name, want := range map[string]string{"a": "bool", "a/x": "number", "a/bc": "string", "c": "any", "a/*": "number"} {
		k, ok := n.Match(name)
		if !ok || k.Key().Kinds.String() != want {
			t.Errorf("%s is %v", name, k.Key())
		}
	}
	a, _ := n.Child("a")
	if _, ok := a.Match("x"); ok {
		t.Error("a key without keys has one")
	}
}

func TestShapeFor(t *testing.T) {
	beside := func(key string) string { return "<" + key + ">" }
	for like, want := range map[string]string{
		"k8s/EnvVar": "k8s/EnvVar", "grafana/jsonData-{type}": "grafana/jsonData-<type>", "a{type": "a{type", "": "",
	} {
		if got := keys.ShapeFor(like, beside); got != want {
			t.Errorf("%s is %s", like, got)
		}
	}
}
