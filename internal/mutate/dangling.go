package mutate

import (
	"slices"
	"strconv"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
)

// delivered are the definitions whose namespace the tree has to make.
var delivered = []string{"TempoMonolithic", "TempoDistributed", "MinioCluster", "Traefik", "Linkerd", "IngressNginx", "Collector", "GrafanaChart", "GrafanaStack", "LokiChart", "PrometheusChart"}

// dangling replaces what refers to a part of the topology by what refers to
// none. It is valid CUE: only link can see it.
func dangling(at *Site) []Fault {
	s := at.subject
	has := func(path string) bool {
		return slices.ContainsFunc(s.Sites, func(other *Site) bool { return other.path == path })
	}
	switch {
	case at.field == nil:
		component, way, _ := strings.Cut(at.path, ".")
		discriminator := map[string]string{"tempo": "mode", "collector": "kind"}[component]
		if at.typ.Name == "Receiver" && strings.HasPrefix(way, "receivers[") && !receives(s, component+"."+discriminator, component+".chart.version", "opencensus") {
			return []Fault{at.dangles("opencensus", component+".chart", component+"."+discriminator)}
		}
	case at.field.Name == "namespace" && slices.Contains(delivered, at.def) && has("namespaces"):
		return []Fault{at.dangles("nowhere", "namespaces")}
	case strings.HasPrefix(at.path, "apps.") && at.field.Name == "to" && !has("collector"):
		return []Fault{at.dangles("collector", strings.TrimSuffix(at.path, ".to")+".protocol")}
	case at.path == "linkerd.to" && !has("collector"):
		return []Fault{at.dangles("collector", "linkerd.version")}
	case at.path == "ingressNginx.export.to" && !has("collector"):
		return []Fault{at.dangles("collector", "ingressNginx.export")}
	case at.path == "traefik.export.to" && !has("collector"):
		return []Fault{at.dangles("collector", "traefik.export")}
	}
	return nil
}

// dangles is a fault that rests on other parts of the input, too: what is wrong
// with those would hide it.
func (at *Site) dangles(to string, restsOn ...string) Fault {
	f := at.fault(plan.CodeDangling, at.instead(strconv.Quote(to)))
	f.Areas = append(f.Areas, restsOn...)
	f.Valid = true
	return f
}

// receives reports whether what the subject pins has a receiver.
func receives(s *Subject, discriminator, version, name string) bool {
	chartName := map[string]string{
		"monolithic": "tempo", "distributed": "tempo-distributed",
		"alloy": "alloy", "otel-collector": "opentelemetry-collector",
	}[s.Words[discriminator]]
	c, ok := chart.Find(chartName)
	return ok && slices.Contains(c.At(s.Words[version]).Strings("receivers"), name)
}
