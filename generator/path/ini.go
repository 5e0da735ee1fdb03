package path

import (
	"strings"

	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// spelled puts in the place of %(key)s what grafana.ini has at that key of the
// same section, as Grafana does. Without a domain, the chart takes the first host
// of the Ingress (values.yaml of grafana, 6.43.0 to 12.11.1).
func (f *follower) spelled(g *plan.Release, root leaf) leaf {
	text := root.text()
	for _, key := range []string{"protocol", "domain", "http_port"} {
		mark := "%(" + key + ")s"
		if !strings.Contains(text, mark) {
			continue
		}
		value := f.keyed(g, "iniKey", ".server."+key).text()
		if hosts := names(f.keyed(g, "ingressHostsKey", "").node); value == "" && key == "domain" && len(hosts) > 0 {
			value = hosts[0]
		}
		if value == "" {
			value = map[string]string{"protocol": "http", "domain": "localhost", "http_port": "3000"}[key]
		}
		text = strings.ReplaceAll(text, mark, value)
	}
	if text != root.text() {
		root.node = &tree.Leaf{Value: text, Origin: root.origin()}
	}
	return root
}

// evaluated reports whether the chart's templates make something else of a text,
// which nobody here knows.
func evaluated(texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(text, "{{") {
			return true
		}
	}
	return false
}
