package generator

import (
	"strings"
)

// Where the values of each version have what the metrics generator makes, and
// where it writes; read off the rendered charts. A switch turns both on at once.
var (
	processorKeys = map[string]string{
		"tempo 1.14.0": "switch",
		"tempo 1.24.4": "tempo/overrides/defaults/metrics_generator/processors", "tempo 2.2.4": "tempo/overrides/defaults/metrics_generator/processors",
		"tempo-distributed 0.27.4": "global_overrides/metrics_generator_processors", "tempo-distributed 1.32.7": "global_overrides/metrics_generator_processors",
		"tempo-distributed 1.61.3": "overrides/defaults/metrics_generator/processors", "tempo-distributed 2.26.2": "overrides/defaults/metrics_generator/processors",
		"tempo-distributed 3.3.0": "overrides/defaults/metrics_generator/processors",
	}
	remoteWrites = map[string]string{
		"tempo 1.14.0": "", // a URL alone
		"tempo 1.24.4": "tempo/metricsGenerator/storage/remote_write", "tempo 2.2.4": "tempo/metricsGenerator/storage/remote_write",
	}
)

// metrics follows what Tempo makes of spans to Prometheus.
func (r *reading) metrics() {
	tempo, rel := r.values["tempo"], r.releases["tempo"]
	prefix := ""
	if rel.chart == "tempo" {
		prefix = "tempo/"
	}
	if atKeys(tempo, prefix+"metricsGenerator/enabled") != true {
		return
	}
	key, known := processorKeys[rel.chart+" "+rel.version]
	if list, _ := atKeys(tempo, key).([]any); !known || key != "switch" && len(list) == 0 {
		r.fault("%s %s: the generator makes nothing", rel.chart, rel.version)
	}
	to, listed := remoteWrites[rel.chart+" "+rel.version]
	if !listed {
		to = "metricsGenerator/config/storage/remote_write"
	}
	url := str(atKeys(tempo, "tempo/metricsGenerator"), "remoteWriteUrl")
	if to != "" {
		list, _ := atKeys(tempo, to).([]any)
		url = str(at(list, 0), "url")
	}
	address, where := r.address(url)
	r.same("the path of a remote write", where, "/api/v1/write")
	if strings.Contains(address, "kube-prometheus-stack") {
		r.reaches("tempo", address, "prometheus")
	}
	if r.values["grafana"] == nil {
		return
	}
	file, _ := at(r.yaml(r.profile+"/grafana/datasources.yaml"), "datasources").([]any)
	for _, d := range file {
		if at(d, "type") == "prometheus" {
			asked, _ := r.address(str(d, "url"))
			r.same("the Prometheus that is written to, and asked", address, asked)
		}
	}
}

// queue compares the partitions of Kafka's topic with the pods that read them.
func (r *reading) queue() {
	tempo, rel := r.values["tempo"], r.releases["tempo"]
	if rel.chart != "tempo-distributed" || !strings.HasPrefix(rel.version, "3.") {
		return
	}
	partitions := atKeys(tempo, "ingest/kafka/auto_create_topic_default_partitions")
	r.same("block builders and partitions", atKeys(tempo, "blockBuilder/replicas"), partitions)
	r.same("live stores and partitions", atKeys(tempo, "liveStore/replicas"), partitions)
	if !strings.Contains(str(atKeys(tempo, "ingest/kafka"), "address"), ":") {
		r.fault("Kafka has no address")
	}
}
