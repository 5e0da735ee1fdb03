package plan

import "tracegen.dev/generator/fact"

// Policy is what the user may do.
type Policy struct {
	Name      fact.String
	Actions   []fact.String
	ObjectARN fact.String // arn:aws:s3:::bucket/*
	BucketARN fact.String // arn:aws:s3:::bucket
}

// The S3 actions that Tempo's documentation names (identical from 2.7 to 3.0).
// Object tags are only used where `tags` is set in Tempo's configuration, so
// the last two can go.
var (
	neededActions  = []string{"s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject"}
	taggingActions = []string{"s3:GetObjectTagging", "s3:PutObjectTagging"}
)

// policy derives what the user may do from the bucket. The partition is the part
// of Amazon's clouds that the bucket is in.
func (l *linker) policy(kind fact.String, partition fact.String) {
	actions := neededActions
	if kind.Value != "minimal" {
		actions = append(actions[:len(actions):len(actions)], taggingActions...)
	}
	for _, a := range actions {
		l.Store.Policy.Actions = append(l.Store.Policy.Actions, fact.Derive(a, kind))
	}
	l.Store.Policy.Name = l.Store.User
	l.Store.Policy.BucketARN = fact.Sprintf("arn:%s:s3:::%s", partition, l.Store.Bucket)
	l.Store.Policy.ObjectARN = fact.Sprintf("arn:%s:s3:::%s/*", partition, l.Store.Bucket)
}

// everywhere is the partition that S3 services other than Amazon's know.
func everywhere() fact.String {
	return fact.Const("aws", "plan: services other than Amazon's know one partition")
}
