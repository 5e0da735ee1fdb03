// Package s3 emits what makes an S3 service other than Minio ready for Tempo:
// the policy, and the administrator's script in the words of the service.
package s3

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "s3",
	Doc:  "the policy for Amazon's S3, and the scripts that set RustFS, Garage and SeaweedFS up",
	Run:  run,
}

func run(c *emit.Context) error {
	switch s := c.Plan.Store; {
	case s.Kind == "aws":
		c.File("s3/policy.json", tree.JSON{Root: emit.Policy(c)})
	case s.Kind != "s3":
	case s.Provider == "rustfs":
		c.File("s3/policy.json", tree.JSON{Root: emit.Policy(c)})
		c.File("s3/bootstrap.sh", script(c, rustfs))
	case s.Provider == "garage":
		c.File("s3/bootstrap.sh", script(c, garage))
	case s.Provider == "seaweedfs":
		c.File("s3/bootstrap.sh", script(c, seaweedfs))
	default:
		// Which commands it has is not known; the language of policies is one
		// that most services read.
		c.File("s3/policy.json", tree.JSON{Root: emit.Policy(c)})
	}
	return nil
}

// A service is how one is set up. Its lines take what they need from variables,
// so that none of them holds a fact but those at the top.
type service struct {
	intro    []string
	alias    bool // whether the administrator's client knows the server by an alias
	policy   bool // whether rights are a policy, which stands beside the script
	commands []string
}

// The commands of rc 0.1 (rustfs/cli, crates/cli/src/commands/admin).
var rustfs = service{
	intro: []string{
		"Makes the bucket, the policy and the user on a RustFS, and attaches the policy",
		"to the user. It needs RustFS's client rc, with an alias for the server that has",
		"administrator's rights.",
	},
	alias: true, policy: true,
	commands: []string{
		`rc mb --ignore-existing "$alias/$bucket"`,
		`rc admin policy create "$alias" "$user" "$here/policy.json"`,
		`rc admin user add "$alias" "$TEMPO_ACCESS_KEY" "$TEMPO_SECRET_KEY"`,
		`rc admin policy attach "$alias" "$user" --user "$TEMPO_ACCESS_KEY"`,
	},
}

// The commands of Garage 2.0 (src/garage/cli/structs.rs), the same since 0.9.
var garage = service{
	intro: []string{
		"Makes the bucket on a Garage, brings the key in, and lets it read and write. It",
		"needs the command garage with the cluster's configuration, so run it on a node,",
		"or set GARAGE to what reaches one, such as \"docker exec garage /garage\".",
		"",
		"Garage takes a key only that begins with GK, with 24 hexadecimal digits after",
		"it, and a secret key of 64 of them: \"garage key create\" makes such a pair. A key",
		"that is there already keeps its secret.",
	},
	commands: []string{
		`garage=${GARAGE:-garage}`,
		`$garage bucket info "$bucket" >/dev/null 2>&1 || $garage bucket create "$bucket"`,
		`$garage key info "$TEMPO_ACCESS_KEY" >/dev/null 2>&1 || $garage key import --yes -n "$user" "$TEMPO_ACCESS_KEY" "$TEMPO_SECRET_KEY"`,
		`$garage bucket allow --read --write "$bucket" --key "$TEMPO_ACCESS_KEY"`,
	},
}

// The commands of SeaweedFS 3 (weed/shell/command_s3_*.go). Write is what lets
// one delete, too.
var seaweedfs = service{
	intro: []string{
		"Makes the bucket on a SeaweedFS and the user, who may read, write and list in it.",
		"It needs the command weed; set WEED_MASTER to the master's host and port where",
		"it is not localhost:9333.",
	},
	commands: []string{
		`master=${WEED_MASTER:-localhost:9333}`,
		`echo s3.bucket.list | weed shell -master="$master" | grep -qE "^ *$bucket([[:space:]]|\$)" ||`,
		`	echo "s3.bucket.create -name $bucket" | weed shell -master="$master"`,
		`echo "s3.configure -user $user -access_key $TEMPO_ACCESS_KEY -secret_key $TEMPO_SECRET_KEY -buckets $bucket -actions Read,Write,List,Tagging -apply" |`,
		`	weed shell -master="$master" >/dev/null`,
	},
}

func script(c *emit.Context, of service) tree.Lines {
	s := c.Plan.Store
	sh := emit.NewScript(c, "the script that such a service is set up with")
	sh.Comment(of.intro...)
	sh.Comment(
		"",
		"Run it as often as you like, with the keys that Tempo's Secret has:",
		"",
		"  TEMPO_ACCESS_KEY=... TEMPO_SECRET_KEY=... sh bootstrap.sh",
	)
	if of.alias {
		sh.Comment("")
		sh.Add("#   rc alias set "+s.Alias.Value+" "+server(s)+" ACCESS_KEY SECRET_KEY", s.Alias, s.Endpoint.Host, s.Endpoint.Port)
	}
	sh.Add("set -eu")
	sh.Add("")
	if of.alias {
		sh.Add("alias="+s.Alias.Value, s.Alias)
	}
	sh.Add("bucket="+s.Bucket.Value, s.Bucket)
	sh.Add("user="+s.User.Value, s.User)
	if of.policy {
		sh.Add(`here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)`)
	}
	sh.Add(`: "${TEMPO_ACCESS_KEY:?set it to the access key that Tempo logs in with}"`)
	sh.Add(`: "${TEMPO_SECRET_KEY:?set it to the secret key that Tempo logs in with}"`)
	sh.Add("")
	for _, line := range of.commands {
		sh.Add(line)
	}
	return sh.Lines
}

func server(s plan.Store) string { return s.Endpoint.URL("").Value }
