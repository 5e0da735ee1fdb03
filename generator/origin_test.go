package generator

import (
	"fmt"
	"strings"
	"testing"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// TestOrigins walks every leaf of every file and demands that it can say where
// it comes from: from lines of the user's, from what is known of a chart, or,
// for a constant, from whoever wrote it and why.
func TestOrigins(t *testing.T) {
	for _, s := range suites(t) {
		t.Run(s.name, func(t *testing.T) {
			files, leaves := s.files(t), 0
			paths := map[string]bool{}
			for _, f := range files {
				paths[f.Path] = true
				f.Leaves(func(path string, n tree.Node, o fact.Origin) {
					leaves++
					for _, fault := range originFaults(o) {
						t.Errorf("%s#%s = %s: %s", f.Path, path, clip(value(n)), fault)
					}
				})
			}
			if leaves < 100 {
				t.Errorf("there are only %d leaves", leaves)
			}
			for _, out := range s.compile(t) {
				if !paths[out.Path] {
					t.Errorf("the leaves of %s were not seen", out.Path)
				}
			}
		})
	}
}

// TestBadOrigins shows that the test above finds what it is there to find.
func TestBadOrigins(t *testing.T) {
	good := fact.Input{Path: "store.bucket"}
	good.Position.File, good.Position.Line = "profiles/kind/kind.cue", 3
	for name, o := range map[string]fact.Origin{
		"nothing":           {},
		"a name alone":      {Names: []string{"store.bucket"}},
		"an unknown writer": {Reason: "because"},
		"no reason":         {Reason: "emit/tempo: "},
		"no such emitter":   {Reason: "emit/nobody: x"},
		"a pathless input":  {Inputs: []fact.Input{{Position: good.Position}}},
		"a placeless input": {Inputs: []fact.Input{{Path: "a"}}},
		"an absent feature": {Features: []string{"tempo 2.2.4: logSpansKey is absent"}},
	} {
		if len(originFaults(o)) == 0 {
			t.Errorf("%s is taken for an origin", name)
		}
	}
	if faults := originFaults(fact.Origin{Inputs: []fact.Input{good}}); len(faults) > 0 {
		t.Errorf("a good origin is refused: %v", faults)
	}
}

func originFaults(o fact.Origin) []string {
	var faults []string
	if !o.Valid() {
		faults = append(faults, "has no origin")
	}
	for _, in := range o.Inputs {
		if in.Path == "" {
			faults = append(faults, "comes from an input without a path")
		}
		if !in.Position.IsValid() || in.Position.Line == 0 {
			faults = append(faults, in.Path+" has no position")
		}
	}
	for _, f := range o.Features {
		if strings.HasSuffix(f, " is absent") {
			faults = append(faults, "rests on a feature that the chart lacks: "+f)
		}
	}
	if o.Reason != "" {
		writer, why, _ := strings.Cut(o.Reason, ": ")
		known := writer == "plan" || writer == "split"
		for _, e := range Emitters {
			known = known || writer == "emit/"+e.Name
		}
		if !known || why == "" {
			faults = append(faults, fmt.Sprintf("the reason %q is nobody's", o.Reason))
		}
	}
	return faults
}

func value(n tree.Node) string {
	if l, ok := n.(*tree.Leaf); ok {
		return fmt.Sprint(l.Value)
	}
	return "nothing"
}
