package generator

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// senders follows the spans from the ingress to Tempo.
func (r *reading) senders() {
	if v := r.values["traefik"]; v != nil {
		sent := 0
		for way, to := range map[string][2]string{
			"tracing/zipkin/httpEndpoint": {"zipkin", "/api/v2/spans"},
			"tracing/otlp/http/endpoint":  {"otlp-http", "/v1/traces"},
			"tracing/otlp/grpc/endpoint":  {"otlp-grpc"},
		} {
			endpoint := atKeys(v, way)
			if endpoint == nil {
				continue
			}
			sent++
			address, where := fmt.Sprint(endpoint), ""
			if to[1] != "" {
				address, where = r.address(address)
			}
			r.same("the path of "+to[0], where, to[1])
			tls := strings.HasPrefix(fmt.Sprint(endpoint), "https:") || atKeys(v, "tracing/otlp/grpc/insecure") == false
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
	scalars(atKeys(v, "logs/access"), "accesslog", put)
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
		read, err := kubelet(want[name])
		if err != nil {
			r.fault("%s: %v", name, err)
		}
		r.same("flags.txt and the values say of "+name, got[name], read)
	}
}
