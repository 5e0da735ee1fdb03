package generator

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

func (r *reading) object(v any) object {
	m, _ := v.(object)
	return m
}

// captured takes Traefik's lists of headers out of the values of tracing. Charts
// before 35 make a flag of each header, later ones of each list.
func (r *reading) captured(tracing object, flags map[string]string) {
	major, _, _ := strings.Cut(r.releases["traefik"].version, ".")
	for _, key := range []string{"capturedRequestHeaders", "capturedResponseHeaders"} {
		list, ok := tracing[key].([]any)
		if !ok {
			continue
		}
		delete(tracing, key)
		name := "--tracing." + strings.ToLower(key)
		var all []string
		for i, h := range list {
			all = append(all, fmt.Sprint(h))
			if major < "35" {
				flags[fmt.Sprintf("%s[%d]", name, i)] = fmt.Sprint(h)
			}
		}
		if major >= "35" {
			flags[name] = strings.Join(all, ",")
		}
	}
}

// mesh follows the proxies' spans to who receives them, whom they must know by
// its ServiceAccount, and who must be meshed to have an identity at all.
func (r *reading) mesh() {
	v := r.values["linkerd"]
	if v == nil {
		if r.text[r.profile+"/linkerd/values.yaml"] == "" {
			return
		}
		v = r.yaml(r.profile + "/linkerd/values.yaml") // of a release that the user has
	}
	address, want := str(v, "proxy", "tracing", "collector", "endpoint"), "otlp-grpc"
	account, namespace := str(v, "proxy", "tracing", "collector", "meshIdentity", "serviceAccountName"), ""
	if extension := str(v, "webhook", "collectorSvcAddr"); extension != "" {
		address, account = extension, str(v, "webhook", "collectorSvcAccount")
		if str(v, "webhook", "collectorTraceProtocol") != "opentelemetry" {
			want = "opencensus"
		}
		for _, own := range []string{"collector", "jaeger"} {
			r.same("the extension's own "+own, at(v, own, "enabled"), false)
		}
	} else {
		r.same("the proxies' tracing", at(v, "proxy", "tracing", "enabled"), true)
		namespace = str(v, "proxy", "tracing", "collector", "meshIdentity", "namespace")
	}
	r.reaches("linkerd", address, want)
	labels := strings.Split(address, ".")
	if len(labels) < 2 {
		return
	}
	if namespace != "" {
		r.same("the namespace of who receives", namespace, labels[1])
	}
	known := false
	for _, rel := range r.releases {
		full := rel.fullname(map[string]string{"tempo-distributed": "tempo"}[rel.chart] + map[bool]string{true: rel.chart}[rel.chart != "tempo-distributed"])
		known = known || full == account && rel.namespace == labels[1] && strings.HasPrefix(labels[0], full)
	}
	r.same("whether a release has the ServiceAccount "+account, known, true)
	r.meshed(labels[1])
	r.headers()
}

// meshed demands the annotation where the tree makes the namespace.
func (r *reading) meshed(namespace string) {
	for doc := range strings.SplitSeq(r.text[r.profile+"/namespaces/namespaces.yaml"], "\n---\n") {
		n := object{}
		if err := yaml.Unmarshal([]byte(doc), &n); err != nil {
			r.fault("namespaces: %v", err)
		}
		annotations := r.object(at(n, "metadata", "annotations"))
		switch str(n, "metadata", "name") {
		case namespace:
			r.same("whether "+namespace+" is meshed", annotations["linkerd.io/inject"], "enabled")
		case r.releases["linkerd"].namespace:
			r.same("the extension's label", str(n, "metadata", "labels", "linkerd.io/extension"), "jaeger")
		}
	}
}

// headers demands that an ingress in the mesh is a part of it, and writes B3
// before proxies that know nothing else: those of Linkerd 2.12.
func (r *reading) headers() {
	if v := r.values["ingress-nginx"]; v != nil {
		r.same("whether the ingress is meshed", str(v, "controller", "podAnnotations", "linkerd.io/inject"), "enabled")
	}
	v := r.values["traefik"]
	if v == nil {
		return
	}
	mode := str(v, "deployment", "podAnnotations", "linkerd.io/inject")
	r.same("whether the ingress is meshed", mode == "ingress" || mode == "enabled", true)
	if !regexp.MustCompile(`^30\.4\.`).MatchString(r.releases["linkerd"].version) {
		return
	}
	b3 := at(v, "tracing", "zipkin") != nil
	list, _ := at(v, "env").([]any)
	for _, e := range list {
		b3 = b3 || str(e, "name") == "OTEL_PROPAGATORS" && str(e, "value") == "b3multi"
	}
	r.same("whether the ingress writes what the mesh understands", b3, true)
}

// nginx follows the spans of ingress-nginx, whose whole configuration is text.
func (r *reading) nginx() {
	v := r.values["ingress-nginx"]
	if v == nil {
		return
	}
	config := r.object(at(v, "controller", "config"))
	for key, value := range config {
		_, text := value.(string)
		r.same("whether "+key+" is a text", text, true)
	}
	version := r.releases["ingress-nginx"].version
	switch {
	case config["enable-opentelemetry"] == "true":
		r.reaches("ingress-nginx", fmt.Sprint(config["otlp-collector-host"], ":", config["otlp-collector-port"]), "otlp-grpc")
		// Charts up to 4.11 load the module by a value.
		old := regexp.MustCompile(`^4\.([6-9]|1[01])\.`).MatchString(version)
		r.same("whether the module is loaded", at(v, "controller", "opentelemetry", "enabled") == true, old)
		r.same("whether there is a ratio where the sampler wants one", config["otel-sampler"] == "TraceIdRatioBased", config["otel-sampler-ratio"] != nil)
	case config["enable-opentracing"] == "true":
		r.reaches("ingress-nginx", fmt.Sprint(config["zipkin-collector-host"], ":", config["zipkin-collector-port"]), "zipkin")
	default:
		r.fault("ingress-nginx does not trace")
	}
	if at(v, "controller", "hostPort", "enabled") == true {
		cluster := r.text[r.profile+"/kind/cluster.yaml"]
		for _, part := range []string{"ingress-ready=true", "containerPort: 80\n", "containerPort: 443\n"} {
			r.same("whether the cluster has "+part, strings.Contains(cluster, part), true)
		}
		r.same("which node ingress-nginx runs on", at(v, "controller", "nodeSelector", "ingress-ready"), "true")
	}
}

// nginxLine is what nginx writes: it knows the variable of the tracing that is
// on, and does not start with that of the other.
func (r *reading) nginxLine(v object) string {
	config := r.object(at(v, "controller", "config"))
	format := fmt.Sprint(config["log-format-upstream"])
	variable := "$opentracing_context_x_b3_traceid"
	if config["enable-opentelemetry"] == "true" {
		variable = "$opentelemetry_trace_id"
	}
	line := strings.ReplaceAll(format, variable, trace)
	if strings.Contains(line, "$opent") {
		r.fault("nginx has no variable such as in %s", line)
	}
	r.same("whether texts are escaped", config["log-format-escape-json"], "true")
	r.same("whether a line is JSON", json.Valid([]byte(line)), true)
	return line
}

// authority demands that the file by which Traefik trusts who receives is in a
// Secret that is mounted.
func (r *reading) authority() {
	v := r.values["traefik"]
	for _, way := range []string{"grpc", "http"} {
		ca := str(v, "tracing", "otlp", way, "tls", "ca")
		if ca == "" {
			continue
		}
		mounted := false
		list, _ := at(v, "volumes").([]any)
		for _, m := range list {
			mounted = mounted || str(m, "type") == "secret" && str(m, "name") != "" && str(m, "mountPath")+"/ca.crt" == ca
		}
		r.same("whether "+ca+" is mounted", mounted, true)
		plain := at(v, "tracing", "otlp", "grpc", "insecure") == true || strings.HasPrefix(str(v, "tracing", "otlp", "http", "endpoint"), "http://")
		r.same("whether Traefik sends in plain text", plain, false)
	}
}
