package emit

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
)

// ExternalSecret emits the object by which the External Secrets operator makes
// Tempo's credentials, into the directory of a component that needs them.
func ExternalSecret(c *Context, component string) {
	s := c.Plan.Store.Secret
	if s.External == nil {
		return
	}
	x := s.External
	o := c.NewObject("", "ExternalSecret", "the External Secrets operator's object", s.Name, c.Plan.Release(component).Namespace)
	o.Set("apiVersion", fact.Sprintf("external-secrets.io/%s", plan.Leaf(x.Api)))
	o.Set("spec.refreshInterval", plan.Leaf(x.Interval))
	o.Set("spec.secretStoreRef.kind", plan.Leaf(x.Store.Kind))
	o.Set("spec.secretStoreRef.name", plan.Leaf(x.Store.Name))
	o.Set("spec.target.name", s.Name)
	o.Set("spec.data[0].secretKey", s.Key)
	o.Set("spec.data[0].remoteRef.key", plan.Leaf(x.Remote))
	o.Set("spec.data[0].remoteRef.property", plan.Leaf(x.Property))
	c.Object(component, "externalsecret.yaml", o)
}
