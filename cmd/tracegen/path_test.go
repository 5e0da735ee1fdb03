package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/path"
)

// TestPathGoldens compares the path of each golden case and shipped profile with
// what stands in generator/path/testdata, byte for byte. TRACEGEN_UPDATE=1 writes
// it instead.
func TestPathGoldens(t *testing.T) {
	dir := "../../generator/path/testdata"
	found, err := filepath.Glob("../../golden/*/*.cue")
	if err != nil || len(found) < 30 {
		t.Fatalf("found %d golden cases (%v)", len(found), err)
	}
	type golden struct{ file, profile, format string }
	goldens := []golden{
		{"kind.txt", "kind", "text"}, {"picluster.txt", "picluster", "text"},
		{"picluster.json", "picluster", "json"}, {"picluster.mmd", "picluster", "mermaid"},
		{"tempo3-kafka.mmd", "golden/tempo3-kafka", "mermaid"},
	}
	for _, file := range found {
		name := filepath.Base(filepath.Dir(file))
		goldens = append(goldens, golden{name + ".txt", "golden/" + name, "text"})
	}
	expected := map[string]bool{}
	for _, g := range goldens {
		expected[g.file] = true
		t.Run(g.file, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run([]string{"-C", "../..", "path", g.profile, "--format", g.format}, nil, &stdout, &stderr); code != 0 {
				t.Fatalf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
			}
			file := filepath.Join(dir, g.file)
			if os.Getenv("TRACEGEN_UPDATE") != "" {
				if err := os.WriteFile(file, stdout.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, stdout.Bytes()) {
				t.Errorf("the path differs from %s; TRACEGEN_UPDATE=1 go test ./cmd/tracegen -run TestPathGoldens accepts it:\n%s", g.file, stdout.String())
			}
		})
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !expected[f.Name()] {
			t.Errorf("%s is of no golden case", f.Name())
		}
	}
}

// TestPathCapacity prints what the nodes and stores must hold.
func TestPathCapacity(t *testing.T) {
	for format, part := range map[string]string{"text": "picluster\n\n", "json": `"profile": "picluster"`} {
		var stdout, stderr bytes.Buffer
		code := run([]string{"-C", "../..", "path", "picluster", "--capacity", "--format", format}, nil, &stdout, &stderr)
		if code != 0 || !strings.Contains(stdout.String(), part) || !strings.Contains(stdout.String(), "tempo") {
			t.Errorf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
		}
	}
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-C", "../..", "path", "--capacity", "--format", "mermaid"}, nil, &stdout, &stderr); code != 2 || stdout.Len() > 0 {
		t.Errorf("exit code %d: %s", code, stdout.String())
	}
}

// TestPathUnproven shows the hops that hold, marks the one that does not, and says
// why as a finding.
func TestPathUnproven(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("cue.mod/module.cue", "module: \"example.com/x\"\nlanguage: version: \"v0.17.0\"\n")
	write("profiles/p/p.cue", `package p

import "tracegen.dev/schema"

topology: schema.#Topology & {
	name: "p"
	cluster: kind: "k3s"
	store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}
	tempo: {mode: "distributed", chart: version: "1.61.3", values: distributor: replicas: 0}
	traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}
}
`)
	var stdout, stderr bytes.Buffer
	code := run([]string{"-C", dir, "path"}, nil, &stdout, &stderr)
	for _, part := range []string{
		"p: 4 hops, 2 of them UNPROVEN\n",
		"  proven     NO: tempo/values.yaml#distributor.replicas is 0, so no pod of tempo-distributor runs\n",
		"  proven     NO: tempo/values.yaml#distributor.replicas is 0, so there is no distributor\n",
		"  proven     yes\n",
		"traefik → tempo distributor\n",
	} {
		if !strings.Contains(stdout.String(), part) {
			t.Errorf("%q is missing", part)
		}
	}
	for _, part := range []string{"profiles/p/p.cue:9:78: error: from traefik to tempo distributor: ", "[TG079]", "1 error"} {
		if !strings.Contains(stderr.String(), part) {
			t.Errorf("%q is missing", part)
		}
	}
	if code != 1 || t.Failed() {
		t.Errorf("exit code %d\n%s\n%s", code, stdout.String(), stderr.String())
	}
	stdout.Reset()
	if run([]string{"-C", dir, "path", "--format", "mermaid"}, nil, &stdout, &stderr); !strings.Contains(stdout.String(), "n_tempo_distributor --x|") {
		t.Errorf("the drawing does not mark the hop:\n%s", stdout.String())
	}
}

// TestPathColumns: a wide terminal has each hop in a line, with what proves it
// below; a narrower one, and a pipe, a paragraph. What is said twice of the policy
// is said once.
func TestPathColumns(t *testing.T) {
	op := path.Operation{Who: "tempo", What: "read", Action: "s3:GetObject", Verdict: "allowed", Needed: true}
	p := &path.Path{Profile: "p", Journeys: []*path.Journey{{Title: "a span from traefik", Hops: []*path.Hop{
		{From: "traefik", To: "tempo", Protocol: "zipkin", Address: "http://tempo:9411", Listens: "Tempo", Proven: true},
		{From: "user", To: "bucket b", Protocol: "policy", Address: "b", Outside: "said at store", Operations: []path.Operation{op, op}, Proven: true},
	}}}}
	const columns = `p: 2 hops, all proven

a span from traefik

HOP              PROTOCOL  ADDRESS            TLS   PROVEN
traefik → tempo  zipkin    http://tempo:9411  none  yes
  listens  Tempo
user → bucket b  policy    b                        outside
  policy   s3:GetObject: allowed, for tempo to read
  proven   said at store
`
	for width, want := range map[int]string{0: "traefik → tempo\n  protocol  zipkin\n", 59: columns, 58: "traefik → tempo\n  protocol  zipkin\n"} {
		var b strings.Builder
		if err := printPath(&b, p, width); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("at width %d (%v):\n%s", width, err, b.String())
		}
	}
}
