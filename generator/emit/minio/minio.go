// Package minio emits what makes a Minio ready for Tempo: the policy, the
// administrator's script, and the Helm values of a Minio in the cluster.
package minio

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "minio",
	Doc:  "the S3 policy, the script that sets a Minio up, and the Helm values of a Minio in the cluster",
	Run:  run,
}

func run(c *emit.Context) error {
	switch c.Plan.Store.Placement {
	case "cluster":
		values(c, c.Values("minio"))
		emit.ExternalSecret(c, "minio")
	case "external":
	default:
		return nil // Tempo is the subchart's root user, whom no policy binds
	}
	c.File("minio/policy.json", tree.JSON{Root: emit.Policy(c)})
	c.File("minio/bootstrap.sh", bootstrap(c))
	return nil
}

// values are those of the chart minio: standalone, because a distributed one
// needs four drives at least.
func values(c *emit.Context, v *tree.Map) {
	s := c.Plan.Store
	key := func(feature string) string { return s.Release.Str(feature).Value }
	v.Set(key("modeKey"), c.Str("standalone", "one pod and one volume; the chart's default is sixteen"))
	v.Set("persistence.size", s.Size)
	if s.Resources == nil {
		v.Set("resources.requests.memory", c.Str("256Mi", "enough for one bucket of blocks; the chart's default is 16Gi"))
	}
	emit.Resources(v, "resources", s.Resources)
	if s.RegionSet {
		v.Set("environment.MINIO_SITE_REGION", s.Region)
	}
	if s.Root.Secret.Value != "" {
		v.Set(key("existingSecretKey"), s.Root.Secret)
	} else {
		v.Set(key("rootUserKey"), s.Root.User)
		v.Set(key("rootPasswordKey"), s.Root.Password)
	}
	bucket := key("bucketsKey") + "[0]."
	v.Set(bucket+"name", s.Bucket)
	v.Set(bucket+"policy", c.Str("none", "nobody reads the bucket without logging in"))
	v.Set(bucket+"purge", c.Bool(false, "an upgrade must not empty the bucket"))
	policy := key("policiesKey") + "[0]."
	v.Set(policy+"name", s.Policy.Name)
	if s.Policy.Own != nil {
		v.SetNode(policy+"statements", statements(s))
	} else {
		v.SetNode(policy+"statements[0].resources", tree.Strings(s.Policy.ObjectARN, s.Policy.BucketARN))
		v.SetNode(policy+"statements[0].actions", tree.Strings(s.Policy.Actions...))
	}
	// The list replaces the chart's own, which would make an administrator
	// console with a password that everybody knows.
	user := key("usersKey") + "[0]."
	v.Set(user+"accessKey", s.User)
	if s.Secret.Inline {
		v.Set(user+"secretKey", s.Secret.Value)
	} else {
		v.Set(user+"existingSecret", s.Secret.Name)
		v.Set(user+"existingSecretKey", s.Secret.Key)
	}
	v.Set(user+"policy", s.Policy.Name)
	jobs(c, v)
}

// jobs keeps Linkerd's proxy out of the Jobs that make bucket, policy and user:
// one that is not a native sidecar never ends, and so the Job would not.
func jobs(c *emit.Context, v *tree.Map) {
	r := c.Plan.Store.Release
	if c.Plan.Linkerd == nil || !c.Plan.Linkerd.Meshes(r.Namespace) {
		return
	}
	keys := r.Strs("podAnnotationsKeys")
	for _, key := range keys.Value[1:] { // the first is Minio's own
		v.Set(tree.JoinKey(key, "linkerd.io/inject"), fact.Derive("disabled", keys, r.Namespace))
	}
}

// bootstrap is for the administrator of a Minio that Flux does not reach. Its
// words are those of `mc` since March 2023; `attach` fails when the policy is
// attached already, so the script looks first.
func bootstrap(c *emit.Context) tree.Lines {
	s := c.Plan.Store
	sh := emit.NewScript(c, "the script that every Minio is set up with")
	sh.Comment(
		"Makes the bucket, the policy and the user on a Minio, and attaches the policy to",
		"the user. Run it as often as you like, and after each change of the secret key,",
		"which nothing else brings to a user that exists:",
		"",
		"  TEMPO_SECRET_KEY=... sh bootstrap.sh",
		"",
		"It needs mc from March 2023 or later, with an alias for the server that has",
		"administrator's rights:",
		"",
	)
	sh.Add("#   mc alias set "+s.Alias.Value+" "+url(c)+" ACCESS_KEY SECRET_KEY", s.Alias, s.Endpoint.Host, s.Endpoint.Port)
	sh.Add("set -eu")
	sh.Add("")
	sh.Add("alias="+s.Alias.Value, s.Alias)
	sh.Add("bucket="+s.Bucket.Value, s.Bucket)
	sh.Add("user="+s.User.Value, s.User)
	sh.Add("policy="+s.Policy.Name.Value, s.Policy.Name)
	if s.RegionSet {
		sh.Add("region="+s.Region.Value, s.Region)
	}
	sh.Add(`here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)`)
	sh.Add(`: "${TEMPO_SECRET_KEY:?set it to the secret key that Tempo logs in with}"`)
	sh.Add("")
	if s.RegionSet {
		sh.Add(`mc mb --ignore-existing --region "$region" "$alias/$bucket"`)
	} else {
		sh.Add(`mc mb --ignore-existing "$alias/$bucket"`)
	}
	sh.Add(`mc admin policy create "$alias" "$policy" "$here/policy.json"`)
	sh.Add(`printf '%s\n%s\n' "$user" "$TEMPO_SECRET_KEY" | mc admin user add "$alias"`)
	sh.Add(`attached=$(mc --json admin user info "$alias" "$user" | sed -n 's/.*"policyName":"\([^"]*\)".*/\1/p')`)
	sh.Add(`case ",$attached," in`)
	sh.Add(`*",$policy,"*) echo "policy $policy is attached to user $user already" ;;`)
	sh.Add(`*) mc admin policy attach "$alias" "$policy" --user "$user" ;;`)
	sh.Add(`esac`)
	return sh.Lines
}

func url(c *emit.Context) string { return c.Plan.Store.Endpoint.URL("").Value }
