// Package kind emits the configuration of a kind cluster, and what the machine
// needs to find its ingress.
package kind

import (
	"strconv"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "kind",
	Doc:  "the configuration that `kind create cluster --config` takes, and the machine's names for the ingress",
	Run:  run,
}

// image says why no node has one: which Kubernetes an image brings, and its
// digest, differ with each release of kind.
const image = "The nodes' image is the one of kind's release; `kind create cluster --image` takes another Kubernetes."

func run(c *emit.Context) error {
	in := c.Plan.Topology.Cluster
	if in.Kind.Value != "kind" {
		return nil
	}
	m := tree.NewMap()
	m.Set("kind", c.Str("Cluster", "the one object that kind reads"))
	m.Set("apiVersion", c.Str("kind.x-k8s.io/v1alpha4", "kind's API since 0.6"))
	m.Set("name", plan.Leaf(c.Plan.Topology.Name))
	entry := -1 // the node that the machine's ports lead to
	for i, n := range in.Nodes {
		m.Set("nodes["+strconv.Itoa(i)+"].role", plan.Leaf(n.Role))
		if entry < 0 && n.Role.Value == "control-plane" {
			entry = i
		}
	}
	if len(in.Nodes) == 0 {
		m.Set("nodes[0].role", c.Str("control-plane", "a cluster has at least one node"))
		entry = 0
	}
	if c.Plan.HostPorts.On && entry >= 0 {
		ports(c, m, "nodes["+strconv.Itoa(entry)+"].")
	}
	f := c.File("kind/cluster.yaml", tree.YAML{m})
	f.Comment += "\n" + image
	hosts(c)
	return nil
}

// ports leads the machine's ports to the node's, and labels the node by the word
// that ingress controllers for kind look for.
func ports(c *emit.Context, m *tree.Map, node string) {
	// Not by a patch of kubeadm's configuration, where arguments are a map, and
	// a list from Kubernetes 1.36 on (kind 0.33.0, pkg/cluster/internal/kubeadm).
	m.Set(node+`labels."ingress-ready"`, c.Str("true", "where an ingress whose pod takes the node's ports must run"))
	for i, p := range []plan.Mapping{c.Plan.HostPorts.HTTP, c.Plan.HostPorts.HTTPS} {
		at := node + "extraPortMappings[" + strconv.Itoa(i) + "]."
		m.Set(at+"containerPort", p.Node)
		m.Set(at+"hostPort", p.Host)
		m.Set(at+"protocol", c.Str("TCP", "HTTP's transport"))
	}
}

// hosts are lines for the machine's own /etc/hosts. What ends in localhost leads
// to the machine without (RFC 6761).
func hosts(c *emit.Context) {
	lines := tree.Lines{tree.Text(c.Str("# "+emit.Header, "the header"))}
	for _, h := range c.Plan.Hosts {
		if h.Value != "localhost" && !strings.HasSuffix(h.Value, ".localhost") {
			lines = append(lines, tree.Text(fact.Sprintf("127.0.0.1 %s", h)))
		}
	}
	if len(lines) > 1 {
		c.File("kind/hosts", lines)
	}
}
