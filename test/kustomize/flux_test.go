package kustomize

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// prefix is the schema's default of flux.path.
const prefix = "./out"

// checkFlux holds the Flux Kustomizations of a profile to its directories.
func checkFlux(r *report, tr tree, p profile, applied []string, parts []object) {
	objects := build(r, filepath.Join(tr.dir, p.name, "flux"))
	byName := map[string]object{}
	var dirs []string
	for _, o := range objects {
		if o.kind() != "Kustomization" {
			r.addf("%s is no Flux Kustomization", o)
			continue
		}
		byName[o.name()] = o
		if o.str("spec", "decryption", "provider") != "" {
			checkSecrets(r, o, p)
			continue
		}
		dir, ok := strings.CutPrefix(o.str("spec", "path"), prefix+"/"+p.name+"/")
		if !ok || !slices.Contains(applied, dir) {
			r.addf("%s applies %s, which is not there", o, o.str("spec", "path"))
		}
		dirs = append(dirs, dir)
		if o.name() != "tracing-"+dir {
			r.addf("%s is not named after its directory %s", o, dir)
		}
		checkTimeout(r, o, parts)
	}
	for _, dir := range applied {
		n := 0
		for _, d := range dirs {
			if d == dir {
				n++
			}
		}
		if n != 1 {
			r.addf("%d Kustomizations apply %s/", n, dir)
		}
	}
	for _, o := range objects {
		for _, name := range needs(o) {
			// A name from outside is one that the profile says.
			if byName[name] == nil && !strings.Contains(p.source, strconv.Quote(name)) {
				r.addf("%s depends on %s, which nobody makes", o, name)
			}
		}
	}
	for name := range byName {
		if slices.Contains(reachable(byName, name), name) {
			r.addf("%s depends on itself", byName[name])
		}
	}
}

// checkSecrets holds the Kustomization of a directory that is the user's own.
func checkSecrets(r *report, o object, p profile) {
	path := o.str("spec", "path")
	if strings.HasPrefix(path+"/", prefix+"/") {
		r.addf("%s decrypts %s, which is part of the tree", o, path)
	} else if !strings.Contains(p.source, strconv.Quote(path)) {
		r.addf("%s decrypts %s, which the profile does not say", o, path)
	}
	if o.get("spec", "prune") != false {
		r.addf("%s takes the user's Secrets away with it", o)
	}
}

// checkTimeout demands that a Kustomization outwaits the releases that it waits
// for; else it reports its own timeout instead of theirs.
func checkTimeout(r *report, o object, parts []object) {
	limit, err := time.ParseDuration(o.str("spec", "timeout"))
	if err != nil {
		r.addf("%s: %v", o, err)
	}
	component := strings.TrimPrefix(o.name(), "tracing-")
	for _, release := range ofKind(parts, "HelmRelease") {
		if release.name() != component {
			continue
		}
		if d, err := time.ParseDuration(release.str("spec", "timeout")); err != nil || d >= limit {
			r.addf("%s waits %s, %s up to %s", o, limit, release, release.str("spec", "timeout"))
		}
	}
}

func needs(o object) []string {
	var out []string
	for _, v := range list(o.get("spec", "dependsOn")) {
		out = append(out, entry(v).str("name"))
	}
	return out
}

// reachable gives all that a Kustomization depends on, directly or not.
func reachable(byName map[string]object, name string) []string {
	var out []string
	todo := needs(byName[name])
	for len(todo) > 0 {
		next := todo[0]
		todo = todo[1:]
		if slices.Contains(out, next) {
			continue
		}
		out = append(out, next)
		todo = append(todo, needs(byName[next])...)
	}
	return out
}
