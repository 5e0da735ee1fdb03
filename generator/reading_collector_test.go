package generator

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// What the receivers listen on, and what their ports are called in the charts;
// read off the programs' documentation and the rendered charts.
var collectorWays = []struct {
	what, protocol string // a path of keys below receivers
	port           int
	transport      string
	chartPort      string // of opentelemetry-collector
}{
	{"otlp-grpc", "otlp/protocols/grpc", 4317, "TCP", "otlp"},
	{"otlp-http", "otlp/protocols/http", 4318, "TCP", "otlp-http"},
	{"zipkin", "zipkin", 9411, "TCP", "zipkin"},
	{"jaeger-grpc", "jaeger/protocols/grpc", 14250, "TCP", "jaeger-grpc"},
	{"jaeger-thrift-http", "jaeger/protocols/thrift_http", 14268, "TCP", "jaeger-thrift"},
	{"jaeger-thrift-compact", "jaeger/protocols/thrift_compact", 6831, "UDP", "jaeger-compact"},
	{"jaeger-thrift-binary", "jaeger/protocols/thrift_binary", 6832, "UDP", "jaeger-binary"},
	{"opencensus", "opencensus", 55678, "TCP", "opencensus"},
}

// way gives what listens on a port, and how.
func way(port int) (what, transport string) {
	for _, w := range collectorWays {
		if w.port == port {
			return w.what, w.transport
		}
	}
	return "", ""
}

// otelServices lists what the chart opentelemetry-collector exposes.
func (r *reading) otelServices(rel release, values object, listen func(service string, port int, what string)) {
	full := rel.fullname("opentelemetry-collector")
	if at(values, "mode") == "daemonset" && at(values, "service", "enabled") != true {
		return // no Service
	}
	open := map[string]bool{}
	for _, w := range collectorWays {
		endpoint := atKeys(values, "config/receivers/"+w.protocol+"/endpoint")
		port, _ := at(values, "ports", w.chartPort).(object)
		r.same("whether "+w.what+" listens, and has a port of the Service", endpoint != nil, port["enabled"] == true)
		if endpoint == nil {
			continue
		}
		open[w.chartPort] = true
		r.same("where "+w.what+" listens", endpoint, fmt.Sprintf("0.0.0.0:%d", w.port))
		r.same("the container's port of "+w.what, port["containerPort"], w.port)
		r.same("the transport of "+w.what, port["protocol"], w.transport)
		n, _ := port["servicePort"].(int)
		listen(full, n, r.secured(w.what, atKeys(values, "config/receivers/"+w.protocol+"/tls") != nil))
	}
	// Those that the chart opens by itself.
	for _, name := range []string{"otlp", "otlp-http", "jaeger-compact", "jaeger-thrift", "jaeger-grpc", "zipkin"} {
		r.same("whether the port "+name+" is open", at(values, "ports", name, "enabled"), open[name])
	}
}

// secured says what listens where TLS is spoken.
func (r *reading) secured(what string, tls bool) string {
	if tls {
		return what + " with TLS"
	}
	return what
}

// templates evaluates every text of a value, as a chart does that turns it into
// YAML first.
func (r *reading) templates(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for k, v := range v {
			out[k] = r.templates(v)
		}
		return out
	case []any:
		var out []any
		for _, v := range v {
			out = append(out, r.templates(v))
		}
		return out
	case string:
		return r.tpl(v)
	}
	return v
}

// otel follows the spans through the OpenTelemetry Collector.
func (r *reading) otel() {
	v := r.values["otel-collector"]
	if v == nil {
		return
	}
	config := given(r.templates(at(v, "config"))).(object)
	r.same("otel-collector/config.yaml and the values", config, given(r.yaml(r.profile+"/otel-collector/config.yaml")))

	defined, used := map[string]bool{}, map[string]bool{}
	for _, kind := range []string{"receivers", "processors", "exporters"} {
		for name := range asObject(at(config, kind)) {
			defined[kind+"/"+name] = true
		}
		for name := range asObject(at(config, "connectors")) {
			if kind != "processors" {
				defined[kind+"/"+name] = true
			}
		}
	}
	for _, pipeline := range asObject(at(config, "service", "pipelines")) {
		for kind, names := range asObject(pipeline) {
			list, _ := names.([]any)
			for i, name := range list {
				used[kind+"/"+fmt.Sprint(name)] = true
				if kind == "processors" && name == "memory_limiter" {
					r.same("the place of the memory limiter", i, 0)
				}
				if kind == "processors" && name == "batch" {
					r.same("the place of the batches", i, len(list)-1)
				}
			}
		}
	}
	r.same("components that are there, and that are used", slices.Sorted(maps.Keys(defined)), slices.Sorted(maps.Keys(used)))

	r.exports("otel-collector", str(config, "exporters", "otlp/tempo", "endpoint"), at(config, "exporters", "otlp/tempo", "tls", "insecure"),
		str(config, "exporters", "otlphttp/tempo", "endpoint"))
	r.signals(str(config, "exporters", "otlphttp/loki", "endpoint"), "/otlp", []string{"service_name", "k8s_namespace_name", "k8s_pod_name", "k8s_container_name"},
		str(config, "exporters", "prometheusremotewrite", "endpoint"))
	r.rights(v, config)
	var files []string
	scalars(at(config, "receivers"), "", func(at string, v any) {
		if strings.HasSuffix(at, "_file") {
			files = append(files, fmt.Sprint(v))
		}
	})
	r.mounted(files, at(v, "extraVolumes"), at(v, "extraVolumeMounts"))
}

// rights demands that whoever asks Kubernetes may, and reads files as who may.
func (r *reading) rights(v, config object) {
	asks := slices.ContainsFunc(slices.Collect(maps.Keys(asObject(at(config, "processors")))), func(name string) bool {
		return strings.HasPrefix(name, "k8sattributes")
	})
	r.same("whether a processor asks Kubernetes, and may", asks, at(v, "clusterRole", "create") == true)
	files := at(config, "receivers", "filelog") != nil
	r.same("whether files are read, and mounted", files, at(v, "presets", "logsCollection", "enabled") == true)
	r.same("whether files are read, and by root", files, at(v, "securityContext", "runAsUser") == 0)
	if files {
		r.same("the workload that reads files of its node", at(v, "mode"), "daemonset")
	}
}

// exports demands that Tempo listens where the collector sends.
func (r *reading) exports(who, grpc string, insecure any, http string) {
	switch {
	case grpc != "":
		r.same(who+" sends without TLS", insecure, true)
		r.reaches(who, grpc, "otlp-grpc")
	case http != "":
		address, _ := r.address(http)
		r.reaches(who, address, "otlp-http")
	default:
		r.fault("%s sends nothing to Tempo", who)
	}
}

var selector = regexp.MustCompile(`\{([A-Za-z_]+)=\\?"`)

// signals compares where logs and metrics go with where Grafana asks for them.
func (r *reading) signals(logs, path string, labels []string, metrics string) {
	sources := r.text[r.profile+"/grafana/datasources.yaml"]
	if sources == "" {
		return
	}
	for _, d := range asList(at(r.yaml(r.profile+"/grafana/datasources.yaml"), "datasources")) {
		base := strings.TrimSuffix(str(d, "url"), "/")
		switch {
		case str(d, "type") == "loki" && logs != "":
			r.same("where logs go, and are asked for", logs, base+path)
			for _, m := range selector.FindAllStringSubmatch(sources, -1) {
				if r.compared++; !slices.Contains(labels, m[1]) {
					r.fault("Grafana looks for the label %s, and lines have %v", m[1], labels)
				}
			}
		case str(d, "type") == "prometheus" && metrics != "":
			r.same("where metrics go, and are asked for", metrics, base+"/api/v1/write")
		}
	}
}

var (
	alloyBlock  = regexp.MustCompile(`(?m)^([a-z_0-9.]+) "([A-Za-z_0-9]+)" \{$`)
	alloyUse    = regexp.MustCompile(`\b((?:otelcol|loki|prometheus|discovery)\.[a-z_0-9.]+)\.([A-Za-z_0-9]+)\.(?:input|receiver|output|targets)\b`)
	alloyTarget = regexp.MustCompile(`target_label  = "([a-z_]+)"`)
	alloyURL    = regexp.MustCompile(`(?s)(loki\.write|prometheus\.remote_write) "default" \{.*?url = "([^"]*)"`)
)

// wiring demands of Alloy's configuration that each component is there which
// another one sends to, and that somebody sends to each that does not begin.
func (r *reading) wiring(content string) {
	defined, used := map[string]bool{}, map[string]bool{}
	for _, m := range alloyBlock.FindAllStringSubmatch(content, -1) {
		name := m[1] + "." + m[2]
		// Who begins takes from outside.
		if !strings.HasPrefix(name, "otelcol.receiver.") && !strings.HasPrefix(name, "loki.source.") {
			defined[name] = true
		}
	}
	for _, m := range alloyUse.FindAllStringSubmatch(content, -1) {
		used[m[1]+"."+m[2]] = true
	}
	r.same("components that are there, and that are used", slices.Sorted(maps.Keys(defined)), slices.Sorted(maps.Keys(used)))
	urls := map[string]string{}
	for _, m := range alloyURL.FindAllStringSubmatch(content, -1) {
		urls[m[1]] = m[2]
	}
	var labels []string
	for _, m := range alloyTarget.FindAllStringSubmatch(content, -1) {
		labels = append(labels, m[1])
	}
	r.signals(urls["loki.write"], "/loki/api/v1/push", labels, urls["prometheus.remote_write"])
}

// mounted demands that the files which the receivers speak TLS with come from
// somewhere.
func (r *reading) mounted(files []string, volumes, mounts any) {
	names := map[string]bool{}
	for _, v := range asList(volumes) {
		names[str(v, "name")] = str(v, "secret", "secretName") != ""
	}
	for _, file := range files {
		ok := slices.ContainsFunc(asList(mounts), func(m any) bool {
			return names[str(m, "name")] && strings.HasPrefix(file, str(m, "mountPath")+"/")
		})
		if r.compared++; !ok {
			r.fault("nothing is mounted where %s is", file)
		}
	}
}

func asObject(v any) object { o, _ := v.(object); return o }
func asList(v any) []any    { l, _ := v.([]any); return l }

// given leaves the nulls out, which take a chart's defaults away.
func given(v any) any {
	o, ok := v.(object)
	if !ok {
		return v
	}
	out := object{}
	for k, e := range o {
		if e != nil {
			out[k] = given(e)
		}
	}
	return out
}
