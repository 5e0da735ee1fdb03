package path

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
)

// listener is what stands behind the port of a Service.
type listener struct {
	who     string
	tls     bool
	reads   []leaf // of the receiving side's configuration
	origins []fact.Origin
	fault   string // why nobody listens
}

func deaf(format string, args ...any) listener { return listener{fault: fmt.Sprintf(format, args...)} }

// listening finds who is behind a port of a Service of a release, and whether
// they speak the protocol.
func (f *follower) listening(n *node, s chart.Service, p chart.Port, protocol string) listener {
	switch {
	case called(n, s) == "minio":
		return f.bucketServer(n, p, protocol)
	case n.Component == "tempo" && f.value(n.Release, "config").overridden():
		l := deaf("%s replaces Tempo's whole configuration, of which nothing can be proven", f.value(n.Release, "config").at)
		l.reads = []leaf{f.value(n.Release, "config")}
		return l
	case n.Component == "tempo" && protocol == "query":
		return f.queried(n, s, p)
	case n.Component == "tempo":
		return f.tempoReceiver(n, s, p, protocol)
	case n.Component == plan.Alloy:
		return f.alloyReceiver(n, p, protocol)
	case n.Component == plan.OtelCollector:
		return f.otelReceiver(n, p, protocol)
	case n.Component == "loki" && protocol == "loki":
		return f.lokiServer(n, s)
	case called(n, s) == "prometheus" && (protocol == "prometheus" || protocol == "remote-write"):
		return f.prometheusServer(n, protocol)
	case n.Component == "grafana" && protocol == "web":
		return listener{who: "Grafana", origins: []fact.Origin{n.Version.Origin}}
	}
	return deaf("%s does not take %s", n.Component, protocol)
}

// tempoReceiver is one that Tempo opens.
func (f *follower) tempoReceiver(n *node, s chart.Service, p chart.Port, protocol string) listener {
	if n.Chart.Knows("receiverService") {
		if part := n.Chart.String("receiverService"); part != "" && !strings.HasSuffix(s.Name, "-"+part) {
			return deaf("the Service %s is not the %s, which takes spans", s.Name, part)
		}
	}
	receivers := n.Chart.Receivers(n.values)
	i := slices.IndexFunc(receivers, func(r chart.Receiver) bool { return r.Name == protocol })
	if i < 0 {
		return deaf("%s %s has no receiver %s", n.ChartName, n.Version.Value, protocol)
	}
	rc := receivers[i]
	l := listener{who: "receiver " + protocol, origins: []fact.Origin{n.Int("port." + protocol).Origin}}
	on := f.value(n.Release, rc.Key)
	if !rc.On {
		l.reads = []leaf{on}
		l.fault = fmt.Sprintf("the receiver %s is off at %s", protocol, on.at)
		return l
	}
	l.origins = append([]fact.Origin{on.origin()}, l.origins...)
	switched := n.Chart.String("receiverSwitch")
	at := strings.TrimSuffix(rc.Key, "."+switched)
	if switched != "" {
		l.reads = append(l.reads, on)
		at += ".receiverConfig"
	}
	listen := f.value(n.Release, at+".endpoint")
	if raw := f.raw(n, protocol); raw.there() {
		listen = raw
	}
	if tls := f.value(n.Release, at+".tls"); tls.there() {
		l.tls, l.reads = true, append(l.reads, tls)
	}
	switch {
	case listen.there():
		l.reads = append(l.reads, listen)
		l.fault = bound(listen, p.Port)
	case switched == "" && !slices.Contains(n.Chart.Strings("defaultReceivers"), protocol):
		l.fault = "the receiver listens where Tempo likes, since " + listen.at + " says nothing"
	case rc.Port != p.Port:
		l.fault = fmt.Sprintf("the receiver listens at %d", rc.Port)
	}
	return l
}

// raw is where a receiver listens by Tempo's own configuration, which some charts
// merge over what they make of the values.
func (f *follower) raw(n *node, protocol string) leaf {
	kind, part := way(protocol)
	if part != "" {
		kind += ".protocols." + part
	}
	return f.keyed(n.Release, "structuredConfigKey", ".distributor.receivers."+kind+".endpoint")
}

// bound says what is wrong with where a receiver listens.
func bound(listen leaf, port int) string {
	host, number, _ := cutLast(listen.text())
	switch {
	case number != strconv.Itoa(port):
		return fmt.Sprintf("it listens at %s, by %s", listen.text(), listen.at)
	case host != "" && host != "0.0.0.0" && host != "[::]" && !strings.HasPrefix(host, "${"):
		return fmt.Sprintf("it listens at %s alone, by %s", host, listen.at)
	}
	return ""
}

func cutLast(text string) (before, after string, found bool) {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

// queried is Tempo's HTTP API.
func (f *follower) queried(n *node, s chart.Service, p chart.Port) listener {
	if n.Chart.Knows("queryService") {
		part := n.Chart.String("queryService")
		if part != "" && !strings.HasSuffix(s.Name, "-"+part) && !strings.HasSuffix(s.Name, "-"+part+"-discovery") && !strings.HasSuffix(s.Name, "-gateway") {
			return deaf("the Service %s is not the %s, which answers", s.Name, part)
		}
	}
	l := listener{who: "Tempo's HTTP API", origins: []fact.Origin{n.Int("httpPort").Origin}}
	// The server's own port, where the values move it: the Service's is fixed.
	for _, key := range n.Chart.Strings("httpPortKeys") {
		if moved := f.value(n.Release, key); moved.there() {
			l.reads = append(l.reads, moved)
			if moved.text() != strconv.Itoa(p.Port) {
				l.fault = fmt.Sprintf("Tempo answers at %s, by %s", moved.text(), moved.at)
				return l
			}
		}
	}
	if want := n.Chart.Int("httpPort"); int64(p.Port) != want && !strings.HasSuffix(s.Name, "-gateway") {
		l.fault = fmt.Sprintf("the HTTP API is at %d", want)
	}
	return l
}

// bucketServer is the S3 API of a Minio of the tree.
func (f *follower) bucketServer(n *node, p chart.Port, protocol string) listener {
	if protocol != "s3" {
		return deaf("Minio takes S3 alone")
	}
	l := listener{who: "Minio", tls: p.Name == "https", origins: []fact.Origin{n.Version.Origin}}
	feature, want := "port", int64(0)
	if n.Component == "tempo" {
		feature = "minioPort"
	}
	if n.Chart.Knows(feature) {
		want = n.Chart.Int(feature)
		l.origins = append([]fact.Origin{n.Int(feature).Origin}, l.origins...)
	}
	if want != 0 && int64(p.Port) != want && strings.Contains(p.Name, "console") {
		l.fault = "that is Minio's console"
	}
	return l
}

// lokiServer is Loki, or the gateway before it.
func (f *follower) lokiServer(n *node, s chart.Service) listener {
	l := listener{who: "Loki", origins: []fact.Origin{n.Version.Origin}}
	if strings.HasSuffix(s.Name, "-gateway") {
		l.who = "Loki's gateway"
		l.origins = append([]fact.Origin{n.Int("gatewayPort").Origin}, l.origins...)
	} else if n.Knows("singlePort") {
		l.origins = append([]fact.Origin{n.Int("singlePort").Origin}, l.origins...)
	}
	return l
}

// prometheusServer answers queries, and takes remote writes where it is told to.
func (f *follower) prometheusServer(n *node, protocol string) listener {
	l := listener{who: "Prometheus", origins: []fact.Origin{n.Version.Origin}}
	if protocol == "prometheus" {
		return l
	}
	if n.ChartName == "kube-prometheus-stack" {
		on := f.keyed(n.Release, "remoteWriteReceiverKey", "")
		l.reads = append(l.reads, on)
		if on.text() != "true" {
			l.fault = "the Prometheus there takes no remote writes"
		}
		return l
	}
	flags := f.keyed(n.Release, "extraFlagsKey", "")
	want := n.Chart.String("remoteWriteReceiverFlag")
	for i := range items(flags) {
		if flag := at(flags, i); flag.text() == want {
			l.reads = append(l.reads, flag)
			return l
		}
	}
	l.reads = append(l.reads, flags)
	l.fault = "the Prometheus there takes no remote writes"
	return l
}

// at is an item of a list.
func at(list leaf, i int) leaf {
	return leaf{at: fmt.Sprintf("%s[%d]", list.at, i), node: items(list)[i], release: list.release}
}
