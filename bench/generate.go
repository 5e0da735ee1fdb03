package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// generate replaces the profiles of a workspace by n others. They differ in
// kind and in every name, as those of many clusters do, so that neither a cache
// nor the base of the tree can take the work off.
func generate(dir string, n int) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := writeFiles(dir, map[string]string{"common.cue": common}); err != nil {
		return err
	}
	for i := range n {
		name := fmt.Sprintf("p%04d", i)
		text := profile(name, i)
		if err := writeFiles(filepath.Join(dir, name), map[string]string{name + ".cue": text}); err != nil {
			return err
		}
	}
	return nil
}

const common = `package profiles

import "tracegen.dev/schema"

topology: schema.#Topology & {
	collector: {
		kind: "alloy"
		chart: version: "1.11.1"
	}
	loki: {
		kind: "chart"
		chart: version: "6.27.0"
	}
}
`

// profile says something else for each i; the periods of its parts have no
// common divisor.
func profile(name string, i int) string {
	var b strings.Builder
	f := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	f("package profiles\n\ntopology: {\n\tname: %q\n", name)
	cluster(f, i)
	store(f, name, i)
	tempo(f, name, i)
	ingress(f, i)
	frontend(f, name, i)
	f("}\n")
	return b.String()
}

func cluster(f func(string, ...any), i int) {
	kind := pick(i, "k3s", "kubernetes", "kubernetes", "k3s", "kubernetes")
	f("\tcluster: {\n\t\tkind: %q\n\t\tdomain: %q\n\t\tnodes: [\n", kind, fmt.Sprintf("c%d.example.com", i))
	for n := range 5 + i%3 { // the parts of Tempo want one each for their pods
		f("\t\t\t{name: \"node%d-%d\", memory: \"%dGi\", cpu: \"%d\"},\n", i, n, 8+i%4*8, 4+i%2*4)
	}
	f("\t\t]\n\t}\n")
	f("\tflux: interval: \"%dm\"\n", 10+i%50)
}

func store(f func(string, ...any), name string, i int) {
	f("\tstore: {\n\t\tkind: \"minio\"\n\t\tbucket: \"traces-%s\"\n", name)
	if i%4 == 3 {
		f("\t\tplacement: \"cluster\"\n\t\tnamespace: \"store-%d\"\n\t\trootSecret: \"root-%d\"\n\t\tsize: \"%dGi\"\n", i, i, 10+i%90)
	} else {
		f("\t\tplacement: \"external\"\n\t\thost: \"s3.%s.example.com\"\n\t\tport: %d\n\t\tregion: \"region-%d\"\n", name, 9000+i%1000, i%7)
	}
	if i%2 == 0 {
		f("\t\tcredentials: {\n\t\t\tkind: \"external-secret\"\n\t\t\tstore: name: \"vault-%d\"\n\t\t\tremote: \"tempo/%s\"\n\t\t}\n", i%11, name)
	} else {
		f("\t\tcredentials: {\n\t\t\tkind: \"secret\"\n\t\t\tname: \"s3-%s\"\n\t\t\tkustomization: \"secrets-%d\"\n\t\t}\n", name, i%5)
	}
	f("\t}\n")
}

func tempo(f func(string, ...any), name string, i int) {
	f("\ttempo: {\n\t\tnamespace: \"tempo-%s\"\n\t\tretention: \"%dh\"\n", name, 24+i%200)
	if i%3 == 0 {
		f("\t\tmode: \"monolithic\"\n\t\tchart: version: %q\n", pick(i/3, "2.2.4", "1.24.0"))
		f("\t\tresources: requests: {cpu: \"%dm\", memory: \"%dMi\"}\n\t}\n", 100+i%400, 256+i%512)
		return
	}
	f("\t\tmode: \"distributed\"\n\t\tchart: version: %q\n\t\treplicationFactor: 2\n\t\tcomponents: {\n", pick(i/3, "1.61.3", "1.32.7"))
	for n, part := range []string{"distributor", "ingester", "querier", "queryFrontend", "compactor"} {
		f("\t\t\t%s: {\n\t\t\t\treplicas: %d\n\t\t\t\tresources: {\n\t\t\t\t\trequests: {cpu: \"%dm\", memory: \"%dMi\"}\n\t\t\t\t\tlimits: memory: \"%dMi\"\n\t\t\t\t}\n\t\t\t}\n",
			part, 2+(i+n)%3, 50+(i+n)%150, 64+(i+n)%256, 512+(i+n)%1024)
	}
	f("\t\t}\n\t}\n")
}

func ingress(f func(string, ...any), i int) {
	f("\ttraefik: {\n\t\tnamespace: \"ingress-%d\"\n\t\tsampling: 0.%d\n", i%13, 1+i%9)
	if i%7 == 6 {
		f("\t\tchart: version: \"18.1.0\"\n\t\texport: {protocol: \"zipkin\", to: \"tempo\"}\n")
	} else {
		f("\t\tchart: version: %q\n\t\texport: protocol: %q\n", pick(i, "39.0.7", "34.4.1"), pick(i/2, "otlp-http", "otlp-grpc"))
	}
	f("\t}\n\tcollector: {\n\t\treceivers: [\"otlp-http\"]\n\t\tnamespace: \"collect-%d\"\n\t\tbatch: {timeout: \"%dms\", size: %d}\n\t}\n", i, 100+i, 1+i%1000)
}

func frontend(f func(string, ...any), name string, i int) {
	f("\tloki: {\n\t\tnamespace: \"logs-%d\"\n\t\tlogs: shape: %q\n\t}\n", i%17, pick(i, "json", "nested", "label"))
	uids := fmt.Sprintf("uids: {tempo: \"tempo-%s\", loki: \"loki-%s\"}", name, name)
	if i%2 == 0 {
		f("\tgrafana: {\n\t\tkind: \"grafana\"\n\t\tchart: version: \"12.11.1\"\n\t\t%s\n\t}\n", uids)
		f("\tprometheus: {\n\t\tkind: \"address\"\n\t\thost: \"prometheus.%s.example.com\"\n\t\tport: %d\n\t}\n", name, 9090+i%100)
		return
	}
	f("\tgrafana: {\n\t\tkind: \"kube-prometheus-stack\"\n\t\tchart: version: \"88.5.3\"\n\t\t%s\n\t}\n", uids)
	f("\tprometheus: kind: \"kube-prometheus-stack\"\n")
}

// pick gives one of the values, in turn.
func pick(i int, values ...string) string { return values[i%len(values)] }
