package check

import (
	"fmt"

	"tracegen.dev/generator/diag"
)

var hostPorts = &Rule{
	Code: "TG061",
	Name: "ports of the machine",
	Doc:  "the machine's ports lead to the ingress of a kind cluster",
	Run: func(c *Context) {
		in, kind := c.Topology.Cluster.HostPorts, c.Topology.Cluster.Kind
		if in == nil {
			return
		}
		if kind.Value != "kind" {
			c.Report(in.Place, diag.Diagnostic{
				Message: fmt.Sprintf("cluster.hostPorts are for kind, whose nodes are containers of the machine, and the cluster is %s", kind.Value),
				Help:    "leave them out",
			}, leaf(kind))
			return
		}
		if in.Http.Value == in.Https.Value {
			c.Report(in.Https.Place, diag.Diagnostic{
				Message: fmt.Sprintf("port %d of the machine is both HTTP's and HTTPS's", in.Https.Value),
				Help:    "write another port for one of them",
			}, leaf(in.Http), leaf(in.Https))
		}
		if !c.ingress() {
			c.Report(in.Place, diag.Diagnostic{
				Message: "the topology has no ingress that the machine's ports could lead to",
				Help:    `add traefik: {chart: version: "…", export: protocol: "…"}, or leave hostPorts out`,
			}, leaf(kind))
		}
		if t := c.Topology.Traefik; t != nil && t.Service.Value == "ClusterIP" {
			c.Report(t.Service.Place, diag.Diagnostic{
				Message: "Traefik's Service has no port on the nodes, which the machine's ports would lead to",
				Help:    `write service: "NodePort", or leave it out, which means the same on kind`,
			}, leaf(t.Service), leaf(kind))
		}
	},
}

// ingress reports whether the topology has one.
func (c *Context) ingress() bool { return len(c.AccessLogs()) > 0 }
