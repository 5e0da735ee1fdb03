package main

import "fmt"

// prometheus reads its files strictly, with yaml.v2 or yaml.v4 (config/config.go).
func prometheus() *program {
	const (
		module = "github.com/prometheus/prometheus"
		rules  = module + "/model/rulefmt"
	)
	return &program{
		source:    module + ", and of what it requires",
		modules:   []string{"PROMETHEUS"},
		tag:       "yaml",
		unmarshal: "UnmarshalYAML",
		types: join(goTypes(), promTypes(), map[string]func() *node{
			"remote.WriteMessageType":   kind("string"),
			"remote.WriteProtoFullName": kind("string"),
			"units.Base2Bytes":          kind("string"),
			"yaml.Node":                 kind("string"),
		}),
		usual: promUsual("config.AlertingConfig", "config.AlertmanagerConfig", "config.Config", "config.GlobalConfig", "config.OTLPConfig",
			"config.ProxyConfig", "config.RemoteReadConfig", "config.ScrapeConfig", "config.TSDBConfig", "config.TSDBRetentionConfig", "config.TracingConfig",
			"dns.SDConfig", "file.SDConfig", "http.SDConfig", "kubernetes.NamespaceDiscovery", "kubernetes.SDConfig"),
		shared: map[string]string{
			"config.RemoteWriteConfig": "remoteWrite", "config.TLSConfig": "tls", "config.OAuth2": "oauth2", "relabel.Config": "relabel",
			"config.ScrapeConfig": "scrape", "kubernetes.SDConfig": "kubernetes", "dns.SDConfig": "dns", "file.SDConfig": "file", "http.SDConfig": "http",
		},
		more: func(w *walker) error {
			keys := map[string]*node{"static_configs": {kinds: "list", below: map[string]*node{"[]": {below: map[string]*node{
				"labels": texts("string")(), "targets": listOf("string")(),
			}}}}}
			for _, name := range []string{"dns", "file", "http", "kubernetes"} {
				n, err := w.named(module+"/discovery/"+name, "SDConfig", nil)
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				keys[name+"_sd_configs"] = &node{kinds: "list", like: n.like}
			}
			// They write themselves in and are known by name, at all versions.
			for _, name := range []string{"aws", "azure", "consul", "digitalocean", "docker", "dockerswarm", "ec2", "eureka", "gce", "hetzner",
				"ionos", "kuma", "lightsail", "linode", "marathon", "nerve", "nomad", "openstack", "outscale", "ovhcloud", "puppetdb", "scaleway",
				"serverset", "stackit", "triton", "uyuni", "vultr"} {
				keys[name+"_sd_configs"] = &node{kinds: "list", open: "discovery"}
			}
			w.given[module+"/config.ScrapeConfig"] = keys
			w.given[module+"/config.AlertmanagerConfig"] = keys
			return nil
		},
		roots: []root{
			{shape: "config", types: []string{module + "/config.Config"}},
			{shape: "rules", types: []string{rules + ".RuleGroups", module + "/pkg/rulefmt.RuleGroups"}},
		},
	}
}
