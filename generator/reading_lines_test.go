package generator

import (
	"fmt"
	"regexp"
	"slices"
)

// traceField lets the access log's line be searched as Grafana would.
func (r *reading) traceField() {
	traefik, c := r.values["traefik"], r.channel()
	for _, d := range c.list {
		field := at(d, "jsonData", "derivedFields", 0)
		if field == nil || at(field, "matcherType") == "label" {
			continue
		}
		if nginx := r.values["ingress-nginx"]; nginx != nil {
			r.finds(field, c, r.nginxLine(nginx))
			continue
		}
		if traefik == nil {
			continue
		}
		log, _ := atKeys(traefik, "logs/access").(object)
		if log == nil {
			log, _ = at(traefik, "accessLog").(object)
		}
		line := `{"ClientHost":"10.0.0.1"`
		headers, _ := atKeys(log, "fields/headers/names").(object)
		for name, keep := range headers {
			if keep == "keep" {
				line += fmt.Sprintf(",%q:%q", "request_"+name, map[string]string{
					"X-B3-Traceid": trace, "Traceparent": "00-" + trace + "-00f067aa0ba902b7-01",
				}[name])
			}
		}
		own, known := traceFields[r.releases["traefik"].version]
		if !known {
			r.fault("traefik %s: which field has the trace ID?", r.releases["traefik"].version)
		}
		if own != "" {
			line += fmt.Sprintf(",%q:%q", own, trace)
		}
		if at(log, "enabled") != true || at(log, "format") != "json" {
			line = ""
		}
		r.finds(field, c, line+"}")
	}
}

// finds demands that a derived field takes the trace ID out of a line, and out
// of what a shipper makes of it.
func (r *reading) finds(field any, c channel, line string) {
	r.compared++
	re, err := regexp.Compile(r.asGrafana(field, c)["matcherRegex"])
	if err != nil {
		r.fault("the derived field: %v", err)
		return
	}
	lines := []string{line}
	if slices.Contains(nested, r.profile) {
		lines = append(lines, `{"kubernetes":{},"message":`+line+`}`, fmt.Sprintf(`{"log":%q,"stream":"stdout"}`, line))
	}
	for _, line := range lines {
		if m := re.FindStringSubmatch(line); len(m) != 2 || m[1] != trace {
			r.fault("%s does not find the trace ID in %s", re, line)
		}
	}
}

// nested are the profiles whose lines a shipper puts into JSON of its own.
var nested = []string{"picluster-2022", "cluster"}

const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
