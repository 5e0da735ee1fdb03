package inspect

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

var retentionInForce = &Rule{
	Code:     "TG099",
	Name:     "traces behind logs",
	Doc:      "where a log line leads to its trace, traces are kept at least as long as logs, as far as both say how long",
	Severity: diag.Warning,
	Run: func(c *Context) {
		if c.Grafana == nil || c.Loki == nil || c.Loki.Release == nil || c.Loki.Release.Chart == nil || c.Tempo.Chart == nil ||
			topology.Bad(&c.Topology.Tempo) {
			return
		}
		key := c.feature(c.Loki.Release, "retentionKey")
		kept, logsAt := c.text(c.Loki.Release, key), c.line(c.Loki.Release, key)
		if in := c.Topology.Loki.LokiChart; in != nil && c.Out.Values[c.Loki.Component] == nil {
			kept, logsAt = in.Retention.Value, in.Retention.Place // others install it, as the topology says
		}
		logs, ok := lasting(kept)
		if !ok || logs == 0 { // zero is for ever, and Loki's default
			return
		}
		tempo := c.Tempo.Release
		said := c.text(tempo, tempo.Str("retentionKey").Value)
		if raw := c.feature(tempo, "structuredConfigKey"); raw != "" {
			if over := c.text(tempo, raw+".compactor.compaction.block_retention"); over != "" {
				said = over
			}
		}
		// The overrides win (Tempo 2.3 to 2.10).
		own, over := tempo.Str("retentionKey").Value, "tempo.overrides.defaults.compaction.block_retention"
		if c.Tempo.Distributed {
			over = strings.TrimPrefix(over, "tempo.")
		}
		if text := c.text(tempo, over); text != "" {
			said, own = text, over
		}
		at, other := logsAt, c.line(tempo, own)
		if said == "" {
			// The charts' defaults, through all their versions (values.yaml).
			if said = "24h"; c.Tempo.Distributed {
				said = "48h"
			}
		} else {
			at, other = other, at
		}
		traces, ok := lasting(said)
		if !ok || traces >= logs {
			return
		}
		help := fmt.Sprintf("write tempo: retention: %q", hours(logs))
		if traces >= time.Hour {
			help += fmt.Sprintf(", or loki: retention: %q", hours(traces))
		}
		if overriddenBy(tempo, at) || overriddenBy(c.Loki.Release, at) {
			help = "leave it out of values, and " + help
		}
		c.Report(at, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("traces are kept for %s, and logs for %s: older lines lead to a trace that is gone", said, kept),
			Help:     help,
			Related:  []diag.Related{{Message: "the other is said here", Position: other.Position}},
		}, plan.Leaf(c.Topology.Tempo.Retention))
	},
}

// lasting reads a duration of Tempo's or of Loki's, who knows days, too.
func lasting(text string) (time.Duration, bool) {
	if d, err := time.ParseDuration(text); err == nil {
		return d, true
	}
	for unit, hours := range map[string]int64{"d": 24, "w": 7 * 24, "y": 365 * 24} {
		if n, err := strconv.ParseInt(strings.TrimSuffix(text, unit), 10, 32); err == nil && strings.HasSuffix(text, unit) {
			return time.Duration(n*hours) * time.Hour, true
		}
	}
	return 0, false
}

func hours(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return d.String()
}
