package chart

import (
	"slices"
	"strings"
)

// Receiver is one that takes spans.
type Receiver struct {
	Name string // such as otlp-grpc
	Port int
	Key  string // the values path that turns it on
	On   bool
}

// Receivers lists the receivers for traces that the values of the chart
// configure, in the chart's order, and which of them the given values turn on.
// There are none of a chart whose receivers stand in a configuration of another
// language.
func (v *Version) Receivers(values map[string]any) []Receiver {
	if !v.Knows("receivers") || !v.Knows("receiverSwitch") {
		return nil
	}
	e := v.env(Install{Values: values})
	var out []Receiver
	for _, name := range v.Strings("receivers") {
		r := Receiver{Name: name, Port: int(v.Int("port." + name)), Key: v.String("key." + name)}
		if s := v.String("receiverSwitch"); s != "" {
			r.Key += "." + s
			r.On = truth(lookup(e.values, r.Key))
		} else {
			r.On = v.present(values, name, r.Key)
		}
		out = append(out, r)
	}
	return out
}

// present reports whether a receiver is on where it is so by being there at
// all: those that the chart has by default unless a null takes them away.
func (v *Version) present(values map[string]any, name, key string) bool {
	on := v.Knows("defaultReceivers") && slices.Contains(v.Strings("defaultReceivers"), name)
	m, rest := values, key
	for {
		head, tail, more := strings.Cut(rest, ".")
		value, ok := m[head]
		switch {
		case !ok:
			return on
		case value == nil:
			return false
		case !more:
			return true
		}
		if m, ok = value.(map[string]any); !ok {
			return false
		}
		rest = tail
	}
}
