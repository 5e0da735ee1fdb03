package shapes

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

const (
	root    = "../.."
	file    = "generator/chart/keys/known/shapes/k8s.keys"
	version = "1.37.0" // of Kubernetes, as v0.37.0 of its modules
)

// TestGenerated makes the shapes again, from the modules that are pinned here.
func TestGenerated(t *testing.T) {
	path := filepath.Join(root, file)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	list := command(t, ".", "go", "list", "-m", "-f", "{{.Dir}} {{.Version}}", "k8s.io/api", "k8s.io/apimachinery")
	args := []string{"run", "./generator/chart/keys/shapes", "k8s", version}
	for line := range strings.Lines(list) {
		dir, module, _ := strings.Cut(strings.TrimSpace(line), " ")
		if module != "v0"+strings.TrimPrefix(version, "1") {
			t.Errorf("%s is %s, not of Kubernetes %s", dir, module, version)
		}
		args = append(args, dir)
	}
	command(t, root, "go", args...)
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(before, after) || os.Getenv("TRACEGEN_UPDATE") != "" {
		return
	}
	if err := os.WriteFile(path, before, 0o666); err != nil {
		t.Error(err)
	}
	t.Errorf("%s is not what is made of Kubernetes %s; run this test with TRACEGEN_UPDATE=1", file, version)
}

// TestReflection compares shapes with what Go itself says of the types.
func TestReflection(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	for name, typ := range map[string]reflect.Type{
		"Affinity": reflect.TypeFor[corev1.Affinity](), "Container": reflect.TypeFor[corev1.Container](),
		"EnvVar": reflect.TypeFor[corev1.EnvVar](), "PodSpec": reflect.TypeFor[corev1.PodSpec](),
		"Probe": reflect.TypeFor[corev1.Probe](), "ServicePort": reflect.TypeFor[corev1.ServicePort](),
		"Volume": reflect.TypeFor[corev1.Volume](),
	} {
		_, text, ok := strings.Cut(string(data), "\n"+name+"\n")
		if !ok {
			t.Errorf("there is no shape %s", name)
			continue
		}
		got := map[string]bool{}
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, " ") {
				break
			}
			if key := strings.TrimSpace(line); !strings.HasPrefix(line, "  ") {
				key, _, _ = strings.Cut(key, " ")
				got[key] = true
			}
		}
		want := map[string]bool{}
		jsonKeys(typ, want)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s has %v, not %v", name, got, want)
		}
	}
}

// jsonKeys lists the keys of a struct.
func jsonKeys(t reflect.Type, into map[string]bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			jsonKeys(f.Type, into)
			continue
		}
		into[name] = true
	}
}

func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, stderr.String())
	}
	return string(out)
}
