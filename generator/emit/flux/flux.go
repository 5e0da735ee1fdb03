// Package flux emits the objects that Flux reconciles: sources, HelmReleases,
// and one Kustomization for each directory of the profile. The shape is the one
// that was tried with source-controller 1.7.3, kustomize-controller 1.7.3 and
// helm-controller 1.4.3.
package flux

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/kustomize"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Releases emits what the kustomizations list, and comes before them.
var Releases = &emit.Emitter{
	Name: "flux-releases",
	Doc:  "HelmReleases and the sources of their charts",
	Run:  releases,
}

// Kustomizations emits what applies the directories.
var Kustomizations = &emit.Emitter{
	Name: "flux",
	Doc:  "Flux Kustomizations: one for each directory of the profile, in the order of start",
	Run:  kustomizations,
}

func releases(c *emit.Context) error {
	for _, r := range c.Plan.Releases {
		if !r.InTree() {
			continue
		}
		identity := []string{"apiVersion", "kind", "metadata.name"}
		release := &emit.Shared{Name: "helmrelease.yaml", Root: helmRelease(c, r), Identity: identity, Overlay: []string{"spec.releaseName"}}
		from := &emit.Shared{Name: "source.yaml", Root: source(c, r), Identity: identity}
		// The version stands in the overlay always, where people look for it.
		pinned, at := release, "spec.chart.spec.version"
		if r.Source.OCI {
			pinned, at = from, "spec.ref.tag"
		}
		pinned.Overlay = append(pinned.Overlay, at)
		pinned.HolderAt = at
		pinned.Holder = tree.Scalar(c.Str("0.0.0-set-by-overlay", "a base is never applied by itself"))
		c.Output.Shared[r.Component] = []*emit.Shared{release, from}
	}
	return nil
}

func helmRelease(c *emit.Context, r *plan.Release) *tree.Map {
	f := c.Plan.Flux
	o := object(c, f.Pinned.Str("helmReleaseApi"), "HelmRelease", c.Str(r.Component, "named by the component, so that switching profiles upgrades in place"), fact.String{})
	o.Set("spec.interval", r.Delivery.Interval)
	o.Set("spec.timeout", r.Delivery.Timeout)
	if r.Delivery.Suspend.Value {
		o.Set("spec.suspend", r.Delivery.Suspend)
	}
	o.Set("spec.releaseName", r.Name)
	name := c.Str(r.Component, "named by the component, since two releases may come from one repository")
	if r.Source.OCI {
		o.Set("spec.chartRef.kind", r.Source.Kind)
		o.Set("spec.chartRef.name", name)
	} else {
		o.Set("spec.chart.spec.chart", c.Str(r.ChartName, "the chart of the component"))
		o.Set("spec.chart.spec.version", r.Version)
		o.Set("spec.chart.spec.sourceRef.kind", r.Source.Kind)
		o.Set("spec.chart.spec.sourceRef.name", name)
	}
	o.Set("spec.install.crds", f.CRDs)
	o.Set("spec.install.remediation.retries", f.Retries)
	o.Set("spec.upgrade.crds", f.CRDs)
	o.Set("spec.upgrade.remediation.retries", f.Retries)
	o.Set("spec.upgrade.remediation.strategy", f.Remediation)
	if r == c.Plan.Tempo.Release && c.Plan.Store.Placement == "subchart" {
		// The subchart makes the bucket in a hook that Helm runs after it has
		// waited for the pods, and Tempo exits while there is no bucket (2.9.0).
		off := fact.Derive(true, plan.Leaf(c.Plan.Topology.Store.MinioSubchart.Placement))
		o.Set("spec.install.disableWait", off)
		o.Set("spec.upgrade.disableWait", off)
	}
	for i, key := range []string{"base.yaml", "overlay.yaml"} {
		at := fmt.Sprintf("spec.valuesFrom[%d].", i)
		o.Set(at+"kind", c.Str("ConfigMap", "values are no secrets"))
		o.Set(at+"name", c.Str(kustomize.Values(r.Component), "the ConfigMap that base and overlay make"))
		o.Set(at+"valuesKey", c.Str(key, "the overlay comes second, so that it wins"))
	}
	return o
}

func source(c *emit.Context, r *plan.Release) *tree.Map {
	s := r.Source
	o := object(c, s.API, s.Kind.Value, c.Str(r.Component, "named by the component, since two releases may come from one repository"), fact.String{})
	o.Set("kind", s.Kind)
	o.Set("spec.interval", c.Str("1h", "an index is large, and a pinned version does not change"))
	if s.OCI {
		const layer = "what Helm pushes a chart as; the layer is taken as it is"
		o.Set("spec.layerSelector.mediaType", c.Str("application/vnd.cncf.helm.chart.content.v1.tar+gzip", layer))
		o.Set("spec.layerSelector.operation", c.Str("copy", layer))
		o.Set("spec.ref.tag", r.Version)
	} else if strings.HasPrefix(s.URL.Value, "oci://") {
		o.Set("spec.type", fact.Derive("oci", s.URL))
	}
	o.Set("spec.url", s.URL)
	return o
}

// object is one whose API version is the pinned Flux's.
func object(c *emit.Context, api fact.String, kind string, name, namespace fact.String) *tree.Map {
	o := c.NewObject("", kind, "a custom resource of Flux", name, namespace)
	o.Set("apiVersion", api)
	return o
}

func kustomizations(c *emit.Context) error {
	p := c.Plan
	var files []fact.String
	add := func(dir string, needs []fact.String, timeout fact.String) *tree.Map {
		name := dir + ".yaml"
		files = append(files, c.Str(name, "applies "+dir+"/"))
		o := kustomization(c, dir, needs, timeout)
		c.File("flux/"+name, tree.YAML{o})
		return o
	}
	// Everything waits for the namespaces, and so for what they wait for.
	first := p.Flux.DependsOn
	if len(p.Namespaces) > 0 {
		add("namespaces", first, p.Flux.ApplyTimeout)
		first = []fact.String{c.Str(plan.Kustomization("namespaces"), "nothing can be made in a namespace that is not there")}
	}
	if p.Secrets != nil {
		o := add(plan.SecretsDir, first, p.Flux.ApplyTimeout)
		secrets(c, o)
	}
	for _, r := range p.Releases {
		if kustomize.Applied(c, r) {
			o := add(r.Component, append(first[:len(first):len(first)], r.Needs...), plan.ApplyTimeout(r.Delivery.Timeout))
			healthChecks(c, r, o)
		}
	}
	m := kustomize.New(c)
	m.SetNode("resources", tree.Strings(files...))
	c.File("flux/kustomization.yaml", tree.YAML{m})
	return nil
}

// healthChecks names what must be ready. Flux ignores the list where it waits for
// all that it applies, so the release is in it, too.
func healthChecks(c *emit.Context, r *plan.Release, o *tree.Map) {
	if len(r.Delivery.HealthChecks) == 0 {
		return
	}
	set := func(i int, key string, f fact.Any) { o.Set(fmt.Sprintf("spec.healthChecks[%d].%s", i, key), f) }
	o.Set("spec.wait", c.Bool(false, "Flux ignores health checks where it waits for all that it applies"))
	const own = "the release itself, which wait would have waited for"
	set(0, "apiVersion", c.Plan.Flux.Pinned.Str("helmReleaseApi"))
	set(0, "kind", c.Str("HelmRelease", own))
	set(0, "name", c.Str(r.Component, own))
	set(0, "namespace", r.Namespace)
	for i, h := range r.Delivery.HealthChecks {
		namespace := r.Namespace
		if h.Namespace.Present() {
			namespace = plan.Leaf(h.Namespace)
		}
		set(i+1, "apiVersion", plan.Leaf(h.ApiVersion))
		set(i+1, "kind", plan.Leaf(h.Kind))
		set(i+1, "name", plan.Leaf(h.Name))
		set(i+1, "namespace", namespace)
	}
}

func kustomization(c *emit.Context, dir string, needs []fact.String, timeout fact.String) *tree.Map {
	f := c.Plan.Flux
	o := object(c, f.Pinned.Str("kustomizationApi"), "Kustomization",
		c.Str(plan.Kustomization(dir), "named by the component, so that switching profiles upgrades in place"), f.Namespace)
	o.Set("spec.interval", f.Interval)
	o.Set("spec.retryInterval", c.Str("1m", "a failure is retried long before the interval is over"))
	o.Set("spec.timeout", timeout)
	o.Set("spec.path", fact.Sprintf("%s/%s/%s", f.Path, fact.Const(c.Plan.Profile, "emit/flux: the profile's directory in the tree"), fact.Const(dir, "emit/flux: the component's directory")))
	o.Set("spec.prune", c.Bool(true, "what leaves the tree leaves the cluster"))
	o.Set("spec.wait", c.Bool(true, "what depends on it starts when it is ready"))
	o.Set("spec.sourceRef.kind", f.SourceKind)
	o.Set("spec.sourceRef.name", f.SourceName)
	if f.SourceNamespace.Value != "" {
		o.Set("spec.sourceRef.namespace", f.SourceNamespace)
	}
	for i, n := range needs {
		o.Set(fmt.Sprintf("spec.dependsOn[%d].name", i), n)
	}
	return o
}
