package chart

import (
	"fmt"
	"slices"
	"testing"
)

// edge is where a feature changes: the last release before, and the first with
// it. Lists are written as fmt prints them.
type edge struct{ chart, feature, before, was, from, is string }

func TestEdges(t *testing.T) {
	for _, tc := range slices.Concat(tempoEdges, ingressEdges, collectorEdges, grafanaEdges, clusterEdges, layerEdges) {
		expect(t, tc.chart, tc.before, tc.feature, tc.was)
		expect(t, tc.chart, tc.from, tc.feature, tc.is)
	}
}

// Some edges follow from the software's version, and that is known of every
// release, so they can be compared throughout.
func TestEdgesFollowTheSoftware(t *testing.T) {
	for _, tc := range []struct{ chart, feature, app, before, from string }{
		{"tempo-distributed", "skipVerifyKey", "2.2.0", "insecure_skip_verify", "tls_insecure_skip_verify"},
		{"tempo-distributed", "key.opencensus", "2.10.6", "traces.opencensus", ""},
		{"tempo-distributed", "kafka", "3.0.0", "false", "true"},
		{"tempo-distributed", "azureContainerField", "2.0.0", "container-name", "container_name"},
		{"tempo-distributed", "azureAccountField", "2.0.0", "storage-account-name", "storage_account_name"},
		{"tempo-distributed", "azureAccountKeyField", "2.0.0", "storage-account-key", "storage_account_key"},
		{"tempo-distributed", "azureFederatedTokenField", "2.1.0", "<nil>", "use_federated_token"},
		{"tempo-distributed", "s3LookupField", "2.1.0", "<nil>", "bucket_lookup_type"},
		{"tempo-distributed", "streamOverHTTPRawKey", "2.3.0", "<nil>", "tempo.structuredConfig.stream_over_http_enabled"},
		{"tempo", "skipVerifyKey", "2.2.0", "insecure_skip_verify", "tls_insecure_skip_verify"},
		{"tempo", "key.opencensus", "2.10.6", "tempo.receivers.opencensus", ""},
		{"tempo", "azureContainerField", "2.0.0", "container-name", "container_name"},
		{"tempo", "azureAccountField", "2.0.0", "storage-account-name", "storage_account_name"},
		{"tempo", "azureAccountKeyField", "2.0.0", "storage-account-key", "storage_account_key"},
		{"tempo", "azureManagedIdentityField", "2.0.0", "use-managed-identity", "use_managed_identity"},
		{"tempo", "azureFederatedTokenField", "2.1.0", "<nil>", "use_federated_token"},
		{"tempo", "s3LookupField", "2.1.0", "<nil>", "bucket_lookup_type"},
		{"traefik", "propagation", "3.0.0", "b3multi", "w3c"},
		{"ingress-nginx", "tracing", "1.7.0", "opentracing", "opentelemetry"},
		{"opentelemetry-collector", "opencensusReceiver", "0.132.0", "true", "false"},
		{"opentelemetry-collector", "loggingExporter", "0.111.0", "true", "false"},
		{"opentelemetry-collector", "memoryBallast", "0.108.0", "true", "false"},
		{"grafana", "tracesToLogs", "9.4.0", "v1", "v2"},
		{"grafana", "derivedFieldLabel", "10.3.0", "false", "true"},
		{"grafana", "tracesToMetrics", "11.0.0", "toggle", "on"},
		{"loki", "otlpPath", "3.0.0", "", "/otlp"},
		{"prometheus", "remoteWriteReceiverFlag", "2.33.0", "enable-feature=remote-write-receiver", "web.enable-remote-write-receiver"},
		{"prometheus", "otlpReceiverFlag", "3.0.0", "<nil>", "web.enable-otlp-receiver"},
	} {
		c := find(t, tc.chart)
		for _, version := range c.Releases() {
			want := tc.before
			if Compare(c.At(version).App(), tc.app) >= 0 {
				want = tc.from
			}
			expect(t, tc.chart, version, tc.feature, want)
		}
	}
}

func expect(t *testing.T, chart, version, feature, want string) {
	t.Helper()
	if got := fmt.Sprint(find(t, chart).At(version).Value(feature)); got != want {
		t.Errorf("%s %s: %s is %s, want %s", chart, version, feature, got, want)
	}
}

func find(t *testing.T, name string) *Chart {
	t.Helper()
	c, ok := Find(name)
	if !ok {
		t.Fatalf("no chart %s", name)
	}
	return c
}
