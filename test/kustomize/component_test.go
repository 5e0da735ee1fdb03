package kustomize

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// userRelease is a HelmRelease as somebody may have it, with values of their own
// from a ConfigMap.
const userRelease = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: %s, namespace: %s}
spec:
  interval: 1h
  chart: {spec: {chart: x, sourceRef: {kind: HelmRepository, name: x}}}
  valuesFrom:
  - {kind: ConfigMap, name: own-values}
`

// userDir makes a kustomization of the user's that lists a Component, beside
// their own manifests.
func userDir(component, manifests string) (dir string, err error) {
	if dir, err = os.MkdirTemp("", "tracegen-user-"); err != nil {
		return "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	if component, err = filepath.Abs(component); err != nil {
		return "", err
	}
	rel, err := filepath.Rel(dir, component)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [own.yaml]\ncomponents: [%s]\n", filepath.ToSlash(rel))
	if err = os.WriteFile(filepath.Join(dir, "kustomization.yaml"), []byte(text), 0o644); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "own.yaml"), []byte(manifests), 0o644)
}

// with builds the user's kustomization.
func with(component, manifests string) ([]object, error) {
	dir, err := userDir(component, manifests)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	result, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), dir)
	if err != nil {
		return nil, err
	}
	text, err := result.AsYaml()
	if err != nil {
		return nil, err
	}
	var r report
	return documents(&r, text), nil
}

// checkComponent adds the Component to a release of the user's, and demands that
// it reads our values last; and that the build fails without the release.
func checkComponent(r *report, p profile, dir, component string, k object) {
	if len(list(k.get("replacements"))) == 0 || len(list(k.get("configMapGenerator"))) == 0 {
		r.addf("the Component adds values to no release")
		return
	}
	target := entry(entry(list(entry(list(k.get("replacements"))[0]).get("targets"))[0]).get("select"))
	namespace := entry(list(k.get("configMapGenerator"))[0]).str("namespace")
	objects, err := with(dir, fmt.Sprintf(userRelease, target.str("name"), namespace))
	if err != nil {
		r.addf("beside the user's own release: %v", err)
		return
	}
	checkObjects(r, objects)
	checkSubstitution(r, objects)
	releases, configs := ofKind(objects, "HelmRelease"), ofKind(objects, "ConfigMap")
	if len(releases) != 1 || len(configs) != 1 {
		r.addf("%d HelmReleases and %d ConfigMaps, not one of each", len(releases), len(configs))
		return
	}
	from := list(releases[0].get("spec", "valuesFrom"))
	if len(from) != 2 || entry(from[0]).str("name") != "own-values" {
		r.addf("the release reads %v", from)
		return
	}
	last, config := entry(from[1]), configs[0]
	rest, ok := strings.CutPrefix(config.name(), component+"-tracing-values")
	if !ok || !hash.MatchString(rest) || last.str("name") != config.name() || last.kind() != "ConfigMap" {
		r.addf("the release reads %v, not %s", last, config)
	}
	if config.str("metadata", "namespace") != releases[0].str("metadata", "namespace") {
		r.addf("%s is in another namespace than the release", config)
	}
	if config.str("metadata", "annotations", "kustomize.toolkit.fluxcd.io/substitute") != "disabled" {
		r.addf("%s does not opt out of substitution", config)
	}
	text, err := printed(component, p.arg)
	if err != nil {
		r.addf("%v", err)
		return
	}
	got := values(r, "the Component's values", []byte(config.str("data", last.str("valuesKey"))))
	if want := values(r, "tracegen values", text); !reflect.DeepEqual(got, want) {
		r.addf("the values are not those of `tracegen values`:\n%s", differences("", got, want))
	}
	_, err = with(dir, fmt.Sprintf(userRelease, "another", namespace))
	if err == nil || !strings.Contains(err.Error(), "nothing selected by HelmRelease") {
		r.addf("without the release, the build says %v", err)
	}
}
