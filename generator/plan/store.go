package plan

import (
	"slices"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Store is where the blocks lie.
type Store struct {
	Placement string // external, cluster or subchart
	Bucket    fact.String
	Region    fact.String
	RegionSet bool // whether the user gave the region
	Endpoint  Endpoint
	User      fact.String // Tempo's access key, which is its name in Minio
	Alias     fact.String // the server's name in `mc`
	Secret    Secret
	Policy    Policy
	Root      Root
	Size      fact.String
	Release   *Release // of Minio's own chart; nil elsewhere
	Resources *topology.Resources
}

// Secret is where the user's secret key comes from: a key of a Secret, or
// plain text in a throw-away cluster.
type Secret struct {
	Inline   bool
	Value    fact.String // plain text, where Inline
	Name     fact.String // of the Secret
	Key      fact.String // in the Secret
	External *topology.ExternalSecretCredentials
}

// Root is Minio's own administrator, in the cluster.
type Root struct {
	Secret   fact.String // name of a Secret with rootUser and rootPassword; empty where plain text
	User     fact.String
	Password fact.String
}

// Policy is what the user may do.
type Policy struct {
	Name      fact.String
	Actions   []fact.String
	ObjectARN fact.String // arn:aws:s3:::bucket/*
	BucketARN fact.String // arn:aws:s3:::bucket
}

// plainSecret begins the names of facts that are credentials in plain text.
const plainSecret = "secret."

// IsSecret reports whether a value of this origin is a credential in plain text.
func IsSecret(o fact.Origin) bool {
	return slices.ContainsFunc(o.Names, func(name string) bool { return strings.HasPrefix(name, plainSecret) })
}

// The S3 actions that Tempo's documentation names (identical from 2.7 to 3.0).
// Object tags are only used where `tags` is set in Tempo's configuration, so
// the last two can go.
var (
	neededActions  = []string{"s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject"}
	taggingActions = []string{"s3:GetObjectTagging", "s3:PutObjectTagging"}
)

func (l *linker) store() {
	s := &l.t.Store
	l.Store.Bucket = of(s.Bucket).Named("store.bucket")
	l.Store.Region = of(s.Region).Named("store.region")
	l.Store.RegionSet = s.Region.State == topology.Given
	l.Store.User = of(s.User).Named("store.user")
	switch {
	case s.MinioExternal != nil:
		l.external(s.MinioExternal)
	case s.MinioCluster != nil:
		l.cluster(s.MinioCluster)
	case s.MinioSubchart != nil:
		l.subchart(s.MinioSubchart)
	default:
		l.Store.Endpoint = nowhere()
	}
}

func (l *linker) external(m *topology.MinioExternal) {
	l.Store.Placement = "external"
	l.Store.Endpoint = outside("store", m.Host, m.Port, m.Tls)
	l.Store.Alias = of(m.Alias)
	l.policy(of(m.Policy))
	l.credentials(m.Credentials, l.Tempo.Release)
}

func (l *linker) cluster(m *topology.MinioCluster) {
	l.Store.Placement = "cluster"
	r := l.release(install{"minio", "minio", topology.Chart(m.Chart), m.Release, m.Namespace, m.Values, m.Delivery})
	l.Store.Release = r
	l.Store.Endpoint = l.inside("store", r, fact.String{}, r.Int("port"))
	l.Store.Alias = of(m.Alias)
	l.Store.Size = of(m.Size)
	l.Store.Resources = m.Resources
	l.policy(of(m.Policy))
	l.credentials(m.Credentials, l.Tempo.Release, r)
	if m.RootSecret.Present() {
		l.Store.Root.Secret = of(m.RootSecret)
	} else {
		// Only a throw-away cluster gets here: a check demands the Secret
		// elsewhere.
		l.Store.Root.User = fact.Derive("root", l.Throwaway)
		l.Store.Root.Password = fact.Derive("throw-away-root", l.Throwaway).Named(plainSecret + "root")
	}
	// Tempo's storage is opened at its start, so the store comes first.
	l.Tempo.needs(r, of(m.Placement))
}

func (l *linker) subchart(m *topology.MinioSubchart) {
	l.Store.Placement = "subchart"
	r := l.Tempo.Release
	l.Store.Secret = Secret{Inline: true, Value: of(m.Credentials.SecretKey).Named(plainSecret + "store")}
	if !r.Knows("minioName") { // a chart that brings no Minio: a check says so
		l.Store.Endpoint = nowhere()
		return
	}
	// The subchart names itself after the release, by the rule of its own chart.
	name := r.Str("minioName")
	sub := &Release{Name: r.Name, Namespace: r.Namespace}
	sub.Fullname = fact.Derive(chart.Fullname(r.Name.Value, name.Value, 63), r.Name, name)
	l.Store.Endpoint = l.inside("store", sub, fact.String{}, r.Int("minioPort"))
}

// policy derives what the user may do from the bucket.
func (l *linker) policy(kind fact.String) {
	actions := neededActions
	if kind.Value != "minimal" {
		actions = append(actions[:len(actions):len(actions)], taggingActions...)
	}
	for _, a := range actions {
		l.Store.Policy.Actions = append(l.Store.Policy.Actions, fact.Derive(a, kind))
	}
	l.Store.Policy.Name = l.Store.User
	l.Store.Policy.BucketARN = fact.Sprintf("arn:aws:s3:::%s", l.Store.Bucket)
	l.Store.Policy.ObjectARN = fact.Sprintf("arn:aws:s3:::%s/*", l.Store.Bucket)
}

// credentials resolves where the secret key comes from. What needs a Secret
// that Flux delivers elsewhere waits for it.
func (l *linker) credentials(c topology.Credentials, users ...*Release) {
	var kustomization topology.String
	switch {
	case c.SecretCredentials != nil:
		s := c.SecretCredentials
		l.Store.Secret = Secret{Name: of(s.Name).Named("store.secret"), Key: of(s.SecretKey).Named("store.secret.key")}
		kustomization = s.Kustomization
	case c.ExternalSecretCredentials != nil:
		s := c.ExternalSecretCredentials
		l.Store.Secret = Secret{Name: of(s.Name).Named("store.secret"), Key: of(s.SecretKey).Named("store.secret.key"), External: s}
		kustomization = s.Kustomization
	case c.InlineCredentials != nil:
		l.Store.Secret = Secret{Inline: true, Value: of(c.InlineCredentials.SecretKey).Named(plainSecret + "store")}
	}
	if kustomization.Present() {
		for _, r := range users {
			r.Needs = append(r.Needs, of(kustomization))
		}
	}
}

// Kustomization is the name of a component's Flux Kustomization. It never has
// the profile in it, so that switching profiles upgrades in place.
func Kustomization(component string) string { return "tracing-" + component }
