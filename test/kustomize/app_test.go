package kustomize

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4"
	sigsyaml "sigs.k8s.io/yaml"
)

func appsOf(dir string) []string {
	entries, _ := os.ReadDir(filepath.Join(dir, "apps"))
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// workload stands in for one of the user's.
const workload = `apiVersion: apps/v1
kind: %s
metadata: {name: %s, namespace: %s}
spec:
  template:
    spec:
      containers:
      - {name: sidecar, image: "sidecar:1"}
      - {name: %s, image: "own:1", env: [{name: OWN, value: "1"}]}
---
`

// checkApp adds the Component to stand-ins for the user's workloads: what they
// have stays, and what tracegen says is there, too.
func checkApp(r *report, dir string) {
	k := readFile(r, filepath.Join(dir, "kustomization.yaml"))[0]
	var manifests string
	patches := map[string]object{}
	for _, v := range list(k.get("patches")) {
		patch := readFile(r, filepath.Join(dir, entry(v).str("path")))[0]
		container := containers(patch)[0].str("name")
		manifests += fmt.Sprintf(workload, patch.kind(), patch.name(), patch.str("metadata", "namespace"), container)
		patches[patch.String()] = patch
	}
	objects, err := with(dir, manifests)
	if err != nil {
		r.addf("beside the user's own workloads: %v", err)
		return
	}
	checkObjects(r, ofKind(objects, "Ingress"))
	for name, patch := range patches {
		for _, o := range objects {
			if o.String() == name {
				checkTold(r, o, containers(patch)[0])
			}
		}
	}
}

func containers(o object) []object {
	var out []object
	for _, c := range list(o.get("spec", "template", "spec", "containers")) {
		out = append(out, entry(c))
	}
	return out
}

func checkTold(r *report, o, told object) {
	all := containers(o)
	if len(all) != 2 {
		r.addf("%s has %d containers", o, len(all))
	}
	for _, c := range all {
		env := map[string]string{}
		for _, e := range list(c.get("env")) {
			env[entry(e).str("name")] = entry(e).str("value")
		}
		if c.str("name") != told.str("name") {
			if len(env) > 0 {
				r.addf("the container %s of %s is told %v", c.str("name"), o, env)
			}
			continue
		}
		if c.str("image") != "own:1" || env["OWN"] != "1" {
			r.addf("%s has lost what the user says: %v", o, c)
		}
		for _, e := range list(told.get("env")) {
			if name := entry(e).str("name"); env[name] != entry(e).str("value") {
				r.addf("%s has %s=%q", o, name, env[name])
			}
		}
	}
}

// TestEmojivoto adds what the goldens say of emojivoto to a stand-in for its
// manifest (https://run.linkerd.io/emojivoto.yml, v11), and shows what happens
// where the manifest is another.
func TestEmojivoto(t *testing.T) {
	data, err := os.ReadFile("testdata/emojivoto.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"as it is", "", "", ""},
		{"no such workload", "name: voting\n", "name: ballots\n", "nothing selected by Deployment"},
		{"no such container", "name: web-svc\n        image", "name: main\n        image", "spec.template.spec.containers.[name=web-svc].image"},
	} {
		for _, golden := range []string{"network", "component"} {
			manifest := strings.Replace(string(data), c.from, c.to, 1)
			if c.from != "" && manifest == string(data) {
				t.Fatalf("the manifest has no %q", c.from)
			}
			objects, err := with(filepath.Join(root, "golden", golden, "want", golden, "apps", "emojivoto"), manifest)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s, %s: the build says %v", golden, c.name, err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			told := 0
			for _, o := range ofKind(objects, "Deployment") {
				for _, e := range list(containers(o)[0].get("env")) {
					if strings.Contains(entry(e).str("value"), ".svc.cluster.local") {
						told++
					}
				}
			}
			if told != 3 || len(ofKind(objects, "Ingress")) != 1 {
				t.Errorf("%s: %d are told, and there are %d Ingresses", golden, told, len(ofKind(objects, "Ingress")))
			}
		}
	}
}

// checkKind has kind's own types read the cluster, where there is one.
func checkKind(r *report, file string) {
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return
	}
	if err == nil {
		err = strict(data)
	}
	if err != nil {
		r.addf("%s: %v", filepath.Base(file), err)
	}
}

func strict(data []byte) error {
	var c v1alpha4.Cluster
	return sigsyaml.UnmarshalStrict(data, &c)
}

// TestStrict: kind would refuse a key that it does not know, and so does this.
func TestStrict(t *testing.T) {
	if err := strict([]byte("kind: Cluster\nnodes:\n- roles: worker\n")); err == nil {
		t.Error("a typo is taken")
	}
}
