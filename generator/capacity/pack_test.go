package capacity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"tracegen.dev/generator/chart"
)

// instance is a small one, drawn at random: tight ones are as likely as loose.
func instance(r *rand.Rand) ([]Node, []Workload, Amount) {
	var nodes []Node
	for i := range 1 + r.IntN(4) {
		n := Node{Name: fmt.Sprint("n", i), Arch: []string{"amd64", "arm64"}[r.IntN(2)], Tainted: r.IntN(4) == 0,
			Capacity: Amount{int64(2 + r.IntN(8)), int64(2 + r.IntN(8))}, Reserved: Amount{int64(r.IntN(2)), int64(r.IntN(2))}}
		if r.IntN(6) == 0 {
			n.Capacity.CPU = Unbounded
		}
		nodes = append(nodes, n)
	}
	var all []Workload
	for i := range 1 + r.IntN(4) {
		w := Workload{Requests: Amount{int64(r.IntN(5)), int64(r.IntN(5))}}
		w.Name, w.Replicas = fmt.Sprint("w", i), 1+r.IntN(3)
		w.Kind = []string{"Deployment", "Deployment", "StatefulSet", "DaemonSet", "Job"}[r.IntN(5)]
		w.Apart = r.IntN(4) == 0
		if w.Kind == "Job" || w.Kind == "DaemonSet" {
			w.Replicas, w.Apart = 1, false
		}
		if r.IntN(4) == 0 {
			w.NodeSelector = map[string]string{"kubernetes.io/arch": "arm64"}
		}
		if r.IntN(3) == 0 {
			w.Tolerations = []chart.Toleration{{Operator: "Exists"}}
		}
		all = append(all, w)
	}
	return nodes, all, Amount{int64(r.IntN(3)), int64(r.IntN(3))}
}

// brute tries every way for the pods that stay, and one job.
func brute(nodes []Node, workloads []Workload, other Amount) bool {
	var jobs []int
	for i, w := range workloads {
		if w.Kind == "Job" {
			jobs = append(jobs, i)
		}
	}
	if len(jobs) == 0 {
		jobs = []int{-1}
	}
	for _, job := range jobs {
		var pods []*Workload
		free := make([]Amount, len(nodes))
		for i := range nodes {
			free[i] = nodes[i].Allocatable()
		}
		for i := range workloads {
			w := &workloads[i]
			switch {
			case w.Kind == "DaemonSet":
				for n := range nodes {
					if w.may(&nodes[n]) {
						free[n] = free[n].minus(w.Requests)
					}
				}
			case w.Kind != "Job" || i == job:
				for range w.Replicas {
					pods = append(pods, w)
				}
			}
		}
		if !anyWay(nodes, free, pods, nil, other) {
			return false
		}
	}
	return true
}

func anyWay(nodes []Node, free []Amount, pods []*Workload, on []int, other Amount) bool {
	var left Amount
	for _, f := range free {
		if f.CPU < 0 || f.Memory < 0 {
			return false
		}
		left = left.plus(f)
	}
	if len(on) == len(pods) {
		return other.within(left)
	}
	w := pods[len(on)]
	for n := range nodes {
		met := false
		for j, m := range on {
			met = met || w.Apart && pods[j] == w && m == n
		}
		if met || !w.may(&nodes[n]) {
			continue
		}
		next := slices.Clone(free)
		next[n] = next[n].minus(w.Requests)
		if anyWay(nodes, next, pods, append(slices.Clone(on), n), other) {
			return true
		}
	}
	return false
}

// TestPlaceAgainstEveryWay: what is said to fit does, and what is said not to
// cannot be placed in any way.
func TestPlaceAgainstEveryWay(t *testing.T) {
	fits, not := 0, 0
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		nodes, workloads, other := instance(r)
		want := brute(nodes, workloads, other)
		got := Place(nodes, workloads, other)
		if got.Fits != want {
			t.Fatalf("seed %d: %+v, and every way says %v: %+v on %+v beside %+v", seed, got, want, workloads, nodes, other)
		}
		if want {
			fits++
		} else {
			not++
		}
	}
	if fits < 500 || not < 500 {
		t.Errorf("%d fit, %d do not: too few of one", fits, not)
	}
}

// TestPlaceHasPatience: a hard instance ends soon, and nothing unproven is said.
func TestPlaceHasPatience(t *testing.T) {
	var nodes []Node
	for range 12 {
		nodes = append(nodes, Node{Capacity: Amount{1000, 1000}})
	}
	r := rand.New(rand.NewPCG(1, 1))
	var all []Workload
	for i := range 40 {
		w := Workload{Requests: Amount{int64(200 + r.IntN(180)), int64(200 + r.IntN(180))}}
		w.Name, w.Kind, w.Replicas = fmt.Sprint(i), "Deployment", 1
		all = append(all, w)
	}
	p := newPacking(nodes, pointers(all), Amount{})
	v := p.solve()
	if !v.Fits && p.steps > patience {
		t.Errorf("it gave up after %d steps, and says %+v", p.steps, v)
	}
	if p.steps > 2*patience {
		t.Errorf("it took %d steps", p.steps)
	}
}

func pointers(all []Workload) []*Workload {
	var out []*Workload
	for i := range all {
		out = append(out, &all[i])
	}
	return out
}

func TestRequests(t *testing.T) {
	got := requests([]chart.Container{
		{Name: "init", Init: true, Requests: chart.Amounts{CPU: "2", Memory: "64Mi"}},
		{Name: "a", Requests: chart.Amounts{CPU: "100m", Memory: "90Mi"}},
		{Name: "b", Limits: chart.Amounts{CPU: "1", Memory: "10Mi"}},
	})
	if want := (Amount{2000, 100 << 20}); got != want {
		t.Errorf("they are %+v, not %+v", got, want)
	}
	if got, want := amount("0.1", "0.5"), (Amount{100, 1}); got != want {
		t.Errorf("they are %+v, not %+v", got, want)
	}
}
