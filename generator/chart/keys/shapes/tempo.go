package main

// tempo reads its file strictly, with yaml.v2 (cmd/tempo/main.go).
func tempo() *program {
	const overrides = "github.com/grafana/tempo/modules/overrides"
	return &program{
		source:    "github.com/grafana/tempo, and of what it vendors",
		modules:   []string{"TEMPO"},
		tag:       "yaml",
		unmarshal: "UnmarshalYAML",
		types: join(goTypes(), promTypes(), dskitTypes(), map[string]func() *node{
			"listtomap.ListToMap": listOf("string"),
			"overrides.ListToMap": listOf("string"),
		}),
		usual: promUsual("overrides.Config", "overrides.Overrides"),
		also:  map[string]string{overrides + ".Config": "LegacyOverrides"},                  // since 2.3.0
		drop:  map[string]string{overrides + ".Config": "*", overrides + ".Overrides": "*"}, // extensions, of which Tempo has none
		shared: map[string]string{
			"azure.Config": "azure", "backoff.Config": "backoff", "common.BlockConfig": "block", "config.FilterPolicy": "filterPolicy",
			"config.TLSConfig": "clientTLS", "gcs.Config": "gcs", "grpcclient.Config": "grpcclient", "ingest.KafkaConfig": "kafka",
			"github.com/grafana/dskit/server.Config": "server", "github.com/weaveworks/common/server.Config": "server",
			"tls.ClientConfig": "tls", "kv.Config": "kvstore", "local.Config": "local", "s3.Config": "s3", "server.TLSConfig": "serverTLS",
			"tempodb.CompactorConfig": "compactor", "tempodb.SearchConfig": "search", "wal.Config": "wal",
		},
		roots: []root{{shape: "config", types: []string{"github.com/grafana/tempo/cmd/tempo/app.Config"}}},
	}
}
