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
		return []*Hop{f.store("tempo")}
	case t.Kafka != nil && t.Bool("kafka").Value:
		return []*Hop{
			f.produced(),
			f.consumed("blockBuilder", "block-builder"),
			f.consumed("liveStore", "live-store"),
			f.store("tempo block-builder"),
		}
	}
	return []*Hop{f.part("distributor", "ingester"), f.store("tempo ingester")}
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

// consumed is a part of Tempo 3 that reads from Kafka: one pod for each partition.
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
	want, _ := strconv.Atoi(partitions.text())
	if n, err := strconv.Atoi(pods.text()); err != nil || n != want {
		h.fail(pods, f.node(r), "%s is %s, and the topic has %s partitions, each of which wants one pod", pods.at, pods.text(), partitions.text())
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

// s3 is any store that speaks S3.
func (f *follower) s3(h *Hop, get func(string) leaf) {
	s := f.Store
	bucket, endpoint, insecure := get("bucket"), get("endpoint"), get("insecure")
	a, ok := h.read(endpoint)
	h.say(bucket)
	h.say(insecure)
	if !ok {
		return
	}
	tls := insecure.text() != "true"
	if a.port == 0 { // as clients know Amazon
		if a.port = 80; tls {
			a.port = 443
		}
	}
	t := target{node: "bucket " + bucket.text(), protocol: "s3", tls: tls, secure: insecure, place: s.Endpoint}
	if a.scheme != "" {
		h.fail(endpoint, nil, "%s is %q, and Tempo wants a host and a port", endpoint.at, endpoint.text())
	}
	switch s.Placement {
	case "cluster":
		t.release = s.Release
	case "subchart":
		t.release = f.Tempo.Release
	}
	f.reach(h, endpoint, a, t)
	h.To = "bucket " + bucket.text()
	f.bucket(h, bucket)
	if s.Placement == "cluster" {
		f.login(h, get)
	}
	f.policy(h)
}

// bucket proves that the bucket is there: Minio's chart makes it, or the input
// says that it exists.
func (f *follower) bucket(h *Hop, bucket leaf) {
	s := f.Store
	var made leaf
	switch s.Placement {
	case "cluster":
		made = f.keyed(s.Release, "bucketsKey", "[0].name")
	case "subchart":
		made = f.keyed(f.Tempo.Release, "minioBucketsKey", "[0].name")
		h.want(f.value(f.Tempo.Release, "minio.enabled"), "true", "a Minio of Tempo's chart")
	default:
		h.want(bucket, s.Bucket.Value, "the input")
		h.know(s.Bucket.Origin)
		return
	}
	h.say(made)
	if made.text() != bucket.text() {
		h.fail(bucket, nil, "%s is %q, and %s makes %q", bucket.at, bucket.text(), made.at, made.text())
	}
}

// login proves that Minio has the user as whom Tempo logs in, with the same secret.
func (f *follower) login(h *Hop, get func(string) leaf) {
	s, r := f.Store, f.Tempo.Release
	user := func(field string) leaf { return f.keyed(s.Release, "usersKey", "[0]."+field) }
	access, secret := get("access_key"), get("secret_key")
	theirs := user("secretKey")
	if !secret.there() {
		env := f.keyed(r, "envKey", "")
		if f.Tempo.Distributed {
			env = f.value(r, key(strings.TrimPrefix(h.From, "tempo "))+".extraEnv")
		}
		access = f.environment(env, "AWS_ACCESS_KEY_ID")
		secret, theirs = f.variable(env, "AWS_SECRET_ACCESS_KEY", "valueFrom.secretKeyRef.name"), user("existingSecret")
	}
	for _, same := range [][2]leaf{{access, user("accessKey")}, {secret, theirs}} {
		h.say(same[0])
		h.say(same[1])
		if !same[0].there() || same[0].text() != same[1].text() {
			h.fail(blamed(same[0], []leaf{same[1]}), f.node(s.Release), "%s and %s do not say the same, so Minio does not let Tempo in", same[0].at, same[1].at)
		}
	}
}

// policy is the place of the verdicts on what the user may do. Until they are
// there, the hop proves that the policy is about this bucket.
func (f *follower) policy(h *Hop) {
	s := f.Store
	if s.Policy.Name.Value == "" || s.Placement == "subchart" {
		return
	}
	var resources leaf
	switch {
	case s.Placement == "cluster":
		resources = f.keyed(s.Release, "policiesKey", "[0].statements[0].resources")
	default:
		for _, dir := range []string{"minio", "s3"} {
			if l := f.file(dir+"/policy.json", "Statement[0].Resource"); l.there() {
				resources = l
			}
		}
	}
	for i := range items(resources) {
		h.say(at(resources, i))
	}
	for _, arn := range []string{s.Policy.BucketARN.Value, s.Policy.ObjectARN.Value} {
		if resources.at != "" && !slices.Contains(names(resources.node), arn) {
			h.fail(resources, nil, "%s does not have %s", resources.at, arn)
		}
	}
}
