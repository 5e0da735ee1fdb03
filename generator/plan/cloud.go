package plan

import (
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// defaults are the port of an S3 service's API and its region, as its
// documentation has them (RustFS 1.0, Garage 2.0, SeaweedFS 3).
func defaults(provider string) (port int64, region string) {
	switch provider {
	case "rustfs":
		return 9000, "us-east-1"
	case "garage":
		return 3900, "garage"
	case "seaweedfs":
		return 8333, "us-east-1"
	}
	return 443, "us-east-1"
}

func (l *linker) s3(s *topology.S3) {
	l.Store.Provider = s.Provider.Value
	port, region := defaults(s.Provider.Value)
	l.Store.Bucket = of(s.Bucket).Named("store.bucket")
	l.Store.User = of(s.User).Named("store.user")
	l.Store.Alias = of(s.Alias)
	l.Store.Endpoint = outside("store", s.Host, s.Port, s.Tls)
	if !s.Port.Present() {
		l.Store.Endpoint.Port = fact.Derive(port, of(s.Provider)).Named("store.port")
	}
	l.Store.Region, l.Store.RegionSet = of(s.Region).Named("store.region"), true
	if !s.Region.Present() {
		l.Store.Region = fact.Derive(region, of(s.Provider)).Named("store.region")
	}
	l.Store.PathStyle, l.Store.Styled = of(s.PathStyle), true
	l.policy(of(s.Provider), everywhere(), s.PolicyFile)
	l.keyCredentials(s.Credentials)
}

func (l *linker) aws(a *topology.AWS) {
	l.Store.Bucket = of(a.Bucket).Named("store.bucket")
	region := of(a.Region)
	l.Store.Region, l.Store.RegionSet = region.Named("store.region"), true
	// Amazon's clouds are three: China's has a domain of its own, and each has
	// its own word in an ARN.
	partition, domain := "aws", "amazonaws.com"
	switch {
	case strings.HasPrefix(region.Value, "cn-"):
		partition, domain = "aws-cn", "amazonaws.com.cn"
	case strings.HasPrefix(region.Value, "us-gov-"):
		partition = "aws-us-gov"
	}
	l.Store.Endpoint = Endpoint{
		Host: fact.Sprintf("s3.%s."+domain, region).Named("store.host"),
		Port: fact.Derive(int64(443), of(l.t.Store.Kind)).Named("store.port"),
		TLS:  fact.Derive(true, of(l.t.Store.Kind)),
	}
	l.policy(of(a.Policy), fact.Derive(partition, region), a.PolicyFile)
	switch c := a.Credentials; {
	case c.SecretKeys != nil:
		l.secretKeys(c.SecretKeys)
	case c.ExternalSecretKeys != nil:
		l.externalKeys(c.ExternalSecretKeys)
	case c.SOPSKeys != nil:
		l.sopsKeys(c.SOPSKeys)
	case c.AWSRole != nil:
		l.Store.Identity.Annotations = []Pair{{"eks.amazonaws.com/role-arn", of(c.AWSRole.Arn)}}
	}
}

func (l *linker) gcs(g *topology.GCS) {
	l.Store.Backend = fact.Derive("gcs", of(l.t.Store.Kind))
	l.Store.Bucket = of(g.Bucket).Named("store.bucket")
	switch c := g.Credentials; {
	case c.GCSKeyFile != nil:
		l.secret(c.GCSKeyFile.Name, c.GCSKeyFile.Key)
		l.await(c.GCSKeyFile.Kustomization, []*Release{l.Tempo.Release})
	case c.GCSIdentity != nil:
		l.Store.Identity.Annotations = []Pair{{"iam.gke.io/gcp-service-account", of(c.GCSIdentity.ServiceAccount)}}
	}
}

func (l *linker) azure(a *topology.Azure) {
	l.Store.Backend = fact.Derive("azure", of(l.t.Store.Kind))
	l.Store.Bucket = of(a.Container).Named("store.bucket")
	l.Store.Account = of(a.Account)
	switch c := a.Credentials; {
	case c.AzureKey != nil:
		l.secret(c.AzureKey.Name, c.AzureKey.Key)
		l.await(c.AzureKey.Kustomization, []*Release{l.Tempo.Release})
	case c.AzureIdentity != nil:
		id := of(c.AzureIdentity.ClientID)
		l.Store.Identity = Identity{
			Annotations: []Pair{{"azure.workload.identity/client-id", id}},
			Labels:      []Pair{{"azure.workload.identity/use", fact.Derive("true", id)}},
			Federated:   true,
		}
	}
}
