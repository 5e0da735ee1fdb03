package generator

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// arrivals sends every text of a tree that a layer could change to the program
// at the far end, and gives what arrives, by the place.
func arrivals(t *testing.T, files tree.Tree, plans []*plan.Plan) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, f := range files {
		dir, name, _ := strings.Cut(f.Path, "/")
		see := func(in, at, text string) {
			if !strings.Contains(text, "$") && !strings.Contains(text, "{{") {
				return
			}
			readers, ok := road(in, at)
			if !ok {
				t.Errorf("%s (%s): %s: nobody knows who rewrites %q", f.Path, in, at, text)
				return
			}
			arrived, err := pass(text, readers)
			if err != nil {
				t.Errorf("%s: %s: %q: %v", f.Path, at, text, err)
			}
			got[f.Path+"#"+at] = arrived
		}
		switch {
		case f.Path == "tracegen.lock":
		case path.Ext(f.Path) != ".yaml":
			see(name, "", code(f))
		case path.Base(f.Path) == "values.yaml":
			for _, in := range charts(dir, path.Base(path.Dir(f.Path)), plans) {
				texts(t, f, func(at, text string) { see(in, at, text) })
			}
		default:
			texts(t, f, func(at, text string) { see(name, at, text) })
		}
	}
	return got
}

// code is a file less its comments, which another test reads.
func code(f tree.Output) string {
	lines := strings.Split(string(f.Data), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return comment(f.Path, l) }), "\n")
}

// charts names the charts that read a values file, with their versions where
// those differ in what they do to a text.
func charts(dir, component string, plans []*plan.Plan) []string {
	var names []string
	for _, p := range plans {
		r := p.Release(component)
		if r == nil || dir != "base" && dir != p.Profile {
			continue
		}
		name := "chart " + r.ChartName
		if minor, _ := strconv.Atoi(strings.Split(r.Version.Value, ".")[1]); r.ChartName == "ingress-nginx" && minor < 11 {
			name += " before 4.11"
		}
		names = append(names, name)
	}
	return names
}

// texts calls f with every text of a YAML file, keys too, and with those of the
// files inside its objects.
func texts(t *testing.T, file tree.Output, f func(at, text string)) {
	t.Helper()
	d := yaml.NewDecoder(strings.NewReader(string(file.Data)))
	for {
		var n yaml.Node
		if d.Decode(&n) != nil {
			return
		}
		walkTexts(&n, "", f)
	}
}

func walkTexts(n *yaml.Node, at string, f func(at, text string)) {
	switch n.Kind {
	case yaml.DocumentNode:
		walkTexts(n.Content[0], at, f)
	case yaml.SequenceNode:
		for i, c := range n.Content {
			walkTexts(c, fmt.Sprintf("%s[%d]", at, i), f)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			f(strings.TrimPrefix(at+".(key)", "."), key)
			walkTexts(n.Content[i+1], strings.TrimPrefix(at+"."+key, "."), f)
		}
	case yaml.ScalarNode:
		var inside yaml.Node
		if strings.HasSuffix(at, "data.tracing.yaml") && yaml.Unmarshal([]byte(n.Value), &inside) == nil {
			walkTexts(inside.Content[0], at+"/", func(p, text string) { f(strings.ReplaceAll(p, "/.", "/"), text) })
			return
		}
		f(at, n.Value)
	}
}

// written gives what the input has of texts that could be taken for something.
func written(p *plan.Plan) []string {
	var out []string
	add := func(m topology.Map[topology.String]) {
		for _, e := range m {
			out = append(out, e.Key.Value, e.Value.Value)
		}
	}
	in := p.Topology
	if p.Prometheus != nil {
		for _, q := range p.Prometheus.Queries {
			out = append(out, q.Key, q.Value.Value)
		}
	}
	if in.Traefik != nil {
		add(in.Traefik.ResourceAttributes)
	}
	if in.Collector != nil {
		add(in.Collector.Attributes)
	}
	for _, n := range in.Namespaces {
		add(n.Value.Annotations)
	}
	for _, a := range in.Apps {
		if a.Value.Ingress != nil {
			add(a.Value.Ingress.Annotations)
		}
	}
	out = slices.DeleteFunc(out, func(s string) bool { return !strings.Contains(s, "$") && !strings.Contains(s, "{{") })
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) }) // a text may be part of another
	return out
}

// ours are the texts of tracegen's own that have a dollar at the far end: the
// variables of Grafana's links and queries.
var ours = []string{"${__value.raw}", "${__trace.traceId}", "{$__tags"}

// meant demands that nothing but what the user or tracegen meant arrives.
func meant(t *testing.T, arrived map[string]string, plans []*plan.Plan) {
	t.Helper()
	for at, text := range arrived {
		rest := text
		for _, p := range plans {
			for _, own := range written(p) {
				rest = strings.ReplaceAll(rest, own, "")
			}
		}
		for _, own := range ours {
			rest = strings.ReplaceAll(rest, own, "")
		}
		if strings.Contains(rest, "$") || strings.Contains(rest, "{{") {
			t.Errorf("%s: what arrives is none of what was meant: %q", at, text)
		}
	}
}

// TestTextsArrive follows every text of the shipped trees and of the golden
// cases.
func TestTextsArrive(t *testing.T) {
	seen := 0
	for _, s := range suites(t) {
		plans, _ := s.analyse(t)
		arrived := arrivals(t, s.compile(t), plans)
		meant(t, arrived, plans)
		seen += len(arrived)
	}
	if seen < 50 {
		t.Errorf("only %d texts were found", seen)
	}
}

// What no layer may change, as far as the schema lets it be written.
const (
	hostileQuery     = `a $x $$ $$$ ${x} ${1} ${__value.raw} $(X) $$(X) $é {{ .Release.Name }} {{- end }} {{{ }} "q" 'r' \ ` + "`" + ` $`
	hostileFlag      = `a $x $$ ${x} ${1} ${env:X} $(X) $$(X) $é {{ .Release.Name }} {{{ }} 'r' ` + "`" + ` $`
	hostileAttribute = `a $x $$ ${x} ${1} ${env:X} $(X) $$(X) {{ .Release.Name }} {{{ }} $`
)

// TestHostileTextsArrive sends such texts by every way that there is.
func TestHostileTextsArrive(t *testing.T) {
	queries := fmt.Sprintf(`queries: %q: %q`, hostileQuery, hostileQuery+" 2")
	prometheus := "\n" + `prometheus: {kind: "address", host: "p.example.com", ` + queries + "}"
	loki := "\n" + `loki: {kind: "address", host: "loki.example.com"}`
	traefik := func(version, more string) string {
		return "\n" + fmt.Sprintf(`traefik: {chart: version: %q, export: protocol: "otlp-http", resourceAttributes: a: %q, %s}`, version, hostileFlag, more)
	}
	attributes := "\n" + fmt.Sprintf(`collector: attributes: a: %q`, hostileAttribute)
	annotation := "\n" + fmt.Sprintf(`namespaces: {observability: annotations: "x.example.com/a": %q, traefik: {}, web: {}, monitoring: {}}
apps: web: {%s, ingress: {host: "a.example.com", service: "web", annotations: "x.example.com/a": %q}}`, hostileQuery, app, hostileQuery)
	const tracing = `datasources.datasources.yaml.datasources[`
	for _, c := range []struct {
		name, profile string
		want          map[string]string // a text that arrives there, by the end of the place
	}{
		{"a file of Grafana's, by the chart", grafana12 + loki + prometheus, map[string]string{
			"base/grafana/values.yaml#" + tracing + "0].jsonData.tracesToMetrics.queries[0].name":  hostileQuery,
			"base/grafana/values.yaml#" + tracing + "0].jsonData.tracesToMetrics.queries[0].query": hostileQuery + " 2",
			"p/grafana/datasources.yaml#datasources[0].jsonData.tracesToMetrics.queries[0].name":   hostileQuery,
		}},
		{"the stack", `grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3", datasources: "values"}` + "\n" + `prometheus: {kind: "kube-prometheus-stack", ` + queries + "}", map[string]string{
			"base/grafana/values.yaml#grafana.additionalDataSources[0].jsonData.tracesToMetrics.queries[0].query": hostileQuery + " 2",
		}},
		{"the sidecar", `grafana: {kind: "grafana", chart: version: "12.11.1", datasources: "sidecar"}` + prometheus, map[string]string{
			"p/grafana/datasources-configmap.yaml#data.tracing.yaml/datasources[0].jsonData.tracesToMetrics.queries[0].name": hostileQuery,
		}},
		{"the operator", `grafana: {kind: "grafana-operator", namespace: "grafana", instanceSelector: {}}` + prometheus, map[string]string{
			"p/grafana/datasource-tempo.yaml#spec.datasource.jsonData.tracesToMetrics.queries[0].name": hostileQuery,
		}},
		{"Alloy, and arguments", alloy1[1:] + attributes + traefik("31.0.0", ""), map[string]string{
			"p/alloy/config.alloy#":                           "a\"], \"" + hostileAttribute,
			"base/alloy/values.yaml#alloy.configMap.content":  "a\"], \"" + hostileAttribute,
			"base/traefik/values.yaml#additionalArguments[0]": "--tracing.globalattributes.a=" + hostileFlag,
			"p/traefik/flags.txt#":                            "--tracing.globalattributes.a=" + hostileFlag,
		}},
		{"the collector, and attributes", otel1[1:] + attributes + traefik("39.0.7", "") + annotation, map[string]string{
			"p/otel-collector/config.yaml#processors.resource.attributes[0].value":           hostileAttribute,
			"base/otel-collector/values.yaml#config.processors.resource.attributes[0].value": hostileAttribute,
			"base/traefik/values.yaml#tracing.resourceAttributes.a":                          hostileFlag,
			"p/namespaces/namespaces.yaml#metadata.annotations.x.example.com/a":              hostileQuery,
			"p/apps/web/ingress.yaml#metadata.annotations.x.example.com/a":                   hostileQuery,
		}},
		{"global attributes", traefik("33.2.0", `delivery: kind: "none"`), map[string]string{
			"p/traefik/values.yaml#tracing.globalAttributes.a": hostileFlag,
		}},
		{"an early nginx", `ingressNginx: {chart: version: "4.8.3", export: protocol: "otlp-grpc"}` + nginxRetired, map[string]string{
			"base/ingress-nginx/values.yaml#controller.config.log-format-upstream": `"status":""`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(c.profile)})
			plans, _ := s.analyse(t)
			arrived := arrivals(t, s.compile(t), plans)
			meant(t, arrived, plans)
			for at, want := range c.want {
				if got, ok := arrived[at]; !ok || !strings.Contains(got, want) {
					t.Errorf("%s: %q arrives, not %q", at, got, want)
				}
			}
		})
	}
}

// comment reports whether a line of a file is a comment.
func comment(file, line string) bool {
	line = strings.TrimSpace(line)
	switch path.Ext(file) {
	case ".alloy", ".js", ".cue":
		return strings.HasPrefix(line, "//")
	}
	return strings.HasPrefix(line, "#")
}
