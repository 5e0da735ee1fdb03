package inspect

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

var waysIn = &Rule{
	Code: "TG096",
	Name: "ways in",
	Doc:  "with what the values say, the ports of a kind cluster's machine lead to the ingress, and each Ingress has a class, an entry point and a host that somebody serves",
	Run: func(c *Context) {
		if c.Traefik != nil && c.overridden(c.Traefik.Release) {
			c.traefikService()
			c.entryPoints()
			c.ingressProvider()
		}
		if c.Nginx != nil && c.overridden(c.Nginx.Release) {
			c.nginxService()
		}
		if c.Grafana != nil && c.overridden(c.Grafana.Release) {
			c.grafanaIngress()
		}
	},
}

// outside reports whether somebody reaches the ingress from outside: by the
// machine's ports, or by host names.
func (c *Context) outside() (why []diag.Related, ok bool) {
	if in := c.Topology.Cluster.HostPorts; in != nil && c.HostPorts.On {
		return []diag.Related{{Message: "the machine's ports lead there because of this", Position: in.Position}}, true
	}
	if len(c.Hosts) > 0 {
		return said("this host is asked for there", c.Hosts[0]), true
	}
	return nil, false
}

func (c *Context) unreachable(r *plan.Release, key, what, help string, restsOn ...fact.Any) {
	why, ok := c.outside()
	if !ok {
		return
	}
	c.Report(c.line(r, key), diag.Diagnostic{
		Message: what + ": whoever asks from outside gets no answer",
		Help:    help,
		Related: why,
	}, restsOn...)
}

func (c *Context) traefikService() {
	x := c.Traefik
	if c.is(x.Release, "service.enabled", false) {
		c.unreachable(x.Release, "service.enabled", "Traefik would have no Service", leaveOut)
	}
	c.serviceType(x.Release, x.Str("serviceTypeKey").Value, x.Service)
}

// serviceType looks at a type of Service other than the one in the topology.
func (c *Context) serviceType(r *plan.Release, key string, want fact.String) {
	got, kind := c.text(r, key), c.Topology.Cluster.Kind
	if got == "" || got == want.Value {
		return
	}
	help := fmt.Sprintf("leave it out of values, and write service: %q in the section of the ingress", got)
	switch {
	case got == "LoadBalancer" && kind.Value == "kind":
		c.Report(c.line(r, key), diag.Diagnostic{
			Message: "a kind cluster has no load balancer: the Service stays pending, and the release never becomes ready",
			Help:    leaveOut,
			Related: []diag.Related{{Message: "the cluster's kind is said here", Position: kind.Position}},
		}, plan.Leaf(kind))
	case c.HostPorts.On && c.HostPorts.NodePort && got != "NodePort":
		c.unreachable(r, key, fmt.Sprintf("the Service would be of type %s, which has no port on the nodes, to which the machine's ports lead", got), leaveOut, plan.Leaf(kind))
	case got == "ClusterIP":
		c.unreachable(r, key, "the Service would be reached from inside the cluster only", help, plan.Leaf(kind))
	}
}

// entries are the entry points that Ingresses name: web, which is HTTP, websecure,
// and what applications ask for.
func (c *Context) entries() map[string]fact.Any {
	used := map[string]fact.Any{}
	if c.HostPorts.On {
		used["web"] = c.HostPorts.HTTP.Host
	}
	for _, a := range c.Apps {
		if in := a.In.Ingress; in != nil {
			name := "web"
			if in.EntryPoint.Present() {
				name = in.EntryPoint.Value
			}
			used[name] = a.Ingress.Host
		}
	}
	if p := c.Grafana; p != nil && p.People.Host.Value != "" {
		used["web"] = p.People.Host
	}
	return used
}

// entryPoints looks at whether they are there, and reached.
func (c *Context) entryPoints() {
	x, used := c.Traefik, c.entries()
	for _, name := range sorted(used) {
		at := tree.JoinKey("ports", name)
		n, _ := c.Value(x.Release, at)
		var key, what string
		switch {
		case removed(n):
			key, what = at, "Traefik would have no entry point "+name
		case c.is(x.Release, at+".expose", false):
			key, what = at+".expose", fmt.Sprintf("the Service would not have the port of the entry point %s", name)
		case c.is(x.Release, at+".expose.default", false):
			key, what = at+".expose.default", fmt.Sprintf("the Service would not have the port of the entry point %s", name)
		case !c.HostPorts.On && c.movedPort(at, name):
			key, what = at+".exposedPort", fmt.Sprintf("the Service would have the entry point %s at another port than the one that its addresses mean", name)
		default:
			continue
		}
		c.Report(c.line(x.Release, key), diag.Diagnostic{
			Message: what + ", by which it is reached from outside",
			Help:    leaveOut,
			Related: said("it is used because of this", used[name]),
		}, used[name])
	}
}

func (c *Context) movedPort(at, name string) bool {
	usual := map[string]int64{"web": 80, "websecure": 443}[name]
	return usual != 0 && c.count(c.Traefik.Release, at+".exposedPort", usual) != usual
}

// ingressProvider looks at which Ingresses Traefik takes.
func (c *Context) ingressProvider() {
	x := c.Traefik
	const at = "providers.kubernetesIngress"
	if len(c.Hosts) == 0 {
		return
	}
	if c.is(x.Release, at+".enabled", false) {
		c.unreachable(x.Release, at+".enabled", "Traefik would take no Ingress, and the tree has some", leaveOut)
		return
	}
	classes := c.classes()
	for _, host := range sorted(classes) {
		class := classes[host]
		if only := c.text(x.Release, at+".ingressClass"); only != "" && class.Value != "" && only != class.Value {
			c.unreachable(x.Release, at+".ingressClass", fmt.Sprintf("Traefik would take Ingresses of the class %s alone, and that of %s has %s", only, host, class.Value), fmt.Sprintf("leave it out of values, or write ingress: class: %q where the topology has that host", only), class)
			return
		}
	}
	list := c.items(x.Release, at+".namespaces")
	if len(list) == 0 {
		return
	}
	for _, a := range c.Apps {
		if a.Ingress != nil && !slices.ContainsFunc(list, func(n tree.Node) bool { return textOf(n) == a.Namespace.Value }) {
			c.unreachable(x.Release, at+".namespaces", fmt.Sprintf("Traefik would look for Ingresses in other namespaces than %s, where that of %s is", a.Namespace.Value, a.Name), fmt.Sprintf("leave it out of values, or add %q to it", a.Namespace.Value), a.Namespace)
			return
		}
	}
}

// classes gives the class of each Ingress in the tree, by its host.
func (c *Context) classes() map[string]fact.String {
	out := map[string]fact.String{}
	for _, a := range c.Apps {
		if a.Ingress != nil {
			out[a.Ingress.Host.Value] = a.Ingress.Class
		}
	}
	if g := c.Grafana; g != nil && g.People.Host.Value != "" {
		out[g.People.Host.Value] = g.People.Class
	}
	return out
}

func (c *Context) nginxService() {
	x := c.Nginx
	if x.HostPorts.Value {
		if key := x.Str("hostPortKey").Value; !c.is(x.Release, key, true) {
			c.unreachable(x.Release, key, "the pod would take no port of its node, to which the machine's ports lead", leaveOut, x.HostPorts)
		}
		return
	}
	c.serviceType(x.Release, x.Str("serviceTypeKey").Value, x.Service)
}

// grafanaIngress compares Grafana's Ingress with the address that Grafana hands
// out, and with the ingress of the topology.
func (c *Context) grafanaIngress() {
	g := c.Grafana
	if g.People.Host.Value == "" {
		return
	}
	if key := c.feature(g.Release, "ingressClassKey"); key != "" && g.People.Class.Value != "" {
		if got := c.text(g.Release, key); got != g.People.Class.Value {
			c.Report(c.line(g.Release, key), diag.Diagnostic{
				Message: fmt.Sprintf("Grafana's Ingress would be of the class %q, and the topology's ingress serves %q: who asks for %s gets 404", got, g.People.Class.Value, g.People.Host.Value),
				Help:    fmt.Sprintf("leave it out of values, and write grafana: ingress: class: %q instead", got),
				Related: said("the class follows from this", g.People.Class),
			}, g.People.Class)
		}
	}
	if key := c.feature(g.Release, "ingressKey"); key != "" && !c.is(g.Release, key, true) {
		c.Report(c.line(g.Release, key), diag.Diagnostic{
			Message: fmt.Sprintf("Grafana would have no Ingress, and its links begin with %s", g.People.URL.Value),
			Help:    "leave it out of values, or grafana.ingress out of the topology",
			Related: said("the host is said here", g.People.Host),
		}, g.People.Host)
		return
	}
	key := c.feature(g.Release, "ingressHostsKey")
	// What a template makes of a host, nobody here knows.
	served := func(n tree.Node) bool { return textOf(n) == g.People.Host.Value || strings.Contains(textOf(n), "{{") }
	if list := c.items(g.Release, key); key != "" && !slices.ContainsFunc(list, served) {
		var hosts []string
		for _, n := range list {
			hosts = append(hosts, textOf(n))
		}
		c.Report(c.line(g.Release, key), diag.Diagnostic{
			Message: fmt.Sprintf("Grafana's Ingress would be for %q, and its own links, and those of the machine's hosts, lead to %s", strings.Join(hosts, ", "), g.People.Host.Value),
			Help:    fmt.Sprintf("leave it out of values, and write grafana: ingress: host: %q instead", strings.Join(hosts[:min(len(hosts), 1)], "")),
			Related: said("the host is said here", g.People.Host),
		}, g.People.Host)
	}
}
