package generator

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/override"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/internal/mutate"
)

// leastMutants is how many the test would be ashamed to have fewer of.
const leastMutants = 1000

// A change is a kind of mutation that only the stages behind load can see. A new
// rule needs one entry in [changes], or a line in [unchanged].
type change struct {
	code, name string
	at         string   // the path of the finding; empty for the first that is set
	restsOn    []string // further sections without which there is no such finding

	// set says where it applies, and gives paths with their CUE; else it gives
	// nothing.
	set func(*plan.Plan) []string

	// file gives, in place of set, a file beside the profile, and what to replace
	// in it by what; a file of which nothing is replaced is a new one.
	file func(*plan.Plan) (file, old, text string)
}

// fault is the change in a profile, where it applies.
func (c change) fault(s *mutate.Subject, p *plan.Plan) (mutate.Fault, bool) {
	if c.file != nil {
		file, old, text := c.file(p)
		return s.Alter(c.code, cmp.Or(c.at, file), c.restsOn, file, old, text)
	}
	set := c.set(p)
	if len(set) == 0 {
		return mutate.Fault{}, false
	}
	return s.Change(c.code, cmp.Or(c.at, set[0]), c.restsOn, set...)
}

// TestMutants breaks the shipped profiles and the golden cases in one to five
// places at once, by faults of every stage mixed, and expects exactly these
// findings. TRACEGEN_ROUNDS says how often, TRACEGEN_SEED how they are mixed.
func TestMutants(t *testing.T) {
	seed, rounds := number(t, "TRACEGEN_SEED", 1), number(t, "TRACEGEN_ROUNDS", 1)
	t.Logf("TRACEGEN_SEED=%d", seed)
	subjects, err := mutate.Subjects("../profiles/*", "../golden/*", "load/testdata/everything/*")
	if err != nil {
		t.Fatal(err)
	}
	var mutants atomic.Int64
	tried := make([]atomic.Int64, len(changes))
	t.Run("of", func(t *testing.T) {
		for i, s := range subjects {
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				m := &mutated{Subject: s, dir: t.TempDir(), r: rand.New(rand.NewPCG(uint64(seed), uint64(i)))}
				changed := m.changes(t, tried)
				for range rounds {
					mutants.Add(m.round(t, changed))
				}
			})
		}
	})
	t.Logf("%d mutants of %d profiles", mutants.Load(), len(subjects))
	if n := mutants.Load(); n < leastMutants && !t.Failed() && !testing.Short() {
		t.Errorf("only %d mutants", n)
	}
	for i, c := range changes {
		if tried[i].Load() == 0 {
			t.Errorf("no profile is fit for the change %q (%s)", c.name, c.code)
		}
	}
}

// mutated is a subject and where it is changed.
type mutated struct {
	*mutate.Subject
	dir string
	r   *rand.Rand
}

// changes gives the faults that only the later stages can see.
func (m *mutated) changes(t *testing.T, tried []atomic.Int64) []mutate.Fault {
	if found := m.judge(t, nil); len(found) > 0 {
		t.Fatalf("%s is not good to begin with: %v", m.Name, found)
	}
	plans, _ := open(t, m.Name, m.dir).analyse(t)
	var out []mutate.Fault
	ignorable := Ignorable()
	for i, c := range changes {
		ignores := func(e topology.Entry[topology.String]) bool { return strings.HasPrefix(e.Key.Value, c.code) }
		if slices.ContainsFunc(plans[0].Topology.Ignore, ignores) {
			continue
		}
		f, ok := c.fault(m.Subject, plans[0])
		if !ok {
			continue
		}
		tried[i].Add(1)
		if slices.Contains(ignorable, c.code) {
			f.Areas = append(f.Areas, "ignore") // while that is unread, it may be there
		}
		f.Kind = c.name
		out = append(out, f)
	}
	return out
}

// round tries each change alone, and again in the company of others and of
// faults that load finds.
func (m *mutated) round(t *testing.T, changed []mutate.Fault) (mutants int64) {
	plain := m.Faults()
	try := func(faults []mutate.Fault) {
		mutants++
		found := m.judge(t, faults)
		if differs := mutate.Compare(faults, found); differs != "" {
			t.Errorf("%s with %s\n%s\n%v", m.Name, kinds(faults), differs, found)
		}
	}
	for i := range changed {
		if testing.Short() && m.r.IntN(10) > 0 {
			continue
		}
		try(changed[i : i+1])
		company := slices.Concat(changed, choose(m.r, plain, len(changed)))
		m.r.Shuffle(len(company), func(a, b int) { company[a], company[b] = company[b], company[a] })
		chosen, _ := mutate.Pick(append([]mutate.Fault{changed[i]}, company...), 2+m.r.IntN(4))
		try(chosen)
	}
	return mutants
}

func choose(r *rand.Rand, from []mutate.Fault, n int) []mutate.Fault {
	var out []mutate.Fault
	for range n {
		out = append(out, from[r.IntN(len(from))])
	}
	return out
}

func kinds(faults []mutate.Fault) (out []string) {
	for _, f := range faults {
		out = append(out, f.Kind)
	}
	return out
}

// judge compiles the mutant.
func (m *mutated) judge(t *testing.T, faults []mutate.Fault) []diag.Diagnostic {
	t.Helper()
	if err := m.Write(m.dir, faults); err != nil {
		t.Fatal(err)
	}
	s := open(t, m.Name, m.dir)
	_, found, err := Compile(s.w, s.profiles)
	if err != nil {
		t.Fatalf("%s with %s: %v", m.Name, kinds(faults), err)
	}
	return found
}

// TestEveryCodeMutates demands a kind of mutation for every code.
func TestEveryCodeMutates(t *testing.T) {
	kinds := map[string]bool{}
	for _, k := range mutate.Kinds {
		kinds[k.Code] = true
	}
	for _, c := range changes {
		kinds[c.code] = true
	}
	codes := []string{override.Code, plan.CodeSources, plan.CodeEndOfLife, CodeContract}
	codes = append(codes, Ignorable()...)
	for _, r := range check.Rules {
		codes = append(codes, r.Code)
	}
	for _, r := range inspect.Rules {
		codes = append(codes, r.Code)
	}
	for _, code := range slices.Compact(slices.Sorted(slices.Values(codes))) {
		switch {
		case !kinds[code] && unchanged[code] == "":
			t.Errorf("no kind of mutation breaks %s: add one to changes, or the reason to unchanged", code)
		case kinds[code] && unchanged[code] != "":
			t.Errorf("there is a kind of mutation for %s: take it out of unchanged", code)
		}
	}
	for code := range unchanged {
		if !slices.Contains(codes, code) {
			t.Errorf("there is no code %s", code)
		}
	}
}

// TestMutationsDoc holds the list of the kinds in docs/ to the tables.
func TestMutationsDoc(t *testing.T) {
	const file = "../docs/mutations.md"
	var b strings.Builder
	b.WriteString(mutationsHead)
	for _, k := range mutate.Kinds {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", k.Code, k.Name, k.Doc)
	}
	b.WriteString("\n## Seen by the stages behind load\n\n| code | kind |\n|---|---|\n")
	rest := slices.Clone(changes)
	slices.SortStableFunc(rest, func(a, b change) int { return strings.Compare(a.code, b.code) })
	for _, c := range rest {
		fmt.Fprintf(&b, "| %s | %s |\n", c.code, c.name)
	}
	b.WriteString("\n## Without a kind\n\n| code | because it judges |\n|---|---|\n")
	for _, code := range slices.Sorted(maps.Keys(unchanged)) {
		fmt.Fprintf(&b, "| %s | %s |\n", code, unchanged[code])
	}
	if os.Getenv("TRACEGEN_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != b.String() {
		t.Errorf("docs/mutations.md is stale (%v); TRACEGEN_UPDATE=1 go test ./generator writes it", err)
	}
}

const mutationsHead = `# How the checks are checked

Tests break the shipped profiles and the golden cases by the faults below, alone and
up to five at once, mixed at random from a seed that they print. Each mutant must
give exactly the findings of its faults: code, line and path, no more and no less. So
no fault hides another, and none is reported twice. Faults that rest on the same
section are not mixed, since what is wrong with one may well hide the other.

    TRACEGEN_ROUNDS=10 go test -v -run TestMutants ./generator ./generator/load

tries more of them, and says how many; TRACEGEN_SEED=2 tries others. A kind that
survives is a defect of the checks.

## Seen by load

| code | kind | what is broken |
|---|---|---|
`

func number(t *testing.T, env string, or int) int {
	t.Helper()
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
