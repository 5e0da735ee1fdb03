package load_test

import (
	"slices"
	"strconv"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/plan"
)

// delivered are the definitions whose namespace the tree has to make.
var delivered = []string{"TempoMonolithic", "TempoDistributed", "MinioCluster", "Traefik", "Collector", "GrafanaChart", "GrafanaStack", "LokiChart", "PrometheusChart"}

// dangling replaces what refers to a part of the topology by what refers to
// none. It is valid CUE: only link can see it.
func dangling(at *site) []fault {
	s := at.subject
	has := func(path string) bool {
		return slices.ContainsFunc(s.sites, func(other *site) bool { return other.path == path })
	}
	switch {
	case at.field == nil:
		if at.typ.Name == "Receiver" && !receives(s, "opencensus") {
			return []fault{at.dangles("opencensus", "tempo.chart", "tempo.mode")}
		}
	case at.field.Name == "namespace" && slices.Contains(delivered, at.def) && has("namespaces"):
		return []fault{at.dangles("nowhere", "namespaces")}
	case at.path == "traefik.export.to" && !has("collector"):
		return []fault{at.dangles("collector", "traefik.export")}
	}
	return nil
}

// dangles is a fault that rests on other parts of the input, too: what is wrong
// with those would hide it.
func (at *site) dangles(to string, restsOn ...string) fault {
	f := at.fault(plan.CodeDangling, at.instead(strconv.Quote(to)))
	f.areas = append(f.areas, restsOn...)
	f.valid = true
	return f
}

// receives reports whether the subject's Tempo has a receiver.
func receives(s *subject, name string) bool {
	chartName := map[string]string{"monolithic": "tempo", "distributed": "tempo-distributed"}[s.words["tempo.mode"]]
	c, ok := chart.Find(chartName)
	return ok && slices.Contains(c.At(s.words["tempo.chart.version"]).Strings("receivers"), name)
}
