package grafana

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// people lets them in: through the ingress, as administrator, or, in a
// throw-away cluster, without a login.
func people(c *emit.Context) {
	g, v := c.Plan.Grafana, c.Values("grafana")
	p := g.People
	emit.Resources(v, g.Str("grafanaResourcesKey").Value, p.Resources)
	if p.Admin.Value != "" {
		v.Set(g.Str("adminSecretKey").Value, p.Admin)
	}
	if p.Anonymous.Value {
		v.Set(g.Str("anonymousKey").Value, p.Anonymous)
		v.Set(g.Str("anonymousRoleKey").Value, c.Str("Editor", "who may only look has no page to explore traces on"))
	}
	if p.Host.Value == "" {
		return
	}
	v.Set(g.Str("ingressKey").Value, fact.Derive(true, p.Host))
	v.SetNode(g.Str("ingressHostsKey").Value, tree.Strings(p.Host))
	if p.Class.Value != "" {
		v.Set(g.Str("ingressClassKey").Value, p.Class)
	}
	if p.TLSSecret.Value != "" {
		at := g.Str("ingressTLSKey").Value + "[0]."
		v.Set(at+"secretName", p.TLSSecret)
		v.SetNode(at+"hosts", tree.Strings(p.Host))
	}
	v.Set(g.Str("iniKey").Value+".server.root_url", p.URL)
}
