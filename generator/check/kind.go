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
			c.unmapped()
			return
		}
		if kind.Value != "kind" {
			c.Report(in.Place, diag.Diagnostic{
				Message: fmt.Sprintf("cluster.hostPorts are for kind, whose nodes are containers of the machine, and the cluster is %s", kind.Value),
				Help:    "leave them out",
				Related: []diag.Related{{Message: "the cluster", Position: kind.Position}},
			}, leaf(kind))
			return
		}
		if in.Http.Value == in.Https.Value {
			c.Report(in.Https.Place, diag.Diagnostic{
				Message: fmt.Sprintf("port %d of the machine is both HTTP's and HTTPS's", in.Https.Value),
				Help:    "write another port for one of them",
				Related: []diag.Related{{Message: "HTTP's", Position: in.Http.Position}},
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
				Related: []diag.Related{{Message: "the machine's ports", Position: in.Position}},
			}, leaf(t.Service), leaf(kind))
		}
	},
}

// unmapped looks at host names in a kind cluster none of whose ports is the
// machine's.
func (c *Context) unmapped() {
	if c.Topology.Cluster.Kind.Value != "kind" || len(c.Hosts) == 0 {
		return
	}
	host := c.Hosts[0]
	c.Report(said(host), diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("no port of the machine leads into the kind cluster, so %s can only be reached from inside", host.Value),
		Help:     "write cluster: hostPorts: {}, which means the ports 80 and 443",
		Related:  []diag.Related{{Message: "the cluster is kind", Position: c.Topology.Cluster.Kind.Position}},
	}, leaf(c.Topology.Cluster.Kind), host)
}

// ingress reports whether the topology has one.
func (c *Context) ingress() bool { return len(c.AccessLogs()) > 0 }
