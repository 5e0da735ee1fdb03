package path

import (
	"path"
	"strings"

	"tracegen.dev/generator/plan"
)

// app is an application with an SDK. What it is told stands in a patch for each
// of its workloads, and all are told the same.
func (f *follower) app(a *plan.App) *Hop {
	from := a.Name
	if f.Release(from) != nil {
		from = "application " + from // a component has its name
	}
	h := f.hop(from, f.receiver(a.Export), a.Export.Protocol.Value)
	h.ID = "span-app-" + a.Name
	h.Headers = "w3c → w3c"
	h.Sampling = "as the caller has decided; without one, all"
	h.know(a.Export.Protocol.Origin)
	const container = "spec.template.spec.containers[0].env"
	for _, w := range a.In.Workloads {
		file := path.Join("apps", a.Name, strings.ToLower(w.Kind.Value)+"-"+w.Name.Value+"-"+w.Container.Value+".yaml")
		env := f.file(file, container)
		say, protocol, urlPath, plainAddress := f.told(a, env)
		if p := f.environment(env, "OTEL_PROPAGATORS"); p.there() {
			h.say(p)
			h.Headers = spoken(p.text()) + " → " + spoken(p.text())
		}
		h.Protocol = protocol
		address, ok := h.read(say)
		if !ok {
			return h
		}
		if plainAddress != (address.scheme == "") {
			h.fail(say, nil, "%s is %q, which an exporter of %s cannot read", say.at, say.text(), protocol)
			return h
		}
		if protocol == "otlp-http" { // the SDK adds the signal's path
			address.path += "/v1/traces"
		}
		ca, tls := "", address.scheme == "https"
		if tls {
			ca = f.appTrusts(h, a, file, env)
		}
		f.reach(h, say, address, f.edge(a.Export, protocol, urlPath, tls, ca))
	}
	return h
}

// told finds the address that an application is given, and what it makes of it.
func (f *follower) told(a *plan.App, env leaf) (says leaf, protocol, urlPath string, plain bool) {
	protocol = a.Export.Protocol.Value
	variable := map[string]string{
		"otlp-grpc": "OTEL_EXPORTER_OTLP_ENDPOINT", "otlp-http": "OTEL_EXPORTER_OTLP_ENDPOINT",
		"zipkin": "OTEL_EXPORTER_ZIPKIN_ENDPOINT", "jaeger-thrift-http": "OTEL_EXPORTER_JAEGER_ENDPOINT", "opencensus": "OC_AGENT_HOST",
	}[protocol]
	switch protocol {
	case "otlp-http":
		urlPath = "/v1/traces"
	case "zipkin":
		urlPath = "/api/v2/spans"
	case "jaeger-thrift-http":
		urlPath = "/api/traces"
	case "opencensus":
		plain = true
	}
	if a.In.Variable.Present() {
		return f.environment(env, a.In.Variable.Value), protocol, urlPath, plain
	}
	switch f.environment(env, "OTEL_EXPORTER_OTLP_PROTOCOL").text() {
	case "grpc":
		protocol, urlPath = "otlp-grpc", ""
	case "http/protobuf":
		protocol, urlPath = "otlp-http", "/v1/traces"
	}
	return f.environment(env, variable), protocol, urlPath, plain
}

// appTrusts finds the Secret with the authority that an application trusts.
func (f *follower) appTrusts(h *Hop, a *plan.App, file string, env leaf) string {
	ca := f.environment(env, "OTEL_EXPORTER_OTLP_CERTIFICATE")
	if !ca.there() {
		return "any authority that the pod knows"
	}
	h.say(ca)
	mount := f.file(file, "spec.template.spec.containers[0].volumeMounts[0].mountPath")
	secret := f.file(file, "spec.template.spec.volumes[0].secret.secretName")
	if mount.text() != path.Dir(ca.text()) {
		h.fail(ca, nil, "%s is %s, and no volume is mounted there", ca.at, ca.text())
		return ""
	}
	h.say(mount)
	h.want(secret, a.Export.CASecret.Value, "the authority of who receives")
	return "Secret " + secret.text()
}
