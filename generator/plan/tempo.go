package plan

import (
	"fmt"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Tempo is the trace backend.
type Tempo struct {
	*Release
	Distributed    bool
	UID            fact.String // of its datasource
	Query          Endpoint    // the HTTP API, which Grafana asks
	Receivers      Receivers
	Retention      fact.String // empty where the chart's default stands
	Streaming      fact.Bool   // whether results of a search are streamed over the HTTP port
	Generator      *Generator  // nil where no metrics are made
	Kafka          *Kafka      // nil before Tempo 3
	Parts          []Part      // of a distributed one
	ServiceAccount fact.String // of the pods
}

func (l *linker) tempo() {
	t := &l.t.Tempo
	chartName := "tempo"
	if t.TempoDistributed != nil {
		chartName = "tempo-distributed"
	}
	r := l.release(install{"tempo", chartName, t.Chart, t.Release, t.Namespace, t.Values, t.Delivery})
	if t.TempoDistributed == nil && t.TempoMonolithic == nil {
		// Which chart was meant is not known, and load has said so.
		r.Chart, r.Fullname.Poisoned, r.Repository.Poisoned = nil, true, true
	}
	l.Tempo = Tempo{Release: r, Distributed: t.TempoDistributed != nil}

	l.Tempo.ServiceAccount = r.named("serviceAccount").Named("tempo.serviceAccount")
	query, receive := fact.String{}, fact.String{}
	if l.Tempo.Distributed {
		query, receive = r.Str("queryService"), r.Str("receiverService")
	}
	l.Tempo.Query = l.inside("tempo.query", r, query, r.Int("httpPort"))
	host := l.service(r, receive).Named("tempo.receiver.host")
	l.Tempo.Receivers.component = "tempo"
	for _, name := range r.Strs("receivers").Value {
		l.Tempo.Receivers.add(name, host, r.Int("port."+name))
	}
	l.Tempo.Retention = of(t.Retention)
	l.Tempo.Streaming = of(t.Streaming).Named("tempo.streaming")
	l.kafka()
	l.parts()
	for _, in := range t.Receivers {
		l.open(in.Value, of(in), in.Place)
	}
}

// plainText says that nothing between the parts of the cluster is encrypted by
// the parts themselves: a mesh does that.
func plainText() fact.Bool {
	return fact.Const(false, "plan: inside the cluster the parts speak plain text")
}

// open turns on a receiver of Tempo, because of the input at place.
func (l *linker) open(name string, why fact.Any, place topology.Place) (Endpoint, bool) {
	if _, poisoned := why.Source(); poisoned || l.Tempo.Chart == nil {
		return nowhere(), true
	}
	e, ok := l.Tempo.Receivers.open(name, why)
	if ok {
		return e, true
	}
	l.noReceiver(place, l.Tempo.Release, &l.Tempo.Receivers, name)
	return e, false
}

// noReceiver reports a receiver that the pinned version does not have.
func (l *linker) noReceiver(place topology.Place, r *Release, has *Receivers, name string) {
	l.dangling(place,
		fmt.Sprintf("%s: %s %s has no receiver %s, so nobody would listen", place.Path, r.ChartName, r.Version.Value, name),
		has.help())
}
