package inspect

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

var textsArrive = &Rule{
	Code: "TG098",
	Name: "texts of values",
	Doc:  "a text in values reaches its program as it is meant: what stands between them takes no sign of it for its own, and each variable in it is expanded and defined",
	Run: func(c *Context) {
		for _, r := range c.Releases {
			if !c.overridden(r) {
				continue
			}
			t := &texts{Context: c, r: r}
			if r.Knows("templatedKeys") {
				t.templated = r.Strs("templatedKeys").Value
			}
			t.walk(r.Values.Value, "")
		}
	},
}

// texts are those in the overrides of a release, which stay as they are written.
type texts struct {
	*Context
	r         *plan.Release
	templated []string // where the chart's templates evaluate what the values say
}

func (t *texts) walk(v topology.Value, path string) {
	for _, f := range v.Fields {
		t.walk(f.Value, tree.JoinKey(path, f.Name))
	}
	for _, item := range v.Items {
		t.walk(item, path+"[]")
	}
	text, ok := v.Scalar.(string)
	if !ok || !strings.Contains(text, "{{") && !strings.Contains(text, "$") {
		return
	}
	if below(path, t.templated) {
		t.template(v.Place, text)
	}
	switch {
	case t.Grafana != nil && t.r == t.Grafana.Release:
		t.grafana(v.Place, path, text)
	case t.r == t.Tempo.Release:
		t.tempo(v.Place, path, text)
	case t.Collector != nil && t.r == t.Collector.Release && t.Collector.Component == plan.OtelCollector:
		t.collector(v.Place, path, text)
	}
}

// below reports whether a path is one of those, or below one.
func below(path string, of []string) bool {
	return slices.ContainsFunc(of, func(p string) bool {
		rest, in := strings.CutPrefix(path, p)
		return in && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// template looks for braces that are meant for another program: Grafana, Loki and
// Prometheus have them, too. Helm knows neither a field beside its own objects
// nor a lone word that is no function of its.
func (t *texts) template(at topology.Place, text string) {
	for _, action := range actions(text) {
		if meantForHelm(action) {
			continue
		}
		t.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("the chart's templates evaluate this text, and {{%s}} is nothing that Helm knows: the release fails, or the text arrives without it", action),
			Help:    fmt.Sprintf("write {{`{{%s}}`}} for what must arrive as it is", action),
		}, t.r.Version)
		return
	}
}

// actions are what stands between double braces.
func actions(text string) (out []string) {
	for {
		_, rest, ok := strings.Cut(text, "{{")
		if !ok {
			return out
		}
		if strings.HasPrefix(strings.TrimLeft(rest, "- "), "`") { // a text in backquotes, braces and all
			rest = strings.TrimLeft(rest, "- ")[1:]
			_, text, _ = strings.Cut(rest, "`")
			continue
		}
		action, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return append(out, rest)
		}
		out, text = append(out, action), after
	}
}

// niladic are the words that may stand alone in an action: those of Go's
// templates, and the functions of Helm (Sprig 3) that take no argument.
const niladic = " end else break continue now uuidv4 list dict randBytes fail nil true false "

func meantForHelm(action string) bool {
	words := strings.Fields(strings.Trim(action, "- "))
	if len(words) == 0 {
		return false
	}
	if first := words[0]; strings.HasPrefix(first, ".") && first != "." {
		object, _, _ := strings.Cut(first[1:], ".")
		return slices.Contains([]string{"Values", "Release", "Chart", "Capabilities", "Template", "Files", "Subcharts"}, object)
	}
	letter := words[0][0] | 0x20
	return len(words) > 1 || letter < 'a' || letter > 'z' || strings.Contains(niladic, " "+words[0]+" ")
}

// grafana looks at datasources: of their files, Grafana takes a dollar sign for
// an environment variable, of which its own macros are none.
func (t *texts) grafana(at topology.Place, path, text string) {
	files, _, _ := strings.Cut(t.Grafana.Str("datasourcesKey").Value, `."`)
	if !below(path, []string{files}) {
		return
	}
	for i := range len(text) {
		rest := strings.TrimPrefix(text[i:], "$")
		if rest == text[i:] || i > 0 && text[i-1] == '$' {
			continue
		}
		if (strings.HasPrefix(rest, "__") || strings.HasPrefix(rest, "{__")) && !expanded(rest) {
			t.Report(at, diag.Diagnostic{
				Message: fmt.Sprintf("Grafana takes the %s of a provisioned datasource for an environment variable, of which there is none: it becomes empty", head(text[i:])),
				Help:    "write the dollar sign twice: $" + head(text[i:]),
			}, t.r.Version)
			return
		}
	}
}

// expanded reports whether Grafana's own expanders take what follows a dollar
// sign: they come before the environment (pkg/setting/expanders.go, and
// pkg/services/provisioning/values, 7.1 to 13.2; vault is Enterprise's).
func expanded(rest string) bool {
	return slices.ContainsFunc([]string{"__env{", "__file{", "__vault{"}, func(p string) bool { return strings.HasPrefix(rest, p) })
}

// head is a text up to the end of its first word.
func head(text string) string {
	for i := 1; i < len(text); i++ {
		if c := text[i]; c == '}' {
			return text[:i+1]
		} else if c == ' ' || c == '"' || c == ',' || c == ')' {
			return text[:i]
		}
	}
	return text
}

// variables are the names in ${X} and ${env:X} of a text.
func variables(text string) (out []string) {
	for {
		before, rest, ok := strings.Cut(text, "${")
		if !ok {
			return out
		}
		name, after, _ := strings.Cut(rest, "}")
		text = after
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "env:"), ":")
		if !strings.HasSuffix(before, "$") && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789") == "" && name != "" {
			out = append(out, name)
		}
	}
}

// defined reports whether a list of variables, or one of whole Secrets beside it,
// may have a variable.
func (t *texts) defined(name, env, from string) bool {
	if len(t.items(t.r, from)) > 0 {
		return true
	}
	return slices.ContainsFunc(t.items(t.r, env), func(n tree.Node) bool { return field(n, "name") == name })
}

// collector looks at the configuration of the OpenTelemetry Collector, which
// expands variables by itself. Those that the chart gives it are known.
func (t *texts) collector(at topology.Place, path, text string) {
	if !below(path, []string{t.r.Str("configKey").Value}) {
		return
	}
	for _, name := range variables(text) {
		own := []string{t.r.Str("podIPVariable").Value, "K8S_NODE_NAME", "K8S_NODE_IP", "GOMEMLIMIT", "HOSTNAME", "PATH", "HOME"}
		if slices.Contains(own, name) || strings.HasPrefix(name, "KUBERNETES_") || t.defined(name, t.r.Str("envKey").Value, t.r.Str("envKey").Value+"From") {
			continue
		}
		t.Report(at, diag.Diagnostic{
			Severity: diag.Warning,
			Message:  fmt.Sprintf("the container has no variable %s: the collector puts nothing in its place", name),
			Help:     fmt.Sprintf("add {name: %q, …} to %s", name, t.r.Str("envKey").Value),
		}, t.r.Version)
		return
	}
}

// tempo looks at Tempo's configuration, in which variables are expanded where a
// flag says so, and each part reads the whole of it.
func (t *texts) tempo(at topology.Place, path, text string) {
	names := variables(text)
	if len(names) == 0 || !t.configures(path) {
		return
	}
	for _, p := range t.parts() {
		d := diag.Diagnostic{}
		switch i := slices.IndexFunc(names, func(name string) bool { return !t.has(p, name) }); {
		case !t.expands(p):
			d.Message = fmt.Sprintf("%s would take ${%s} as it stands: variables in Tempo's configuration are expanded by the flag -config.expand-env=true alone", p.who, names[0])
			d.Help = p.flag
		case i >= 0:
			d.Message = fmt.Sprintf("%s has no variable %s, and reads the same configuration as the others: it would be empty there", p.who, names[i])
			d.Help = fmt.Sprintf("add {name: %q, …} to %s", names[i], p.env)
		default:
			continue
		}
		t.Report(at, d, t.r.Version)
		return
	}
}

// configures reports whether a path of the values is copied into Tempo's
// configuration.
func (t *texts) configures(path string) bool {
	if !t.Tempo.Distributed {
		return below(path, []string{t.Tempo.Str("storageKey").Value, "tempo.receivers", "tempo.overrides", "tempo.metricsGenerator", "tempo.ingester", "tempo.querier", "tempo.queryFrontend", "tempo.server"})
	}
	return strings.Contains(path, ".config.") || below(path, []string{t.Tempo.Str("storageKey").Value, t.feature(t.r, "structuredConfigKey"), "overrides", "global_overrides", "ingest"})
}

// part is one of Tempo's kinds of pods.
type part struct{ who, env, args, flag string }

func (t *texts) parts() []part {
	if !t.Tempo.Distributed {
		return []part{{"Tempo", t.Tempo.Str("envKey").Value, "tempo.extraArgs", `write tempo: values: tempo: extraArgs: "config.expand-env": true`}}
	}
	var out []part
	for _, name := range t.Tempo.Strs("storageComponents").Value {
		if name != "metricsGenerator" || t.Tempo.Generator != nil {
			out = append(out, part{name, name + ".extraEnv", name + ".extraArgs", fmt.Sprintf(`add "-config.expand-env=true" to %s.extraArgs, and to that of each part`, name)})
		}
	}
	return out
}

func (t *texts) has(p part, name string) bool {
	global := t.feature(t.r, "globalEnvKey")
	return t.defined(name, p.env, p.env+"From") || global != "" && t.defined(name, global, global+"From")
}

func (t *texts) expands(p part) bool {
	for _, key := range t.mapAt(t.r, p.args).Keys() {
		if strings.Trim(key, "-") == "config.expand-env" {
			return true
		}
	}
	for _, n := range slices.Concat(t.items(t.r, p.args), t.items(t.r, t.feature(t.r, "globalArgumentsKey"))) {
		if name, value := flag(textOf(n)); name == "config.expand-env" && value != "false" {
			return true
		}
	}
	return false
}
