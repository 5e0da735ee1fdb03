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
	Kind      string      // minio, s3, aws, gcs, azure or local
	Placement string      // of a Minio: external, cluster or subchart
	Backend   fact.String // Tempo's word for it: s3, gcs, azure or local
	Bucket    fact.String // or Azure's container
	Account   fact.String // Azure's storage account
	Region    fact.String
	RegionSet bool      // whether Tempo is told the region
	PathStyle fact.Bool // whether the bucket stands in a request's path, where Styled
	Styled    bool
	Endpoint  Endpoint
	Address   fact.String // host and port as S3 clients take them
	User      fact.String // Tempo's access key, which is its name in Minio; else its name there
	Alias     fact.String // the server's name in `mc`, or in RustFS's `rc`
	Provider  string      // of another S3 than Minio and Amazon
	Secret    Secret
	Identity  Identity
	Policy    Policy
	Root      Root
	Size      fact.String
	Quota     fact.String // most that the bucket may hold; empty where the input says none
	Expiry    fact.Int    // days after which the bucket itself deletes; 0 where it does not
	Release   *Release    // of Minio's own chart; nil elsewhere
	Resources *topology.Resources
}

// Secret is where the credentials come from.
type Secret struct {
	Inline   bool
	Value    fact.String // the secret key in plain text, where Inline
	Access   fact.String // the access key in plain text, where Inline and it is not the user
	Name     fact.String // of the Secret
	Key      fact.String // of the secret key in it, or of what else there is
	AccessAt fact.String // of the access key in it; empty where that is the user's name
	External *ExternalSecret
}

// ExternalSecret is what the External Secrets operator makes the Secret of.
type ExternalSecret struct {
	API, StoreKind, StoreName, Remote, Interval fact.String
	Data                                        []RemoteProperty
}

// RemoteProperty is a key of the Secret, and what it is called in the store.
type RemoteProperty struct{ Key, Property fact.String }

// Identity is what Tempo's pods stand for at a cloud, where they have no key.
type Identity struct {
	Annotations []Pair // of the ServiceAccount
	Labels      []Pair // of the pods
	Federated   bool   // whether Tempo's configuration must say so: Azure's
}

// Root is Minio's own administrator, in the cluster.
type Root struct {
	Secret   fact.String // name of a Secret with rootUser and rootPassword; empty where plain text
	User     fact.String
	Password fact.String
}

// plainSecret begins the names of facts that are credentials in plain text.
const plainSecret = "secret."

// IsSecret reports whether a value of this origin is a credential in plain text.
func IsSecret(o fact.Origin) bool {
	return slices.ContainsFunc(o.Names, func(name string) bool { return strings.HasPrefix(name, plainSecret) })
}

func (l *linker) store() {
	s := &l.t.Store
	l.Store.Kind = s.Kind.Value
	l.Store.Backend = fact.Derive("s3", of(s.Kind))
	l.bounds(s)
	switch {
	case s.MinioExternal != nil:
		l.external(s.MinioExternal)
	case s.MinioCluster != nil:
		l.cluster(s.MinioCluster)
	case s.MinioSubchart != nil:
		l.subchart(s.MinioSubchart)
	case s.S3 != nil:
		l.s3(s.S3)
	case s.AWS != nil:
		l.aws(s.AWS)
	case s.GCS != nil:
		l.gcs(s.GCS)
	case s.Azure != nil:
		l.azure(s.Azure)
	case s.Local != nil:
		l.Store.Backend = fact.Derive("local", of(s.Kind))
	default:
		l.Store.Backend.Poisoned = true
		l.Store.Endpoint = nowhere()
	}
	l.Store.Address = l.Store.Endpoint.Address()
	if s.AWS != nil {
		l.Store.Address = l.Store.Endpoint.Host // by which clients know Amazon
	}
}

// bounds takes over what limits the bucket, wherever it is.
func (l *linker) bounds(s *topology.Store) {
	var quota topology.String
	var expiry topology.Int
	switch {
	case s.MinioExternal != nil:
		quota, expiry = s.MinioExternal.Quota, s.MinioExternal.ExpiryDays
	case s.MinioCluster != nil:
		quota, expiry = s.MinioCluster.Quota, s.MinioCluster.ExpiryDays
	case s.MinioSubchart != nil:
		quota, expiry = s.MinioSubchart.Quota, s.MinioSubchart.ExpiryDays
	case s.S3 != nil:
		quota, expiry = s.S3.Quota, s.S3.ExpiryDays
	case s.AWS != nil:
		quota, expiry = s.AWS.Quota, s.AWS.ExpiryDays
	case s.GCS != nil:
		quota, expiry = s.GCS.Quota, s.GCS.ExpiryDays
	case s.Azure != nil:
		quota, expiry = s.Azure.Quota, s.Azure.ExpiryDays
	}
	l.Store.Quota, l.Store.Expiry = of(quota), of(expiry)
}

// minio takes over what the input says of a Minio, wherever it is.
func (l *linker) minio(placement string, bucket, region, user topology.String) {
	l.Store.Placement = placement
	l.Store.Bucket = of(bucket).Named("store.bucket")
	l.Store.Region = of(region).Named("store.region")
	l.Store.RegionSet = region.State == topology.Given
	l.Store.User = of(user).Named("store.user")
}

func (l *linker) external(m *topology.MinioExternal) {
	l.minio("external", m.Bucket, m.Region, m.User)
	l.Store.Endpoint = outside("store", m.Host, m.Port, m.Tls)
	l.Store.Alias = of(m.Alias)
	l.policy(of(m.Policy), everywhere(), m.PolicyFile)
	l.credentials(m.Credentials, l.Tempo.Release)
}

func (l *linker) cluster(m *topology.MinioCluster) {
	l.minio("cluster", m.Bucket, m.Region, m.User)
	r := l.release(install{"minio", "minio", topology.Chart(m.Chart), m.Release, m.Namespace, m.Values, m.Delivery})
	l.Store.Release = r
	l.Store.Endpoint = l.inside("store", r, fact.String{}, r.Int("port"))
	l.Store.Alias = of(m.Alias)
	l.Store.Size = of(m.Size)
	l.Store.Resources = m.Resources
	l.policy(of(m.Policy), everywhere(), m.PolicyFile)
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
	l.minio("subchart", m.Bucket, m.Region, m.User)
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

// Kustomization is the name of a component's Flux Kustomization. It never has
// the profile in it, so that switching profiles upgrades in place.
func Kustomization(component string) string { return "tracing-" + component }
