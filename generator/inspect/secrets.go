package inspect

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var secretsByName = &Rule{
	Code: "TG093",
	Name: "Secrets by name",
	Doc:  "a Secret that values name is in the pod's namespace, and has the key, as far as the topology says what is in it",
	Run: func(c *Context) {
		known := c.secrets()
		for _, r := range c.Releases {
			if c.overridden(r) {
				c.references(r, known, r.Values.Value)
			}
		}
	},
}

// secret is one that the topology knows.
type secret struct {
	name       fact.String
	namespaces []string
	keys       []string // all of them; nil where the user has made it, with others perhaps
	by         string
}

func (c *Context) secrets() []secret {
	var out []secret
	if s := c.Store.Secret; s.Name.Value != "" && !s.Inline {
		known := secret{name: s.Name, namespaces: []string{c.Tempo.Namespace.Value}, by: "the store's credentials"}
		if c.Store.Release != nil {
			known.namespaces = append(known.namespaces, c.Store.Release.Namespace.Value)
		}
		if s.External != nil {
			for _, d := range s.External.Data {
				known.keys = append(known.keys, d.Key.Value)
			}
		}
		out = append(out, known)
	}
	if g := c.Grafana; g != nil && g.People.Admin.Value != "" {
		out = append(out, secret{name: g.People.Admin, namespaces: []string{g.Namespace.Value}, by: "Grafana's administrator"})
	}
	if x := c.Collector; x != nil {
		for _, e := range x.Exporters {
			if e.Header != nil {
				out = append(out, secret{name: e.Header.Secret, namespaces: []string{x.Namespace.Value}, by: "the header of an exporter"})
			}
		}
		if x.TLS != nil {
			out = append(out, secret{name: x.TLS.Secret, namespaces: []string{x.Namespace.Value}, by: "the collector's certificate"})
		}
	}
	return out
}

// references looks for what names a Secret: a key of one, all of one, or one to
// mount.
func (c *Context) references(r *plan.Release, known []secret, v topology.Value) {
	for _, f := range v.Fields {
		switch strings.ToLower(f.Name) {
		case "secretkeyref":
			name, key := named(f.Value, "name"), named(f.Value, "key")
			c.reference(r, known, name, key)
		case "secretref":
			c.reference(r, known, named(f.Value, "name"), topology.Value{})
		case "existingsecret", "secretname":
			c.reference(r, known, f.Value, topology.Value{})
		}
		c.references(r, known, f.Value)
	}
	for _, item := range v.Items {
		c.references(r, known, item)
	}
}

func named(v topology.Value, name string) topology.Value {
	for _, f := range v.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return topology.Value{}
}

func (c *Context) reference(r *plan.Release, known []secret, name, key topology.Value) {
	var near []secret
	for _, s := range known {
		if s.name.Value != name.Scalar {
			continue
		}
		if near = append(near, s); slices.Contains(s.namespaces, r.Namespace.Value) {
			near = []secret{s}
			break
		}
	}
	if len(near) == 0 {
		return // the user's own: nobody here knows what is in it
	}
	s := near[0]
	if !slices.Contains(s.namespaces, r.Namespace.Value) {
		c.Report(name.Place, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("the Secret %s, which holds %s, is in the namespace %s, and a pod takes Secrets of its own namespace alone, which is %s: unless there is another by that name, the pod never starts", s.name.Value, s.by, strings.Join(s.namespaces, " and "), r.Namespace.Value),
			Help:     "write the name of a Secret in " + r.Namespace.Value + ", or ignore TG093 where one of that name is there",
			Related:  said("it is named here", s.name),
		}, s.name, r.Namespace)
		return
	}
	if k, ok := key.Scalar.(string); ok && s.keys != nil && !slices.Contains(s.keys, k) {
		c.Report(key.Place, diag.Diagnostic{
			Message: fmt.Sprintf("the Secret %s is made with %s alone, and %s is none of them: the pod never starts", s.name.Value, strings.Join(s.keys, " and "), k),
			Help:    "write one of them: " + strings.Join(s.keys, ", "),
			Related: said("it is named here", s.name),
		}, s.name)
	}
}
