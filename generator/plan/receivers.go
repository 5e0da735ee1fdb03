package plan

import (
	"slices"
	"strings"

	"tracegen.dev/generator/fact"
)

// Receiver is one way in for spans.
type Receiver struct {
	Name string // as in the input, such as otlp-grpc
	On   fact.Bool
	Endpoint
}

// Receivers are the ways in that a component has. One is on if a sender needs
// it, or the input lists it.
type Receivers struct {
	component string
	all       []Receiver
}

// UDP reports whether the receiver takes datagrams: all others take connections.
func (r Receiver) UDP() bool {
	return r.Name == "jaeger-thrift-compact" || r.Name == "jaeger-thrift-binary"
}

// secure turns TLS on, for every receiver that can speak it.
func (r *Receivers) secure(tls fact.Bool) {
	for i := range r.all {
		if !r.all[i].UDP() {
			r.all[i].TLS = tls
		}
	}
}

// add tells of a receiver that the component's version has. The port is known
// by the receiver's being on, too, and so is whoever sends there: each relies on
// it.
func (r *Receivers) add(name string, host fact.String, port fact.Int) {
	r.all = append(r.all, Receiver{
		Name: name,
		Endpoint: Endpoint{
			Host: host,
			Port: port.Named(r.component + ".receiver." + name).Named(r.onName(name)),
			TLS:  plainText(),
		},
	})
}

func (r *Receivers) onName(receiver string) string {
	return r.component + ".receiver." + receiver + ".on"
}

// open turns a receiver on, and reports whether the component has it.
func (r *Receivers) open(name string, why fact.Any) (Endpoint, bool) {
	for i := range r.all {
		rc := &r.all[i]
		switch {
		case rc.Name != name:
			continue
		case rc.On.Value:
			rc.On = fact.Derive(true, rc.On, why)
		default:
			rc.On = fact.Derive(true, why).Named(r.onName(name))
		}
		return rc.Endpoint, true
	}
	return nowhere(), false
}

// has reports whether the component has a receiver.
func (r *Receivers) has(name string) bool {
	return slices.ContainsFunc(r.all, func(rc Receiver) bool { return rc.Name == name })
}

// On gives those that are on, in the component's order.
func (r *Receivers) On() []Receiver {
	var on []Receiver
	for _, rc := range r.all {
		if rc.On.Value {
			on = append(on, rc)
		}
	}
	return on
}

// help lists the names.
func (r *Receivers) help() string {
	var names []string
	for _, rc := range r.all {
		names = append(names, `"`+rc.Name+`"`)
	}
	return "write one of " + strings.Join(names, ", ")
}
