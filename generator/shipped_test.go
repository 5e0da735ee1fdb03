package generator

import (
	"strings"
	"testing"
)

// TestShippedDashboards wants each dashboard of the shipped profiles inside an
// object that reaches Grafana: as a file alone, nobody would see it.
func TestShippedDashboards(t *testing.T) {
	files, seen := map[string]string{}, 0
	for _, f := range open(t, "profiles", "..").compile(t) {
		files[f.Path] = string(f.Data)
	}
	for path := range files {
		dir, name, ok := strings.Cut(path, "/grafana/dashboards/")
		if !ok {
			continue
		}
		seen++
		const object = "dashboard-configmap.yaml"
		if !strings.Contains(files[dir+"/grafana/"+object], "  "+name+": |\n") {
			t.Errorf("nothing brings %s to Grafana", path)
		}
		if !strings.Contains(files[dir+"/grafana/kustomization.yaml"], "- "+object+"\n") {
			t.Errorf("%s: the kustomization lacks %s", dir, object)
		}
	}
	if seen == 0 {
		t.Error("no profile has a dashboard")
	}
}
