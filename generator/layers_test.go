package generator

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"text/template"
	"unicode/utf8"
)

// A reader is one that rewrites a text before the next reads it, as its own
// documentation has it. This is a second opinion: it shares nothing with those
// who wrote the text.
type reader func(text string) (string, error)

// raw is a reader that takes a text as it is.
func raw(text string) (string, error) { return text, nil }

// tpl is Helm's function: {{ }} is evaluated. Helm has more functions, but what is
// written to be printed needs none.
func tpl(text string) (string, error) {
	t, err := template.New("").Option("missingkey=error").Parse(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, nil)
	return b.String(), err
}

// kubelet is Kubernetes' expansion (k8s.io/kubernetes 1.33,
// third_party/forked/golang/expansion): $(X) is a variable, $$ is $, and of a $
// before anything else, that and the byte after it are taken, the byte as if it
// were a letter.
func kubelet(text string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '$' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch {
		case text[i] == '$':
			b.WriteByte('$')
		case text[i] == '(' && strings.Contains(text[i:], ")"):
			return "", fmt.Errorf("%q has a variable", text)
		default:
			b.WriteByte('$')
			b.WriteRune(rune(text[i]))
		}
	}
	return b.String(), nil
}

// provisioning is Grafana's (pkg/services/provisioning/values): $$ parts the text,
// and what is between has variables in it.
func provisioning(text string) (string, error) {
	parts := strings.Split(text, "$$")
	for _, p := range parts {
		if i := strings.IndexByte(p, '$'); i >= 0 && i+1 < len(p) {
			return "", fmt.Errorf("%q has a variable", text)
		}
	}
	return strings.Join(parts, "$"), nil
}

// otelcol is the OpenTelemetry Collector: ${env:X} is a variable, which is meant
// where the pod has one of that name, and $$ is $.
func otelcol(text string) (string, error) {
	const dollar = "\x00" // which no text has
	text = strings.ReplaceAll(text, "$$", dollar)
	text = env.ReplaceAllString(text, "")
	if strings.Contains(text, "$") {
		return "", fmt.Errorf("%q has a variable", text)
	}
	return strings.ReplaceAll(text, dollar, "$"), nil
}

var env = regexp.MustCompile(`\$\{env:EXPORTER_[A-Z0-9_]+\}`)

// nginxConf is a file of nginx, whose variables are all meant.
func nginxConf(text string) (string, error) {
	return regexp.MustCompile(`\$[a-z][a-z0-9_]*`).ReplaceAllString(text, ""), nil
}

// shell has variables, too, and runs a script of the tree as it is.
func shell(text string) (string, error) {
	if strings.Contains(text, "{{") {
		return "", errors.New("a template, in a script")
	}
	return strings.ReplaceAll(text, "$", ""), nil
}

// pass sends a text through readers.
func pass(text string, readers []reader) (string, error) {
	for _, r := range readers {
		var err error
		if text, err = r(text); err != nil {
			return "", err
		}
	}
	if !utf8.ValidString(text) {
		return "", fmt.Errorf("%q is broken", text)
	}
	return text, nil
}

// roads are the ways from a place in the tree to the program that reads it: the
// file, or the chart whose values it holds, the path in it, and who reads it on
// the way. A text that a layer could change and that is in none of them is a
// fault: nothing passes by default.
var roads = []struct {
	in, path string
	readers  []reader
}{
	{"chart grafana", `datasources\..*`, []reader{tpl, provisioning}},
	{"chart kube-prometheus-stack", `grafana\.additionalDataSources\[.*`, []reader{tpl, provisioning}},
	{"chart alloy", `alloy\.configMap\.content`, []reader{tpl}},
	{"chart opentelemetry-collector", `config\..*`, []reader{tpl, otelcol}},
	{"chart ingress-nginx before 4.11", `controller\.config\.log-format-upstream`, []reader{nginxConf}},
	{"chart ingress-nginx", `controller\.config\.log-format-upstream`, []reader{tpl, nginxConf}},
	{"chart traefik", `additionalArguments\[.*`, []reader{kubelet}},
	{"chart traefik", `tracing\.(resource|global)Attributes\..*`, []reader{kubelet}},
	{"grafana/datasources.yaml", `datasources\[.*`, []reader{provisioning}},
	{"grafana/datasources-configmap.yaml", `data\.tracing\.yaml/datasources\[.*`, []reader{provisioning}},
	{"grafana/datasource-(tempo|loki|prometheus).yaml", `spec\.datasource\..*`, []reader{raw}},
	{"otel-collector/config.yaml", `.*`, []reader{otelcol}},
	{"alloy/config.alloy", ``, []reader{raw}},
	{"traefik/flags.txt", ``, []reader{raw}},
	{"(minio|s3)/bootstrap.sh", ``, []reader{shell}},
	{"namespaces/namespaces.yaml", `metadata\.annotations\..*`, []reader{raw}},
	{"apps/[a-z0-9-]+/ingress.yaml", `metadata\.annotations\..*`, []reader{raw}},
}

// road gives the readers of a place.
func road(in, path string) ([]reader, bool) {
	for _, r := range roads {
		if matches(r.in, in) && matches(r.path, path) {
			return r.readers, true
		}
	}
	return nil, false
}

func matches(pattern, text string) bool {
	return regexp.MustCompile("^(?:" + pattern + ")$").MatchString(text)
}
