package main

import (
	"path"
	"strings"
)

const (
	collector = "go.opentelemetry.io/collector"
	contrib   = "github.com/open-telemetry/opentelemetry-collector-contrib"
)

// components are those whose keys are known, by the name that a configuration
// has before the slash. Of others any key goes. Those of contrib were read at
// 0.158.0 alone; at an older version they are free.
var components = map[string][]string{
	"receivers/otlp":                   {collector + "/receiver/otlpreceiver"},
	"receivers/zipkin":                 {contrib + "/receiver/zipkinreceiver"},
	"receivers/jaeger":                 {contrib + "/receiver/jaegerreceiver"},
	"processors/batch":                 {collector + "/processor/batchprocessor"},
	"processors/memory_limiter":        {collector + "/internal/memorylimiter", collector + "/processor/memorylimiterprocessor"},
	"processors/attributes":            {contrib + "/processor/attributesprocessor"},
	"processors/k8sattributes":         {contrib + "/processor/k8sattributesprocessor"},
	"processors/resource":              {contrib + "/processor/resourceprocessor"},
	"processors/probabilistic_sampler": {contrib + "/processor/probabilisticsamplerprocessor"},
	"processors/tail_sampling":         {contrib + "/processor/tailsamplingprocessor"},
	"exporters/otlp":                   {collector + "/exporter/otlpexporter"},
	"exporters/otlphttp":               {collector + "/exporter/otlphttpexporter"},
	"exporters/debug":                  {collector + "/exporter/debugexporter"},
	"exporters/prometheusremotewrite":  {contrib + "/exporter/prometheusremotewriteexporter"},
	"connectors/spanmetrics":           {contrib + "/connector/spanmetricsconnector"},
	"connectors/servicegraph":          {contrib + "/connector/servicegraphconnector"},
	"extensions/health_check":          {contrib + "/extension/healthcheckextension"},
}

// otelcol refuses a key that it does not know (confmap, ErrorUnused).
func otelcol() *program {
	p := &program{
		source:    collector + ", and of " + contrib + " at 0.158.0",
		modules:   []string{"MODULE-OF-EACH-COMPONENT"},
		unmarshal: "Unmarshal",
		tag:       "mapstructure",
		types: join(goTypes(), map[string]func() *node{
			"component.ID":          kind("string"),
			"component.Type":        kind("string"),
			"configopaque.MapList":  headers,
			"request.SizerType":     kind("string"),
			"configopaque.String":   kind("string"),
			"configtelemetry.Level": kind("string"),
			"pdata.Map":             free("attributes"),
		}),
		usual: map[string]bool{
			"exporterbatcher.Config": true, "healthcheck.Config": true, "otlpexporter.Config": true, "otlpreceiver.Config": true, "queuebatch.Config": true,
		},
		shared: map[string]string{
			"confighttp.ServerConfig": "httpServer", "confighttp.HTTPServerSettings": "httpServer",
			"configgrpc.ServerConfig": "grpcServer", "configgrpc.GRPCServerSettings": "grpcServer",
			"configgrpc.ClientConfig": "grpcClient", "configgrpc.GRPCClientSettings": "grpcClient",
			"confighttp.ClientConfig": "httpClient", "confighttp.HTTPClientSettings": "httpClient",
			"configtls.ClientConfig": "tlsClient", "configtls.TLSClientSetting": "tlsClient",
			"tailsamplingprocessor.AndCfg": "tailAnd", "tailsamplingprocessor.NotCfg": "tailNot",
			"configtls.ServerConfig": "tlsServer", "configtls.TLSServerSetting": "tlsServer",
		},
		extra: map[string]func(*walker) *node{"config": collectorConfig, "pipeline": pipeline},
	}
	for name, paths := range components {
		r := root{shape: strings.ReplaceAll(name, "/", "-"), since: "?"}
		for _, at := range paths {
			r.types = append(r.types, at+".Config")
		}
		p.roots = append(p.roots, r)
	}
	return p
}

// collectorConfig is the whole configuration: components by name, which may have
// a slash and more after it.
func collectorConfig(w *walker) *node {
	list := listOf("string")
	config := &node{below: map[string]*node{"service": {below: map[string]*node{
		"extensions": list(),
		"pipelines":  {below: map[string]*node{}},
		"telemetry":  {open: "telemetry"},
	}}}}
	for _, signal := range []string{"logs", "metrics", "profiles", "traces"} { // go.opentelemetry.io/collector/pipeline
		for _, key := range []string{signal, signal + "/*"} {
			config.below["service"].below["pipelines"].below[key] = &node{like: "otelcol/pipeline"}
		}
	}
	for _, kind := range []string{"connectors", "exporters", "extensions", "processors", "receivers"} {
		config.below[kind] = &node{below: map[string]*node{"*": {open: "component"}}}
	}
	for name := range components {
		kind, component := path.Split(name)
		shape := strings.ReplaceAll(name, "/", "-")
		if w.shapes[shape] == nil {
			continue
		}
		for _, key := range []string{component, component + "/*"} {
			config.below[strings.TrimSuffix(kind, "/")].below[key] = &node{like: "otelcol/" + shape}
		}
	}
	return config
}

// pipeline is that of any signal.
func pipeline(*walker) *node {
	list := listOf("string")
	return &node{below: map[string]*node{"exporters": list(), "processors": list(), "receivers": list()}}
}

// headers may be a map, or a list where their order counts.
func headers() *node {
	return &node{kinds: "list,map", below: map[string]*node{
		"*":  leaf("string"),
		"[]": {below: map[string]*node{"name": leaf("string"), "value": leaf("string")}},
	}}
}
