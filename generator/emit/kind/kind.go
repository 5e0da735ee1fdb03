// Package kind emits the configuration of a kind cluster.
package kind

import (
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
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
	if c.Plan.Nginx != nil {
		ports(c, m)
	}
	c.File("kind/cluster.yaml", tree.YAML{m})
	return nil
}

// ports leads the machine's ports 80 and 443 to those of the control plane, which
// ingress-nginx takes there.
func ports(c *emit.Context, m *tree.Map) {
	node := "nodes[0]."
	for i, n := range c.Plan.Topology.Cluster.Nodes {
		if n.Role.Value == "control-plane" {
			node = "nodes[" + strconv.Itoa(i) + "]."
			break
		}
	}
	m.Set(node+"labels.ingress-ready", fact.Derive("true", c.Plan.Nginx.Kind))
	for i, port := range []fact.Int{c.Plan.Nginx.Int("webPort"), c.Plan.Nginx.Int("websecurePort")} {
		at := node + "extraPortMappings[" + strconv.Itoa(i) + "]."
		m.Set(at+"containerPort", port)
		m.Set(at+"hostPort", port)
		m.Set(at+"protocol", c.Str("TCP", "HTTP's transport"))
	}
}
