// Package apps emits, for each application of the user's, a Kustomize Component
// that tells its workloads where to send, the Ingress that leads to it, and a k6
// script that asks it. The manifests stay the user's.
package apps

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/kustomize"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "apps",
	Doc:  "Kustomize Components that tell the user's workloads where to send, their Ingress, and k6 scripts",
	Run:  run,
}

func run(c *emit.Context) error {
	for _, a := range c.Plan.Apps {
		dir := path.Join("apps", a.Name)
		m := kustomize.NewComponent(c)
		if a.Ingress != nil {
			m.Set("resources[0]", c.Str("ingress.yaml", "how people reach the application"))
			c.File(path.Join(dir, "ingress.yaml"), tree.YAML{ingress(c, a)})
		}
		for i, w := range once(a.In.Workloads) {
			name := strings.ToLower(w.Kind.Value) + "-" + w.Name.Value + "-" + w.Container.Value + ".yaml"
			c.File(path.Join(dir, name), tree.YAML{patch(c, a, w)})
			at := fmt.Sprintf("patches[%d].", i)
			m.Set(at+"path", c.Str(name, "what the workload is told"))
			set(m, at+"target.", w)
			guard(c, m, i, w)
		}
		c.File(path.Join(dir, "kustomization.yaml"), tree.YAML{m})
		if a.In.Smoke != nil && a.Ingress != nil {
			c.File(path.Join(dir, "smoke.js"), script(c, a))
		}
	}
	return nil
}

// once leaves out what a profile says twice, where that is ignored.
func once(in []topology.Workload) []topology.Workload {
	var out []topology.Workload
	for _, w := range in {
		if !slices.ContainsFunc(out, func(o topology.Workload) bool {
			return o.Kind.Value == w.Kind.Value && o.Name.Value == w.Name.Value && o.Container.Value == w.Container.Value
		}) {
			out = append(out, w)
		}
	}
	return out
}

func set(m *tree.Map, at string, w topology.Workload) {
	m.Set(at+"kind", plan.Leaf(w.Kind))
	m.Set(at+"name", plan.Leaf(w.Name))
}

// patch is a strategic merge: it adds to the variables that the container has.
func patch(c *emit.Context, a *plan.App, w topology.Workload) *tree.Map {
	m := tree.NewMap()
	m.Set("apiVersion", c.Str("apps/v1", "the API of workloads"))
	m.Set("kind", plan.Leaf(w.Kind))
	m.Set("metadata.name", plan.Leaf(w.Name))
	m.Set("metadata.namespace", a.Namespace)
	for _, n := range a.Annotations {
		m.Set(tree.JoinKey("spec.template.metadata.annotations", n.Key), n.Value)
	}
	const container = "spec.template.spec.containers[0]."
	m.Set(container+"name", plan.Leaf(w.Container))
	env := a.Env
	if w.ServiceName.Present() {
		env = append(env[:len(env):len(env)], plan.Pair{Key: "OTEL_SERVICE_NAME", Value: plan.Leaf(w.ServiceName)})
	}
	for i, e := range env {
		at := container + "env[" + strconv.Itoa(i) + "]."
		m.Set(at+"name", fact.Derive(e.Key, e.Value))
		m.Set(at+"value", e.Value)
	}
	if a.CADir.Value != "" {
		volume := c.Str("tracing-ca", "a name that the workload's own volumes do not have")
		c.MountSecret(m, "spec.template.spec.volumes", container+"volumeMounts", volume, a.Export.CASecret, a.CADir)
	}
	return m
}

// guard makes the build fail where the user's manifests do not have the
// container. A patch would find nothing to do where the workload is missing, and
// add a container without an image where that is (tried with Kustomize 5.8.1).
// It puts the container's image where it is already.
func guard(c *emit.Context, m *tree.Map, i int, w topology.Workload) {
	at := fmt.Sprintf("replacements[%d].", i)
	field := fact.Sprintf("spec.template.spec.containers.[name=%s].image", plan.Leaf(w.Container))
	set(m, at+"source.", w)
	m.Set(at+"source.fieldPath", field)
	set(m, at+"targets[0].select.", w)
	m.Set(at+"targets[0].fieldPaths[0]", field)
}

func ingress(c *emit.Context, a *plan.App) *tree.Map {
	x := a.Ingress
	o := c.NewObject("networking.k8s.io/v1", "Ingress", "a core object of Kubernetes", fact.Derive(a.Name, a.Namespace), a.Namespace)
	for _, n := range x.Annotations {
		o.Set(tree.JoinKey("metadata.annotations", n.Key), n.Value)
	}
	if x.Class.Value != "" {
		o.Set("spec.ingressClassName", x.Class)
	}
	o.Set("spec.rules[0].host", x.Host)
	const at = "spec.rules[0].http.paths[0]."
	o.Set(at+"path", x.Path)
	o.Set(at+"pathType", c.Str("Prefix", "whatever begins so is the application's"))
	o.Set(at+"backend.service.name", x.Service)
	o.Set(at+"backend.service.port.number", x.Port)
	return o
}

// script is what `k6 run` takes.
func script(c *emit.Context, a *plan.App) tree.Lines {
	in := a.In.Smoke
	say := func(text string) tree.Line { return tree.Text(c.Str(text, "how a script of k6 is written")) }
	options := fact.Sprintf("vus: %d, duration: %q", plan.Leaf(in.Vus), plan.Leaf(in.Duration))
	if kind := plan.Leaf(c.Plan.Topology.Cluster.Kind); kind.Value == "kind" {
		// k6 asks the network for names, which may not know what leads to the
		// machine itself.
		options = fact.Sprintf(`%s, hosts: { %q: "127.0.0.1" }`, options, fact.Derive(a.Ingress.Host.Value, a.Ingress.Host, kind))
	}
	if a.Ingress.Secure && c.Plan.Throwaway.Value {
		// The ingress has a certificate that it made itself.
		options = fact.Derive(options.Value+", insecureSkipTLSVerify: true", options, c.Plan.Throwaway)
	}
	return tree.Lines{
		say("// " + emit.Header),
		say(`import http from "k6/http";`),
		say(`import { check, sleep } from "k6";`),
		say(""),
		tree.Text(fact.Sprintf("export const options = { %s };", options)),
		say(""),
		say("export default function () {"),
		tree.Text(fact.Sprintf("  const response = http.get(%q);", a.SmokeURL)),
		say(`  check(response, { "the application answers": (r) => r.status === 200 });`),
		say("  sleep(1);"),
		say("}"),
	}
}
