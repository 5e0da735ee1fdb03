// Package escape writes text so that it arrives as it is meant. Each layer that
// rewrites text on its way has an escape; what must be written follows from the
// channel that the text goes through, and nobody counts dollars by hand.
//
// What comes first on the way is written last. So an emitter writes for the
// program at the far end, by one of the channels below, and package layers, last
// of all, writes Helm values for what the chart and Kubernetes do to them.
package escape

import "strings"

// Layer is something that rewrites text on its way.
type Layer int

const (
	// HelmTemplate is Helm's tpl function, through which charts pass some of
	// their values, as the feature templatedKeys says. It evaluates {{ }}.
	HelmTemplate Layer = iota
	// Container is Kubernetes, which expands $(X) in a container's command,
	// arguments and variables, as the feature containerKeys says where, and takes
	// $$ for $. A $ before anything else stays, but what comes after it is broken
	// where that is not ASCII (k8s.io/kubernetes 1.33,
	// third_party/forked/golang/expansion).
	Container
	// Grafana is Grafana's file provisioning, which expands $X and ${X} as
	// environment variables and takes $$ for $ (Grafana 5 to 13,
	// pkg/services/provisioning/values).
	Grafana
	// OtelCollector is the OpenTelemetry Collector, which expands ${X},
	// ${env:X} and, before 0.105, $X in its configuration, and takes $$ for $
	// (confmap/expand.go; before 0.104 converter/expandconverter).
	OtelCollector
)

// Channel is a way to the program that reads a text: the layers in the order in
// which the text passes them.
type Channel []Layer

// The ways of what the emitters write. What stands before them, where the text
// goes through Helm values, is the business of package layers. Text that passes no
// layer, as in an object of Kubernetes, in Alloy's configuration or on the way to
// Grafana's API, needs no channel: Flux's substitution leaves all objects alone.
var (
	// GrafanaFile is a file that Grafana reads when it starts.
	GrafanaFile = Channel{Grafana}
	// GrafanaAPI is what Grafana is told by the grafana-operator.
	GrafanaAPI = Channel{}
	// CollectorFile is the configuration of the OpenTelemetry Collector.
	CollectorFile = Channel{OtelCollector}
)

// Text writes a text for the channel.
func (c Channel) Text(text string) string {
	// The last layer's escape is written first, and protected by those before.
	for i := len(c) - 1; i >= 0; i-- {
		switch c[i] {
		case HelmTemplate:
			// Backquotes, because a value is turned into YAML before it is
			// evaluated, and YAML would escape double quotes.
			text = strings.ReplaceAll(text, "{{", "{{`{{`}}")
		case Container, Grafana, OtelCollector:
			text = strings.ReplaceAll(text, "$", "$$")
		}
	}
	return text
}

// Needed reports whether some layer could change a text.
func Needed(text string) bool { return strings.Contains(text, "$") || strings.Contains(text, "{{") }

// Note says in a file that a person takes elsewhere what Flux would do to it
// there. It names the sign by a word, since the comment goes the same way. Flux
// takes two for one (fluxcd/pkg/envsubst 1.8).
const Note = "Flux must not substitute variables in it, or each dollar sign must be written twice."
