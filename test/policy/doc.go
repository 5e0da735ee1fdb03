// Package policy lets Minio's own library judge what generator/policy makes of
// S3 policies: over some hundreds of documents and requests, both read alike and
// decide alike, but for the differences that a list names.
//
// It is a module of its own because Minio's library is AGPL: a test may use it,
// and nothing that is shipped is linked with it.
package policy
