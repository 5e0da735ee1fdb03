package plan

import (
	"strconv"
	"strings"

	"tracegen.dev/generator/fact"
)

// Listener is where pods of a release take connections. Name is that of its
// port among the plan's facts: whoever's values hold such a fact connects there.
type Listener struct {
	Name    string
	Release *Release
	Port    fact.Int    // of the pods, which may be another than the Service's
	Network fact.String // TCP or UDP
}

// listen notes where a release of the topology takes connections.
func (p *Plan) listen(name string, r *Release, port fact.Int) {
	if r.Component == "" {
		return // a subchart, in whose policy the release has no say
	}
	p.listeners = append(p.listeners, Listener{
		Name: name, Release: r, Port: r.podPort(port),
		Network: fact.Const("TCP", "plan: what listens for HTTP or gRPC"),
	})
}

// Listeners gives every place of the releases that takes connections.
func (p *Plan) Listeners() []Listener {
	all := p.listeners[:len(p.listeners):len(p.listeners)]
	receivers := func(r *Release, rs *Receivers) {
		for _, rc := range rs.On() {
			network := fact.Const("TCP", "plan: the transport of the receiver")
			if rc.UDP() {
				network.Value = "UDP"
			}
			all = append(all, Listener{rs.component + ".receiver." + rc.Name, r, rc.Port, network})
		}
	}
	receivers(p.Tempo.Release, &p.Tempo.Receivers)
	if p.Collector != nil {
		receivers(p.Collector.Release, &p.Collector.Receivers)
	}
	return all
}

// podPort is the port of the pods behind a Service's.
func (r *Release) podPort(port fact.Int) fact.Int {
	if !r.Knows("targetPorts") {
		return port
	}
	ports := r.Strs("targetPorts")
	for _, pair := range ports.Value {
		service, pod, _ := strings.Cut(pair, "=")
		if n, err := strconv.ParseInt(pod, 10, 64); err == nil && service == strconv.FormatInt(port.Value, 10) {
			return fact.Derive(n, port, ports)
		}
	}
	return port
}

// Labels are some of those that pods have.
type Labels []Pair

// Pods gives the labels of the pods that listen and send, whatever their part in
// the release. There are several where the release is of several programs, and
// none where its pods are everywhere, as a mesh's are.
func (r *Release) Pods() []Labels {
	var out []Labels
	for _, feature := range []string{"podSelector", "grafanaPodSelector"} {
		if !r.Knows(feature) {
			continue
		}
		var labels Labels
		for _, p := range r.labels(feature) {
			if p.Key != "component" && !strings.HasSuffix(p.Key, "/component") {
				labels = append(labels, p)
			}
		}
		if len(labels) > 0 {
			out = append(out, labels)
		}
	}
	return out
}

// Own gives the labels that all pods of the release have, Jobs included; none
// where nothing is known but the namespace.
func (r *Release) Own() Labels {
	var own Labels
	if !r.Knows("podSelector") {
		return nil
	}
	for i, raw := range r.Strs("podSelector").Value {
		if strings.Contains(raw, "{release}") {
			own = append(own, r.labels("podSelector")[i])
		}
	}
	return own
}

func (r *Release) labels(feature string) Labels {
	f := r.Strs(feature)
	var out Labels
	for _, raw := range f.Value {
		key, value, _ := strings.Cut(raw, "=")
		from := []fact.Any{f}
		for _, part := range []struct {
			mark string
			is   fact.String
		}{{"{release}", r.Name}, {"{namespace}", r.Namespace}, {"{fullname}", r.Fullname}} {
			if strings.Contains(value, part.mark) {
				value = strings.ReplaceAll(value, part.mark, part.is.Value)
				from = append(from, part.is)
			}
		}
		out = append(out, Pair{key, fact.Derive(value, from...)})
	}
	return out
}

// Scraped gives the port at which Prometheus asks the pods, where it does.
func (p *Plan) Scraped(r *Release) (fact.Int, bool) {
	if p.Pods.MonitorLabel.Value == "" || !p.Monitored(r) {
		return fact.Int{}, false
	}
	for _, feature := range []string{"metricsPort", "httpPort"} {
		if r.Knows(feature) {
			return r.Int(feature), true
		}
	}
	return fact.Int{}, false
}
