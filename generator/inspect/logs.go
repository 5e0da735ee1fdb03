package inspect

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var traceIDInLog = &Rule{
	Code: "TG092",
	Name: "trace ID in the log",
	Doc:  "with what the values say, the ingress writes the trace ID into its log, where the derived field of Loki looks for it",
	Run: func(c *Context) {
		if c.Loki == nil || c.Grafana == nil {
			return // nobody looks for it
		}
		if c.Traefik != nil && c.overridden(c.Traefik.Release) && c.Topology.Traefik.AccessLog.Enabled.Value {
			c.traefikLog()
		}
		if c.Nginx != nil && c.overridden(c.Nginx.Release) && c.Topology.IngressNginx.AccessLog.Enabled.Value {
			c.nginxLog()
		}
	},
}

// noField reports a line without which the link from a log line to its trace is
// gone.
func (c *Context) noField(at topology.Place, what, help string, of plan.AccessLog) {
	c.Report(at, diag.Diagnostic{
		Message: fmt.Sprintf("%s, and Loki's derived field looks for %q in each line: no line would lead to its trace", what, of.TraceField.Value),
		Help:    help,
		Related: said("the field is known by this", of.TraceField),
	}, of.TraceField)
}

func (c *Context) traefikLog() {
	x := c.Traefik
	at := x.Str("accessLogKey").Value
	r := x.Release
	if got := c.text(r, at+".format"); got != "json" {
		c.noField(c.line(r, at+".format"), fmt.Sprintf("the access log is %q, not JSON", got), `leave it out of values, or write "json"`, x.Log)
		return
	}
	fields := at + "." + x.Str("accessLogFieldsKey").Value
	mode := c.text(r, fields+"."+x.Str("defaultModeKey").Value)
	own := strings.TrimPrefix(x.Log.TraceField.Value, "request_") == x.Log.TraceField.Value
	name := tree.JoinKey(fields+".names", x.Log.TraceField.Value)
	if how := c.text(r, name); own && how != "" && how != "keep" {
		c.noField(c.line(r, name), fmt.Sprintf("the access log's field is %s", map[string]string{"drop": "dropped", "redact": "redacted"}[how]), `leave it out of values, or write "keep"`, x.Log)
	} else if own && how == "" && mode == "drop" {
		c.noField(c.line(r, fields+"."+x.Str("defaultModeKey").Value), "the access log drops all fields that are not named",
			fmt.Sprintf(`leave it out of values, or keep that field by %s.names`, fields), x.Log)
	}
	for _, n := range c.flagsOf() {
		flag, how := flag(textOf(n))
		at, given := placeOf(r, n)
		if given && (how == "drop" || how == "redact") && flag == "accesslog.fields.names."+strings.ToLower(x.Log.TraceField.Value) {
			c.noField(at, "the access log's field is not kept", "leave it out", x.Log)
		}
	}
	for _, entry := range sorted(c.entries()) {
		if key := tree.JoinKey("ports", entry) + ".observability.accessLogs"; c.is(r, key, false) {
			c.noField(c.line(r, key), fmt.Sprintf("what comes in by the entry point %s would not be logged", entry), leaveOut, x.Log)
		}
	}
	c.toFile()
}

// toFile looks for a log that leaves the standard output, where the collector
// reads it.
func (c *Context) toFile() {
	x := c.Traefik
	if c.Collector == nil || c.Collector.PodLogs == nil {
		return
	}
	key := x.Str("accessLogKey").Value + ".filePath"
	at, path := c.line(x.Release, key), c.text(x.Release, key)
	for _, n := range c.flagsOf() {
		if name, value := flag(textOf(n)); name == "accesslog.filepath" {
			path = value
			at, _ = placeOf(x.Release, n)
		}
	}
	if path == "" || strings.HasPrefix(path, "/dev/std") || c.mentions(x.Release, "deployment.additionalContainers", path) {
		return
	}
	c.Report(at, diag.Diagnostic{
		Severity: diag.Warning,
		Message:  fmt.Sprintf("the access log would go to %s, and the collector reads what the container writes to its standard output: no line of it reaches Loki", path),
		Help:     "leave it out of values, or have a sidecar write it out, and ignore TG092 with that as the reason",
		Related:  []diag.Related{{Message: "the collector reads the logs because of this", Position: c.Topology.Collector.Logs.Position}},
	}, x.Version)
}

// mentions reports whether containers beside the ingress have a file among their
// arguments: such a one writes it out to its own standard output.
func (c *Context) mentions(r *plan.Release, containers, file string) (found bool) {
	n, _ := c.Value(r, containers)
	if n == nil {
		return false
	}
	tree.Walk(n, "", func(_ string, n tree.Node, _ fact.Origin) {
		found = found || strings.Contains(textOf(n), file)
	})
	return found
}

func (c *Context) nginxLog() {
	x := c.Nginx
	at := func(feature string) string {
		if key := c.feature(x.Release, feature); key != "" {
			return tree.JoinKey(x.Str("configKey").Value, key)
		}
		return "none"
	}
	if key := at("disableLogKey"); c.is(x.Release, key, true) {
		c.noField(c.line(x.Release, key), "ingress-nginx would write no access log", leaveOut, x.Log)
	}
	// The last field of tracegen's format is the trace ID.
	last := x.LogFormat.Value[strings.LastIndex(x.LogFormat.Value, `,"`)+1:]
	if key := at("logFormatKey"); !strings.Contains(c.text(x.Release, key), strings.TrimSuffix(last, "}")) {
		c.noField(c.line(x.Release, key), "the format of the lines lacks "+strings.TrimSuffix(last, "}"), leaveOut, x.Log)
	}
	for _, key := range []string{"access-log-path", "http-access-log-path"} {
		path := tree.JoinKey(x.Str("configKey").Value, key)
		if got := c.text(x.Release, path); got != "" && !strings.HasPrefix(got, "/dev/std") && got != "/var/log/nginx/access.log" && !c.mentions(x.Release, "controller.extraContainers", got) {
			c.noField(c.line(x.Release, path), fmt.Sprintf("the log would go to %s, not to the container's output", got), leaveOut, x.Log)
		}
	}
}
