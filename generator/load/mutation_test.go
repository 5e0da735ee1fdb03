package load_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/topology"
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
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				s.good(t)
				r := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
				for range rounds {
					mutants.Add(s.round(t, r))
				}
			})
		}
	})
	t.Logf("%d mutants of %d profiles", mutants.Load(), len(all))
	if n := mutants.Load(); n < leastMutants && !t.Failed() {
		t.Errorf("only %d mutants", n)
	}
}

// TestEveryField demands that each field of the schema has its place in the
// mutation test.
func TestEveryField(t *testing.T) {
	tried := map[string]bool{}
	for _, s := range subjects(t) {
		for _, f := range s.faults() {
			tried[f.field] = true
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

// good makes sure that there is nothing wrong before.
func (s *subject) good(t *testing.T) {
	s.write(t, nil)
	if got, err := check(s.dir); err != nil || len(got) != 0 {
		t.Fatalf("%s is not good to begin with: %v %v", s.name, err, got)
	}
	inst, err := load.RealInstance(s.dir, s.name)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.cue.Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []cue.Value{cuecontext.New().BuildInstance(inst), second} {
		if err := concrete(v); err != nil {
			t.Fatalf("CUE refuses %s: %v", s.name, err)
		}
	}
}

// round spreads every fault that the subject can have over mutants.
func (s *subject) round(t *testing.T, r *rand.Rand) (mutants int64) {
	faults := s.faults()
	r.Shuffle(len(faults), func(a, b int) { faults[a], faults[b] = faults[b], faults[a] })
	for len(faults) > 0 {
		var chosen []fault
		chosen, faults = pick(faults, 1+r.IntN(5))
		if mutants++; testing.Short() && mutants > leastMutants/4 {
			break
		}
		if s.try(t, chosen); t.Failed() {
			t.FailNow() // one mutant tells enough
		}
	}
	return mutants
}

// try writes a mutant and compares.
func (s *subject) try(t *testing.T, faults []fault) {
	t.Helper()
	s.write(t, faults)
	got, err := check(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	var want, have []string
	for _, f := range faults {
		want = append(want, fmt.Sprintf("%s:%d %s %s", f.want.file, f.want.line, f.want.code, f.want.path))
	}
	for _, d := range got {
		have = append(have, fmt.Sprintf("%s:%d %s %s", d.Position.File, d.Position.Line, d.Code, d.Path))
	}
	slices.Sort(want)
	slices.Sort(have)
	if !slices.Equal(want, have) {
		t.Errorf("%s with %v\nwant:\n\t%s\ngot:\n\t%s\n%v\n%s", s.name, faults, strings.Join(want, "\n\t"), strings.Join(have, "\n\t"), got, s.text(faults))
	}
	valid := !slices.ContainsFunc(faults, func(f fault) bool { return !f.valid })
	second, err := s.cue.Build()
	if err != nil {
		t.Fatalf("a mutant that CUE cannot read is none: %v", err)
	}
	if accepted := concrete(second) == nil; accepted != valid {
		t.Errorf("CUE accepts %s with %v: %t", s.name, faults, accepted)
	}
}

// pick takes up to n faults that do not touch one another.
func pick(from []fault, n int) (chosen, rest []fault) {
	for _, f := range from {
		if len(chosen) < n && !slices.ContainsFunc(chosen, func(g fault) bool { return g.touches(f) }) {
			chosen = append(chosen, f)
		} else {
			rest = append(rest, f)
		}
	}
	return chosen, rest
}

// write makes the subject's workspace anew, with faults in it. The files are the
// same each time, so that none is left over.
func (s *subject) write(t *testing.T, faults []fault) {
	t.Helper()
	if s.dir == "" {
		s.dir = t.TempDir()
		s.cue = load.NewCUE(s.dir, s.name)
		if err := os.MkdirAll(filepath.Join(s.dir, "profiles", s.name), 0o755); err != nil {
			t.Fatal(err)
		}
		s.lend(t)
	}
	for name, text := range s.text(faults) {
		if err := os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// lend copies the files that the profile names, from where they lie in the
// project.
func (s *subject) lend(t *testing.T) {
	t.Helper()
	for _, text := range s.files {
		for _, m := range policyFile.FindAllStringSubmatch(text, -1) {
			data, err := os.ReadFile(filepath.Join("../..", m[1]))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(s.dir, filepath.FromSlash(m[1]))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var policyFile = regexp.MustCompile(`policyFile: +"([^"]+)"`)

func (s *subject) text(faults []fault) map[string]string {
	out := maps.Clone(s.files)
	var edits []edit
	for _, f := range faults {
		edits = append(edits, f.edits...)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(b.from, a.from), cmp.Compare(b.to, a.to)) })
	for _, e := range edits {
		out[e.file] = out[e.file][:e.from] + e.text + out[e.file][e.to:]
	}
	return out
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

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func itoa(n int) string { return strconv.Itoa(n) }

func join(path, key string) string { return load.Join(path, key) }
