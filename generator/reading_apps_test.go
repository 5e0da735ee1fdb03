package generator

import (
	"path"
	"strings"
)

// endpoints are the variables that an application's address stands in, with the
// path at its end, and the variable that says which protocol it is.
var endpoints = map[string]struct{ path, protocol string }{
	"OTEL_EXPORTER_OTLP_ENDPOINT":   {"", ""},
	"OTEL_EXPORTER_ZIPKIN_ENDPOINT": {"/api/v2/spans", "zipkin"},
	"OTEL_EXPORTER_JAEGER_ENDPOINT": {"/api/traces", "jaeger-thrift-http"},
	"OC_AGENT_HOST":                 {"", "opencensus"},
}

// apps demands of each application that where it is told to send somebody
// listens for what it speaks, and that the Ingress, the script and the machine
// agree about its host. It gives the connections.
func (r *reading) apps() []string {
	var edges []string
	for name := range r.text {
		if !strings.HasPrefix(name, r.profile+"/apps/") || path.Ext(name) != ".yaml" {
			continue
		}
		o := r.yaml(name)
		switch str(o, "kind") {
		case "Deployment", "StatefulSet", "DaemonSet":
			edges = append(edges, r.told(name, o)...)
		case "Ingress":
			r.asked(name, o)
		}
	}
	return edges
}

// told reads what a workload is told.
func (r *reading) told(name string, o object) []string {
	var edges []string
	env := map[string]string{}
	list, _ := at(o, "spec", "template", "spec", "containers", 0, "env").([]any)
	for _, e := range list {
		env[str(e, "name")] = str(e, "value")
	}
	for variable, is := range endpoints {
		to, ok := env[variable]
		if !ok {
			continue
		}
		want := is.protocol
		if want == "" {
			want = map[string]string{"grpc": "otlp-grpc", "http/protobuf": "otlp-http"}[env["OTEL_EXPORTER_OTLP_PROTOCOL"]]
		}
		if strings.Contains(to, "://") {
			var where string
			to, where = r.address(to)
			r.same("the path of "+variable, where, is.path)
		}
		if secure := strings.HasPrefix(env[variable], "https://"); secure {
			want += " with TLS"
			mounted := str(o, "spec", "template", "spec", "containers", 0, "volumeMounts", 0, "mountPath")
			if ca := env["OTEL_EXPORTER_OTLP_CERTIFICATE"]; ca != "" {
				r.same("where the authority is mounted", path.Dir(ca), mounted)
			}
		}
		r.reaches(name, to, want)
	}
	for _, to := range env {
		if m := inCluster.FindStringSubmatch(to); m != nil {
			edges = append(edges, "apps in "+str(o, "metadata", "namespace")+" to "+r.owner(m[2], m[3])+" at "+strings.TrimPrefix(m[4], ":"))
		}
	}
	return edges
}

// asked compares an Ingress with the script beside it, with the machine's names
// and ports, and with the ingress's class.
func (r *reading) asked(name string, o object) {
	host := str(o, "spec", "rules", 0, "host")
	if script, ok := r.text[path.Dir(name)+"/smoke.js"]; ok {
		_, url, _ := strings.Cut(script, "http.get(\"")
		url, _, _ = strings.Cut(url, "\"")
		to, where := r.address(url)
		wanted, prefix := "80", str(o, "spec", "rules", 0, "http", "paths", 0, "path")
		if strings.HasPrefix(url, "https") {
			wanted = "443"
		}
		if r.text[r.profile+"/kind/cluster.yaml"] != "" {
			i := map[string]int{"80": 0, "443": 1}[wanted]
			for _, n := range r.nodes() {
				if p := str(n, "extraPortMappings", i, "hostPort"); p != "" {
					wanted = p
				}
			}
		}
		r.same("where the script asks", to, host+":"+wanted)
		if !strings.HasPrefix(where, prefix) {
			r.fault("%s: the script asks for %s, not below %s", name, where, prefix)
		}
	}
	if r.text[r.profile+"/kind/cluster.yaml"] != "" && !strings.HasSuffix(host, ".localhost") {
		if !strings.Contains(r.text[r.profile+"/kind/hosts"], "127.0.0.1 "+host+"\n") {
			r.fault("%s: the machine does not know the host %s", name, host)
		}
	}
	rel, ok := r.releases["traefik"]
	if class := str(o, "spec", "ingressClassName"); ok && class != "" {
		r.same("the ingress's class", class, rel.fullname("traefik"))
	}
}

func (r *reading) nodes() []any {
	n, _ := at(r.yaml(r.profile+"/kind/cluster.yaml"), "nodes").([]any)
	return n
}
