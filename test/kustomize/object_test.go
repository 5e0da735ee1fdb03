package kustomize

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"go.yaml.in/yaml/v3"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// report gathers problems, each with the place where it was found.
type report struct {
	place    string
	problems []string
}

func (r *report) at(place string) { r.place = place }

func (r *report) addf(format string, args ...any) {
	r.problems = append(r.problems, r.place+": "+fmt.Sprintf(format, args...))
}

// object is a Kubernetes object, or any other map of a YAML file.
type object map[string]any

// build gives the objects that real Kustomize makes of a directory.
func build(r *report, dir string) []object {
	result, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), dir)
	if err != nil {
		r.addf("kustomize build: %v", err)
		return nil
	}
	text, err := result.AsYaml()
	if err != nil {
		r.addf("kustomize build: %v", err)
		return nil
	}
	return documents(r, text)
}

// documents parses a YAML stream.
func documents(r *report, text []byte) []object {
	var out []object
	d := yaml.NewDecoder(bytes.NewReader(text))
	for {
		// Not an object: the decoder would make all inner maps objects as well.
		var m map[string]any
		if err := d.Decode(&m); err == io.EOF {
			return out
		} else if err != nil {
			r.addf("%v", err)
			return out
		}
		out = append(out, m)
	}
}

// readFile gives the objects of a YAML file.
func readFile(r *report, path string) []object {
	data, err := os.ReadFile(path)
	if err != nil {
		r.addf("%v", err)
		return nil
	}
	return documents(r, data)
}

// get follows keys, and gives nil where one is missing.
func (o object) get(keys ...string) any {
	var v any = map[string]any(o)
	for _, k := range keys {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[k]
	}
	return v
}

// str is get for a string; anything else is "".
func (o object) str(keys ...string) string {
	s, _ := o.get(keys...).(string)
	return s
}

func (o object) kind() string { return o.str("kind") }
func (o object) name() string { return o.str("metadata", "name") }

// String names an object in messages.
func (o object) String() string { return o.kind() + "/" + o.name() }

// text is the object as YAML, always the same for the same object.
func (o object) text() string {
	out, err := yaml.Marshal(map[string]any(o))
	if err != nil {
		panic(err) // it came from YAML
	}
	return string(out)
}

func ofKind(objects []object, kind string) []object {
	var out []object
	for _, o := range objects {
		if o.kind() == kind {
			out = append(out, o)
		}
	}
	return out
}
