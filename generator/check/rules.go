package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var plainCredentials = &Rule{
	Code: "TG015",
	Name: "plain credentials",
	Doc:  "credentials stand in plain text only in a profile that says that its cluster is throw-away",
	Run: func(c *Context) {
		in, at := c.Store.Secret, c.Topology.Store.Place
		if !in.Inline || c.Throwaway.Value {
			return
		}
		if len(in.Value.Origin.Inputs) > 0 {
			at = said(in.Value)
		}
		help := `write store: credentials: kind: "secret" or "external-secret"`
		restsOn := []fact.Any{c.Throwaway, in.Value}
		if m := c.Topology.Store.MinioSubchart; m != nil { // which takes it in plain text only
			help, restsOn = `write store: {placement: "cluster", credentials: kind: "secret"}`, append(restsOn, leaf(m.Credentials.Kind))
		}
		c.Report(at, diag.Diagnostic{
			Message: "the secret key would stand in plain text in Git, and the cluster is not a throw-away one",
			Help:    help + "; or, for a cluster that holds nothing worth protecting, cluster: throwaway: true",
		}, restsOn...)
	},
}

var subchart = &Rule{
	Code: "TG016",
	Name: "Minio subchart",
	Doc:  "the Minio subchart is there: some versions of tempo-distributed bring it, the chart tempo never does",
	Run: func(c *Context) {
		m := c.Topology.Store.MinioSubchart
		if m == nil {
			return
		}
		at := m.Placement
		if !c.Tempo.Distributed {
			c.Report(at.Place, diag.Diagnostic{
				Message: "store.placement is \"subchart\", and the chart tempo of a monolithic Tempo brings no Minio",
				Help:    `write placement: "cluster", or tempo: mode: "distributed"`,
				Related: []diag.Related{{Message: "Tempo is one process here", Position: c.Topology.Tempo.Mode.Position}},
			}, leaf(at), leaf(c.Topology.Tempo.Mode))
			return
		}
		if g := c.Tempo.Str("minioSubchart"); g.Value == "none" {
			c.Report(at.Place, diag.Diagnostic{
				Message: fmt.Sprintf("store.placement is \"subchart\", and tempo-distributed %s brings no Minio", c.Tempo.Version.Value),
				Help:    `write placement: "cluster"`,
				Related: pinned(c.Tempo.Release),
			}, leaf(at), g)
		}
	},
}

var replication = &Rule{
	Code: "TG018",
	Name: "replication factor",
	Doc:  "there are at least as many ingesters as hold each trace",
	Run: func(c *Context) {
		t := c.Topology.Tempo.TempoDistributed
		if t == nil {
			return
		}
		factor, replicas := t.ReplicationFactor, t.Components.Ingester.Replicas
		key := c.Tempo.Str("replicationFactorKey")
		if replicas.Value >= factor.Value || key.Value == "" {
			return
		}
		at, other := replicas.Place, diag.Related{Message: "the replication factor", Position: factor.Position}
		if replicas.State != topology.Given {
			at, other = factor.Place, diag.Related{Message: "the ingesters", Position: replicas.Position}
		}
		c.Report(at, diag.Diagnostic{
			Related: []diag.Related{other},
			Message: fmt.Sprintf("%d ingesters cannot hold each trace %d times: the ring stays unhealthy, and every span is refused", replicas.Value, factor.Value),
			Help:    fmt.Sprintf("write tempo: replicationFactor: %d, or tempo: components: ingester: replicas: %d", replicas.Value, factor.Value),
		}, leaf(factor), leaf(replicas), key)
	},
}

var loadBalancer = &Rule{
	Code: "TG019",
	Name: "load balancer",
	Doc:  "a kind cluster has no load balancer, so no Service asks for one",
	Run: func(c *Context) {
		kind := c.Topology.Cluster.Kind
		of := func(who string, service topology.String) {
			if kind.Value != "kind" || service.Value != "LoadBalancer" {
				return
			}
			c.Report(service.Place, diag.Diagnostic{
				Message: who + "'s Service is of type LoadBalancer, which stays pending on kind: the release never becomes ready",
				Help:    `write service: "NodePort", or leave it out, which means the same on kind`,
				Related: []diag.Related{{Message: "the cluster is kind", Position: kind.Position}},
			}, leaf(kind), leaf(service))
		}
		if t := c.Topology.Traefik; t != nil {
			of("Traefik", t.Service)
		}
		if t := c.Topology.IngressNginx; t != nil {
			of("ingress-nginx", t.Service)
		}
	},
}

var rootSecret = &Rule{
	Code: "TG021",
	Name: "Minio's root user",
	Doc:  "the root user of a Minio in the cluster has a Secret, unless the cluster is throw-away",
	Run: func(c *Context) {
		m := c.Topology.Store.MinioCluster
		if m == nil || m.RootSecret.Present() {
			return
		}
		if user, root := c.Store.User, c.Store.Root.User; user.Value == root.Value {
			c.Report(said(user), diag.Diagnostic{
				Message: fmt.Sprintf("%q is the name of Minio's root user in a throw-away cluster, whom no policy binds", user.Value),
				Help:    "write another name",
			}, user, root)
		}
		if c.Throwaway.Value {
			return
		}
		c.Report(m.Place, diag.Diagnostic{
			Message: "Minio's root user has no Secret, so its password would stand in plain text in Git",
			Help:    `add rootSecret: "…", the name of a Secret with the keys rootUser and rootPassword`,
		}, c.Throwaway)
	},
}

var kubernetes = &Rule{
	Code: "TG022",
	Name: "Kubernetes version",
	Doc:  "every chart accepts the cluster's Kubernetes version",
	Run: func(c *Context) {
		v := c.Topology.Cluster.Kubernetes
		have, ok := minor(v.Value)
		if !ok {
			return
		}
		for _, r := range c.Releases {
			if !r.Knows("minKubernetes") {
				continue
			}
			need := r.Str("minKubernetes")
			if least, ok := minor(need.Value); ok && have < least {
				c.Report(r.PinnedAt.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%s %s refuses Kubernetes %s: it needs %s", r.ChartName, r.Version.Value, v.Value, need.Value),
					Help:    "pin an older chart, or upgrade the cluster",
					Related: []diag.Related{{Message: "the cluster's version", Position: v.Position}},
				}, leaf(v), need)
			}
		}
	},
}

// minor is the second number of a Kubernetes version, which is all that tells
// two of them apart.
func minor(version string) (int, bool) {
	_, rest, _ := strings.Cut(version, ".")
	rest, _, _ = strings.Cut(rest, ".")
	n, err := strconv.Atoi(rest)
	return n, err == nil
}

var sameName = &Rule{
	Code: "TG023",
	Name: "same release name",
	Doc:  "no two releases, and no objects of two, have one name in one namespace",
	Run: func(c *Context) {
		seen, objects := map[string]*plan.Release{}, map[string]*plan.Release{}
		for _, r := range c.Releases {
			key := r.Namespace.Value + "/" + r.Name.Value
			if other, ok := seen[key]; ok {
				c.Report(said(r.Name), diag.Diagnostic{
					Message: fmt.Sprintf("%s and %s are both the release %s in the namespace %s: each would uninstall the other", other.Component, r.Component, r.Name.Value, r.Namespace.Value),
					Help:    "give one of them another release or namespace",
					Related: []diag.Related{{Message: "the other one", Position: other.Name.Origin.Position()}},
				}, r.Name, r.Namespace)
			}
			full := r.Namespace.Value + "/" + r.Fullname.Value
			if other, ok := objects[full]; ok && seen[key] == nil && r.Fullname.Value != "" {
				c.Report(said(r.Fullname), diag.Diagnostic{
					Message: fmt.Sprintf("the objects of %s and %s are both named %s in the namespace %s: Helm refuses to install the second", other.Component, r.Component, r.Fullname.Value, r.Namespace.Value),
					Help:    "give one of them another fullname, release or namespace",
					Related: []diag.Related{{Message: "the other one", Position: other.Fullname.Origin.Position()}},
				}, r.Fullname, r.Namespace)
			}
			seen[key], objects[full] = r, r
		}
	},
}

var ignored = &Rule{
	Code:     "TG025",
	Name:     "ignore",
	Doc:      "what a profile ignores is the code of a check, perhaps with a path of the topology behind it",
	Severity: diag.Warning,
	Run: func(c *Context) {
		for _, e := range c.Topology.Ignore {
			if code, _ := Ignored(e.Key.Value); !slices.Contains(c.ignorable, code) {
				c.Report(e.Key.Place, diag.Diagnostic{
					Severity: diag.Warning,
					Message:  fmt.Sprintf("%s is not the code of a check that can be ignored", strconv.Quote(e.Key.Value)),
					Help:     c.ignorableHelp(e.Key.Value, e.Value.Value),
				}, leaf(e.Key))
			}
		}
	},
}

// ignorableHelp says how a key of `ignore` may have been meant.
func (c *Context) ignorableHelp(key, reason string) string {
	word, path, _ := strings.Cut(key, " ")
	meant := strings.ToUpper(strings.Trim(word, ":,;"))
	if !slices.Contains(c.ignorable, meant) {
		return "leave it out, or write the code of another; docs/checks.md says of each whether it can be ignored"
	}
	return fmt.Sprintf("leave it out, and write ignore: {%q: %q} instead", strings.TrimSpace(meant+" "+path), reason)
}
