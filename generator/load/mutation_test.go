package load_test

import (
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/topology"
	"tracegen.dev/internal/mutate"
)

// leastMutants is how many the test would be ashamed to have fewer of. Each
// round tries every fault of every subject once, in ever other company.
// TRACEGEN_ROUNDS says how many rounds there are, TRACEGEN_SEED how they are
// mixed.
const leastMutants = 300

// check is what a mutant goes through: load, and the stages that judge what load
// has read.
func check(dir string) ([]diag.Diagnostic, error) {
	w, err := load.Open(dir)
	if err != nil {
		return nil, err
	}
	profiles, err := w.All()
	if err != nil {
		return nil, err
	}
	var diags diag.List
	_, err = generator.Analyse(w, profiles, &diags)
	return diags.Sorted(), err
}

// TestMutants breaks good profiles in one to five places at once and expects
// exactly these findings, each at its line. CUE itself, with the schema, has to
// refuse each mutant too, unless all that is wrong is a reference that dangles.
func TestMutants(t *testing.T) {
	seed, rounds := number(t, "TRACEGEN_SEED", 1), number(t, "TRACEGEN_ROUNDS", 1)
	t.Logf("TRACEGEN_SEED=%d", seed)
	defer debug.SetGCPercent(debug.SetGCPercent(200)) // CUE's garbage is a third of the time
	all := subjects(t)
	var mutants atomic.Int64
	t.Run("of", func(t *testing.T) {
		for i, s := range all {
			if testing.Short() && i%8 != 0 {
				continue // the race detector makes each ten times as slow
			}
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				m := newMutant(t, s)
				m.good(t)
				r := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
				for range rounds {
					mutants.Add(m.round(t, r))
				}
			})
		}
	})
	t.Logf("%d mutants of %d profiles", mutants.Load(), len(all))
	if n := mutants.Load(); n < leastMutants && !testing.Short() && !t.Failed() {
		t.Errorf("only %d mutants", n)
	}
}

// TestEveryField demands that each field of the schema has its place in the
// mutation test.
func TestEveryField(t *testing.T) {
	tried := map[string]bool{}
	for _, s := range subjects(t) {
		for _, f := range s.Faults() {
			tried[f.Field] = true
		}
	}
	for _, d := range topology.Definitions {
		for _, f := range d.Fields {
			if !tried[d.Name+"."+f.Name] {
				t.Errorf("%s.%s stands in no profile and no golden case; write it into testdata/everything", d.Name, f.Name)
			}
		}
	}
}

// mutant is where a subject is changed and judged.
type mutant struct {
	*mutate.Subject
	dir string
	cue *load.CUE
}

func newMutant(t *testing.T, s *mutate.Subject) *mutant {
	dir := t.TempDir()
	return &mutant{s, dir, load.NewCUE(dir, s.Name)}
}

// good makes sure that there is nothing wrong before.
func (m *mutant) good(t *testing.T) {
	m.write(t, nil)
	if got, err := check(m.dir); err != nil || len(got) != 0 {
		t.Fatalf("%s is not good to begin with: %v %v", m.Name, err, got)
	}
	inst, err := load.RealInstance(m.dir, m.Name)
	if err != nil {
		t.Fatal(err)
	}
	second, err := m.cue.Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []cue.Value{cuecontext.New().BuildInstance(inst), second} {
		if err := concrete(v); err != nil {
			t.Fatalf("CUE refuses %s: %v", m.Name, err)
		}
	}
}

// round spreads every fault that the subject can have over mutants.
func (m *mutant) round(t *testing.T, r *rand.Rand) (mutants int64) {
	faults := m.Faults()
	r.Shuffle(len(faults), func(a, b int) { faults[a], faults[b] = faults[b], faults[a] })
	for len(faults) > 0 {
		var chosen []mutate.Fault
		chosen, faults = mutate.Pick(faults, 1+r.IntN(5))
		if mutants++; testing.Short() && mutants > leastMutants/4 {
			break
		}
		if m.try(t, chosen); t.Failed() {
			t.FailNow() // one mutant tells enough
		}
	}
	return mutants
}

// try writes a mutant and compares.
func (m *mutant) try(t *testing.T, faults []mutate.Fault) {
	t.Helper()
	m.write(t, faults)
	got, err := check(m.dir)
	if err != nil {
		t.Fatal(err)
	}
	if differs := mutate.Compare(faults, got); differs != "" {
		t.Errorf("%s with %v\n%s\n%v\n%s", m.Name, faults, differs, got, m.Text(faults))
	}
	valid := !slices.ContainsFunc(faults, func(f mutate.Fault) bool { return !f.Valid })
	second, err := m.cue.Build()
	if err != nil {
		t.Fatalf("a mutant that CUE cannot read is none: %v", err)
	}
	if accepted := concrete(second) == nil; accepted != valid {
		t.Errorf("CUE accepts %s with %v: %t", m.Name, faults, accepted)
	}
}

func (m *mutant) write(t *testing.T, faults []mutate.Fault) {
	t.Helper()
	if err := m.Write(m.dir, faults); err != nil {
		t.Fatal(err)
	}
}

// subjects are the shipped profiles, the golden cases and the testdata.
func subjects(t *testing.T) []*mutate.Subject {
	all, err := mutate.Subjects("../../profiles/*", "../../golden/*", "testdata/everything/*")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// concrete is what CUE has against a profile.
func concrete(root cue.Value) error {
	return root.LookupPath(cue.ParsePath("topology")).Validate(cue.Concrete(true))
}

func number(t *testing.T, env string, or int) int {
	v := os.Getenv(env)
	if v == "" {
		return or
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		t.Fatalf("%s: %v", env, err)
	}
	return n
}
