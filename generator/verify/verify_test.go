package verify_test

import (
	"path"
	"strings"
	"testing"

	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

const (
	base = `resources:
- source.yaml
- helmrelease.yaml
configurations:
- nameref.yaml
configMapGenerator:
- name: tempo-values
  files:
  - base.yaml=values.yaml
`
	overlay = `namespace: tempo
resources:
- ../../base/tempo
configMapGenerator:
- name: tempo-values
  behavior: merge
  files:
  - overlay.yaml=values.yaml
patches:
- path: helmrelease.yaml
`
)

// good has every kind of reference.
func good() tree.Tree {
	var t tree.Tree
	for _, f := range [][2]string{
		{"base/tempo/kustomization.yaml", base},
		{"base/tempo/source.yaml", ""},
		{"base/tempo/helmrelease.yaml", ""},
		{"base/tempo/nameref.yaml", ""},
		{"base/tempo/values.yaml", ""},
		{"p/tempo/kustomization.yaml", overlay},
		{"p/tempo/helmrelease.yaml", ""},
		{"p/tempo/values.yaml", ""},
		{"p/kustomization.yaml", "resources:\n- tempo\ncomponents:\n- \"log\"\n"},
		{"p/log/kustomization.yaml", "kind: Component\n"},
	} {
		t = append(t, tree.Output{Path: f[0], Data: []byte(f[1])})
	}
	return t
}

func TestGood(t *testing.T) {
	if err := verify.Tree(good()); err != nil {
		t.Error(err)
	}
}

// TestMissing takes each file away in turn, which some kustomization names.
func TestMissing(t *testing.T) {
	for i, f := range good() {
		if f.Path == "p/kustomization.yaml" {
			continue // the root, which nobody names
		}
		rest := good()
		rest = append(rest[:i], rest[i+1:]...)
		err := verify.Tree(rest)
		name := path.Base(f.Path)
		if name == "kustomization.yaml" {
			name = path.Base(path.Dir(f.Path))
		}
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", f.Path, err)
		}
	}
}

func TestTwice(t *testing.T) {
	both := append(good(), tree.Output{Path: "p/tempo/values.yaml"})
	if err := verify.Tree(both); err == nil || !strings.Contains(err.Error(), "p/tempo/values.yaml") {
		t.Errorf("two files of one name: %v", err)
	}
}
