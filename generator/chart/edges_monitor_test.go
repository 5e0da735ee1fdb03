package chart

import (
	"fmt"
	"testing"
)

// TestMonitorEdges: where a ServiceMonitor takes its labels.
func TestMonitorEdges(t *testing.T) {
	for _, e := range []edge{
		{"tempo-distributed", "serviceMonitorLabelsKeys", "0.26.9", "[serviceMonitor.labels]", "0.27.0", "[metaMonitoring.serviceMonitor.labels]"},
		{"traefik", "serviceMonitorLabelsKeys", "20.3.1", "<nil>", "20.4.0", "[metrics.prometheus.serviceMonitor.additionalLabels]"},
		{"traefik", "ingressClassKeys", "18.3.0", "<nil>", "19.0.0", "[ingressClass.enabled]"},
		{"traefik", "ingressClassNameKeys", "23.1.0", "<nil>", "23.2.0", "[ingressClass.name]"},
	} {
		c, _ := Find(e.chart)
		for _, side := range [][2]string{{e.before, e.was}, {e.from, e.is}} {
			if got := fmt.Sprint(c.At(side[0]).Value(e.feature)); got != side[1] {
				t.Errorf("%s %s: %s is %s, not %s", e.chart, side[0], e.feature, got, side[1])
			}
		}
	}
}
