package path

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// What breaks a trace though each hop may lead somewhere. That the topology alone
// breaks it, the checks have said; here it is what is really installed.

// speaks is which headers Traefik reads and writes, by its final configuration.
// Others rely on those of the plan: the mesh, the applications, the access log.
func (f *follower) speaks(h *Hop) string {
	x, r := f.Traefik, f.Traefik.Release
	says := x.Propagation.Value
	if f.value(r, "tracing.zipkin").there() {
		return "b3multi → b3multi" // Zipkin's exporter knows nothing else
	}
	if variable := r.Str("propagatorsEnv").Value; variable != "" {
		if env := f.environment(f.keyed(r, "envKey", ""), variable); env.there() {
			h.say(env)
			says = spoken(env.text())
			if !slices.Contains(strings.Split(says, ", "), x.Propagation.Value) {
				f.unheard(h, env, says)
			}
		} else if x.Propagators.Value != "" {
			says = "w3c" // what Traefik speaks unless told
			f.unheard(h, f.keyed(r, "envKey", ""), says)
		}
	}
	return says + " → " + says
}

// unheard reports headers that those behind the ingress do not look for.
func (f *follower) unheard(h *Hop, env leaf, says string) {
	var who []string
	if f.Linkerd != nil {
		who = append(who, "the mesh")
	}
	if len(f.Apps) > 0 {
		who = append(who, "the applications")
	}
	if len(f.Traefik.KeepHeaders) > 0 && f.Traefik.Str("logTraceField").Value == "" {
		who = append(who, "the access log")
	}
	if len(who) == 0 {
		return
	}
	want := f.Traefik.Propagation.Value
	h.fault = &fault{
		code:    CodeBroken,
		message: fmt.Sprintf("%s has traefik write %s, and %s go by %s: each trace ends there", env.at, says, strings.Join(who, " and "), want),
		help:    fmt.Sprintf("leave it out of values, and write traefik: propagation: %q, so that all hear of it", strings.Split(says, ",")[0]),
		says:    env,
	}
}

// spoken tells the values of OTEL_PROPAGATORS by the names that the input has.
func spoken(propagators string) string {
	var out []string
	for name := range strings.SplitSeq(propagators, ",") {
		switch name = strings.TrimSpace(name); name {
		case "tracecontext":
			out = append(out, "w3c")
		case "baggage":
		default:
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// left says what is left of a root that decides alone.
func left(root *Hop) {
	if strings.HasSuffix(root.Sampling, "%") {
		root.Sampling += "; that is left"
	}
}

// twice finds what is sampled at the root, and once more in the collector by a
// pipeline of the user's values.
func (f *follower) twice(root *Hop, sampled string) {
	keeps, _ := strings.CutPrefix(root.Sampling, root.From+" keeps ")
	if sampled == "" {
		left(root)
	}
	if sampled == "" || !strings.HasSuffix(keeps, "%") || f.Topology.Collector.Sampling != nil {
		return // of what the input says, the checks tell
	}
	var rate leaf
	var at topology.Place
	switch {
	case root.From == "traefik":
		rate, at = f.traefikRate(), f.Topology.Traefik.Sampling.Place
	case root.From == "ingress-nginx":
		rate, at = f.nginxRate(), f.Topology.IngressNginx.Sampling.Place
	default:
		return
	}
	f.path.breaks = append(f.path.breaks, fault{
		code:     CodeBroken,
		severity: diag.Warning,
		message:  fmt.Sprintf("%s keeps %s, and %s keeps %s of that: two decide what is kept", root.From, keeps, f.Collector.Component, sampled),
		help:     fmt.Sprintf("leave %s out, or collector.sampling", at.Path),
		says:     rate,
		related:  f.Collector.PinnedAt.Place,
	})
}
