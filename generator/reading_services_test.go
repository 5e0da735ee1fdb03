package generator

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
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
					if at(atKeys(values, "traces/"+rc.distributed), "enabled") == true {
						listen(receive, rc.port, rc.name)
					}
				} else if on := at(atKeys(values, "tempo/receivers/"+rc.monolithic), "endpoint"); on != nil {
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

// tpl is Helm's function of that name, on a text without functions of Helm's.
func (r *reading) tpl(text string) string {
	out, err := tpl(text)
	if err != nil {
		r.fault("Helm's tpl: %v", err)
	}
	return out
}
