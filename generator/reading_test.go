package generator

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

// What the charts do, by the versions that the profiles pin; read off the
// rendered charts, and kept apart from generator/chart on purpose.
var (
	queryPorts = map[string]int{
		"tempo 1.14.0": 3100, "tempo 1.24.4": 3200, "tempo 2.2.4": 3200,
		"tempo-distributed 0.27.4": 3100, "tempo-distributed 1.0.0": 3100, "tempo-distributed 2.23.4": 3200, "tempo-distributed 1.32.7": 3100,
		"tempo-distributed 1.61.3": 3200, "tempo-distributed 2.26.2": 3200,
		"tempo-distributed 3.3.0": 3200,
	}
	// The field that Traefik writes the trace ID in by itself.
	traceFields = map[string]string{
		"18.1.0": "", "27.0.2": "", "34.4.1": "TraceId", "39.0.7": "trace_id", "41.3.0": "trace_id",
	}
	receivers = []struct {
		name, distributed, monolithic string // keys of the values
		port                          int
	}{
		{"otlp-grpc", "otlp/grpc", "otlp/protocols/grpc", 4317},
		{"otlp-http", "otlp/http", "otlp/protocols/http", 4318},
		{"zipkin", "zipkin", "zipkin", 9411},
		{"opencensus", "opencensus", "opencensus", 55678},
		{"jaeger-thrift-http", "jaeger/thriftHttp", "jaeger/protocols/thrift_http", 14268},
	}
)

// keys walks down keys that are joined by slashes.
func keys(v any, way string) any {
	for _, k := range strings.Split(way, "/") {
		v = at(v, k)
	}
	return v
}

// services lists who listens where in the cluster, by the charts' rules.
func (r *reading) services() {
	for component, rel := range r.releases {
		values := r.values[component]
		listen := func(service string, port int, what string) {
			r.listens[fmt.Sprintf("%s.%s:%d", service, rel.namespace, port)] = what
		}
		switch rel.chart {
		case "tempo", "tempo-distributed":
			full := rel.fullname("tempo")
			query, receive := full, full
			if rel.chart == "tempo-distributed" {
				query, receive = full+"-query-frontend", full+"-distributor"
			}
			port := queryPorts[rel.chart+" "+rel.version]
			if port == 0 {
				r.fault("%s %s: which port does it answer on?", rel.chart, rel.version)
			}
			listen(query, port, "tempo")
			for _, rc := range receivers {
				if rel.chart == "tempo-distributed" {
					if at(keys(values, "traces/"+rc.distributed), "enabled") == true {
						listen(receive, rc.port, rc.name)
					}
				} else if on := at(keys(values, "tempo/receivers/"+rc.monolithic), "endpoint"); on != nil {
					r.same("where "+rc.name+" listens, and the port of its Service", on, fmt.Sprintf("0.0.0.0:%d", rc.port))
					listen(receive, rc.port, rc.name)
				}
			}
			if at(values, "minio", "enabled") == true {
				listen(rel.fullname("minio"), 9000, "s3")
			}
		case "minio":
			listen(rel.fullname("minio"), 9000, "s3")
		case "alloy":
			ports, _ := at(values, "alloy", "extraPorts").([]any)
			for _, p := range ports {
				n, _ := at(p, "port").(int)
				r.same("port and target of Alloy's Service", n, at(p, "targetPort"))
				what, transport := way(n)
				r.same("the transport of "+what, at(p, "protocol"), transport)
				tls := strings.Contains(str(values, "alloy", "configMap", "content"), "cert_file") && transport == "TCP"
				listen(rel.fullname("alloy"), n, r.secured(what, tls))
			}
		case "loki":
			r.loki(rel, values, listen)
		case "prometheus":
			listen(rel.fullname("prometheus")+"-server", 80, "prometheus")
		case "opentelemetry-collector":
			r.otelServices(rel, values, listen)
		case "kube-prometheus-stack":
			listen(rel.fullname("kube-prometheus-stack")+"-prometheus", 9090, "prometheus")
		}
	}
}

var clusterName = regexp.MustCompile(`^([a-z0-9-]+\.[a-z0-9-]+)\.svc\.([a-z0-9.-]+):([0-9]+)$`)

// reaches demands that what listens at an address is what the other side wants.
func (r *reading) reaches(who, address, want string) {
	r.compared++
	m := clusterName.FindStringSubmatch(address)
	if m == nil {
		r.fault("%s: %q is not an address in the cluster", who, address)
		return
	}
	if r.domain == "" {
		r.domain = m[2]
	}
	r.same("domain of the cluster", m[2], r.domain)
	if got := r.listens[m[1]+":"+m[3]]; got != want {
		r.fault("%s: at %s listens %q, not %s", who, address, got, want)
	}
}

// address takes host and port out of a URL.
func (r *reading) address(text string) (address, where string) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		r.fault("%q is not a URL: %v", text, err)
		return "", ""
	}
	if u.Port() == "" {
		u.Host += map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	}
	return u.Host, u.Path
}

// senders follows the spans from the ingress to Tempo.
func (r *reading) senders() {
	if v := r.values["traefik"]; v != nil {
		sent := 0
		for way, to := range map[string][2]string{
			"tracing/zipkin/httpEndpoint": {"zipkin", "/api/v2/spans"},
			"tracing/otlp/http/endpoint":  {"otlp-http", "/v1/traces"},
			"tracing/otlp/grpc/endpoint":  {"otlp-grpc"},
		} {
			endpoint := keys(v, way)
			if endpoint == nil {
				continue
			}
			sent++
			address, where := fmt.Sprint(endpoint), ""
			if to[1] != "" {
				address, where = r.address(address)
			}
			r.same("the path of "+to[0], where, to[1])
			tls := strings.HasPrefix(fmt.Sprint(endpoint), "https:") || keys(v, "tracing/otlp/grpc/insecure") == false
			r.reaches("traefik", address, r.secured(to[0], tls))
		}
		r.same("exporters of Traefik", sent, 1)
	}
	if v := r.values["alloy"]; v != nil {
		content := r.tpl(str(v, "alloy", "configMap", "content"))
		r.same("alloy/config.alloy and the values", content, r.text[r.profile+"/alloy/config.alloy"])
		var open []int
		for _, m := range regexp.MustCompile(`"0\.0\.0\.0:([0-9]+)"`).FindAllStringSubmatch(content, -1) {
			n, _ := strconv.Atoi(m[1])
			open = append(open, n)
		}
		var ports []int
		list, _ := at(v, "alloy", "extraPorts").([]any)
		for _, p := range list {
			n, _ := at(p, "port").(int)
			ports = append(ports, n)
		}
		r.same("ports that Alloy opens, and those of its Service", open, ports)
		r.wiring(content)
		var files []string
		for _, m := range regexp.MustCompile(`(?:cert|key)_file += "([^"]*)"`).FindAllStringSubmatch(content, -1) {
			files = append(files, m[1])
		}
		r.mounted(files, at(v, "controller", "volumes", "extra"), at(v, "alloy", "mounts", "extra"))
		_, exporter, _ := strings.Cut(content, "\notelcol.exporter.")
		m := regexp.MustCompile(`^(otlp|otlphttp) "[^}]*endpoint = "([^"]*)"`).FindStringSubmatch(exporter)
		if m == nil {
			r.fault("Alloy has no exporter:\n%s", content)
		} else if m[1] == "otlp" {
			r.reaches("alloy", m[2], "otlp-grpc")
		} else {
			address, _ := r.address(m[2])
			r.reaches("alloy", address, "otlp-http")
		}
	}
}

// tpl is Helm's function of that name, on a text without functions of Helm's.
func (r *reading) tpl(text string) string {
	var b strings.Builder
	t, err := template.New("").Parse(text)
	if err == nil {
		err = t.Execute(&b, nil)
	}
	if err != nil {
		r.fault("Helm's tpl: %v", err)
	}
	return b.String()
}

// flags compares Traefik's values with its flags. Traefik ignores letter case,
// the chart does not.
func (r *reading) flags() {
	v := r.values["traefik"]
	if v == nil {
		return
	}
	mode, fields := "defaultmode", "fields/general"
	if major, _, _ := strings.Cut(r.releases["traefik"].version, "."); major >= "41" {
		mode, fields = "defaultMode", "fields"
	}
	want := map[string]string{}
	put := func(at string, v any) {
		if strings.HasSuffix(strings.ToLower(at), "/defaultmode") {
			r.same("the spelling of "+at, path.Base(at), mode)
		}
		name := strings.TrimSuffix(strings.Replace(at, fields+"/"+mode, "fields/"+mode, 1), "/enabled")
		want["--"+strings.ToLower(strings.ReplaceAll(name, "/", "."))] = fmt.Sprint(v)
	}
	tracing := maps.Clone(r.object(at(v, "tracing")))
	r.captured(tracing, want)
	scalars(tracing, "tracing", put)
	scalars(keys(v, "logs/access"), "accesslog", put)
	scalars(at(v, "accessLog"), "accesslog", put)
	if at(v, "tracing", "zipkin") != nil {
		want["--tracing.zipkin"] = "true"
	}
	if _, ok := want["--tracing.addinternals"]; ok {
		want["--tracing.addinternals"] = ""
	}
	flag := func(into map[string]string, line string) {
		name, value, _ := strings.Cut(line, "=")
		into[strings.ToLower(name)] = value
	}
	arguments, _ := at(v, "additionalArguments").([]any)
	for _, a := range arguments {
		flag(want, fmt.Sprint(a))
	}
	got := map[string]string{}
	for line := range strings.Lines(r.text[r.profile+"/traefik/flags.txt"]) {
		flag(got, strings.TrimSuffix(line, "\n"))
	}
	for _, name := range slices.Sorted(maps.Keys(union(want, got))) {
		r.same("flags.txt and the values say of "+name, got[name], want[name])
	}
}

func union(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// order demands that each directory is there to be applied, and that what a
// Kustomization waits for will come, and does not wait for it in turn.
func (r *reading) order() {
	needs := map[string][]string{}
	for name := range r.text {
		if path.Dir(name) != r.profile+"/flux" || path.Base(name) == "kustomization.yaml" {
			continue
		}
		k := r.yaml(name)
		list, _ := at(k, "spec", "dependsOn").([]any)
		own := str(k, "metadata", "name")
		needs[own] = []string{}
		for _, n := range list {
			needs[own] = append(needs[own], str(n, "name"))
		}
		_, dir, _ := strings.Cut(str(k, "spec", "path"), "/"+r.profile+"/")
		r.compared++
		if at(k, "spec", "decryption") != nil {
			r.encrypted(own, k)
			continue // the directory is the user's
		}
		if r.text[r.profile+"/"+dir+"/kustomization.yaml"] == "" {
			r.fault("%s applies %s, which is no kustomization", name, dir)
		}
	}
	var visit func(name string, way []string)
	visit = func(name string, way []string) {
		if slices.Contains(way, name) {
			r.fault("they wait for each other: %v", way)
			return
		}
		if needs[name] == nil && !slices.Contains(users, name) {
			r.fault("%v wait for %s, which nothing applies", way, name)
		}
		for _, n := range needs[name] {
			visit(n, append(slices.Clone(way), name))
		}
	}
	for name := range needs {
		visit(name, nil)
	}
}

// users are the Kustomizations of the user's own that the profiles name.
var users = []string{"tracing-secrets", "secrets", "crds", "external-secrets", "certificates"}
