package fact_test

import (
	"slices"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
)

func input(path string, line int) fact.String {
	f := fact.String{Value: path}
	f.Origin.Inputs = []fact.Input{{Path: path, Position: diag.Position{File: "p.cue", Line: line}}}
	return f
}

func TestDerive(t *testing.T) {
	a, b := input("a", 1).Named("one"), input("b", 2)
	f := fact.Derive(7, a, b, a, fact.Const(true, "test: because"), fact.Const(true, "test: again"))
	if f.Value != 7 || f.Poisoned {
		t.Errorf("got %+v", f)
	}
	if got, want := f.Origin.String(), "a (p.cue:1); b (p.cue:2); test: because"; got != want {
		t.Errorf("it comes from %q, not %q", got, want)
	}
	if !slices.Equal(f.Origin.Names, []string{"one"}) || f.Origin.Position().Line != 1 {
		t.Errorf("names %v, first at %v", f.Origin.Names, f.Origin.Position())
	}
	if fact.Derive(1).Origin.Valid() || (fact.Origin{Names: []string{"x"}}).Valid() {
		t.Error("nothing is taken for an origin")
	}
}

// TestPoison: whatever is made of a poisoned fact is poisoned.
func TestPoison(t *testing.T) {
	bad := fact.Int{Poisoned: true}
	if !fact.Derive("x", bad, input("a", 1)).Poisoned || !fact.Sprintf("%s:%d", input("a", 1), bad).Poisoned {
		t.Error("the poison is lost")
	}
	if fact.Sprintf("%s", input("a", 1)).Poisoned {
		t.Error("poison comes from nowhere")
	}
}

func TestSprintf(t *testing.T) {
	port := fact.Const[int64](80, "test: a port")
	f := fact.Sprintf("%s-%s:%d %q", input("a", 1), "plain", port, input("b", 2))
	if f.Value != `a-plain:80 "b"` {
		t.Errorf("got %q", f.Value)
	}
	if len(f.Origin.Inputs) != 2 || f.Origin.Reason != "test: a port" {
		t.Errorf("it comes from %v", f.Origin)
	}
}

// TestNothingIsShared derives two facts from one whose lists have room to
// grow, and wants neither to write into the other.
func TestNothingIsShared(t *testing.T) {
	base := input("a", 1)
	base.Origin.Inputs = slices.Grow(base.Origin.Inputs, 8)
	base.Origin.Names = slices.Grow([]string{"n"}, 8)
	one, two := fact.Derive(1, base, input("b", 2)), fact.Derive(2, base, input("c", 3))
	if one.Origin.Inputs[1].Path != "b" || two.Origin.Inputs[1].Path != "c" {
		t.Errorf("%v and %v", one.Origin, two.Origin)
	}
	x, y := base.Named("x"), base.Named("y")
	if x.Origin.Names[1] != "x" || y.Origin.Names[1] != "y" || len(base.Origin.Names) != 1 {
		t.Errorf("%v and %v of %v", x.Origin.Names, y.Origin.Names, base.Origin.Names)
	}
}
