package path

import (
	"fmt"
	"path"
	"strings"

	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// linkerd is the mesh's proxies, before and from 2.19 on.
func (f *follower) linkerd() *Hop {
	m, r := f.Linkerd, f.Linkerd.Release
	h := f.hop("linkerd", f.receiver(m.Export), m.Export.Protocol.Value)
	h.ID = "span-linkerd"
	h.Sampling = "as the root has decided"
	understands := strings.Join(m.Product.Strs("propagation").Value, ", ")
	h.Headers = understands + " → the same"
	h.know(m.Product.Version.Origin)
	says := f.keyed(r, "collectorAddressKey", "")
	protocol := "opencensus"
	if m.Tracing.Value == "proxy" {
		says = f.keyed(r, "collectorEndpointKey", "")
		protocol = "otlp-grpc"
		h.want(f.keyed(r, "proxyTracingKey", ""), "true", "tracing by the proxies")
	} else if key := f.keyed(r, "protocolKey", ""); key.there() {
		h.say(key)
		if key.text() == "opentelemetry" {
			protocol = "otlp-grpc"
		}
	} else if r.Knows("protocolKey") && r.Str("protocolKey").Value != "" {
		h.know(r.Str("protocolKey").Origin)
	}
	h.Protocol = protocol
	a, ok := h.read(says)
	if !ok {
		return h
	}
	f.reach(h, says, a, f.edge(m.Export, protocol, "", false, ""))
	f.identity(h, a)
	return h
}

// identity proves that the proxies know who receives: by its ServiceAccount, in
// the namespace that it is in, which is meshed.
func (f *follower) identity(h *Hop, a address) {
	m, r := f.Linkerd, f.Linkerd.Release
	account := f.keyed(r, "collectorAccountKey", "")
	h.say(account)
	n, _, ok := f.service(a.host)
	if !ok {
		return
	}
	is := f.account(n)
	if account.text() != is {
		h.fail(account, n, "%s is %q, and the pods of %s run as %q", account.at, account.text(), n.Component, is)
		return
	}
	if in := f.keyed(r, "collectorNamespaceKey", ""); in.there() {
		h.want(in, n.Namespace.Value, "the ServiceAccount's namespace")
	}
	for i, ns := range f.namespaces() {
		if ns.Lookup("metadata.name") == nil || (leaf{node: ns.Lookup("metadata.name")}).text() != n.Namespace.Value {
			continue
		}
		l := leaf{at: fmt.Sprintf("namespaces/namespaces.yaml[%d]#metadata.annotations.\"linkerd.io/inject\"", i)}
		if node := ns.Lookup(`metadata.annotations."linkerd.io/inject"`); node != nil {
			l.node = node
		}
		h.want(l, "enabled", "the mesh")
		return
	}
	// The namespace is somebody else's: a check has asked for it to be meshed.
	h.know(m.Product.Version.Origin)
}

// account is the ServiceAccount of a release's pods.
func (f *follower) account(n *node) string {
	if n.Knows("serviceAccountKeys") {
		for _, key := range n.Strs("serviceAccountKeys").Value {
			if l := f.value(n.Release, key); l.text() != "" {
				return l.text()
			}
		}
	}
	switch n.Component {
	case "tempo":
		return f.Tempo.ServiceAccount.Value
	case plan.Alloy, plan.OtelCollector:
		return f.Collector.ServiceAccount.Value
	}
	return ""
}

// namespaces are those that the tree makes.
func (f *follower) namespaces() []*tree.Map {
	var out []*tree.Map
	for _, file := range f.out.Files {
		if path.Dir(file.Path) != "namespaces" {
			continue
		}
		if docs, ok := file.Body.(tree.YAML); ok {
			for _, d := range docs {
				if m, ok := d.(*tree.Map); ok && (leaf{node: m.Get("kind")}).text() == "Namespace" {
					out = append(out, m)
				}
			}
		}
	}
	return out
}
