package path

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// spans follows a span from each of its roots to the store. The way on from the
// collector, and from Tempo, is the same for all.
func (f *follower) spans() {
	var roots []*Hop
	if f.Traefik != nil && f.Traefik.Chart != nil {
		roots = append(roots, f.traefik())
	}
	if f.Nginx != nil && f.Nginx.Chart != nil {
		roots = append(roots, f.nginx())
	}
	if f.Linkerd != nil && f.Linkerd.Chart != nil {
		roots = append(roots, f.linkerd())
	}
	for _, a := range f.Apps {
		roots = append(roots, f.app(a))
	}
	roots = append(roots, f.strangers(roots)...)
	var exports []*Hop
	sampled := ""
	if f.Collector != nil && f.Collector.Chart != nil {
		exports, sampled = f.exports()
	}
	stored := f.stored()
	if len(roots) == 0 {
		f.journey("store", "from tempo to the store", append(exports, stored...)...)
	}
	for _, root := range roots {
		hops := []*Hop{root}
		if f.Collector != nil && root.To == f.Collector.Component {
			hops = append(hops, exports...)
			f.twice(root, sampled)
		} else {
			left(root)
		}
		f.journey(root.ID, "a span from "+titles(root.From), append(hops, stored...)...)
	}
}

func titles(root string) string {
	if root == "linkerd" {
		return "linkerd's proxies"
	}
	return root
}

// edge is what a sender expects of where the plan has it send.
func (f *follower) edge(e plan.Edge, protocol, urlPath string, tls bool, ca string) target {
	t := target{node: "tempo", protocol: protocol, path: urlPath, tls: tls, ca: ca, place: e.Endpoint, release: f.Tempo.Release}
	if f.Collector != nil && strings.HasPrefix(e.Endpoint.Host.Value, f.Collector.Fullname.Value+".") {
		t.node, t.release = f.Collector.Component, f.Collector.Release
	}
	return t
}

// receiver is whom the plan has a sender send to.
func (f *follower) receiver(e plan.Edge) string { return f.edge(e, "", "", false, "").node }

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

// linkerd is the mesh's proxies, before and from 2.19 on.
func (f *follower) linkerd() *Hop {
	m, r := f.Linkerd, f.Linkerd.Release
	h := f.hop("linkerd", f.receiver(m.Export), m.Export.Protocol.Value)
	h.ID = "span-linkerd"
	h.Sampling = "as the root has decided"
	understands := strings.Join(m.Product.Strs("propagation").Value, ", ")
	h.Headers = understands + " → the same"
	h.know(m.Product.Version.Origin)
	says := f.keyed(r, "collectorAddressKey", "")
	protocol := "opencensus"
	if m.Tracing.Value == "proxy" {
		says = f.keyed(r, "collectorEndpointKey", "")
		protocol = "otlp-grpc"
		h.want(f.keyed(r, "proxyTracingKey", ""), "true", "tracing by the proxies")
	} else if key := f.keyed(r, "protocolKey", ""); key.there() {
		h.say(key)
		if key.text() == "opentelemetry" {
			protocol = "otlp-grpc"
		}
	} else if r.Knows("protocolKey") && r.Str("protocolKey").Value != "" {
		h.know(r.Str("protocolKey").Origin)
	}
	h.Protocol = protocol
	a, ok := h.read(says)
	if !ok {
		return h
	}
	f.reach(h, says, a, f.edge(m.Export, protocol, "", false, ""))
	f.identity(h, a)
	return h
}

// identity proves that the proxies know who receives: by its ServiceAccount, in
// the namespace that it is in, which is meshed.
func (f *follower) identity(h *Hop, a address) {
	m, r := f.Linkerd, f.Linkerd.Release
	account := f.keyed(r, "collectorAccountKey", "")
	h.say(account)
	n, _, ok := f.service(a.host)
	if !ok {
		return
	}
	is := f.account(n)
	if account.text() != is {
		h.fail(account, n, "%s is %q, and the pods of %s run as %q", account.at, account.text(), n.Component, is)
		return
	}
	if in := f.keyed(r, "collectorNamespaceKey", ""); in.there() {
		h.want(in, n.Namespace.Value, "the ServiceAccount's namespace")
	}
	for i, ns := range f.namespaces() {
		if ns.Lookup("metadata.name") == nil || (leaf{node: ns.Lookup("metadata.name")}).text() != n.Namespace.Value {
			continue
		}
		l := leaf{at: fmt.Sprintf("namespaces/namespaces.yaml[%d]#metadata.annotations.\"linkerd.io/inject\"", i)}
		if node := ns.Lookup(`metadata.annotations."linkerd.io/inject"`); node != nil {
			l.node = node
		}
		h.want(l, "enabled", "the mesh")
		return
	}
	// The namespace is somebody else's: a check has asked for it to be meshed.
	h.know(m.Product.Version.Origin)
}

// account is the ServiceAccount of a release's pods.
func (f *follower) account(n *node) string {
	if n.Knows("serviceAccountKeys") {
		for _, key := range n.Strs("serviceAccountKeys").Value {
			if l := f.value(n.Release, key); l.text() != "" {
				return l.text()
			}
		}
	}
	switch n.Component {
	case "tempo":
		return f.Tempo.ServiceAccount.Value
	case plan.Alloy, plan.OtelCollector:
		return f.Collector.ServiceAccount.Value
	}
	return ""
}

// namespaces are those that the tree makes.
func (f *follower) namespaces() []*tree.Map {
	var out []*tree.Map
	for _, file := range f.out.Files {
		if path.Dir(file.Path) != "namespaces" {
			continue
		}
		if docs, ok := file.Body.(tree.YAML); ok {
			for _, d := range docs {
				if m, ok := d.(*tree.Map); ok && (leaf{node: m.Get("kind")}).text() == "Namespace" {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

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

// strangers are senders that the topology does not know, for whom it lists a
// receiver.
func (f *follower) strangers(roots []*Hop) []*Hop {
	receivers, listed, t := &f.Tempo.Receivers, f.Topology.Tempo.Receivers, target{node: "tempo", release: f.Tempo.Release}
	if f.Collector != nil && f.Collector.Chart != nil {
		receivers, listed = &f.Collector.Receivers, f.Topology.Collector.Receivers
		t.node, t.release = f.Collector.Component, f.Collector.Release
	}
	var out []*Hop
	for _, rc := range receivers.On() {
		i := slices.IndexFunc(listed, func(in topology.String) bool { return in.Value == rc.Name })
		if i < 0 || slices.ContainsFunc(roots, func(h *Hop) bool { return h.Protocol == rc.Name && strings.HasPrefix(h.To, t.node) }) {
			continue
		}
		h := f.hop("a sender of yours by "+rc.Name, t.node, rc.Name)
		h.ID = "span-" + rc.Name
		h.Headers, h.Sampling = "the sender's", "as the sender decides"
		h.know(plan.Leaf(listed[i]).Origin)
		t.protocol, t.tls, t.place = rc.Name, rc.TLS.Value, rc.Endpoint
		a := address{host: f.home(t.release, rc), port: int(rc.Port.Value)}
		h.Address = a.String()
		f.reach(h, input(listed[i]), a, t)
		out = append(out, h)
	}
	return out
}

// home is where a receiver is really to be found: nobody whom the topology knows
// sends there, so that it may be called anything.
func (f *follower) home(r *plan.Release, rc plan.Receiver) string {
	if _, _, ok := f.service(rc.Host.Value); !ok && r.Chart != nil {
		for _, s := range f.node(r).list() {
			if slices.ContainsFunc(s.Ports, func(p chart.Port) bool { return int64(p.Port) == rc.Port.Value }) && !s.Headless {
				return s.Name + "." + s.Namespace + ".svc." + f.Domain.Value
			}
		}
	}
	return rc.Host.Value
}

// input is a leaf of the topology.
func input(in topology.String) leaf {
	o := plan.Leaf(in).Origin
	return leaf{at: in.Path, node: &tree.Leaf{Value: in.Value, Origin: o}}
}
