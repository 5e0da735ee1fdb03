package tempo

import (
	"fmt"
	"path"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// storage says where the blocks go. The keys are Tempo's own configuration,
// which the chart copies as it is.
func storage(c *emit.Context, v *tree.Map) {
	t, s := c.Plan.Tempo, c.Plan.Store
	at := t.Str("storageKey").Value
	v.Set(at+".backend", s.Backend)
	at += "." + s.Backend.Value + "."
	switch s.Backend.Value {
	case "s3":
		s3(t, s, v, at)
	case "gcs":
		v.Set(at+t.Str("gcsBucketField").Value, s.Bucket)
	case "azure":
		v.Set(at+t.Str("azureContainerField").Value, s.Bucket)
		v.Set(at+t.Str("azureAccountField").Value, s.Account)
		if field := t.Str("azureFederatedTokenField"); field.Value != "" && s.Identity.Federated {
			v.Set(at+field.Value, fact.Derive(true, s.Identity.Annotations[0].Value, field))
		}
	case "local":
		v.Set(at+t.Str("localPathField").Value, c.Str("/var/tempo/traces", "a directory of the volume"))
	}
	for _, p := range s.Identity.Annotations {
		v.Set(tree.JoinKey(t.Str("serviceAccountAnnotationsKey").Value, p.Key), p.Value)
	}
	for _, key := range t.Strs("podLabelsKeys").Value {
		for _, p := range s.Identity.Labels {
			v.Set(tree.JoinKey(key, p.Key), p.Value)
		}
	}
}

func s3(t plan.Tempo, s plan.Store, v *tree.Map, at string) {
	v.Set(at+"bucket", s.Bucket)
	v.Set(at+"endpoint", s.Address)
	v.Set(at+"insecure", fact.Derive(!s.Endpoint.TLS.Value, s.Endpoint.TLS))
	if s.RegionSet {
		v.Set(at+"region", s.Region)
	}
	if lookup := t.Str("s3LookupField"); s.Styled && s.PathStyle.Value {
		v.Set(at+t.Str("s3PathStyleField").Value, s.PathStyle)
	} else if s.Styled && lookup.Value != "" {
		// By itself, Tempo would find out for Amazon and Google only.
		v.Set(at+lookup.Value, fact.Derive(int64(1), s.PathStyle, lookup))
	}
	if s.Secret.Inline {
		access := s.Secret.Access
		if access.Value == "" {
			access = s.User
		}
		v.Set(at+"access_key", access)
		v.Set(at+"secret_key", s.Secret.Value)
	}
}

// pod is where the values of a part have what its pods get.
type pod struct{ env, mounts, volumes string }

// credentials hands the credentials over in variables that Tempo reads by itself
// (from 1.5 on), so that no `$` has to survive any layer.
func credentials(c *emit.Context, v *tree.Map, at pod) {
	t, s := c.Plan.Tempo, c.Plan.Store
	if s.Secret.Inline || s.Secret.Name.Value == "" {
		return // in the configuration, or the cloud knows the pod
	}
	const why = "Tempo's client reads this variable where the configuration has no key (1.5 to 3.0)"
	n := 0
	fromSecret := func(name fact.String, key fact.String) {
		env := fmt.Sprintf("%s[%d].", at.env, n)
		v.Set(env+"name", name)
		v.Set(env+"valueFrom.secretKeyRef.name", s.Secret.Name)
		v.Set(env+"valueFrom.secretKeyRef.key", key)
		n++
	}
	switch s.Backend.Value {
	case "gcs":
		const dir = "/etc/tempo-gcs"
		v.Set(at.env+"[0].name", t.Str("gcsCredentialsEnv"))
		v.Set(at.env+"[0].value", fact.Derive(path.Join(dir, s.Secret.Key.Value), s.Secret.Key))
		name := c.Str("tempo-gcs", "the volume of the key file")
		c.MountSecret(v, at.volumes, at.mounts, name, s.Secret.Name, c.Str(dir, "a directory of its own, of which nothing else is hidden"))
	case "azure":
		fromSecret(t.Str("azureAccountKeyEnv"), s.Secret.Key)
	default:
		if s.Secret.AccessAt.Value != "" {
			fromSecret(c.Str("AWS_ACCESS_KEY_ID", why), s.Secret.AccessAt)
		} else {
			v.Set(at.env+"[0].name", c.Str("AWS_ACCESS_KEY_ID", why))
			v.Set(at.env+"[0].value", s.User)
			n++
		}
		fromSecret(c.Str("AWS_SECRET_ACCESS_KEY", why), s.Secret.Key)
	}
}
