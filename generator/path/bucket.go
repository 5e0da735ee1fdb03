package path

import (
	"strings"
)

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
}

// bucket proves that the bucket is there: Minio's chart makes it, or the input
// says that it exists.
func (f *follower) bucket(h *Hop, bucket leaf) {
	s := f.Store
	var made leaf
	maker := s.Release
	switch s.Placement {
	case "cluster":
		made = f.keyed(s.Release, "bucketsKey", "[0].name")
	case "subchart":
		maker = f.Tempo.Release
		made = f.keyed(maker, "minioBucketsKey", "[0].name")
		h.want(f.value(f.Tempo.Release, "minio.enabled"), "true", "a Minio of Tempo's chart")
	default:
		h.want(bucket, s.Bucket.Value, "the input")
		h.know(s.Bucket.Origin)
		return
	}
	h.say(made)
	if made.text() != bucket.text() {
		h.fail(bucket, f.node(maker), "%s is %q, and %s makes %q", bucket.at, bucket.text(), made.at, made.text())
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
