package sarif

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	sarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// root is tracegen's own module, which is also a workspace.
const root = "../.."

// TestSchema validates what each verb prints.
func TestSchema(t *testing.T) {
	schema := compile(t)
	tracegen := build(t)
	dir := t.TempDir()
	run(t, 0, tracegen, "init", dir)
	logs := map[string][]byte{
		"clean": run(t, 0, tracegen, "-C", dir, "vet", "--format", "sarif"),
		"build": run(t, 0, tracegen, "-C", dir, "build", "--format", "sarif"),
	}
	write(t, filepath.Join(dir, "profiles/kind/ignores.cue"), `package profiles

topology: {
	traefik: service: "LoadBalancer"
	ignore: "TG019 traefik": "MetalLB \u202e is \"there\""
}
`)
	logs["ignored"] = run(t, 0, tracegen, "-C", dir, "vet", "--format", "sarif")
	write(t, filepath.Join(dir, "profiles/kind/faults.cue"), `package profiles

topology: {
	cluster: nodse: [] // 😀
	tempo: values: {"é": 1, fullnameOverride: "traces"}
	flux: path: "./out/${x}"
}
`)
	write(t, filepath.Join(dir, "profiles/stray dir/x.txt"), "")
	logs["faults"] = run(t, 1, tracegen, "-C", dir, "vet", "--format", "sarif", "--strict")
	os.RemoveAll(filepath.Join(dir, "profiles/stray dir"))
	os.Remove(filepath.Join(dir, "profiles/kind/faults.cue"))
	os.Remove(filepath.Join(dir, "profiles/kind/ignores.cue"))
	write(t, filepath.Join(dir, "out/kind/kustomization.yaml"), "mine")
	logs["in the way"] = run(t, 1, tracegen, "-C", dir, "build", "--format", "sarif")

	wants := map[string]int{"clean": 0, "build": 0, "ignored": 1, "faults": 4, "in the way": 1}
	for name, log := range logs {
		t.Run(name, func(t *testing.T) {
			if err := validate(schema, log); err != nil {
				t.Errorf("%v\n%s", err, log)
			}
			report, err := sarif.FromBytes(log)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(report.Runs[0].Results); n < wants[name] || wants[name] == 0 && n > 0 {
				t.Errorf("%d results were read", n)
			}
			// What GitHub demands of each, beyond the schema.
			for _, r := range report.Runs[0].Tool.Driver.Rules {
				if *r.ShortDescription.Text == "" || *r.FullDescription.Text == "" || *r.Help.Text == "" {
					t.Errorf("%s lacks a text", *r.ID)
				}
				if len(*r.FullDescription.Text) > 1024 || len(*r.Name) > 255 {
					t.Errorf("%s has a text that is too long", *r.ID)
				}
			}
			for _, r := range report.Runs[0].Results {
				if len(r.Locations) != 1 || r.Locations[0].PhysicalLocation.Region.StartLine == nil || len(r.PartialFingerprints) == 0 {
					t.Errorf("%s lacks a place or a fingerprint", *r.RuleID)
				}
			}
		})
	}
}

// TestSchemaJudges shows that the schema refuses what it is there to refuse.
func TestSchemaJudges(t *testing.T) {
	schema := compile(t)
	good := run(t, 0, build(t), "-C", root, "vet", "--format", "sarif")
	for old, new := range map[string]string{
		`"version": "2.1.0"`:             `"version": "2.2.0"`,
		`"columnKind": "utf16CodeUnits"`: `"columnKind": "bytes"`,
		`"informationUri"`:               `"informationURI"`,
		`"defaultConfiguration": {`:      `"defaultConfiguration": {"kind": 1,`,
		`"results": []`:                  `"results": [{"ruleId": "TG001"}]`,
	} {
		bad := bytes.Replace(good, []byte(old), []byte(new), 1)
		if bytes.Equal(bad, good) {
			t.Errorf("the log has no %s", old)
		}
		if validate(schema, bad) == nil {
			t.Errorf("the schema takes %s", new)
		}
	}
}

func validate(schema *jsonschema.Schema, log []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		return err
	}
	return schema.Validate(doc)
}

// compile reads the schema out of the module that carries it.
func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(out)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && len(l.Value) > len(text) {
			text = l.Value
		}
		return true
	})
	if text, err = strconv.Unquote(text); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	const name = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	if id := doc.(map[string]any)["id"]; id != name {
		t.Fatalf("the schema is %v", id)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// build makes the binary.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tracegen")
	cmd := exec.Command("go", "build", "-o", path, "./cmd/tracegen")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// run gives what a command prints, and wants its exit code.
func run(t *testing.T, code int, name string, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("%v exits with %d\n%s%s", args, got, stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
