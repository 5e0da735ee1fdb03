package generator

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// channel is the way on which datasources reach Grafana, and what they pass.
type channel struct {
	list      []any
	templated bool // Helm's tpl evaluates braces
	expanded  bool // Grafana's provisioning expands variables
}

// channel finds the datasources that reach Grafana: in its values, in a
// ConfigMap for its sidecar, or as objects of the operator.
func (r *reading) channel() channel {
	dir, v, rel := r.profile+"/grafana/", r.values["grafana"], r.releases["grafana"]
	grafana := at(v, "grafana")
	if rel.chart == "grafana" {
		grafana = v
	}
	var objects channel
	var selector any
	for _, name := range slices.Sorted(maps.Keys(r.text)) {
		if base := path.Base(name); path.Dir(name)+"/" == dir && strings.HasPrefix(base, "datasource-") {
			o := r.yaml(name)
			d := merged(at(o, "spec", "datasource").(object), object{"uid": at(o, "spec", "uid")})
			objects.list = append(objects.list, d)
			r.same("file and kind of the datasource", base, fmt.Sprintf("datasource-%v.yaml", at(d, "type")))
			if selector == nil {
				selector = at(o, "spec", "instanceSelector")
			}
			r.same("Grafana that is meant", at(o, "spec", "instanceSelector"), selector)
		}
	}
	if objects.list != nil {
		return objects
	}
	if r.text[dir+"datasources-configmap.yaml"] != "" {
		o := r.yaml(dir + "datasources-configmap.yaml")
		r.same("label of the ConfigMap", at(o, "metadata", "labels", "grafana_datasource"), "1")
		if v != nil {
			r.same("namespace of the ConfigMap and of Grafana", at(o, "metadata", "namespace"), rel.namespace)
			r.same("label that the sidecar looks for", atKeys(grafana, "sidecar/datasources/label"), "grafana_datasource")
			r.same("the sidecar", atKeys(grafana, "sidecar/datasources/enabled"), true)
		}
		file := object{}
		if err := yaml.Unmarshal([]byte(str(o, "data", "tracing.yaml")), &file); err != nil {
			r.fault("the ConfigMap's file: %v", err)
		}
		list, _ := at(file, "datasources").([]any)
		return channel{list: list, expanded: true}
	}
	list, _ := at(v, "datasources", "datasources.yaml", "datasources").([]any)
	if rel.chart == "kube-prometheus-stack" {
		list, _ = at(grafana, "additionalDataSources").([]any)
	}
	return channel{list: list, templated: true, expanded: true}
}

// loki lists where a single pod of Loki listens: before 4.5 without a gateway,
// and before 6 under the chart's name alone.
func (r *reading) loki(rel release, values object, listen func(string, int, string)) {
	major, rest, _ := strings.Cut(rel.version, ".")
	full := rel.fullname("loki")
	switch {
	case major == "3" || major == "4" && rest < "5":
		listen("loki", 3100, "loki")
	case major == "4" || major == "5":
		listen("loki-gateway", 80, "loki")
	case at(values, "gateway", "enabled") == true:
		listen(full+"-gateway", 80, "loki")
	}
	if major >= "6" || len(major) > 1 {
		for _, part := range []string{"read", "write", "backend"} {
			r.same("pods beside a single one", at(values, part, "replicas"), 0)
		}
		r.same("where Loki keeps what it has", atKeys(values, "loki/storage/type"), at(values, "loki", "schemaConfig", "configs", 0, "object_store"))
	}
	r.same("pods on one volume", atKeys(values, "singleBinary/replicas"), atKeys(values, "loki/commonConfig/replication_factor"))
}

// datasources follows the links between the datasources.
func (r *reading) datasources() {
	if r.text[r.profile+"/grafana/datasources.yaml"] == "" {
		return
	}
	c := r.channel()
	if c.list == nil && r.values["grafana"] == nil {
		return // in the values of a release that is somebody else's
	}
	stack := r.releases["grafana"].chart == "kube-prometheus-stack"
	file, _ := at(r.yaml(r.profile+"/grafana/datasources.yaml"), "datasources").([]any)
	declared := []string{}
	if stack {
		declared = append(declared, "prometheus") // the stack's own
		if uid := str(atKeys(r.values["grafana"], "grafana/sidecar/datasources/uid")); uid != "" {
			declared[0] = uid
		}
	}
	declared = append(declared, r.uids(c.list)...)
	r.linked("the values", r.values["grafana"], declared)
	r.linked("the channel", c.list, declared)
	r.linked("datasources.yaml", file, r.uids(file))
	r.dashboard(append(r.uids(file), declared...))
	slices.Sort(declared)
	if len(slices.Compact(slices.Clone(declared))) < len(declared) {
		r.fault("two datasources have one uid: %q", declared)
	}
	for _, uid := range r.uids(file) {
		if r.values["grafana"] != nil && !slices.Contains(declared, uid) {
			r.fault("%s has the datasource %s, which the values lack", "datasources.yaml", uid)
		}
	}
	for _, d := range c.list {
		i := slices.IndexFunc(file, func(f any) bool { return at(f, "uid") == at(d, "uid") })
		if i < 0 {
			r.fault("datasources.yaml lacks %v", at(d, "uid"))
			continue
		}
		r.same("datasource in file and values", r.asGrafana(d, c), r.asGrafana(file[i], channel{expanded: true}))
	}
	for _, d := range file {
		r.backed(d)
		address, _ := r.address(str(d, "url"))
		_, delivered := r.releases[str(d, "type")]
		switch {
		case at(d, "type") == "tempo":
			r.reaches("grafana", address, "tempo")
		case delivered:
			r.reaches("grafana", address, str(d, "type"))
		case at(d, "type") == "prometheus" && !slices.Contains(r.uids(c.list), str(d, "uid")) && stack:
			r.reaches("grafana", address, "prometheus")
		}
	}
}

// backed demands that somebody makes what Tempo's links ask for.
func (r *reading) backed(d any) {
	made := func(what string) bool {
		for name, text := range r.text {
			if strings.HasPrefix(name, r.profile+"/alloy/config.") || strings.HasPrefix(name, r.profile+"/otel-collector/config.") || strings.HasSuffix(name, "/tempo/values.yaml") {
				// The chart tempo once turned both on by the one switch.
				if strings.Contains(text, what) || strings.HasPrefix(r.releases["tempo"].version, "1.1") && strings.Contains(text, "metricsGenerator:") {
					return true
				}
			}
		}
		return false
	}
	queries := fmt.Sprint(atKeys(d, "jsonData/tracesToMetrics/queries"))
	for asked, what := range map[string]string{"traces_spanmetrics_": "span-metrics", "traces_span_metrics_": "traces.span.metrics"} {
		if strings.Contains(queries, asked) && !made(what) {
			r.fault("nobody makes %s", asked)
		}
	}
	if atKeys(d, "jsonData/serviceMap") != nil && !made("service-graphs") {
		r.fault("nobody makes a service graph")
	}
}

// dashboard demands that each panel asks a datasource that there is, and that the
// object for Grafana holds what stands in the file.
func (r *reading) dashboard(declared []string) {
	name := r.profile + "/grafana/dashboards/tracing.json"
	if r.text[name] == "" {
		return
	}
	scalars(r.json(name), "", func(at string, v any) {
		if strings.HasSuffix(at, "datasource/uid") {
			r.compared++
			if !slices.Contains(declared, fmt.Sprint(v)) {
				r.fault("%s: %s is %v, and there are %q", name, at, v, declared)
			}
		}
	})
	dir := r.profile + "/grafana/"
	if o := r.text[dir+"dashboard-configmap.yaml"]; o != "" {
		r.same("the dashboard and its ConfigMap", str(r.yaml(dir+"dashboard-configmap.yaml"), "data", "tracing.json"), r.text[name])
	}
	if o := r.text[dir+"dashboard-tracing.yaml"]; o != "" {
		r.same("the dashboard and its object", str(r.yaml(dir+"dashboard-tracing.yaml"), "spec", "json"), r.text[name])
	}
}

func (r *reading) uids(list []any) []string {
	var out []string
	for _, d := range list {
		if uid := str(d, "uid"); uid == "" || slices.Contains(out, uid) {
			r.fault("the datasource %v has no uid of its own", at(d, "name"))
		} else {
			out = append(out, uid)
		}
	}
	return out
}

// linked demands that each uid that is referred to is declared.
func (r *reading) linked(where string, v any, declared []string) {
	scalars(v, "", func(at string, v any) {
		if path.Base(at) == "datasourceUid" {
			r.compared++
			if !slices.Contains(declared, fmt.Sprint(v)) {
				r.fault("%s: %s is %v, and there are %q", where, at, v, declared)
			}
		}
	})
}

// asGrafana is a datasource as Grafana gets to see it: through Helm's tpl if it
// stands in values, and through the variables of the provisioning.
func (r *reading) asGrafana(d any, c channel) map[string]string {
	out := map[string]string{}
	scalars(d, "", func(at string, v any) {
		text, ok := v.(string)
		if !ok {
			text = fmt.Sprint(v)
		} else if c.templated {
			text = r.tpl(text)
		}
		if c.expanded {
			if strings.Contains(strings.ReplaceAll(text, "$$", ""), "$") {
				r.fault("Grafana would expand a variable in %s: %s", at, text)
			}
			text = strings.ReplaceAll(text, "$$", "$")
		}
		out[at] = text
	})
	return out
}
