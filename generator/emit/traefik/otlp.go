package traefik

import (
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

func (w *writer) otlp() {
	in := w.Plan.Topology.Traefik
	if in.Internals.Value {
		w.values.Set("tracing.addInternals", plan.Leaf(in.Internals))
		w.flags = append(w.flags, tree.Text(fact.Derive("--tracing.addinternals", plan.Leaf(in.Internals))))
	}
	w.sampling()
	w.serviceName()
	w.attributes()
	protocol := w.t.Export.Protocol
	on := fact.Derive(true, protocol)
	w.both("tracing.otlp.enabled", "tracing.otlp", on)
	if protocol.Value == "otlp-http" {
		w.both("tracing.otlp.http.enabled", "tracing.otlp.http", on)
		w.both("tracing.otlp.http.endpoint", "tracing.otlp.http.endpoint", w.t.Export.Endpoint.URL("/v1/traces"))
		w.authority("httpCAKey")
		return
	}
	w.both("tracing.otlp.grpc.enabled", "tracing.otlp.grpc", on)
	w.both("tracing.otlp.grpc.endpoint", "tracing.otlp.grpc.endpoint", w.t.Export.Endpoint.Address())
	w.insecure()
	w.authority("grpcCAKey")
}

// insecure says whether gRPC goes without TLS. Some versions of the chart leave
// the flag out where it is false, which is also Traefik's own default.
func (w *writer) insecure() {
	const key = "tracing.otlp.grpc.insecure"
	tls := w.t.Export.Endpoint.TLS
	insecure := fact.Derive(!tls.Value, tls)
	if insecure.Value || w.t.Bool("falseFlags").Value {
		w.both(key, key, insecure)
		return
	}
	w.values.Set(key, insecure)
}

// authority is what the exporter trusts.
func (w *writer) authority(feature string) {
	if key := w.t.Str(feature).Value; key != "" && w.t.CAFile.Value != "" {
		w.both(key, key, w.t.CAFile)
	}
}

// attributes are those of the resource, and those that headers become.
func (w *writer) attributes() {
	in := w.Plan.Topology.Traefik
	key := w.t.Str("resourceAttributesKey")
	for _, a := range w.t.Attributes {
		if key.Value != "" {
			w.both(tree.JoinKey(key.Value, a.Key), key.Value+"."+a.Key, a.Value)
			continue
		}
		w.arguments = append(w.arguments, fact.Derive("--tracing.globalattributes."+a.Key+"="+a.Value.Value, a.Value, key))
	}
	w.captured("capturedRequestHeadersKey", "tracing.capturedrequestheaders", in.CapturedRequestHeaders)
	w.captured("capturedResponseHeadersKey", "tracing.capturedresponseheaders", in.CapturedResponseHeaders)
}

// captured is a list of headers, which the chart renders as one flag or as one
// for each.
func (w *writer) captured(feature, argument string, headers []topology.String) {
	if len(headers) == 0 {
		return
	}
	key := w.t.Str(feature)
	var names []string
	var from []fact.Any
	for _, h := range headers {
		names = append(names, h.Value)
		from = append(from, plan.Leaf(h))
	}
	all := fact.Derive(strings.Join(names, ","), append(from, key)...)
	if key.Value == "" {
		w.arguments = append(w.arguments, fact.Derive("--"+argument+"="+all.Value, all))
		return
	}
	all = all.Named("traefik.flag." + key.Value)
	each := slices.Contains(w.t.Strs("flags").Value, "--"+key.Value+"[{}]=")
	for i, h := range headers {
		at := key.Value + "[" + strconv.Itoa(i) + "]"
		header := fact.Derive(h.Value, plan.Leaf(h), key).Named("traefik.flag." + key.Value)
		w.values.Set(at, header)
		if each {
			w.flag(at, header)
		}
	}
	if !each {
		w.flag(key.Value, all)
	}
}
