package kustomize

import (
	"fmt"
	"path"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// valuesKey is the key of a Component's values. It must be another than those
// of the user's own valuesFrom.
const valuesKey = "tracing.yaml"

// NewComponent makes a Component with nothing in it.
func NewComponent(c *emit.Context) *tree.Map {
	m := tree.NewMap()
	m.Set("apiVersion", c.Str("kustomize.config.k8s.io/v1alpha1", "what Kustomize 5 reads Components by"))
	m.Set("kind", c.Str("Component", "it adds to the kustomization that lists it"))
	return m
}

// component adds values to a HelmRelease that the user has. It does so by
// replacements: a strategic merge would destroy the user's own valuesFrom, and a
// JSON patch fails where there is none (tried with Kustomize 5.8.1). The last
// replacement has the release as its source: where there is no such release,
// the build fails instead of adding to nothing.
func component(c *emit.Context, r *plan.Release) {
	m := NewComponent(c)
	if files := further(c, r); len(files) > 0 {
		m.SetNode("resources", tree.Strings(files...))
	}
	m.SetNode("configurations", tree.Strings(c.Str("nameref.yaml", "carries the hash of the values' name into valuesFrom")))
	name := c.Str(r.Component+"-tracing-values", "a ConfigMap of our own beside the user's")
	const values = "configMapGenerator[0]."
	m.Set(values+"name", name)
	m.Set(values+"namespace", r.Delivery.Namespace)
	m.SetNode(values+"files", tree.Strings(c.Str(valuesKey+"=values.yaml", "a key that the user's own entries do not have")))
	options(c, m)
	watch(c, m)

	const entry = "spec.valuesFrom.[valuesKey=" + valuesKey + "]."
	const add = "the release reads our values after those that it lists"
	replace := func(i int, source, target reference) {
		at := fmt.Sprintf("replacements[%d].", i)
		source.set(m, at+"source.")
		m.Set(at+"source.fieldPath", source.field)
		target.set(m, at+"targets[0].select.")
		m.SetNode(at+"targets[0].fieldPaths", tree.Strings(target.field))
		m.Set(at+"targets[0].options.create", c.Bool(true, add))
	}
	configMap := func(field string) reference {
		return reference{kind: c.Str("ConfigMap", add), name: name, field: c.Str(field, add)}
	}
	release := func(field string) reference {
		return reference{
			group: c.Str("helm.toolkit.fluxcd.io", add), kind: c.Str("HelmRelease", add),
			name: r.Delivery.Name, field: c.Str(field, add),
		}
	}
	replace(0, configMap("metadata.name"), release(entry+"name"))
	replace(1, configMap("kind"), release(entry+"kind"))
	replace(2, release("metadata.name"), configMap("metadata.annotations.[tracegen.dev/helmrelease]"))
	c.File(path.Join(r.Component, "kustomization.yaml"), tree.YAML{m})
	c.File(path.Join(r.Component, "nameref.yaml"), tree.YAML{nameReference(c)})
}

// reference names a field of an object, as replacements do.
type reference struct{ group, kind, name, field fact.String }

func (r reference) set(m *tree.Map, at string) {
	if r.group.Value != "" {
		m.Set(at+"group", r.group)
	}
	m.Set(at+"kind", r.kind)
	m.Set(at+"name", r.name)
}
