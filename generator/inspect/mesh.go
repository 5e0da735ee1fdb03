package inspect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

var meshInForce = &Rule{
	Code: "TG095",
	Name: "mesh in force",
	Doc:  "with what the values say, the proxies send spans, who receives them is in the mesh with the identity that they know, and the ingress is in it",
	Run: func(c *Context) {
		m := c.Linkerd
		if m == nil {
			return
		}
		if c.overridden(m.Receiver) {
			c.receiverMeshed(m.Receiver)
		}
		if c.overridden(m.Release) {
			c.proxies()
		}
		if c.Traefik != nil && c.overridden(c.Traefik.Release) {
			c.ingressMeshed(c.Traefik.Release)
		}
		if c.Nginx != nil && c.overridden(c.Nginx.Release) {
			c.ingressMeshed(c.Nginx.Release)
		}
	},
}

const (
	injectAnnotation = "linkerd.io/inject"
	skipInbound      = "config.linkerd.io/skip-inbound-ports"
)

// podAnnotations are the values paths of the annotations of a release's pods that
// receive.
func (c *Context) podAnnotations(r *plan.Release) []string {
	keys := slices.Clone(r.Strs("podAnnotationsKeys").Value)
	if r == c.Tempo.Release && c.Tempo.Distributed {
		keys = append(keys, "distributor.podAnnotations")
	}
	return keys
}

// receiverMeshed is for who receives the proxies' spans.
func (c *Context) receiverMeshed(r *plan.Release) {
	to := c.Linkerd.Export.Endpoint.Port
	for _, key := range c.podAnnotations(r) {
		inject := tree.JoinKey(key, injectAnnotation)
		if c.text(r, inject) == "disabled" {
			c.unknown(r, inject, "its pods would be kept out of the mesh")
		}
		skip := tree.JoinKey(key, skipInbound)
		if inPorts(c.text(r, skip), to.Value) {
			c.unknown(r, skip, fmt.Sprintf("port %d would bypass its proxy", to.Value))
		}
	}
	for _, key := range []string{"hostNetwork", "controller.hostNetwork", "tempo.hostNetwork"} {
		if c.is(r, key, true) {
			c.unknown(r, key, "Linkerd puts no proxy into a pod with the node's network")
		}
	}
}

func (c *Context) unknown(r *plan.Release, key, what string) {
	c.Report(c.line(r, key), diag.Diagnostic{
		Message: fmt.Sprintf("%s, and the mesh's proxies send their spans to one that shows the identity %s: none of theirs would arrive", what, c.Linkerd.Account.Value),
		Help:    leaveOut,
		Related: said("the mesh sends there because of this", c.Linkerd.Product.Version),
	}, c.Linkerd.Account, c.Linkerd.Export.Endpoint.Port)
}

// inPorts reports whether a list of ports and ranges holds a port.
func inPorts(list string, port int64) bool {
	for _, part := range strings.Split(list, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			to = from
		}
		a, errA := strconv.ParseInt(from, 10, 64)
		b, errB := strconv.ParseInt(to, 10, 64)
		if errA == nil && errB == nil && a <= port && port <= b {
			return true
		}
	}
	return false
}

// ingressMeshed is for the ingress, which the topology has in the mesh.
func (c *Context) ingressMeshed(r *plan.Release) {
	for _, key := range r.Strs("podAnnotationsKeys").Value {
		inject := tree.JoinKey(key, injectAnnotation)
		if c.text(r, inject) != "disabled" {
			continue
		}
		c.Report(c.line(r, inject), diag.Diagnostic{
			Message: "the ingress would be kept out of the mesh, and the topology has it there: its requests would go past the proxies, without their spans",
			Help:    leaveOut + ", and say by linkerd.ingress how it is meshed",
			Related: said("the mesh is said here", c.Linkerd.Product.Version),
		}, c.Linkerd.Product.Version)
	}
}

// proxies is for the chart that has the settings of tracing.
func (c *Context) proxies() {
	m := c.Linkerd
	if key := c.feature(m.Release, "proxyTracingKey"); key != "" && c.is(m.Release, key, false) {
		c.Report(c.line(m.Release, key), diag.Diagnostic{
			Message: "no proxy would send a span, and the topology's mesh is there for theirs",
			Help:    "leave it out of values, or the section linkerd out of the topology",
			Related: said("the mesh is said here", m.Product.Version),
		}, m.Product.Version)
	}
	domain := c.Domain
	if m.Domain.Value != "" {
		domain = m.Domain
	}
	for _, feature := range []string{"clusterDomainKey", "trustDomainKey"} {
		want := domain
		if feature == "clusterDomainKey" {
			want = c.Domain
			if m.Tracing.Value == "jaeger" {
				want = domain // the extension builds the identity with it
			}
		}
		key := c.feature(m.Release, feature)
		if got := c.text(m.Release, key); got != "" && got != want.Value {
			c.otherDomain(key, got, want)
		}
	}
}

func (c *Context) otherDomain(key, got string, want fact.String) {
	m := c.Linkerd
	c.Report(c.line(m.Release, key), diag.Diagnostic{
		Message: fmt.Sprintf("%s would be %s, and the identity of who receives ends in %s: no proxy would send it a span", key, got, want.Value),
		Help:    "leave it out of values, and change linkerd.trustDomain or cluster.domain instead",
		Related: said("the domain is said here", want),
	}, want)
}
