package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Need is an operation that a component carries out.
type Need struct {
	Component string // such as compactor; tempo where it is one process
	What      string // what it does, such as "list the tenants"
	Symptom   string // what is seen when it is denied
	Required  bool   // or else the component does without
	Request   Request
}

// Use is what is known of how the store is used. It is Tempo's: read in
// tempodb/backend/s3 of 1.5.0, 2.3.0, 2.9.0 and 3.0.3, and in its minio-go
// 7.0.94.
type Use struct {
	Bucket    string
	Prefix    string // storage.trace.s3.prefix
	Tags      bool   // whether storage.trace.s3.tags says any
	Region    bool   // whether Tempo is told the region, and does not ask for it
	Parts     []string
	Partition string // of Amazon's clouds; aws where empty
	User      string // its name at a Minio; empty where that is not known
	TLS       bool
	Class     bool // whether it asks for a storage class
	Encrypted bool // whether it asks for encryption
}

// The parts of a distributed Tempo, by what they do with the store. Which of
// them a version has, its chart says.
var (
	writers = []string{"ingester", "blockBuilder", "compactor", "backendWorker", "metricsGenerator"}
	readers = []string{"querier", "queryFrontend", "compactor", "backendScheduler", "backendWorker", "liveStore"}
	movers  = []string{"compactor", "backendWorker"}
)

// Tempo gives the operations of a Tempo, those first that it does first.
func Tempo(u Use) []Need {
	const tenant, block = "single-tenant", "9bd3b3f6-7ef7-4ae8-a3a5-4bd9dd2f7b8f"
	dir := ""
	if u.Prefix != "" {
		dir = strings.Trim(u.Prefix, "/") + "/"
	}
	at := dir + tenant + "/" + block
	var out []Need
	add := func(parts []string, required bool, action, object, what, symptom string, keys map[string][]string) {
		all := u.keys()
		for k, v := range keys {
			all[k] = v
		}
		out = append(out, Need{
			Component: u.who(parts), What: what, Symptom: symptom, Required: required,
			Request: Request{Action: action, Bucket: u.Bucket, Object: object, Keys: all},
		})
	}
	list := func(prefix, delimiter string) map[string][]string {
		keys := map[string][]string{"s3:prefix": {prefix}, "s3:delimiter": {delimiter}, "s3:max-keys": nil}
		return keys
	}
	start := list(u.Prefix, "/")
	delete(start, "s3:max-keys") // since 3.0 it is 1
	put := map[string][]string{"s3:x-amz-copy-source": nil, "s3:x-amz-metadata-directive": nil}
	const started = "Tempo exits at its start: unexpected error from ListObjects"
	const unwritten = "blocks stay on the ingester's disk until it is full: error copying block from local to remote backend"
	const unread = "no trace is found: failed to poll tenant blocks"
	const unmoved = "blocks outlive their retention: failed to mark block compacted during retention"
	if !u.Region {
		add(u.Parts, false, "s3:GetBucketLocation", "", "ask for the bucket's region", "minio-go takes us-east-1", nil)
	}
	add(u.Parts, true, "s3:ListBucket", "", "list the bucket at its start", started, start)
	add(readers, true, "s3:ListBucket", "", "list the tenants", unread, list(dir, "/"))
	add(readers, true, "s3:ListBucket", "", "list a tenant's blocks", unread, list(dir+tenant+"/", ""))
	add(movers, true, "s3:ListBucket", "", "list what a block is made of", unmoved, list(at+"/", "/"))
	add(writers, true, "s3:PutObject", at+"/data.parquet", "write a block, large ones in parts", unwritten, put)
	add(writers, true, "s3:PutObject", at+"/meta.json", "write what a block holds", unwritten, put)
	add(movers, true, "s3:PutObject", dir+tenant+"/index.json.gz", "write a tenant's index of blocks", "queriers list every block themselves", put)
	add(writers, false, "s3:AbortMultipartUpload", at+"/data.parquet", "give up an upload in parts that failed", "the parts stay, unless a lifecycle rule of the bucket removes them", nil)
	add(readers, true, "s3:GetObject", at+"/data.parquet", "read a block", unread, nil)
	add(readers, true, "s3:GetObject", at+"/meta.json", "read what a block holds", unread, nil)
	add(readers, true, "s3:GetObject", dir+tenant+"/index.json.gz", "read a tenant's index of blocks", unread, nil)
	// A copy within the store: of the service's two sides, reading and writing.
	add(movers, true, "s3:PutObject", at+"/meta.compacted.json", "mark a block as compacted, by a copy", unmoved,
		map[string][]string{"s3:x-amz-copy-source": {"/" + u.Bucket + "/" + at + "/meta.json"}})
	add(movers, true, "s3:DeleteObject", at+"/meta.json", "remove what is compacted or too old", unmoved, nil)
	add(movers, true, "s3:DeleteObject", at+"/data.parquet", "remove what is compacted or too old", unmoved, nil)
	for _, action := range taggingActions {
		who, what := writers, "tag what it writes"
		if action == "s3:GetObjectTagging" {
			who, what = movers, "copy an object with its tags"
		}
		add(who, u.Tags, action, at+"/meta.json", what, "with tags configured, AccessDenied where a block is written or marked", nil)
	}
	return out
}

// who names the part of a Tempo that does something: the first of them that it
// has.
func (u Use) who(parts []string) string {
	if len(u.Parts) == 0 {
		return "tempo"
	}
	for _, p := range parts {
		if slices.Contains(u.Parts, p) {
			return p
		}
	}
	return u.Parts[0]
}

// keys are the condition keys whose values are known of every request.
func (u Use) keys() map[string][]string {
	out := map[string][]string{
		partitionKey:          {"aws"},
		"aws:securetransport": {fmt.Sprint(u.TLS)},
		"s3:authtype":         {"REST-HEADER"},
		"s3:signatureversion": {"AWS4-HMAC-SHA256"},

		"s3:object-lock-mode":              nil,
		"s3:object-lock-legal-hold":        nil,
		"s3:object-lock-retain-until-date": nil,
		"s3:x-amz-acl":                     nil,
	}
	if u.Partition != "" {
		out[partitionKey] = []string{u.Partition}
	}
	if u.User != "" {
		out["aws:username"], out["aws:userid"], out["aws:principaltype"] = []string{u.User}, []string{u.User}, []string{"User"}
	}
	if !u.Tags {
		for _, key := range []string{"s3:requestobjecttagkeys", "s3:requestobjecttag", "s3:requestobjecttag/", "s3:existingobjecttag", "s3:existingobjecttag/"} {
			out[key] = nil
		}
	}
	if !u.Class {
		out["s3:x-amz-storage-class"] = nil
	}
	if !u.Encrypted {
		for _, key := range []string{"", "-customer-algorithm", "-aws-kms-key-id"} {
			out["s3:x-amz-server-side-encryption"+key] = nil
		}
	}
	return out
}

// taggingActions are in Tempo's documented policy (docs/sources/tempo/
// configuration/hosted-storage/s3.md, the same from 2.7 to 3.0), and are used
// only with tags.
var taggingActions = []string{"s3:GetObjectTagging", "s3:PutObjectTagging"}
