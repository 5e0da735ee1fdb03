package generator

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// podLabels are those of the charts' pods, without what part of the release they
// are, as rendered. Those of all pods of a release come first.
func (rel release) podLabels() []string {
	const name, instance = "app.kubernetes.io/name=", "app.kubernetes.io/instance="
	switch rel.chart {
	case "minio":
		return []string{"app=minio release=" + rel.name}
	case "traefik":
		return []string{instance + rel.name + "-" + rel.namespace + " " + name + "traefik"}
	case "kube-prometheus-stack":
		operator := map[string]string{"41.6.1": "prometheus="}[rel.version]
		if operator == "" {
			operator = "operator.prometheus.io/name="
		}
		return []string{
			name + "prometheus " + operator + rel.fullname("kube-prometheus-stack") + "-prometheus",
			instance + rel.name + " " + name + "grafana",
		}
	}
	return []string{instance + rel.name + " " + name + map[string]string{"tempo-distributed": "tempo"}[rel.chart] + map[bool]string{true: rel.chart}[rel.chart != "tempo-distributed"]}
}

// programs names them in the order of their labels.
func (rel release) programs(component string) []string {
	switch rel.chart {
	case "kube-prometheus-stack":
		return []string{"prometheus", component}
	case "linkerd-jaeger", "linkerd-control-plane":
		return []string{"linkerd"} // its proxies are everywhere
	}
	return []string{component}
}

var inCluster = regexp.MustCompile(`(https?://)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.[a-z0-9.-]*[a-z](:[0-9]+)?`)

// metricsPorts are where Prometheus asks the pods, if not where Grafana does.
var metricsPorts = map[string]string{"loki": "3100", "alloy": "12345", "opentelemetry-collector": "8888"}

// policies demands that who may connect to whom is exactly who is told to.
func (r *reading) policies() {
	want, got := map[string]bool{}, map[string]bool{}
	apps, found := r.apps(), false
	for name := range r.text {
		found = found || path.Base(name) == "networkpolicy.yaml"
	}
	if !found {
		return
	}
	homes := map[string]string{} // by namespace and labels
	for component, rel := range r.releases {
		programs := rel.programs(component)
		for i, l := range rel.podLabels() {
			homes[rel.namespace+" "+l] = programs[i]
		}
		config, _ := at(r.values[component], "controller", "config").(object)
		said := []any{r.values[component]}
		if object := r.profile + "/" + component + "/datasources-configmap.yaml"; r.text[object] != "" {
			said = append(said, r.text[object])
		}
		scalars(said, "", func(where string, v any) {
			for _, m := range inCluster.FindAllStringSubmatch(fmt.Sprint(v), -1) {
				port := strings.TrimPrefix(m[4], ":")
				if host, ok := strings.CutSuffix(path.Base(where), "-host"); ok && config[host+"-port"] != nil {
					port = fmt.Sprint(config[host+"-port"]) // of ingress-nginx
				}
				if port == "" {
					port = "80"
				}
				to := r.owner(m[2], m[3])
				pod := map[string]string{"loki 80": "8080", "prometheus 80": "9090"}[r.releases[to].chart+" "+port]
				if pod == "" {
					pod = port
				}
				for _, program := range programs {
					if to != "" && to != component {
						want[program+" to "+to+" at "+pod] = true
					}
				}
			}
		})
	}
	for _, a := range apps {
		want[a] = true
	}
	if r.releases["linkerd"].chart == "" && r.text[r.profile+"/linkerd/values.yaml"] != "" {
		// The control plane is the user's, and gets our values.
		scalars(r.yaml(r.profile+"/linkerd/values.yaml"), "", func(_ string, v any) {
			if m := inCluster.FindStringSubmatch(fmt.Sprint(v)); m != nil {
				want["linkerd to "+r.owner(m[2], m[3])+" at "+strings.TrimPrefix(m[4], ":")] = true
			}
		})
	}
	for component, rel := range r.releases {
		file := r.profile + "/" + component + "/networkpolicy.yaml"
		if r.text[file] == "" {
			continue
		}
		scalars(r.values[component], "", func(at string, v any) {
			if !strings.HasSuffix(at, "serviceMonitor/enabled") || v != true || r.releases["grafana"].chart != "kube-prometheus-stack" {
				return
			}
			port := metricsPorts[rel.chart]
			if n := queryPorts[rel.chart+" "+rel.version]; n != 0 {
				port = fmt.Sprint(n)
			}
			want["prometheus to "+component+" at "+port] = true
		})
		o := r.yaml(file)
		r.same("the pods of "+file, selected(at(o, "spec", "podSelector")), rel.podLabels()[0])
		r.same("the namespace of "+file, str(o, "metadata", "namespace"), rel.namespace)
		rules, _ := at(o, "spec", "ingress").([]any)
		for i, rule := range rules {
			from, _ := at(rule, "from").([]any)
			if i == 0 { // the release's own
				r.same("ports of the own pods", at(rule, "ports"), nil)
				own := map[string]string{
					"minio": "release=" + rel.name, "kube-prometheus-stack": "",
					"traefik": "app.kubernetes.io/instance=" + rel.name + "-" + rel.namespace,
				}
				want, other := own[rel.chart]
				if !other {
					want = "app.kubernetes.io/instance=" + rel.name
				}
				r.same("the own pods of "+file, selected(at(from[0], "podSelector")), want)
				continue
			}
			proxy := ""
			if strings.Contains(r.meshedNamespaces(), " "+rel.namespace+" ") && str(rule, "ports", 0, "protocol") == "TCP" {
				proxy = "4143"
			}
			r.same("the proxy's port in "+file, str(rule, "ports", 1, "port"), proxy)
			for _, f := range from {
				namespace := str(f, "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name")
				sender := homes[namespace+" "+selected(at(f, "podSelector"))]
				switch {
				case at(f, "podSelector") == nil && namespace == "":
					sender = "linkerd" // whose proxies are in all namespaces
				case at(f, "podSelector") == nil:
					sender = "apps in " + namespace
				}
				got[sender+" to "+component+" at "+str(rule, "ports", 0, "port")] = true
			}
		}
	}
	r.same("connections", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
}

// meshedNamespaces are those that the tree has Linkerd inject, between spaces.
func (r *reading) meshedNamespaces() string {
	names := " "
	for _, object := range strings.Split(r.text[r.profile+"/namespaces/namespaces.yaml"], "\n---\n") {
		name := regexp.MustCompile(`(?m)^  name: (\S+)$`).FindStringSubmatch(object)
		if name != nil && strings.Contains(object, "linkerd.io/inject: enabled") {
			names += name[1] + " "
		}
	}
	return names
}

// owner is the component that a Service is of.
func (r *reading) owner(service, namespace string) string {
	best, longest := "", 0
	for component, rel := range r.releases {
		full := rel.fullname(map[string]string{"tempo-distributed": "tempo"}[rel.chart] + map[bool]string{true: rel.chart}[rel.chart != "tempo-distributed"])
		if rel.namespace == namespace && (service == full || strings.HasPrefix(service, full+"-")) && len(full) > longest {
			best, longest = component, len(full)
		}
	}
	return best
}

// selected gives the labels of a selector.
func selected(v any) string {
	m, _ := at(v, "matchLabels").(object)
	var out []string
	for k, value := range m {
		out = append(out, fmt.Sprintf("%s=%v", k, value))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
