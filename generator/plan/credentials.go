package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Secrets are the user's own, encrypted in Git, which a Flux Kustomization of
// the tree's applies.
type Secrets struct {
	Path       fact.String
	Decryption fact.String // name of the Secret with the private key
}

// credentials resolves where the secret key of a Minio's user comes from. What
// needs a Secret that Flux delivers elsewhere waits for it.
func (l *linker) credentials(c topology.Credentials, users ...*Release) {
	switch {
	case c.SecretCredentials != nil:
		s := c.SecretCredentials
		l.secret(s.Name, s.SecretKey)
		l.await(s.Kustomization, users)
	case c.ExternalSecretCredentials != nil:
		s := c.ExternalSecretCredentials
		l.secret(s.Name, s.SecretKey)
		l.externalSecret(s.Api, s.Interval, s.Remote, s.Store, RemoteProperty{l.Store.Secret.Key, of(s.Property)})
		l.await(s.Kustomization, users)
	case c.SOPSCredentials != nil:
		s := c.SOPSCredentials
		l.secret(s.Name, s.SecretKey)
		l.sops(s.Path, s.Decryption, users)
	case c.InlineCredentials != nil:
		l.Store.Secret = Secret{Inline: true, Value: of(c.InlineCredentials.SecretKey).Named(plainSecret + "store")}
	}
}

// keyCredentials is credentials where the access key is not the user's to
// choose, so that it stands beside the secret key.
func (l *linker) keyCredentials(c topology.KeyCredentials) {
	switch {
	case c.SecretKeys != nil:
		l.secretKeys(c.SecretKeys)
	case c.ExternalSecretKeys != nil:
		l.externalKeys(c.ExternalSecretKeys)
	case c.SOPSKeys != nil:
		l.sopsKeys(c.SOPSKeys)
	case c.InlineKeys != nil:
		k := c.InlineKeys
		l.Store.Secret = Secret{
			Inline: true,
			Value:  of(k.SecretKey).Named(plainSecret + "store"),
			Access: of(k.AccessKey).Named("store.access"),
		}
	}
}

func (l *linker) secretKeys(s *topology.SecretKeys) {
	l.secret(s.Name, s.SecretKey)
	l.Store.Secret.AccessAt = of(s.AccessKey).Named("store.secret.access")
	l.await(s.Kustomization, []*Release{l.Tempo.Release})
}

func (l *linker) externalKeys(s *topology.ExternalSecretKeys) {
	l.secret(s.Name, s.SecretKey)
	l.Store.Secret.AccessAt = of(s.AccessKey).Named("store.secret.access")
	l.externalSecret(s.Api, s.Interval, s.Remote, s.Store,
		RemoteProperty{l.Store.Secret.AccessAt, of(s.AccessProperty)},
		RemoteProperty{l.Store.Secret.Key, of(s.SecretProperty)})
	l.await(s.Kustomization, []*Release{l.Tempo.Release})
}

func (l *linker) sopsKeys(s *topology.SOPSKeys) {
	l.secret(s.Name, s.SecretKey)
	l.Store.Secret.AccessAt = of(s.AccessKey).Named("store.secret.access")
	l.sops(s.Path, s.Decryption, []*Release{l.Tempo.Release})
}

func (l *linker) secret(name, key topology.String) {
	l.Store.Secret = Secret{Name: of(name).Named("store.secret"), Key: of(key).Named("store.secret.key")}
}

func (l *linker) externalSecret(api, interval, remote topology.String, store topology.SecretStore, data ...RemoteProperty) {
	l.Store.Secret.External = &ExternalSecret{
		API: of(api), StoreKind: of(store.Kind), StoreName: of(store.Name), Remote: of(remote), Interval: of(interval),
		Data: data,
	}
}

// await lets the releases wait for a Kustomization of the user's, where one is
// named.
func (l *linker) await(kustomization topology.String, users []*Release) {
	if kustomization.Present() {
		for _, r := range users {
			r.Needs = append(r.Needs, of(kustomization))
		}
	}
}

// sops has the tree apply the user's directory of encrypted Secrets, before
// those who need them.
func (l *linker) sops(path topology.String, d topology.Decryption, users []*Release) {
	l.Secrets = &Secrets{Path: of(path), Decryption: of(d.Secret)}
	for _, r := range users {
		r.Needs = append(r.Needs, fact.Derive(Kustomization(SecretsDir), of(path)))
	}
}

// SecretsDir is what the Kustomization of the user's Secrets is called by. The
// tree has no such directory.
const SecretsDir = "secrets"
