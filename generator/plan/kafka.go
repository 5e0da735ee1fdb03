package plan

import "tracegen.dev/generator/fact"

// Kafka carries the spans between the parts of Tempo 3. It exists already.
type Kafka struct {
	Endpoint   Endpoint
	Topic      fact.String
	Partitions fact.Int // and so the pods that read them
	Create     fact.Bool
}

func (l *linker) kafka() {
	d := l.t.Tempo.TempoDistributed
	if d == nil || d.Kafka == nil {
		return
	}
	k := d.Kafka
	l.Tempo.Kafka = &Kafka{
		Endpoint:   Endpoint{Host: of(k.Host).Named("kafka.host"), Port: of(k.Port).Named("kafka.port"), TLS: plainText()},
		Topic:      of(k.Topic),
		Partitions: of(k.Partitions),
		Create:     of(k.CreateTopic),
	}
}
