// Package policy reads the documents by which S3 services decide who may do
// what, and decides like them: a small evaluator of our own, which a compiler
// can ask before there is a service.
//
// A document is Amazon's JSON. [Read] holds it to what the service would store
// ([Dialect]), and keeps the place of every element, so that a finding lands in
// the user's file. [Prove] asks for each operation that is needed ([Need])
// whether the document allows it, and by which statement; [Excess] asks for
// everything else. What hangs on a value that nobody knows before the request is
// made, such as the client's address, is a third verdict: it depends.
//
// Facts about Amazon are those of its IAM User Guide (Reference, "IAM JSON
// policy elements", "condition operators", "policy evaluation logic") and the
// Service Authorization Reference for S3, as of 2025; facts about Minio are those
// of github.com/minio/pkg/v3 v3.1.3, package policy, and of minio's
// cmd/bucket-policy.go of 2026-02-12. The module test/policy holds this package
// and Minio's own to the same verdicts.
package policy

import "tracegen.dev/generator/diag"

// Dialect is whose rules hold, where services differ.
type Dialect uint8

const (
	// AWS takes actions and condition keys in any letter case, statements alone
	// or in a list, and ARNs of three partitions. A bucket's ARN is the bucket
	// and nothing in it; `bucket/*` is what is in it and not the bucket.
	AWS Dialect = iota

	// Minio takes actions and keys as they are written, a list of statements
	// only, and ARNs that begin with arn:aws:s3:::. It judges an operation on a
	// bucket by the name with a slash behind it, so that `bucket/*` allows
	// operations on the bucket, too; and s3:GetObjectVersion includes
	// s3:GetObject.
	Minio
)

// Document is a policy that a service would store.
type Document struct {
	File       string // that it was read from
	ID         string
	Statements []*Statement
}

// Statement is one rule of a document.
type Statement struct {
	Sid        string
	Deny       bool
	Actions    List
	Resources  List
	Conditions []*Condition
	At         diag.Position
}

// Effect gives the statement's word for what it does.
func (s *Statement) Effect() string {
	if s.Deny {
		return "Deny"
	}
	return "Allow"
}

// List is what a statement is about, or with Not, what it is not about.
type List struct {
	Not      bool
	Patterns []Text
	At       diag.Position // of the element's name
}

// Text is a string of the document.
type Text struct {
	Value string
	At    diag.Position
}

// Condition is one key under one operator of a statement.
type Condition struct {
	Operator string // as it is written
	Key      string // as it is written
	Values   []string
	At       diag.Position // of the key

	op operator
}

// Request is one operation, as the service sees it.
type Request struct {
	Action string // such as s3:GetObject
	Bucket string
	Object string // empty where the operation is one on the bucket

	// Keys are the condition keys whose values are known, in lower case; one
	// without a value is known to be absent. A key that ends in "/" stands for
	// all that begin with it. Any other may have any value, or none.
	Keys map[string][]string

	alike bool // whether every request with this mark has the same keys
}

// Verdict is what a document says of a request.
type Verdict uint8

const (
	Denied  Verdict = iota // nothing allows it, or something forbids it
	Depends                // on what is not known before the request is made
	Allowed
)

// String gives the word for people.
func (v Verdict) String() string { return [...]string{"denied", "depends", "allowed"}[v] }

// Fault is a mistake in a document, for which a service would not store it, or
// would read it otherwise than it is meant.
type Fault struct {
	At      diag.Position
	Message string
	Help    string
}
