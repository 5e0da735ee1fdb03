package path

import (
	"path"
	"strconv"
	"strings"

	"tracegen.dev/generator/plan"
)

// traefik is the ingress, in its two generations.
func (f *follower) traefik() *Hop {
	x, r := f.Traefik, f.Traefik.Release
	h := f.hop("traefik", f.receiver(x.Export), x.Export.Protocol.Value)
	h.ID = "span-traefik"
	h.Headers = f.speaks(h)
	h.know(x.Export.Protocol.Origin)
	for _, way := range []struct{ protocol, at, path string }{
		{"zipkin", "tracing.zipkin.httpEndpoint", "/api/v2/spans"},
		{"otlp-http", "tracing.otlp.http.endpoint", "/v1/traces"},
		{"otlp-grpc", "tracing.otlp.grpc.endpoint", ""},
	} {
		says := f.value(r, way.at)
		if !says.there() || !f.on(h, r, way.protocol) {
			continue
		}
		h.Protocol = way.protocol
		h.Sampling = f.traefikSampling(h)
		a, ok := h.read(says)
		if !ok {
			return h
		}
		tls, ca := a.scheme == "https", ""
		if way.protocol == "otlp-grpc" {
			insecure := f.value(r, "tracing.otlp.grpc.insecure")
			h.say(insecure)
			tls = insecure.text() != "true"
		}
		if tls {
			ca = f.traefikTrusts(h, way.protocol)
		}
		f.reach(h, says, a, f.edge(x.Export, way.protocol, way.path, tls, ca))
		return h
	}
	h.fail(f.value(r, "tracing"), nil, "traefik/values.yaml#tracing turns no exporter on, so traefik sends nowhere")
	return h
}

// on reports whether an exporter of OTLP is switched on.
func (f *follower) on(h *Hop, r *plan.Release, protocol string) bool {
	if protocol == "zipkin" {
		return true
	}
	way := strings.TrimPrefix(protocol, "otlp-")
	all, one := f.value(r, "tracing.otlp.enabled"), f.value(r, "tracing.otlp."+way+".enabled")
	h.say(all)
	h.say(one)
	return all.text() == "true" && one.text() == "true"
}

// traefikSampling reads what Traefik keeps.
func (f *follower) traefikSampling(h *Hop) string {
	rate := f.traefikRate()
	if !rate.there() {
		return "traefik keeps all"
	}
	h.say(rate)
	text := rate.text()
	if strings.HasPrefix(text, "--") {
		_, text, _ = strings.Cut(text, "=")
	}
	return "traefik keeps " + percent(text)
}

// traefikRate is the value that says it, or the argument.
func (f *follower) traefikRate() leaf {
	r := f.Traefik.Release
	arguments := f.keyed(r, "argumentsKey", "")
	for i := range items(arguments) {
		if strings.HasPrefix(strings.ToLower(at(arguments, i).text()), "--tracing.samplerate=") {
			return at(arguments, i)
		}
	}
	return f.keyed(r, "sampleRateKey", "")
}

// percent writes a ratio in hundredths.
func percent(ratio string) string {
	n, err := strconv.ParseFloat(ratio, 64)
	if err != nil {
		return ratio
	}
	if n >= 1 {
		return "all"
	}
	return strconv.FormatFloat(n*100, 'g', 6, 64) + " %"
}

// traefikTrusts finds the Secret with the authority that Traefik trusts.
func (f *follower) traefikTrusts(h *Hop, protocol string) string {
	feature := "httpCAKey"
	if protocol == "otlp-grpc" {
		feature = "grpcCAKey"
	}
	r := f.Traefik.Release
	ca := f.keyed(r, feature, "")
	if !ca.there() {
		return "any authority that the pod knows"
	}
	h.say(ca)
	volumes := f.keyed(r, "volumesKey", "")
	for i := range items(volumes) {
		if under(volumes, i, "mountPath").text() == path.Dir(ca.text()) && under(volumes, i, "type").text() == "secret" {
			name := under(volumes, i, "name")
			h.say(under(volumes, i, "mountPath"))
			h.say(name)
			if !name.overridden() {
				h.want(name, f.Traefik.Export.CASecret.Value, "the authority of who receives")
			}
			return "Secret " + name.text()
		}
	}
	h.fail(ca, nil, "%s is %s, and no volume is mounted there", ca.at, ca.text())
	return ""
}

// nginx is ingress-nginx, whose configuration is a map of texts.
func (f *follower) nginx() *Hop {
	x, r := f.Nginx, f.Nginx.Release
	h := f.hop("ingress-nginx", f.receiver(x.Export), x.Export.Protocol.Value)
	h.ID = "span-ingress-nginx"
	h.Headers = x.Propagation.Value + " → " + x.Propagation.Value
	h.know(x.Export.Protocol.Origin)
	get := f.nginxSays
	host, port, on := get("collectorHostKey"), get("collectorPortKey"), get("openTelemetrySwitch")
	protocol, urlPath := "otlp-grpc", ""
	if x.Zipkin {
		host, port, on, protocol = get("zipkinHostKey"), get("zipkinPortKey"), get("openTracingSwitch"), "zipkin"
	}
	h.Protocol = protocol
	h.say(host)
	h.say(port)
	h.Address = host.text() + ":" + port.text()
	h.Sampling = f.nginxSampling(h)
	if !h.want(on, "true", "the tracing of the topology") {
		return h
	}
	if module := r.Str("openTelemetryModuleKey"); module.Value != "" && !x.Zipkin {
		h.want(f.value(r, module.Value), "true", "the module of that version")
	}
	n, err := strconv.Atoi(port.text())
	if err != nil {
		h.fail(port, nil, "%s is no port", port.at)
		return h
	}
	a := address{host: host.text(), port: n}
	f.reach(h, host, a, f.edge(x.Export, protocol, urlPath, false, ""))
	return h
}

func (f *follower) nginxSampling(h *Hop) string {
	rate := f.nginxRate()
	h.say(rate)
	if sampler := f.nginxSays("samplerKey"); !f.Nginx.Zipkin {
		h.say(sampler)
		switch sampler.text() {
		case "AlwaysOn":
			return "ingress-nginx keeps all"
		case "TraceIdRatioBased":
		default:
			return "ingress-nginx: " + sampler.text()
		}
	}
	return "ingress-nginx keeps " + percent(rate.text())
}

func (f *follower) nginxRate() leaf {
	if f.Nginx.Zipkin {
		return f.nginxSays("zipkinSampleRateKey")
	}
	return f.nginxSays("samplerRatioKey")
}

// nginxSays reads a key of the controller's ConfigMap.
func (f *follower) nginxSays(feature string) leaf {
	r := f.Nginx.Release
	key := r.Str(feature).Value
	if key == "" {
		return leaf{release: r}
	}
	return f.keyed(r, "configKey", "."+quoted(key))
}
