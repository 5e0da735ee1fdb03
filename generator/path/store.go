package path

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
)

// stored follows the spans inside of Tempo, and to the store.
func (f *follower) stored() []*Hop {
	t := f.Tempo
	if t.Chart == nil {
		return nil
	}
	switch {
	case !t.Distributed:
		return f.ended("tempo")
	case t.Kafka != nil && t.Bool("kafka").Value:
		return append([]*Hop{
			f.produced(),
			f.consumed("blockBuilder", "block-builder"),
			f.consumed("liveStore", "live-store"),
		}, f.ended("tempo block-builder")...)
	}
	return append([]*Hop{f.part("distributor", "ingester")}, f.ended("tempo ingester")...)
}

// ended is the end of a journey: the store, and what may be done there.
func (f *follower) ended(from string) []*Hop {
	h := f.store(from)
	if rights := f.rights(h.To); rights != nil {
		return []*Hop{h, rights}
	}
	return []*Hop{h}
}

// part is a hop between two parts of a distributed Tempo, who know of each other
// by the chart: it is proven where the chart runs them.
func (f *follower) part(from, to string) *Hop {
	h := f.hop("tempo "+from, "tempo "+to, "grpc")
	h.ID = "tempo-" + from + "-" + to
	n := f.node(f.Tempo.Release)
	f.running(h, n, from)
	s, ok := f.running(h, n, to)
	if !ok {
		return h
	}
	port := n.Chart.Int("grpcPort")
	h.Address = fmt.Sprintf("%s.%s.svc.%s:%d", s.Name, s.Namespace, f.Domain.Value, port)
	if !slices.ContainsFunc(s.Ports, func(p chart.Port) bool { return int64(p.Port) == port }) && to != "live-store" {
		h.fail(f.value(n.Release, key(to)), n, "the Service %s has no port %d", s.Name, port)
	}
	h.Listens = "Service " + s.Name + " in " + s.Namespace + ", by Tempo's ring"
	f.within(h, n)
	h.know(n.Int("grpcPort").Origin)
	return h
}

// key is what the chart calls a part in its values.
func key(part string) string {
	words := strings.Split(part, "-")
	for i := range words[1:] {
		words[i+1] = strings.ToUpper(words[i+1][:1]) + words[i+1][1:]
	}
	return strings.Join(words, "")
}

// running proves that the chart runs a part of Tempo: it has the part's Service,
// and no value leaves it without pods.
func (f *follower) running(h *Hop, n *node, part string) (chart.Service, bool) {
	replicas := f.value(n.Release, key(part)+".replicas")
	on := f.value(n.Release, key(part)+".enabled")
	h.say(replicas)
	h.say(on)
	for _, s := range n.list() {
		if s.Name != n.Fullname.Value+"-"+part && !strings.HasPrefix(s.Name, n.Fullname.Value+"-"+part+"-") && !strings.HasSuffix(s.Name, "-"+part) {
			continue
		}
		if replicas.text() == "0" {
			h.fail(replicas, n, "%s is 0, so there is no %s", replicas.at, part)
			return s, false
		}
		if on.text() == "false" {
			h.fail(on, n, "%s is false, so there is no %s", on.at, part)
			return s, false
		}
		h.know(n.Strs("parts").Origin)
		return s, true
	}
	h.fail(on, n, "%s %s runs no %s", n.ChartName, n.Version.Value, part)
	return chart.Service{}, false
}

// produced is Tempo 3's distributor, who hands the spans to Kafka.
func (f *follower) produced() *Hop {
	k, r := f.Tempo.Kafka, f.Tempo.Release
	h := f.hop("tempo distributor", "kafka", "kafka")
	h.ID = "tempo-distributor-kafka"
	says := f.keyed(r, "kafkaAddressKey", "")
	f.running(h, f.node(r), "distributor")
	a, ok := h.read(says)
	h.say(f.keyed(r, "kafkaTopicKey", ""))
	if ok {
		f.reach(h, says, a, target{node: "kafka", protocol: "kafka", place: k.Endpoint})
	}
	f.topic(h)
	return h
}

// topic proves that the topic is there.
func (f *follower) topic(h *Hop) {
	k, r := f.Tempo.Kafka, f.Tempo.Release
	topic, create := f.keyed(r, "kafkaTopicKey", ""), f.keyed(r, "kafkaAutoCreateKey", "")
	h.say(topic)
	h.say(create)
	if create.text() != "true" {
		h.want(topic, k.Topic.Value, "the topic that the input says is there")
	}
	h.Listens = strings.TrimSuffix(h.Listens+", topic "+topic.text(), ", ")
}

// consumed is a part of Tempo 3 that reads from Kafka. Whether its pods read all
// partitions is package inspect's to judge.
func (f *follower) consumed(name, part string) *Hop {
	r := f.Tempo.Release
	h := f.hop("kafka", "tempo "+part, "kafka")
	h.ID = "kafka-tempo-" + part
	says := f.keyed(r, "kafkaAddressKey", "")
	if a, ok := h.read(says); ok {
		f.reach(h, says, a, target{node: "tempo " + part, protocol: "kafka", place: f.Tempo.Kafka.Endpoint})
		h.To = "tempo " + part
	}
	f.topic(h)
	if _, ok := f.running(h, f.node(r), part); !ok {
		return h
	}
	pods, partitions := f.value(r, name+".replicas"), f.keyed(r, "kafkaPartitionsKey", "")
	h.say(pods)
	h.say(partitions)
	h.Listens += ", " + pods.text() + " pods"
	each := 1 // of the partitions that a pod reads
	if per := f.value(r, name+".config.partitions_per_instance"); per.there() {
		h.say(per)
		each, _ = strconv.Atoi(per.text())
	}
	want, _ := strconv.Atoi(partitions.text())
	if n, err := strconv.Atoi(pods.text()); err != nil || n*each < want {
		h.fail(pods, f.node(r), "%s is %s, and the topic has %s partitions, of which each pod reads %d", pods.at, pods.text(), partitions.text(), each)
	}
	return h
}

// store is the last hop: to the bucket, as its user. A monolithic Tempo takes the
// same one for spans and for queries.
func (f *follower) store(from string) *Hop {
	id := strings.ReplaceAll(from, " ", "-") + "-store"
	if i := slices.IndexFunc(f.hops, func(h *Hop) bool { return h.ID == id }); i >= 0 {
		return f.hops[i]
	}
	s, r := f.Store, f.Tempo.Release
	backend := f.keyed(r, "storageKey", ".backend")
	h := f.hop(from, "store", backend.text())
	h.ID = id
	h.know(s.Backend.Origin)
	if !h.want(backend, s.Backend.Value, "the store of the topology") {
		return h
	}
	get := func(field string) leaf { return f.keyed(r, "storageKey", "."+s.Backend.Value+"."+field) }
	switch s.Backend.Value {
	case "s3":
		f.s3(h, get)
	case "gcs":
		f.cloud(h, get(r.Str("gcsBucketField").Value), "Google Cloud Storage", "https://storage.googleapis.com/")
	case "azure":
		account := get(r.Str("azureAccountField").Value)
		h.want(account, s.Account.Value, "the input")
		f.cloud(h, get(r.Str("azureContainerField").Value), "Azure Blob Storage", "https://"+account.text()+".blob.core.windows.net/")
	case "local":
		dir := get(r.Str("localPathField").Value)
		h.To, h.Protocol, h.Address = "a volume", "files", dir.text()
		h.say(dir)
		volume := f.keyed(r, "persistenceKey", ".enabled")
		h.Listens = "Tempo's own volume"
		h.know(s.Backend.Origin)
		h.want(volume, "true", "a store that outlives the pod")
		if !strings.HasPrefix(dir.text(), "/var/tempo/") {
			h.fail(dir, f.node(r), "%s is %q, which lies outside of the volume at /var/tempo", dir.at, dir.text())
		}
	}
	return h
}

// cloud is a store whose address the cloud decides.
func (f *follower) cloud(h *Hop, bucket leaf, name, url string) {
	h.To = "bucket " + bucket.text()
	h.TLS = "TLS"
	h.Address = url + bucket.text()
	h.Listens = name
	h.Outside = "said at " + firstOf(known(fact.Origin{Inputs: f.Store.Bucket.Origin.Inputs}))
	h.want(bucket, f.Store.Bucket.Value, "the input")
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
