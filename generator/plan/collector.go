package plan

import (
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// The programs that can be the collector, as their components are called.
const (
	Alloy         = "alloy"
	OtelCollector = "otel-collector"
)

// Collector takes spans in and sends them on. Its component is the program.
type Collector struct {
	*Release
	Receivers      Receivers
	Export         Edge
	Exporters      []NamedEdge // beside Tempo
	TLS            *ReceiverTLS
	CASecret       fact.String // of the sender's namespace, with ca.crt in it; empty where none is needed
	ServiceAccount fact.String // of the pods
	RemoteWrite    fact.String // URL for the span metrics; empty where none are made
	PodLogs        *PodLogs
}

// NamedEdge is a destination beside Tempo.
type NamedEdge struct {
	Name fact.String
	Edge
	Header *SecretHeader // nil where there is none
}

// SecretHeader logs the collector in. Its value reaches the configuration by a
// variable of the container.
type SecretHeader struct {
	Name     fact.String
	Variable fact.String
	Secret   fact.String
	Key      fact.String
}

// ReceiverTLS is what the receivers speak TLS with.
type ReceiverTLS struct {
	Secret fact.String
	Dir    fact.String // that the Secret is mounted at
	Cert   fact.String // path of the certificate
	Key    fact.String // path of its key
}

// PodLogs is where the logs of the pods go, and by which labels Loki knows them.
type PodLogs struct {
	Namespaces     []fact.String // of the pods; all where empty
	URL            fact.String   // that Alloy pushes to, or the base of Loki's OTLP
	AppLabel       fact.String   // holds the pod's app.kubernetes.io/name
	NamespaceLabel fact.String   // holds the pod's namespace
}

// collectorPorts are where the collector listens.
var collectorPorts = []struct {
	receiver string
	port     int64
	why      string
}{
	{"otlp-grpc", 4317, "plan: the port that OTLP has in the OpenTelemetry specification"},
	{"otlp-http", 4318, "plan: the port that OTLP has in the OpenTelemetry specification"},
	{"zipkin", 9411, "plan: the port that Zipkin's senders take by default"},
	{"jaeger-grpc", 14250, "plan: the port of Jaeger's collector for its agents"},
	{"jaeger-thrift-http", 14268, "plan: the port of Jaeger's collector for its clients"},
	{"jaeger-thrift-compact", 6831, "plan: the port of Jaeger's agent for its clients"},
	{"jaeger-thrift-binary", 6832, "plan: the port of Jaeger's agent for its clients in Node.js"},
	{"opencensus", 55678, "plan: the port that OpenCensus senders take by default"},
}

func (l *linker) collector() {
	in := l.t.Collector
	if in == nil {
		return
	}
	component, chartName := Alloy, "alloy"
	if in.Kind.Value == OtelCollector {
		component, chartName = OtelCollector, "opentelemetry-collector"
	}
	name, pin := in.Release, in.Chart
	if !name.Present() {
		name.Value = component
	}
	if in.Kind.Value != component {
		pin.Version.State = topology.Poisoned // nothing is known of another program
	}
	if in.Kind.Value == "grafana-agent" {
		l.diags.Add(diag.Diagnostic{
			Code:     CodeEndOfLife,
			Message:  "grafana-agent has been at the end of its life since November 2025, and gets no more fixes; Alloy takes its place",
			Path:     in.Kind.Path,
			Position: in.Kind.Position,
			Help:     `write collector: {kind: "alloy", chart: version: "…"}`,
		})
	}
	r := l.release(install{component, chartName, pin, name, in.Namespace, in.Values, in.Delivery})
	l.Collector = &Collector{Release: r, Receivers: Receivers{component: "collector"}}
	l.Collector.ServiceAccount = r.named("serviceAccount").Named("collector.serviceAccount")
	l.ways(in)
	protocol := of(in.Export.Protocol)
	to, _ := l.open(protocol.Value, protocol, in.Export.Protocol.Place)
	l.Collector.Export = Edge{Protocol: protocol, Endpoint: to}
	for _, e := range in.Exporters {
		host := outside("collector.exporter."+e.Key.Value, e.Value.Host, e.Value.Port, e.Value.Tls)
		x := NamedEdge{Name: of(e.Key), Edge: Edge{Protocol: of(e.Value.Protocol), Endpoint: host}}
		if h := e.Value.Header; h != nil {
			variable := fact.Derive("EXPORTER_"+strings.ToUpper(x.Name.Value), x.Name, of(h.Secret))
			x.Header = &SecretHeader{of(h.Name), variable.Named("collector.variable." + x.Name.Value), of(h.Secret), of(h.Key)}
		}
		l.Collector.Exporters = append(l.Collector.Exporters, x)
	}
	l.spanMetrics(in)
	l.podLogs(in)
}

// ways settles how spans come in.
func (l *linker) ways(in *topology.Collector) {
	c := l.Collector
	host := l.service(c.Release, fact.String{}).Named("collector.receiver.host")
	has := c.Strs("receivers")
	for _, p := range collectorPorts {
		if has.Poisoned || !slices.Contains(has.Value, p.receiver) {
			continue
		}
		c.Receivers.add(p.receiver, host, fact.Const(p.port, p.why))
	}
	if in.Tls != nil {
		dir := fact.Const("/etc/collector/tls", "plan: where the collector's certificate is mounted").Named("collector.tls.dir")
		secret := of(in.Tls.Secret)
		c.TLS = &ReceiverTLS{Secret: secret, Dir: dir, Cert: fact.Sprintf("%s/tls.crt", dir), Key: fact.Sprintf("%s/tls.key", dir)}
		c.CASecret = of(in.Tls.CaSecret)
		c.Receivers.secure(fact.Derive(true, secret).Named("collector.receiver.tls"))
	}
	for _, rc := range in.Receivers {
		why := of(rc)
		if why.Poisoned || has.Poisoned {
			continue
		}
		if _, ok := c.Receivers.open(rc.Value, why); !ok {
			l.noReceiver(rc.Place, c.Release, &c.Receivers, rc.Value)
		}
	}
}

// spanMetrics settles where the metrics that are made of spans go.
func (l *linker) spanMetrics(in *topology.Collector) {
	if in.SpanMetrics == nil || of(in.SpanMetrics.Exemplars).Poisoned {
		return
	}
	at := in.SpanMetrics.Place
	why := given(at)
	if l.Prometheus == nil {
		l.dangling(at, at.Path+" has nowhere to write its metrics: the topology has no prometheus",
			`add prometheus: {kind: "address", host: "…", remoteWrite: true}, or leave spanMetrics out`)
		return
	}
	url := l.Prometheus.openRemoteWrite(why)
	l.Collector.RemoteWrite = fact.Derive(url.Value, url, why)
}

// podLogs settles how the logs of the pods reach Loki.
func (l *linker) podLogs(in *topology.Collector) {
	if in.Logs == nil || !in.Logs.Enabled.Value {
		return
	}
	at := in.Logs.Place
	if l.Loki == nil {
		l.dangling(at, at.Path+" has nowhere to send the lines: the topology has no loki",
			`add loki: {kind: "address", host: "…"}, or leave logs out`)
		return
	}
	c := l.Collector
	p := &PodLogs{AppLabel: c.Str("appLogLabel"), NamespaceLabel: c.Str("namespaceLogLabel")}
	for _, n := range in.Logs.Namespaces {
		p.Namespaces = append(p.Namespaces, of(n))
	}
	// At an address there may be any Loki: the paths are those of 3.0 and later.
	path := fact.Const("/loki/api/v1/push", "plan: the path of Loki's own protocol (2.0 to 3.7)")
	if c.Component == OtelCollector {
		path = fact.Const("/otlp", "plan: the path of OTLP in Loki (3.0 to 3.7)")
	}
	if r := l.Release("loki"); r != nil {
		if path = r.Str("pushPath"); c.Component == OtelCollector {
			path = r.Str("otlpPath")
		}
	}
	url := l.Loki.Endpoint.URL(path.Value)
	p.URL = fact.Derive(url.Value, url, path, given(at))
	c.PodLogs = p
}
