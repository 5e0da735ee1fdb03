package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// bench has what the commands need.
type bench struct {
	dir string
	env []string

	outputs int // that builds have made

	tracegen, cue, jsonnet, helm, kustomize string
}

// build makes the binaries. Those of the peers are in the build cache, where
// `go tool` puts them.
func (b *bench) build(root string) error {
	b.tracegen = filepath.Join(b.dir, "tracegen")
	build := exec.Command("go", "build", "-o", b.tracegen, "./cmd/tracegen")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building tracegen: %w\n%s", err, out)
	}
	for _, p := range []struct {
		path *string
		tool string
	}{
		{&b.cue, "cuelang.org/go/cmd/cue"},
		{&b.jsonnet, "github.com/google/go-jsonnet/cmd/jsonnet"},
		{&b.helm, "helm.sh/helm/v3/cmd/helm"},
		{&b.kustomize, "sigs.k8s.io/kustomize/kustomize/v5"},
	} {
		out, err := exec.Command("go", "tool", "-n", p.tool).Output()
		if err != nil {
			return fmt.Errorf("building %s: %w", p.tool, err)
		}
		*p.path = strings.TrimSpace(string(out))
	}
	return nil
}

// workspaces makes what the commands work on.
func (b *bench) workspaces(many int) error {
	for _, n := range []int{2, many / 10, many} {
		dir := b.workspace(n)
		if err := b.tracegenRun("init", dir); err != nil {
			return err
		}
		if n > 2 {
			if err := generate(filepath.Join(dir, "profiles"), n); err != nil {
				return err
			}
		}
		// A finding would stop the way half through: then it measures nothing.
		if err := b.tracegenRun("-C", dir, "vet", "--strict"); err != nil {
			return err
		}
		if err := b.tracegenRun("-C", dir, "build"); err != nil {
			return err
		}
	}
	if err := b.derive(); err != nil {
		return err
	}
	return writeFiles(b.dir, map[string]string{
		"chart/Chart.yaml":          "apiVersion: v2\nname: tiny\nversion: 1.0.0\n",
		"chart/values.yaml":         "name: tiny\n",
		"chart/templates/tiny.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n",
		"tiny.jsonnet":              "local p(n) = {name: n, bucket: n + '-traces', host: 's3.' + n + '.example.com'};\n{[n]: {tempo: {storage: {trace: {s3: p(n)}}}} for n in ['kind', 'picluster']}\n",
	})
}

// workspace names the directory of n profiles: the two that tracegen ships, or
// generated ones.
func (b *bench) workspace(n int) string { return filepath.Join(b.dir, strconv.Itoa(n)) }

func (b *bench) tracegenRun(args ...string) error {
	cmd := exec.Command(b.tracegen, args...)
	cmd.Env = b.env
	if out, err := cmd.CombinedOutput(); err != nil {
		if len(out) > 4000 {
			out = out[:4000]
		}
		return fmt.Errorf("tracegen %v: %w\n%s", args, err, out)
	}
	return nil
}

func writeFiles(dir string, files map[string]string) error {
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
