// Package kustomize emits the kustomizations: a base and an overlay for each
// release, the namespaces, and the one for `kubectl apply -k`. The shape is the
// one that was tried with Flux 2.7 and Kustomize 5.8.1.
package kustomize

import (
	"fmt"
	"path"
	"slices"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's. It comes after those that add objects.
var Emitter = &emit.Emitter{
	Name: "kustomize",
	Doc:  "kustomizations of bases, overlays, namespaces and the whole profile; the Namespaces",
	Run:  run,

	AfterSplit: true,
}

func run(c *emit.Context) error {
	for _, r := range c.Plan.Releases {
		switch {
		case r.InTree():
			base(c, r)
			overlay(c, r)
		case r.Delivery.Way == plan.ByComponent:
			component(c, r)
		case Applied(c, r):
			objects(c, r)
		}
	}
	namespaces(c)
	whole(c)
	return nil
}

// New makes a kustomization with nothing in it.
func New(c *emit.Context) *tree.Map {
	m := tree.NewMap()
	m.Set("apiVersion", c.Str("kustomize.config.k8s.io/v1beta1", "what Kustomize 5 reads"))
	m.Set("kind", c.Str("Kustomization", "what Kustomize 5 reads"))
	return m
}

// Applied reports whether a component's directory is applied by itself: as a
// release of the tree, or as objects beside one that is installed otherwise.
func Applied(c *emit.Context, r *plan.Release) bool {
	return r.InTree() || r.Delivery.Way == plan.ByOthers && len(c.Output.Objects[r.Component]) > 0
}

func base(c *emit.Context, r *plan.Release) {
	m := New(c)
	m.SetNode("resources", tree.Strings(
		c.Str("source.yaml", "where the chart comes from"),
		c.Str("helmrelease.yaml", "the release, without version and name"),
	))
	m.SetNode("configurations", tree.Strings(c.Str("nameref.yaml", "carries the hash of the values' name into valuesFrom")))
	const values = "configMapGenerator[0]."
	m.Set(values+"name", c.Str(Values(r.Component), "named by the component, never by the profile"))
	m.SetNode(values+"files", tree.Strings(c.Str("base.yaml=values.yaml", "the release reads it first")))
	options(c, m)
	c.BaseFile(r.Component, "kustomization.yaml", tree.YAML{m})

	c.BaseFile(r.Component, "nameref.yaml", tree.YAML{nameReference(c)})
}

// options are those of the ConfigMap of values.
func options(c *emit.Context, m *tree.Map) {
	m.SetNode("configMapGenerator[0].options.annotations", c.NoSubstitution())
}

// watch has Flux follow a change of the ConfigMap at once, also where its name
// stays: variables of Flux's are put in after the hash. It is the profile's,
// since Flux knows the label from 2.7 on.
func watch(c *emit.Context, m *tree.Map) {
	if knows := c.Plan.Flux.Pinned.Bool("watchLabel"); knows.Value {
		m.Set(`configMapGenerator[0].options.labels."reconcile.fluxcd.io/watch"`, fact.Derive("Enabled", knows))
	}
}

// nameReference carries the hash of a ConfigMap's name into the releases.
func nameReference(c *emit.Context) *tree.Map {
	ref := tree.NewMap()
	const spec = "nameReference[0].fieldSpecs[0]."
	const why = "Kustomize does not know by itself that a HelmRelease names a ConfigMap there"
	ref.Set("nameReference[0].kind", c.Str("ConfigMap", why))
	ref.Set("nameReference[0].version", c.Str("v1", why))
	ref.Set(spec+"group", c.Str("helm.toolkit.fluxcd.io", why))
	ref.Set(spec+"kind", c.Str("HelmRelease", why))
	ref.Set(spec+"path", c.Str("spec/valuesFrom/name", why))
	return ref
}

// Values names the ConfigMap of a component's values.
func Values(component string) string { return component + "-values" }

func overlay(c *emit.Context, r *plan.Release) {
	m := New(c)
	m.Set("namespace", r.Namespace)
	resources := []fact.String{c.Str("../../base/"+r.Component, "what the profiles agree on")}
	m.SetNode("resources", tree.Strings(append(resources, further(c, r)...)...))
	const values = "configMapGenerator[0]."
	m.Set(values+"name", c.Str(Values(r.Component), "the base's ConfigMap"))
	m.Set(values+"behavior", c.Str("merge", "the base's keys stay"))
	m.SetNode(values+"files", tree.Strings(c.Str("overlay.yaml=values.yaml", "the release reads it second")))
	watch(c, m)
	for i, name := range c.Output.Patches[r.Component] {
		m.Set(fmt.Sprintf("patches[%d].path", i), c.Str(name, "what this profile says of the object"))
	}
	c.File(path.Join(r.Component, "kustomization.yaml"), tree.YAML{m})
}

// further lists the objects beside the release.
func further(c *emit.Context, r *plan.Release) []fact.String {
	var files []fact.String
	for _, f := range c.Output.Objects[r.Component] {
		files = append(files, c.Str(path.Base(f.Path), "a further object of the component"))
	}
	return files
}

// objects is the directory of a component whose release is none of Flux's, or
// that has none.
func objects(c *emit.Context, r *plan.Release) {
	m := New(c)
	m.Set("namespace", r.Namespace)
	m.SetNode("resources", tree.Strings(further(c, r)...))
	c.File(path.Join(r.Component, "kustomization.yaml"), tree.YAML{m})
}

func namespaces(c *emit.Context) {
	if len(c.Plan.Namespaces) == 0 {
		return
	}
	var objects tree.YAML
	for _, n := range c.Plan.Namespaces {
		o := c.NewObject("v1", "Namespace", "a core object of Kubernetes", n.Name, fact.String{})
		for _, l := range n.Labels {
			o.Set(tree.JoinKey("metadata.labels", l.Key), l.Value)
		}
		o.Set(`metadata.annotations."kustomize.toolkit.fluxcd.io/prune"`,
			c.Str("disabled", "a namespace that Flux prunes takes everything in it along"))
		for _, a := range n.Annotations {
			o.Set(tree.JoinKey("metadata.annotations", a.Key), a.Value)
		}
		objects = append(objects, o)
	}
	c.File("namespaces/namespaces.yaml", objects)
	m := New(c)
	m.SetNode("resources", tree.Strings(c.Str("namespaces.yaml", "every namespace, once")))
	c.File("namespaces/kustomization.yaml", tree.YAML{m})
}

// whole is the profile for people without Flux's Kustomizations.
func whole(c *emit.Context) {
	var dirs []string
	for _, r := range c.Plan.Releases {
		if Applied(c, r) {
			dirs = append(dirs, r.Component)
		}
	}
	slices.Sort(dirs)
	if len(c.Plan.Namespaces) > 0 {
		dirs = append([]string{"namespaces"}, dirs...)
	}
	m := New(c)
	list := &tree.List{}
	for _, d := range dirs {
		list.Items = append(list.Items, tree.Scalar(c.Str(d, "a component of the profile")))
	}
	m.SetNode("resources", list)
	c.File("kustomization.yaml", tree.YAML{m})
}
