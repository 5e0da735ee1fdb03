package emit

import (
	"fmt"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// MountSecret puts a Secret into a container, as files below a directory. The
// lists of volumes and of mounts are paths in m.
func (c *Context) MountSecret(m *tree.Map, volumes, mounts string, name, secret, dir fact.String) {
	m.Set(volumes+"[0].name", name)
	m.Set(volumes+"[0].secret.secretName", secret)
	m.Set(mounts+"[0].name", name)
	m.Set(mounts+"[0].mountPath", dir)
	m.Set(mounts+"[0].readOnly", c.Bool(true, "nobody writes to a Secret"))
}

// ExternalSecret emits the object by which the External Secrets operator makes
// Tempo's credentials, into the directory of a component that needs them.
func ExternalSecret(c *Context, component string) {
	s := c.Plan.Store.Secret
	if s.External == nil {
		return
	}
	x := s.External
	o := c.NewObject("", "ExternalSecret", "the External Secrets operator's object", s.Name, c.Plan.Release(component).Namespace)
	o.Set("apiVersion", fact.Sprintf("external-secrets.io/%s", x.API))
	o.Set("spec.refreshInterval", x.Interval)
	o.Set("spec.secretStoreRef.kind", x.StoreKind)
	o.Set("spec.secretStoreRef.name", x.StoreName)
	o.Set("spec.target.name", s.Name)
	for i, d := range x.Data {
		at := fmt.Sprintf("spec.data[%d].", i)
		o.Set(at+"secretKey", d.Key)
		o.Set(at+"remoteRef.key", x.Remote)
		o.Set(at+"remoteRef.property", d.Property)
	}
	c.Object(component, "externalsecret.yaml", o)
}
