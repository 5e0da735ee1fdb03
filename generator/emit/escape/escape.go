// Package escape writes text so that it arrives as it is meant. Each layer that
// rewrites text on its way has an escape; what must be written follows from the
// channel, and nobody counts dollars by hand.
package escape

import "strings"

// Layer is something that rewrites text on its way.
type Layer int

const (
	// Grafana is Grafana's file provisioning, which expands $X and ${X} as
	// environment variables and takes $$ for $ (Grafana documentation,
	// provisioning).
	Grafana Layer = iota
	// HelmTemplate is Helm's tpl function, through which the charts grafana,
	// kube-prometheus-stack and alloy pass some of their values. It evaluates
	// {{ }}.
	HelmTemplate
)

// Text writes text for a channel: the layers in the order in which the text
// passes them.
func Text(text string, channel ...Layer) string {
	// The last layer's escape is written first, and protected by those before.
	for i := len(channel) - 1; i >= 0; i-- {
		switch channel[i] {
		case Grafana:
			text = strings.ReplaceAll(text, "$", "$$")
		case HelmTemplate:
			// Backquotes, because a value is turned into YAML before it is
			// evaluated, and YAML would escape double quotes.
			text = strings.ReplaceAll(text, "{{", "{{`{{`}}")
		}
	}
	return text
}
