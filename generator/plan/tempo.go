package plan

import (
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Tempo is the trace backend.
type Tempo struct {
	*Release
	Distributed bool
	UID         fact.String // of its datasource
	Query       Endpoint    // the HTTP API, which Grafana asks
	Receivers   []Receiver  // those that are on, in the order of the chart's list
	Retention   fact.String // empty where the chart's default stands
	receivers   []Receiver  // all that the version has
}

func (l *linker) tempo() {
	t := &l.t.Tempo
	chartName := "tempo"
	if t.TempoDistributed != nil {
		chartName = "tempo-distributed"
	}
	r := l.deliver(l.release("tempo", chartName, t.Place, t.Chart.Version, t.Chart.Repository, t.Release, t.Namespace, t.Values))
	if t.TempoDistributed == nil && t.TempoMonolithic == nil {
		// Which chart was meant is not known, and load has said so.
		r.Chart, r.Fullname.Poisoned, r.Repository.Poisoned = nil, true, true
	}
	l.Tempo = Tempo{Release: r, Distributed: t.TempoDistributed != nil}

	query, receive := fact.String{}, fact.String{}
	if l.Tempo.Distributed {
		query, receive = r.Str("queryService"), r.Str("receiverService")
	}
	l.Tempo.Query = Endpoint{
		Host: l.service(r, query).Named("tempo.query.host"),
		Port: r.Int("httpPort").Named("tempo.query.port"),
		TLS:  plainText(),
	}
	host := l.service(r, receive).Named("tempo.receiver.host")
	names := r.Strs("receivers")
	for _, name := range names.Value {
		l.Tempo.receivers = append(l.Tempo.receivers, Receiver{
			Name: name,
			Endpoint: Endpoint{
				Host: host,
				Port: r.Int("port." + name).Named("tempo.receiver." + name).Named(onName("tempo", name)),
				TLS:  plainText(),
			},
		})
	}
	l.Tempo.Retention = of(t.Retention)
	for _, in := range t.Receivers {
		l.open(in.Value, of(in), in.Place)
	}
	l.collect()
}

// plainText says that nothing between the parts of the cluster is encrypted by
// the parts themselves: a mesh does that.
func plainText() fact.Bool {
	return fact.Const(false, "plan: inside the cluster the parts speak plain text")
}

// open turns on a receiver of Tempo, because of the input at place.
func (l *linker) open(name string, why fact.Any, place topology.Place) (Endpoint, bool) {
	if _, poisoned := why.Source(); poisoned || l.Tempo.Chart == nil {
		return Endpoint{Host: fact.String{Poisoned: true}, Port: fact.Int{Poisoned: true}}, true
	}
	for i := range l.Tempo.receivers {
		rc := &l.Tempo.receivers[i]
		if rc.Name != name {
			continue
		}
		rc.turnOn("tempo", why)
		l.collect()
		return rc.Endpoint, true
	}
	l.dangling(place,
		place.Path+": "+l.Tempo.ChartName+" "+l.Tempo.Version.Value+" has no receiver "+name+", so nobody would listen",
		receiverHelp(l.Tempo.receivers))
	return Endpoint{Host: fact.String{Poisoned: true}, Port: fact.Int{Poisoned: true}}, false
}

// turnOn turns the receiver on, for one more reason.
func (rc *Receiver) turnOn(component string, why fact.Any) {
	if rc.On.Value {
		rc.On = fact.Derive(true, rc.On, why)
		return
	}
	rc.On = fact.Derive(true, why).Named(onName(component, rc.Name))
}

// onName is the plan's name for a receiver's being on. The port has it too, and
// with it whoever sends there: each relies on it.
func onName(component, receiver string) string { return component + ".receiver." + receiver + ".on" }

func receiverHelp(rs []Receiver) string {
	help := "write one of"
	for i, r := range rs {
		if i > 0 {
			help += ","
		}
		help += ` "` + r.Name + `"`
	}
	return help
}

// collect lists the receivers that are on.
func (l *linker) collect() {
	l.Tempo.Receivers = l.Tempo.Receivers[:0]
	for _, rc := range l.Tempo.receivers {
		if rc.On.Value {
			l.Tempo.Receivers = append(l.Tempo.Receivers, rc)
		}
	}
}
