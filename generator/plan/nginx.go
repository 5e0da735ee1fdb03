package plan

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Nginx is ingress-nginx.
type Nginx struct {
	*Release
	Export      Edge
	Zipkin      bool        // by OpenTracing; else OTLP by OpenTelemetry
	Propagation fact.String // w3c or b3multi, which the generation decides
	LogFormat   fact.String // one line of JSON in nginx's own notation
	Log         AccessLog
	Service     fact.String // type of the Service; empty where the chart's default stands
	Annotations []Pair      // of the pods
	HostPorts   fact.Bool   // whether the pod takes ports of its node, to which those of a kind cluster's machine lead
}

func (l *linker) nginx() {
	t := l.t.IngressNginx
	if t == nil {
		return
	}
	r := l.release(install{"ingress-nginx", "ingress-nginx", t.Chart, t.Release, t.Namespace, t.Values, t.Delivery})
	x := &Nginx{Release: r, Zipkin: t.Export.Protocol.Value == "zipkin"}
	l.Nginx = x
	x.Export = l.send(t.Export.Protocol, t.Export.To)
	propagation, variable := r.Str("propagation"), r.Str("otlpTraceVariable")
	if x.Zipkin {
		propagation, variable = r.Str("zipkinPropagation"), r.Str("zipkinTraceVariable")
	}
	x.Propagation = fact.Derive(propagation.Value, propagation, x.Export.Protocol).Named("propagation")
	x.Log.App, x.Log.Namespace = r.Str("name"), r.Namespace
	x.logFormat(t, variable)
	x.Service = l.serviceType(t.Service)
	if p := l.HostPorts; p.On && !p.NodePort {
		x.HostPorts = fact.Derive(true, of(l.t.Cluster.Kind), p.HTTP.Host, p.HTTPS.Host)
	}
	if l.Linkerd != nil {
		x.Annotations = l.Linkerd.ingressAnnotations(l.t.Linkerd, "enabled")
	}
}

// logFormat is one line of JSON without spaces, which is how the derived field
// looks for the trace ID. The path goes without its query, which may hold
// secrets.
func (x *Nginx) logFormat(t *topology.IngressNginx, variable fact.String) {
	x.Log.TraceField = fact.Derive("trace_id", variable).Named("nginx.traceField")
	fields := [][2]string{
		{"time", "time_iso8601"}, {"remote_addr", "remote_addr"}, {"host", "host"}, {"method", "request_method"}, {"path", "uri"},
		{"status", "status"}, {"duration", "request_time"}, {"bytes", "bytes_sent"}, {"upstream", "proxy_upstream_name"},
	}
	var from []fact.Any
	for _, h := range t.AccessLog.KeepHeaders {
		fields = append(fields, [2]string{"request_" + h.Value, "http_" + strings.ReplaceAll(strings.ToLower(h.Value), "-", "_")})
		from = append(from, of(h))
	}
	fields = append(fields, [2]string{x.Log.TraceField.Value, variable.Value})
	var parts []string
	for _, f := range fields {
		parts = append(parts, fmt.Sprintf(`"%s":"$%s"`, f[0], f[1]))
	}
	x.LogFormat = fact.Derive("{"+strings.Join(parts, ",")+"}", append(from, x.Log.TraceField, variable)...)
}
