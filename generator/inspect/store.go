package inspect

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var storeInForce = &Rule{
	Code: "TG087",
	Name: "store in force",
	Doc:  "whatever the values say, every part of Tempo writes to the store of the topology, and can sign in there",
	Run: func(c *Context) {
		r := c.Tempo.Release
		c.storePort()
		if c.overridden(c.Store.Release) {
			c.short("rootUser", 3)
			c.short("rootPassword", 8)
		}
		if !c.overridden(r) {
			return
		}
		at := r.Str("storageKey").Value
		c.storage(at)
		if raw := c.feature(r, "structuredConfigKey"); raw != "" {
			c.storage(raw + ".storage.trace")
		}
		c.signsIn()
		c.walPath(at)
	},
}

// storePort looks at a store outside of the tree: at the usual ports of HTTP and
// HTTPS, nobody speaks the other.
func (c *Context) storePort() {
	e, at := c.Store.Endpoint, topology.Place{}
	switch s := c.Topology.Store; {
	case s.MinioExternal != nil:
		at = s.MinioExternal.Tls.Place
		if s.MinioExternal.Port.State == topology.Given {
			at = s.MinioExternal.Port.Place
		}
	case s.S3 != nil:
		at = s.S3.Tls.Place
		if s.S3.Port.State == topology.Given {
			at = s.S3.Port.Place
		}
	default:
		return
	}
	var message, help string
	switch {
	case e.Port.Value == 443 && !e.TLS.Value:
		message, help = "port 443 is that of TLS, and Tempo would speak plain text there: the store answers each request with 400", "write store: tls: true, or another port"
	case e.Port.Value == 80 && e.TLS.Value:
		message, help = "port 80 is that of plain HTTP, and Tempo would speak TLS there: server gave HTTP response to HTTPS client", "write store: tls: false, or another port"
	default:
		return
	}
	c.Report(at, diag.Diagnostic{Severity: diag.Warning, Message: message, Help: help, Related: said("whether it speaks TLS is said here", e.TLS)}, e.Port, e.TLS)
}

// short looks for credentials that Minio does not take (its
// internal/auth/credentials.go).
func (c *Context) short(key string, least int) {
	r := c.Store.Release
	if got := c.text(r, key); got != "" && len(got) < least {
		c.Report(c.line(r, key), diag.Diagnostic{
			Message: fmt.Sprintf("%s has %d characters, and Minio takes no less than %d: it exits at its start", key, len(got), least),
			Help:    leaveOut + ", or write a longer one",
		}, r.Version)
	}
}

// storage compares what the values say of the store with the topology. What is
// not there is not said.
func (c *Context) storage(at string) {
	t, s := c.Tempo, c.Store
	if got := c.text(t.Release, at+".backend"); got != "" && got != s.Backend.Value {
		c.Report(c.line(t.Release, at+".backend"), diag.Diagnostic{
			Message: fmt.Sprintf("Tempo would write to a store of the kind %s, and the topology's is %s: nothing of what is said there would count, and what is stored already would not be found", got, s.Backend.Value),
			Help:    leaveOut + ", and say the store in the topology's section store",
			Related: said("the store's kind is said here", s.Backend),
		}, s.Backend)
	}
	type want struct {
		key  string
		fact fact.Any
		so   string
	}
	var wants []want
	switch s.Backend.Value {
	case "s3":
		insecure := fact.Derive(!s.Endpoint.TLS.Value, s.Endpoint.TLS)
		wants = []want{
			{"bucket", s.Bucket, "the policy and the script are for the other bucket: every request would be denied"},
			{"endpoint", s.Address, "Tempo takes host:port, without a scheme and a path, of the store that the bucket is made in"},
			{"insecure", insecure, "the one side would speak TLS, and the other plain text"},
		}
		if s.RegionSet {
			wants = append(wants, want{"region", s.Region, "the signature of each request is for one region, and the store refuses it with that of another"})
		}
	case "gcs":
		wants = []want{{t.Str("gcsBucketField").Value, s.Bucket, "that bucket is not the store's"}}
	case "azure":
		wants = []want{
			{t.Str("azureContainerField").Value, s.Bucket, "that container is not the store's"},
			{t.Str("azureAccountField").Value, s.Account, "that account is not the store's"},
		}
	}
	for _, w := range wants {
		key := at + "." + s.Backend.Value + "." + w.key
		got := c.text(t.Release, key)
		if got == "" || got == fmt.Sprint(w.fact.Any()) {
			continue
		}
		c.Report(c.line(t.Release, key), diag.Diagnostic{
			Message: fmt.Sprintf("%s would be %s, and the topology's store has %v: %s", key, got, w.fact.Any(), w.so),
			Help:    leaveOut + ", and change the topology's section store instead",
			Related: said("the store says it here", w.fact),
		}, w.fact, s.Backend)
	}
}

// walPath looks at where Tempo keeps what it has not yet stored.
func (c *Context) walPath(at string) {
	const volume = "/var/tempo"
	key := at + ".wal.path"
	got := c.text(c.Tempo.Release, key)
	if c.Tempo.Distributed || got == "" || strings.HasPrefix(path.Clean(got)+"/", volume+"/") {
		return
	}
	c.Report(c.line(c.Tempo.Release, key), diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("the volume is mounted at %s, and the write-ahead log would lie in %s: what is not yet stored would be lost with each restart", volume, got),
		Help:     fmt.Sprintf("leave it out of values, or write a directory below %s", volume),
	})
}

// credential is a variable by which Tempo's client signs in.
type credential struct {
	names  []string // any of them
	secret fact.String
	key    fact.String
}

// credentials are those that the store needs from a Secret.
func (c *Context) credentials() []credential {
	t, s := c.Tempo, c.Store
	if s.Secret.Inline || s.Secret.Name.Value == "" {
		return nil
	}
	switch s.Backend.Value {
	case "s3":
		// Tempo's client asks for both pairs (tempodb/backend/s3, 1.5 to 3.0).
		access := credential{names: []string{"AWS_ACCESS_KEY_ID", "MINIO_ACCESS_KEY"}}
		if s.Secret.AccessAt.Value != "" {
			access.secret, access.key = s.Secret.Name, s.Secret.AccessAt
		}
		return []credential{access, {[]string{"AWS_SECRET_ACCESS_KEY", "MINIO_SECRET_KEY"}, s.Secret.Name, s.Secret.Key}}
	case "azure":
		return []credential{{[]string{t.Str("azureAccountKeyEnv").Value}, s.Secret.Name, s.Secret.Key}}
	case "gcs":
		return []credential{{names: []string{t.Str("gcsCredentialsEnv").Value}}}
	}
	return nil
}

// signsIn demands the variables of each part that touches the store. A list in
// the values replaces tracegen's whole.
func (c *Context) signsIn() {
	t := c.Tempo
	needed := c.credentials()
	key := t.Str("storageKey").Value + "." + c.Store.Backend.Value + "."
	if len(needed) == 0 || c.text(t.Release, key+"secret_key") != "" {
		return
	}
	lists := map[string]string{}
	if !t.Distributed {
		lists[t.Str("envKey").Value] = "Tempo"
	} else {
		for _, part := range t.Strs("storageComponents").Value {
			if part != "metricsGenerator" || t.Generator != nil {
				lists[part+".extraEnv"] = "its " + part
			}
		}
	}
	everyone := c.items(t.Release, c.feature(t.Release, "globalEnvKey"))
	for _, at := range sorted(lists) {
		if c.givenFrom(at) {
			continue // by all variables of a Secret, whose keys nobody here knows
		}
		env := slices.Concat(c.items(t.Release, at), everyone)
		for _, n := range needed {
			if has, wrong := n.in(env); !has || wrong != "" {
				c.unsigned(at, lists[at], n, wrong)
				break
			}
		}
	}
}

// givenFrom reports whether a part takes whole Secrets as its variables.
func (c *Context) givenFrom(at string) bool {
	return len(c.items(c.Tempo.Release, at+"From")) > 0 ||
		len(c.items(c.Tempo.Release, c.feature(c.Tempo.Release, "globalEnvFromKey"))) > 0
}

// feature is a text that is known of a release's chart, if any version has it.
func (c *Context) feature(r *plan.Release, name string) string {
	if !r.Knows(name) {
		return ""
	}
	return r.Str(name).Value
}

// in looks for the variable, and for what is wrong with where it comes from.
func (n credential) in(env []tree.Node) (has bool, wrong string) {
	for _, e := range env {
		if !slices.Contains(n.names, field(e, "name")) {
			continue
		}
		ref := asMap(asMap(asMap(e).Get("valueFrom")).Get("secretKeyRef"))
		name, key := field(ref, "name"), field(ref, "key")
		if n.secret.Value != "" && ref.Len() > 0 && (name != n.secret.Value || key != n.key.Value) {
			return true, fmt.Sprintf("takes the key %s of the Secret %s", key, name)
		}
		return true, ""
	}
	return false, ""
}

func (c *Context) unsigned(at, who string, n credential, wrong string) {
	r := c.Tempo.Release
	what, help := "lacks "+n.names[0], leaveOut+", or add the variables to the list: "+c.variables()
	if wrong != "" {
		what, help = fmt.Sprintf("%s, and the credentials are in the key %s of %s", wrong, n.key.Value, n.secret.Value), leaveOut+", and say store: credentials instead"
	}
	c.Report(c.line(r, at), diag.Diagnostic{
		Message: fmt.Sprintf("%s %s: a list in values replaces the one of tracegen, and %s could not sign in at the store, while the others can", at, what, who),
		Help:    help,
		Related: said("the credentials are said here", n.secret, c.Store.User),
	}, c.Store.Backend, c.Store.Secret.Name, c.Store.Secret.Key)
}

// variables writes what each part needs, as CUE.
func (c *Context) variables() string {
	var out []string
	for _, n := range c.credentials() {
		v := fmt.Sprintf(`{name: %q, value: %q}`, n.names[0], c.Store.User.Value)
		if n.secret.Value != "" {
			v = fmt.Sprintf(`{name: %q, valueFrom: secretKeyRef: {name: %q, key: %q}}`, n.names[0], n.secret.Value, n.key.Value)
		} else if c.Store.Backend.Value == "gcs" {
			v = fmt.Sprintf(`{name: %q, value: %q}`, n.names[0], path.Join("/etc/tempo-gcs", c.Store.Secret.Key.Value))
		}
		out = append(out, v)
	}
	return strings.Join(out, ", ")
}
