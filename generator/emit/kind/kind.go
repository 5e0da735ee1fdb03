// Package kind emits the configuration of a kind cluster.
package kind

import (
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "kind",
	Doc:  "the configuration that `kind create cluster --config` takes",
	Run:  run,
}

func run(c *emit.Context) error {
	in := c.Plan.Topology.Cluster
	if in.Kind.Value != "kind" {
		return nil
	}
	m := tree.NewMap()
	m.Set("kind", c.Str("Cluster", "the one object that kind reads"))
	m.Set("apiVersion", c.Str("kind.x-k8s.io/v1alpha4", "kind's API since 0.6"))
	m.Set("name", plan.Leaf(c.Plan.Topology.Name))
	for i, n := range in.Nodes {
		m.Set("nodes["+strconv.Itoa(i)+"].role", plan.Leaf(n.Role))
	}
	if len(in.Nodes) == 0 {
		m.Set("nodes[0].role", c.Str("control-plane", "a cluster has at least one node"))
	}
	c.File("kind/cluster.yaml", tree.YAML{m})
	return nil
}
