package kustomize

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// clusterScoped says of each kind that may occur whether it lies outside
// namespaces. Kustomize stamps a namespace on a cluster-scoped kind that it does
// not know, so a kind that is new here needs a person to look.
var clusterScoped = map[string]bool{
	"Namespace":         true,
	"ConfigMap":         false,
	"ExternalSecret":    false,
	"GrafanaDashboard":  false,
	"GrafanaDatasource": false,
	"HelmRelease":       false,
	"HelmRepository":    false,
	"Ingress":           false,
	"Kustomization":     false,
	"NetworkPolicy":     false,
	"OCIRepository":     false,
}

// checkProfile builds every directory of a profile, and the profile.
func checkProfile(r *report, tr tree, p profile) {
	dir := filepath.Join(tr.dir, p.name)
	var parts, namespaces []object
	var applied []string // the directories that Flux must apply
	for _, sub := range subdirectories(r, dir) {
		place := p.name + "/" + sub
		r.at(place)
		file := filepath.Join(dir, sub, "kustomization.yaml")
		if _, err := os.Stat(file); os.IsNotExist(err) {
			continue // files for people: a policy, a kind cluster
		}
		k := readFile(r, file)[0]
		checkListed(r, filepath.Join(dir, sub), k)
		if k.kind() == "Component" {
			checkComponent(r, p, filepath.Join(dir, sub), sub, k)
			continue // it is the user's kustomization that lists it
		}
		objects := build(r, filepath.Join(dir, sub))
		checkObjects(r, objects)
		checkSubstitution(r, objects)
		if sub == "flux" {
			continue
		}
		applied = append(applied, sub)
		parts = append(parts, objects...)
		if sub == "namespaces" {
			namespaces = objects
			checkNamespaces(r, objects, filepath.Join(dir, sub))
			continue
		}
		if k, err := os.ReadFile(filepath.Join(dir, sub, "kustomization.yaml")); err == nil && strings.Contains(string(k), "\n- ../../base/"+sub+"\n") {
			checkRelease(r, tr, p, sub, objects)
		} else if len(objects) == 0 || len(ofKind(objects, "HelmRelease")) > 0 {
			r.addf("without a base, it has %v", objects) // objects beside what others install
		}
	}
	for _, app := range appsOf(dir) {
		r.at(p.name + "/apps/" + app)
		checkApp(r, filepath.Join(dir, "apps", app))
	}
	checkKind(r, filepath.Join(dir, "kind", "cluster.yaml"))
	checkPasted(r, dir)
	r.at(p.name)
	checkWhole(r, parts, build(r, dir))
	checkHomes(r, p, parts, namespaces)
	r.at(p.name + "/flux")
	checkFlux(r, tr, p, applied, parts)
}

// checkListed demands that no object's file is left out of the kustomization,
// where it would silently not be applied.
func checkListed(r *report, dir string, k object) {
	var listed []string
	for _, v := range list(k.get("resources")) {
		name, _ := v.(string)
		listed = append(listed, name)
	}
	for _, v := range list(k.get("patches")) {
		listed = append(listed, entry(v).str("path"))
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.yaml"))
	for _, f := range files {
		for _, o := range readFile(r, f) {
			if o.kind() != "" && o.name() != "" && !slices.Contains(listed, filepath.Base(f)) {
				r.addf("%s is in %s, which kustomization.yaml does not list", o, filepath.Base(f))
			}
		}
	}
}

// list is v, or an empty list.
func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// entry is v, or an empty map.
func entry(v any) object {
	m, _ := v.(map[string]any)
	return m
}

// checkObjects demands a namespace on all that lies in one, and on nothing else.
func checkObjects(r *report, objects []object) {
	for _, o := range objects {
		outside, known := clusterScoped[o.kind()]
		namespace := o.str("metadata", "namespace")
		switch {
		case !known:
			r.addf("%s: the kind is not in this test's table", o)
		case outside && namespace != "":
			r.addf("%s lies outside namespaces and has namespace %s", o, namespace)
		case !outside && namespace == "":
			r.addf("%s has no namespace", o)
		}
	}
}

// checkNamespaces demands that the Namespaces keep their names, and survive.
func checkNamespaces(r *report, objects []object, dir string) {
	var want, got []string
	for _, o := range readFile(r, filepath.Join(dir, "namespaces.yaml")) {
		want = append(want, o.name())
	}
	for _, o := range objects {
		got = append(got, o.name())
		if o.kind() != "Namespace" {
			r.addf("%s is no Namespace", o)
		}
		if o.str("metadata", "annotations", "kustomize.toolkit.fluxcd.io/prune") != "disabled" {
			r.addf("%s can be pruned, with all that lies in it", o)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		r.addf("the Namespaces %v became %v", want, got)
	}
}

// checkHomes demands that each namespace that is used is made once, by
// namespaces/, or is said to exist.
func checkHomes(r *report, p profile, parts, namespaces []object) {
	if n := len(ofKind(parts, "Namespace")); n != len(namespaces) {
		r.addf("%d Namespaces in all, %d of them in namespaces/", n, len(namespaces))
	}
	for _, o := range parts {
		home := o.str("metadata", "namespace")
		made := slices.ContainsFunc(namespaces, func(n object) bool { return n.name() == home })
		if home != "" && !made && !strings.Contains(p.source, "create: false") {
			r.addf("%s lies in namespace %s, which nothing makes", o, home)
		}
	}
}

// checkWhole demands that the profile as a whole is what its parts are.
func checkWhole(r *report, parts, whole []object) {
	texts := map[string]int{}
	for _, o := range parts {
		texts[o.text()]++
	}
	for _, o := range whole {
		texts[o.text()]--
		if texts[o.text()] < 0 {
			r.addf("%s of the whole profile is of no directory", o)
		}
	}
	for _, o := range parts {
		if texts[o.text()] > 0 {
			r.addf("%s is missing from the whole profile", o)
		}
	}
}
