package kustomize

import (
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	sigsyaml "sigs.k8s.io/yaml"
)

var (
	exactVersion = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)
	// A version that a forgotten overlay would leave to Flux.
	placeholder = regexp.MustCompile(`^0\.0\.0-`)
	hash        = regexp.MustCompile(`^-[0-9a-z]{10}$`)
)

// keys are those of the values, in the order in which Flux merges them.
var keys = []string{"base.yaml", "overlay.yaml"}

// checkRelease holds one component's overlay to what Flux needs of it.
func checkRelease(r *report, tr tree, p profile, component string, objects []object) {
	releases, configs := ofKind(objects, "HelmRelease"), ofKind(objects, "ConfigMap")
	configs = slices.DeleteFunc(configs, func(o object) bool {
		return o.get("metadata", "labels", "reconcile.fluxcd.io/watch") == nil // a further object, no values
	})
	if len(releases) != 1 || len(configs) != 1 {
		r.addf("%d HelmReleases and %d ConfigMaps, not one of each", len(releases), len(configs))
		return
	}
	release, config := releases[0], configs[0]
	if release.name() != component {
		r.addf("%s is not named after its component", release)
	}
	for _, at := range []string{"releaseName", "interval", "timeout"} {
		if release.str("spec", at) == "" {
			r.addf("%s has no %s", release, at)
		}
	}
	if release.get("spec", "values") != nil {
		r.addf("%s has inline values, which win over valuesFrom", release)
	}
	checkChart(r, release, objects)
	checkConfigMap(r, release, config, component)
	checkValues(r, tr, p, component, release, config)
}

// checkChart demands a chart, an exact version, and a source in the same build.
func checkChart(r *report, release object, objects []object) {
	if release.get("spec", "chartRef") != nil {
		checkChartRef(r, release, objects)
		return
	}
	if release.str("spec", "chart", "spec", "chart") == "" {
		r.addf("%s has no chart", release)
	}
	version := release.str("spec", "chart", "spec", "version")
	if !exactVersion.MatchString(version) || placeholder.MatchString(version) {
		r.addf("%s has the chart version %q", release, version)
	}
	kind := release.str("spec", "chart", "spec", "sourceRef", "kind")
	name := release.str("spec", "chart", "spec", "sourceRef", "name")
	i := slices.IndexFunc(objects, func(o object) bool { return o.kind() == kind && o.name() == name })
	if i < 0 {
		r.addf("%s takes its chart from %s/%s, which is not there", release, kind, name)
		return
	}
	source := objects[i]
	url := source.str("spec", "url")
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "oci://") {
		r.addf("%s has the url %q", source, url)
	}
	if oci := source.str("spec", "type") == "oci"; oci != strings.HasPrefix(url, "oci://") {
		r.addf("%s has type %q and the url %s", source, source.str("spec", "type"), url)
	}
	if source.str("metadata", "namespace") != release.str("metadata", "namespace") {
		r.addf("%s is in another namespace than %s, which names none", source, release)
	}
}

// checkChartRef demands of an OCIRepository what an index would say otherwise.
func checkChartRef(r *report, release object, objects []object) {
	if release.get("spec", "chart") != nil {
		r.addf("%s has both chart and chartRef", release)
	}
	kind, name := release.str("spec", "chartRef", "kind"), release.str("spec", "chartRef", "name")
	i := slices.IndexFunc(objects, func(o object) bool { return o.kind() == kind && o.name() == name })
	if i < 0 || kind != "OCIRepository" {
		r.addf("%s takes its chart from %s/%s, which is not there", release, kind, name)
		return
	}
	source := objects[i]
	if url := source.str("spec", "url"); !strings.HasPrefix(url, "oci://") {
		r.addf("%s has the url %q", source, url)
	}
	if tag := source.str("spec", "ref", "tag"); !exactVersion.MatchString(tag) || placeholder.MatchString(tag) {
		r.addf("%s has the tag %q", source, tag)
	}
	if source.str("spec", "layerSelector", "operation") != "copy" {
		r.addf("%s does not take the chart's layer as it is", source)
	}
}

// checkConfigMap demands that Kustomize carried the hash of the values into the
// release, and that Flux leaves them alone and watches them.
func checkConfigMap(r *report, release, config object, component string) {
	if rest, ok := strings.CutPrefix(config.name(), component+"-values"); !ok || !hash.MatchString(rest) {
		r.addf("%s is not %s-values with a hash", config, component)
	}
	if config.str("metadata", "annotations", "kustomize.toolkit.fluxcd.io/substitute") != "disabled" {
		r.addf("%s does not opt out of substitution", config)
	}
	if config.str("metadata", "labels", "reconcile.fluxcd.io/watch") != "Enabled" {
		r.addf("%s is not watched", config)
	}
	from := list(release.get("spec", "valuesFrom"))
	if len(from) != len(keys) {
		r.addf("%s has %d entries in valuesFrom, not %d", release, len(from), len(keys))
	}
	for i, v := range from {
		read := entry(v)
		if read.kind() != "ConfigMap" || read.str("name") != config.name() {
			r.addf("%s: valuesFrom[%d] names %s/%s, not %s", release, i, read.kind(), read.str("name"), config)
		}
		if key := read.str("valuesKey"); i >= len(keys) || key != keys[i] {
			r.addf("%s: valuesFrom[%d] reads the key %q", release, i, key)
		} else if config.get("data", key) == nil {
			r.addf("%s has no key %q", config, key)
		}
	}
}

// checkValues merges the values as Flux would, and demands that they are those
// that tracegen says they are.
func checkValues(r *report, tr tree, p profile, component string, release, config object) {
	merged := effective(r, release, config)
	text, err := printed(component, p.arg)
	if err != nil {
		r.addf("%v", err)
		return
	}
	if want := values(r, "tracegen values", text); !reflect.DeepEqual(merged, want) {
		r.addf("the values of %s are not those of `tracegen values`:\n%s", release, differences("", merged, want))
	}
	checkAlloy(r, tr, p, component, merged)
	checkTemplated(r, tr, p, component, merged)
}

// printed is what `tracegen values` prints, which no tree has an influence on.
func printed(component, profile string) ([]byte, error) {
	key := component + " " + profile
	if text, ok := printedBefore[key]; ok {
		return text, nil
	}
	text, err := tracegen("values", component, "-p", profile)
	if err == nil {
		printedBefore[key] = text
	}
	return text, err
}

var printedBefore = map[string][]byte{}

// effective merges in the order of valuesFrom.
func effective(r *report, release, config object) map[string]any {
	merged := map[string]any{}
	for _, v := range list(release.get("spec", "valuesFrom")) {
		key := entry(v).str("valuesKey")
		merged = merge(merged, values(r, key, []byte(config.str("data", key))))
	}
	return merged
}

// values reads Helm values. Helm and Flux read the YAML of sigs.k8s.io, in which
// `y` is a truth value; everyone must read the same.
func values(r *report, name string, text []byte) map[string]any {
	out := map[string]any{}
	if err := yaml.Unmarshal(text, &out); err != nil {
		r.addf("%s: %v", name, err)
	}
	var helm, ours any
	err := sigsyaml.Unmarshal(text, &helm)
	if err != nil {
		r.addf("%s, as Helm reads it: %v", name, err)
	}
	if data, err := json.Marshal(out); err != nil {
		r.addf("%s: %v", name, err)
	} else if err := json.Unmarshal(data, &ours); err != nil {
		r.addf("%s: %v", name, err)
	}
	if !reflect.DeepEqual(helm, ours) {
		r.addf("%s is read differently by Helm:\n%s", name, differences("", helm, ours))
	}
	return out
}

// merge is Helm's and Flux's: maps merge, all else replaces, null stays.
func merge(under, over map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range under {
		out[k] = v
	}
	for k, v := range over {
		below, isMap := out[k].(map[string]any)
		above, both := v.(map[string]any)
		if isMap && both {
			v = merge(below, above)
		}
		out[k] = v
	}
	return out
}

// differences lists where two values differ, with their types.
func differences(at string, a, b any) string {
	am, aok := a.(map[string]any)
	bm, bok := b.(map[string]any)
	if !aok || !bok {
		if reflect.DeepEqual(a, b) {
			return ""
		}
		return at + ": " + describe(a) + ", not " + describe(b) + "\n"
	}
	names := slices.Collect(maps.Keys(am))
	names = slices.AppendSeq(names, maps.Keys(bm))
	slices.Sort(names)
	var out strings.Builder
	for _, k := range slices.Compact(names) {
		av, aok := am[k]
		bv, bok := bm[k]
		switch at := path.Join(at, k); {
		case !bok:
			out.WriteString(at + ": " + describe(av) + " is too much\n")
		case !aok:
			out.WriteString(at + ": " + describe(bv) + " is missing\n")
		default:
			out.WriteString(differences(at, av, bv))
		}
	}
	return out.String()
}
