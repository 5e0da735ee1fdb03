package plan

import (
	"slices"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Part is one part of a distributed Tempo, as the input has it.
type Part struct {
	Name      string // in the input, and the key of its values
	Replicas  fact.Int
	Counted   bool // whether the input says how many there are
	Resources *topology.Resources
	Size      topology.String
	Has       fact.Bool // whether the version has the part
	At        topology.Place
}

// Given reports whether the input says anything of the part.
func (p Part) Given() bool { return p.Counted || p.Resources != nil || p.Size.Present() }

// parts lists them all, those too that the version does not have.
func (l *linker) parts() {
	d := l.t.Tempo.TempoDistributed
	if d == nil {
		return
	}
	c := d.Components
	counted := func(name string, in topology.TempoComponent) Part {
		return Part{Name: name, Replicas: of(in.Replicas), Counted: in.Replicas.State == topology.Given, Resources: in.Resources, At: in.Replicas.Place}
	}
	ingester := counted("ingester", topology.TempoComponent{Replicas: c.Ingester.Replicas, Resources: c.Ingester.Resources})
	ingester.Size = c.Ingester.Size
	l.Tempo.Parts = []Part{
		counted("distributor", c.Distributor),
		ingester,
		counted("querier", c.Querier),
		counted("queryFrontend", c.QueryFrontend),
		counted("compactor", c.Compactor),
		counted("metricsGenerator", c.MetricsGenerator),
		{Name: "backendScheduler", Resources: c.BackendScheduler.Resources},
		counted("backendWorker", c.BackendWorker),
		{Name: "blockBuilder", Resources: c.BlockBuilder.Resources},
		{Name: "liveStore", Resources: c.LiveStore.Resources},
	}
	sized := l.Tempo.Strs("resourcesKeys")
	for i := range l.Tempo.Parts {
		p := &l.Tempo.Parts[i]
		p.Has = fact.Derive(slices.Contains(sized.Value, p.Name+".resources"), sized)
		switch {
		case p.Counted:
		case p.Size.Present():
			p.At = p.Size.Place
		case p.Resources != nil:
			p.At = p.Resources.Place
		}
	}
}

// StreamingKey is the values path that turns the streaming of search results
// on, or empty where the version has none.
func (t Tempo) StreamingKey() fact.String {
	for _, feature := range []string{"streamOverHTTPKey", "streamOverHTTPRawKey"} {
		if t.Chart != nil && t.Knows(feature) && t.Chart.Has(feature) {
			return t.Str(feature)
		}
	}
	return fact.String{Poisoned: t.Chart == nil}
}
