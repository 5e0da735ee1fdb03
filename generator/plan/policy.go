package plan

import (
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/policy"
	"tracegen.dev/generator/topology"
)

// Policy is what the user may do.
type Policy struct {
	Name      fact.String
	Actions   []fact.String
	Kind      fact.String // documented or minimal; else the provider's name
	ObjectARN fact.String // arn:aws:s3:::bucket/*
	BucketARN fact.String // arn:aws:s3:::bucket
	Partition fact.String // of Amazon's clouds

	// The user's own document takes the place of all that. It is nil where the
	// input names none, or one that cannot be used.
	File   topology.File
	Own    *policy.Document
	Faults []policy.Fault // why it cannot be
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
func (l *linker) policy(kind, partition fact.String, file topology.File) {
	p := &l.Store.Policy
	p.Kind, p.Partition, p.File = kind, partition, file
	if d := l.PolicyDialects(); len(d) > 0 && file.State == topology.Given && file.Fault == "" {
		p.Own, p.Faults = policy.Read(file.Value, file.Data, d[0])
	}
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

// PolicyDialects are the rules by which the store judges, or all of them where
// it is not known whose it has. They are none where no policy binds Tempo.
func (p *Plan) PolicyDialects() []policy.Dialect {
	switch s := p.Store; {
	case s.Kind == "aws":
		return []policy.Dialect{policy.AWS}
	case s.Kind == "minio" && s.Placement != "subchart": // whose root user Tempo is
		return []policy.Dialect{policy.Minio}
	case s.Kind == "s3" && (s.Provider == "rustfs" || s.Provider == "other"):
		return []policy.Dialect{policy.Minio, policy.AWS}
	}
	return nil
}

// PolicyDocument is what the store is given: the user's own document, or the
// derived one, which has no places.
func (p *Plan) PolicyDocument() *policy.Document {
	d := p.Store.Policy
	switch {
	case d.Own != nil:
		return d.Own
	case d.File.Present() || len(p.PolicyDialects()) == 0:
		return nil
	}
	st := &policy.Statement{}
	for _, a := range d.Actions {
		st.Actions.Patterns = append(st.Actions.Patterns, policy.Text{Value: a.Value})
	}
	for _, arn := range []fact.String{d.ObjectARN, d.BucketARN} {
		st.Resources.Patterns = append(st.Resources.Patterns, policy.Text{Value: arn.Value})
	}
	return &policy.Document{Statements: []*policy.Statement{st}}
}

// PolicyNeeds are the operations that the pinned Tempo carries out in the
// bucket, with the options that the user's values set. They are none where no
// policy binds it.
func (p *Plan) PolicyNeeds() []policy.Need {
	if len(p.PolicyDialects()) == 0 || p.Tempo.Chart == nil {
		return nil
	}
	s := p.Store
	u := policy.Use{
		Bucket:    s.Bucket.Value,
		Region:    s.RegionSet,
		Partition: s.Policy.Partition.Value,
		TLS:       s.Endpoint.TLS.Value,
	}
	if s.Kind == "minio" {
		u.User = s.User.Value
	}
	if p.Tempo.Distributed {
		u.Parts = p.Tempo.Strs("storageComponents").Value
	}
	if v, ok := p.S3Option("prefix"); ok {
		u.Prefix, _ = v.Scalar.(string)
	}
	if v, ok := p.S3Option("tags"); ok {
		u.Tags = len(v.Fields) > 0
	}
	if v, ok := p.S3Option("storage_class"); ok {
		u.Class = v.Scalar != ""
	}
	_, u.Encrypted = p.S3Option("sse")
	return policy.Tempo(u)
}

// S3Option gives what the user's values say of one of Tempo's options for S3,
// of which tracegen itself sets no more than where the bucket is.
func (p *Plan) S3Option(name string) (topology.Value, bool) {
	at := []string{p.Tempo.Str("storageKey").Value}
	if p.Tempo.Distributed {
		at = append(at, "tempo.structuredConfig.storage.trace")
	}
	for _, key := range at {
		if v, ok := ValueAt(p.Tempo.Values, key+".s3."+name); ok {
			return v, true
		}
	}
	return topology.Value{}, false
}

// ValueAt gives what an override says at a path of keys without dots.
func ValueAt(o topology.Open, path string) (topology.Value, bool) {
	v := o.Value
	for _, key := range strings.Split(path, ".") {
		found := false
		for _, f := range v.Fields {
			if f.Name == key {
				v, found = f.Value, true
				break
			}
		}
		if !found {
			return topology.Value{}, false
		}
	}
	return v, o.State == topology.Given
}
