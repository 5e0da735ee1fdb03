package generator

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/tree"
)

type object = map[string]any

// reading is a profile as it is read from bytes.
type reading struct {
	profile  string
	text     map[string]string // files of the profile and of base/
	values   map[string]object // effective, by component
	releases map[string]release
	faults   []string
	compared int

	listens map[string]string // service.namespace:port, and what speaks there
	domain  string            // of the cluster
}

type release struct {
	chart, version, name, namespace string
	full                            string // the full name, where the values say it
}

func read(files tree.Tree, profile string) *reading {
	r := &reading{
		profile: profile, text: map[string]string{}, values: map[string]object{},
		releases: map[string]release{}, listens: map[string]string{},
	}
	for _, f := range files {
		if dir, _, _ := strings.Cut(f.Path, "/"); dir == profile || dir == "base" {
			r.text[f.Path] = string(f.Data)
		}
	}
	for name := range r.text {
		component := path.Base(path.Dir(name))
		if name != profile+"/"+component+"/helmrelease.yaml" {
			continue
		}
		spec := merged(r.yaml("base/"+component+"/helmrelease.yaml"), r.yaml(name))
		r.releases[component] = release{
			chart:     str(spec, "spec", "chart", "spec", "chart"),
			version:   str(spec, "spec", "chart", "spec", "version"),
			name:      str(spec, "spec", "releaseName"),
			namespace: str(r.yaml(profile+"/"+component+"/kustomization.yaml"), "namespace"),
		}
		if str(spec, "spec", "chartRef", "kind") != "" {
			r.fromRegistry(component, spec)
		}
		r.values[component] = merged(r.yaml("base/"+component+"/values.yaml"), r.yaml(profile+"/"+component+"/values.yaml"))
		if full := str(r.values[component], "fullnameOverride"); full != "" {
			rel := r.releases[component]
			rel.full = full
			r.releases[component] = rel
		}
	}
	r.services()
	r.senders()
	r.otel()
	r.mesh()
	r.authority()
	r.nginx()
	r.flags()
	r.store()
	r.metrics()
	r.queue()
	r.datasources()
	r.traceField()
	r.order()
	r.policies()
	r.invariants()
	return r
}

func (r *reading) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// same demands that two places say the same.
func (r *reading) same(what string, a, b any) {
	r.compared++
	if fmt.Sprint(a) != fmt.Sprint(b) {
		r.fault("%s: %v, and %v elsewhere", what, a, b)
	}
}

// yaml reads a file of one document.
func (r *reading) yaml(name string) object {
	text, ok := r.text[name]
	if !ok {
		r.fault("%s is not there", name)
		return nil
	}
	out := object{}
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		r.fault("%s: %v", name, err)
	}
	return out
}

func (r *reading) json(name string) object {
	out := object{}
	if err := json.Unmarshal([]byte(r.text[name]), &out); err != nil {
		r.fault("%s: %v", name, err)
	}
	return out
}

// merged is what Helm makes of two files of values.
func merged(base, over object) object {
	out := object{}
	for k, v := range base {
		out[k] = v
	}
	for k, v := range over {
		b, bok := out[k].(object)
		o, ook := v.(object)
		if bok && ook {
			v = merged(b, o)
		}
		out[k] = v
	}
	return out
}

// at walks down keys and indices. What is not there is nil.
func at(v any, way ...any) any {
	for _, step := range way {
		switch s := step.(type) {
		case string:
			m, _ := v.(object)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

func str(v any, way ...any) string {
	if v = at(v, way...); v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// fullname is the rule of Helm's usual helper.
func (rel release) fullname(name string) string {
	if rel.full != "" {
		return rel.full
	}
	if strings.Contains(rel.name, name) {
		return rel.name
	}
	return rel.name + "-" + name
}

// scalars gives every scalar below v with its keys.
func scalars(v any, at string, f func(at string, v any)) {
	switch v := v.(type) {
	case object:
		for k, e := range v {
			scalars(e, path.Join(at, k), f)
		}
	case []any:
		for i, e := range v {
			scalars(e, path.Join(at, fmt.Sprint(i)), f)
		}
	case nil:
	default:
		f(at, v)
	}
}

// atKeys walks down keys that are joined by slashes.
func atKeys(v any, way string) any {
	for _, k := range strings.Split(way, "/") {
		v = at(v, k)
	}
	return v
}

func union(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}
