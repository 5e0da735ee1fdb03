package main

// loki reads its file strictly, with yaml.v2 (pkg/util/cfg/files.go).
func loki() *program {
	// Their fields have no tags, and they are read by a struct inside of a function.
	table := func(more ...string) func() *node {
		return func() *node {
			n := &node{below: map[string]*node{"period": leaf("string"), "prefix": leaf("string"), "tags": texts("string")()}}
			for _, name := range more {
				n.below[name] = leaf("string")
			}
			return n
		}
	}
	return &program{
		source:    "github.com/grafana/loki, and of what it vendors",
		modules:   []string{"LOKI"},
		tag:       "yaml",
		unmarshal: "UnmarshalYAML",
		types: join(goTypes(), promTypes(), dskitTypes(), map[string]func() *node{
			"config.DayTime":                          kind("string"),
			"config.IndexPeriodicTableConfig":         table("path_prefix"),
			"config.PeriodicTableConfig":              table(),
			"config.Tags":                             texts("string"),
			"validation.OverwriteMarshalingStringMap": texts("string"),
		}),
		usual: promUsual("config.PeriodConfig", "index.TableManagerConfig", "instance.Config", "push.AttributesConfig", "validation.Limits",
			"storage.NamedAWSStorageConfig", "storage.NamedBOSStorageConfig", "storage.NamedBlobStorageConfig", "storage.NamedCOSConfig",
			"storage.NamedFSConfig", "storage.NamedGCSConfig", "storage.NamedOssConfig", "storage.NamedSwiftConfig",
			"bucket.NamedAzureStorageConfig", "bucket.NamedFilesystemStorageConfig", "bucket.NamedGCSStorageConfig",
			"bucket.NamedS3StorageConfig", "bucket.NamedSwiftStorageConfig"),
		shared: map[string]string{
			"aws.S3Config": "aws", "azure.BlobStorageConfig": "azure", "backoff.Config": "backoff", "bucket.Config": "bucket",
			"cache.Config": "cache", "config.OAuth2": "oauth2", "config.RemoteWriteConfig": "remoteWrite", "config.TLSConfig": "clientTLS",
			"grpcclient.Config": "grpcclient", "http.Config": "http", "ibmcloud.COSConfig": "cos", "github.com/grafana/dskit/server.Config": "server", "github.com/weaveworks/common/server.Config": "server",
			"tls.ClientConfig": "tls", "kv.Config": "kvstore",
			"openstack.SwiftConfig": "swift", "relabel.Config": "relabel", "resultscache.Config": "resultsCache",
			"ring.LifecyclerConfig": "lifecycler", "ring.RingConfig": "ring",
		},
		roots: []root{{shape: "config", types: []string{"github.com/grafana/loki/v3/pkg/loki.Config", "github.com/grafana/loki/pkg/loki.Config"}}},
	}
}
