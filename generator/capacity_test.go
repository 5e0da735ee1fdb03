package generator

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/capacity"
	"tracegen.dev/generator/diag"
)

// TestCapacityReport holds the tables of the shipped profiles to a golden text.
func TestCapacityReport(t *testing.T) {
	s := open(t, "profiles", "..")
	var diags diag.List
	plans, err := Analyse(s.w, s.profiles, &diags)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range plans {
		out, err := Emit(p, &diags)
		if err != nil {
			t.Fatal(err)
		}
		r := capacity.Of(p, out)
		b.WriteString("# " + p.Profile + "\n\n" + r.Text() + "\n")
		if src, err := json.Marshal(r); err != nil || !strings.Contains(string(src), `"stores":[`) {
			t.Errorf("as JSON: %s, %v", src, err)
		}
		if r.Total != nil && (!r.Total.Schedulable || r.Total.Unknown > 1) {
			t.Errorf("%s: %+v", p.Profile, *r.Total)
		}
	}
	golden := filepath.Join("testdata", "capacity.txt")
	if os.Getenv("TRACEGEN_UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s is not up to date:\n%s", golden, b.String())
	}
}
