package generator

import (
	"path"
	"slices"
	"strings"
)

// order demands that each directory is there to be applied, and that what a
// Kustomization waits for will come, and does not wait for it in turn.
func (r *reading) order() {
	needs := map[string][]string{}
	for name := range r.text {
		if path.Dir(name) != r.profile+"/flux" || path.Base(name) == "kustomization.yaml" {
			continue
		}
		k := r.yaml(name)
		list, _ := at(k, "spec", "dependsOn").([]any)
		own := str(k, "metadata", "name")
		needs[own] = []string{}
		for _, n := range list {
			needs[own] = append(needs[own], str(n, "name"))
		}
		_, dir, _ := strings.Cut(str(k, "spec", "path"), "/"+r.profile+"/")
		r.compared++
		if at(k, "spec", "decryption") != nil {
			r.encrypted(own, k)
			continue // the directory is the user's
		}
		if r.text[r.profile+"/"+dir+"/kustomization.yaml"] == "" {
			r.fault("%s applies %s, which is no kustomization", name, dir)
		}
	}
	var visit func(name string, way []string)
	visit = func(name string, way []string) {
		if slices.Contains(way, name) {
			r.fault("they wait for each other: %v", way)
			return
		}
		if needs[name] == nil && !slices.Contains(users, name) {
			r.fault("%v wait for %s, which nothing applies", way, name)
		}
		for _, n := range needs[name] {
			visit(n, append(slices.Clone(way), name))
		}
	}
	for name := range needs {
		visit(name, nil)
	}
}

// users are the Kustomizations of the user's own that the profiles name.
var users = []string{"tracing-secrets", "secrets", "crds", "external-secrets", "certificates"}

// fromRegistry reads chart and version off the OCIRepository that a release
// names.
func (r *reading) fromRegistry(component string, spec object) {
	source := r.yaml("base/" + component + "/source.yaml")
	if overlay := r.profile + "/" + component + "/source.yaml"; r.text[overlay] != "" {
		source = merged(source, r.yaml(overlay))
	}
	r.same("kind of the source of "+component, str(source, "kind"), str(spec, "spec", "chartRef", "kind"))
	r.same("name of the source of "+component, str(source, "metadata", "name"), str(spec, "spec", "chartRef", "name"))
	rel := r.releases[component]
	rel.chart = path.Base(str(source, "spec", "url"))
	rel.version = str(source, "spec", "ref", "tag")
	r.releases[component] = rel
}
