package load

import (
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

func TestShipped(t *testing.T) {
	w, err := Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	ps, err := w.All()
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	err = w.Load(ps, &diags, func(p Profile, top *topology.Topology) error {
		t.Logf("%s %+v", p.Name, top.Tempo)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags.Sorted() {
		t.Errorf("%+v", d)
	}
}
