package inspect

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var datasourcesInForce = &Rule{
	Code: "TG094",
	Name: "datasources in force",
	Doc:  "with what the values say, Grafana starts with the datasources of the topology, each once, and every link between datasources has an end",
	Run: func(c *Context) {
		g := c.Grafana
		if g == nil || !c.overridden(g.Release) {
			return
		}
		s := &sources{Context: c, r: g.Release}
		s.gather()
		s.twice()
		s.links()
		s.deleted()
		s.sidecar()
	},
}

// source is one provisioned datasource.
type source struct {
	name, uid string
	isDefault bool
	file      string         // that Grafana reads it from
	node      tree.Node      // nil for the chart's own
	at        topology.Place // where the user has it; elsewhere without a position
	own       bool           // whether the user wrote it
}

// sources are all datasources that Grafana's files have, however they get there.
type sources struct {
	*Context
	r   *plan.Release
	all []source
}

// files is the values path of the map of the chart grafana's files.
func (s *sources) files() (at string, ok bool) {
	at, _, ok = strings.Cut(s.Grafana.Str("datasourcesKey").Value, ".")
	return at, ok && !s.Grafana.Stack()
}

func (s *sources) gather() {
	if at, ok := s.files(); ok {
		files := s.mapAt(s.r, at)
		for _, name := range files.Keys() {
			s.list(asMap(files.Get(name)).Get("datasources"), name)
		}
	}
	if s.Grafana.Stack() {
		s.stack()
	}
	// What comes by the sidecar is an object of the tree.
	for _, f := range s.Out.Files {
		if f.Path == "grafana/datasources.yaml" && s.Grafana.Sidecar.Value {
			if y, ok := f.Body.(tree.YAML); ok && len(y) > 0 {
				s.list(asMap(y[0]).Get("datasources"), "tracing.yaml")
			}
		}
	}
}

// stack has those that kube-prometheus-stack makes by itself (templates of
// 36.0.0 to 88.5.3), and those of its list.
func (s *sources) stack() {
	const at = "grafana.sidecar.datasources."
	if !s.is(s.r, at+"defaultDatasourceEnabled", false) {
		uid := s.text(s.r, at+"uid")
		if uid == "" {
			uid = s.Grafana.Str("prometheusUid").Value
		}
		s.all = append(s.all, source{name: "Prometheus", uid: uid, isDefault: !s.is(s.r, at+"isDefaultDatasource", false), file: "datasource.yaml"})
	}
	if !s.is(s.r, at+"alertmanager.enabled", false) {
		s.all = append(s.all, source{name: "Alertmanager", uid: "alertmanager", file: "datasource.yaml"})
	}
	n, _ := s.Value(s.r, s.Grafana.Str("datasourcesKey").Value)
	s.list(n, "datasource.yaml")
}

func (s *sources) list(n tree.Node, file string) {
	for _, item := range asItems(n) {
		at, own := placeOf(s.r, item)
		s.all = append(s.all, source{
			name: field(item, "name"), uid: field(item, "uid"), isDefault: field(item, "isDefault") == "true",
			file: file, node: item, at: at, own: own,
		})
	}
}

// twice looks for two of one uid or name, and two that are the default: Grafana
// then does not start (pkg/services/provisioning/datasources, 9 to 12).
func (s *sources) twice() {
	for i, b := range s.all {
		for _, a := range s.all[:i] {
			user, other := b, a
			if !user.own {
				user, other = a, b
			}
			if !user.own {
				continue
			}
			what, key := "", ""
			switch {
			case a.isDefault && b.isDefault:
				what, key = fmt.Sprintf("%s and %s are both the default datasource, of which there is one: Grafana exits at its start", other.name, user.name), "isDefault"
			case a.uid != "" && a.uid == b.uid && a.name != b.name:
				what, key = fmt.Sprintf("%s and %s have the same uid %s: Grafana exits at its start", other.name, user.name, user.uid), "uid"
			case a.name == b.name:
				what, key = fmt.Sprintf("two datasources are called %s, and Grafana keeps the one that it reads last", user.name), "name"
			default:
				continue
			}
			at := user.at
			if own, ok := placeOf(s.r, asMap(user.node).Get(key)); ok {
				at = own
			}
			help := "leave it out, or give it another " + key
			if key == "isDefault" {
				help = "leave it out, which means false"
				if s.Grafana.Stack() && other.node == nil {
					help += ", or write grafana: values: grafana: sidecar: datasources: isDefaultDatasource: false beside it"
				}
			}
			d := diag.Diagnostic{Message: what, Help: help}
			if key == "name" && other.node == nil {
				d.Severity = diag.Warning // the chart's own, which somebody may well mean to replace
			}
			if other.own {
				d.Related = []diag.Related{{Message: "the other", Position: other.at.Position}}
			} else {
				d.Related = said("the other follows from this", fact.String{Origin: origin(asMap(other.node).Get("uid"))})
			}
			s.Report(at, d, s.r.Version)
			return
		}
	}
}

// links looks for uids that no datasource has, in those of the user.
func (s *sources) links() {
	if topology.Bad(&s.Topology.Grafana) {
		return // which of them there are is not known
	}
	known := map[string]bool{}
	for _, a := range s.all {
		known[a.uid] = true
	}
	for _, a := range s.all {
		if !a.own {
			continue
		}
		tree.Walk(asMap(a.node).Get("jsonData"), "", func(at string, n tree.Node, _ fact.Origin) {
			uid := textOf(n)
			if !strings.HasSuffix(at, "datasourceUid") || uid == "" || known[uid] || strings.Contains(uid, "$") {
				return
			}
			place, own := placeOf(s.r, n)
			if !own {
				return
			}
			s.Report(place, diag.Diagnostic{
				Severity: diag.Warning,
				Message:  fmt.Sprintf("the datasource %s links to the uid %s, which none of those that are provisioned has: its link leads nowhere, unless somebody made that one by hand", a.name, uid),
				Help:     "leave it out, or write one of " + strings.Join(sorted(known), ", ") + ", or provision it too",
			}, s.r.Version)
		})
	}
}

// deleted looks for one that a later file takes away. In one file, Grafana
// deletes before it adds, which does no harm.
func (s *sources) deleted() {
	at, ok := s.files()
	if !ok {
		return
	}
	files := s.mapAt(s.r, at)
	for _, name := range files.Keys() {
		for _, d := range asItems(asMap(files.Get(name)).Get("deleteDatasources")) {
			for _, a := range s.all {
				place, own := placeOf(s.r, d)
				if own && field(d, "name") == a.name && !a.own && a.file < name {
					s.Report(place, diag.Diagnostic{
						Message: fmt.Sprintf("%s is read after %s, and deletes the datasource %s again, which that adds", name, a.file, a.name),
						Help:    "leave it out",
						Related: said("the datasource follows from this", fact.String{Origin: origin(asMap(a.node).Get("uid"))}),
					}, s.r.Version)
				}
			}
		}
	}
}

// sidecar looks at whether Grafana, and the sidecar in it, still finds the
// objects of the tree.
func (s *sources) sidecar() {
	prefix := ""
	if s.Grafana.Stack() {
		prefix = "grafana."
		if s.is(s.r, "grafana.enabled", false) {
			s.Report(s.line(s.r, "grafana.enabled"), diag.Diagnostic{
				Message: "there would be no Grafana, whose datasources and dashboard the tree brings",
				Help:    `leave it out of values, and say who brings Grafana: grafana: kind: "grafana" or "grafana-operator"`,
				Related: []diag.Related{{Message: "the topology has it here", Position: s.r.PinnedAt.Position}},
			}, s.r.Version)
			return
		}
	}
	if !s.Grafana.Sidecar.Value {
		return
	}
	at := prefix + "sidecar.datasources."
	lost := func(key, what string) {
		s.Report(s.line(s.r, key), diag.Diagnostic{
			Message: what + ": Grafana would have none of the topology's datasources",
			Help:    `leave it out of values, or write grafana: datasources: "values"`,
			Related: []diag.Related{{Message: "the topology has Grafana here", Position: s.r.PinnedAt.Position}},
		}, s.r.Version)
	}
	if s.is(s.r, at+"enabled", false) {
		lost(at+"enabled", "the sidecar that reads the ConfigMap with the datasources would be off")
	}
	if got := s.text(s.r, at+"labelValue"); got != "" && got != "1" {
		lost(at+"labelValue", fmt.Sprintf("the sidecar would read ConfigMaps whose label is %q, and the tree's has \"1\"", got))
	}
	n, _ := s.Value(s.r, at+"searchNamespace")
	spaces := []string{textOf(n)}
	for _, item := range asItems(n) {
		spaces = append(spaces, textOf(item))
	}
	all := strings.Join(spaces, ",")
	if strings.Trim(all, ",") == "" || strings.Contains(all, "{{") {
		return
	}
	for _, space := range strings.Split(all, ",") {
		if space == "ALL" || space == s.Grafana.Namespace.Value {
			return
		}
	}
	lost(at+"searchNamespace", fmt.Sprintf("the sidecar would look into other namespaces than %s, where the ConfigMap is", s.Grafana.Namespace.Value))
}
