package capacity

import (
	"cmp"
	"slices"
)

// Verdict says whether all pods find a node. Where it says no, that is proven:
// there is no way to place them.
type Verdict struct {
	Fits bool
	Pod  *Workload // that stays Pending; nil where only all of them together are too much
	Why  Reason
	Node *Node // the largest that the pod may run on; for a DaemonSet's, the one without room; or nil
}

// Reason is why a pod finds no node.
type Reason int

const (
	Nowhere  Reason = iota // no node has the labels that it wants, or it tolerates none's taints
	TooLarge               // it would find no room if it were alone with the DaemonSets
	TooMany                // there are more of its kind than nodes, and no two may share one
	Full                   // it would if the others were not there
)

// Place looks for a node for every pod. Of other pods only what they ask for
// together is known, so that they fill any gap.
func Place(nodes []Node, workloads []Workload, other Amount) Verdict {
	var always, jobs []*Workload
	for i := range workloads {
		if w := &workloads[i]; w.job() {
			jobs = append(jobs, w)
		} else {
			always = append(always, w)
		}
	}
	v := newPacking(nodes, always, other).solve()
	for _, j := range jobs { // one at a time: they are Helm's hooks
		if v.Fits {
			v = newPacking(nodes, append(slices.Clone(always), j), other).solve()
		}
	}
	return v
}

// packing is a search for nodes.
type packing struct {
	nodes   []Node
	free    []Amount
	pods    []*Workload // those without a node of their own, each kind's together
	other   Amount
	verdict *Verdict // where it is known from the start
	steps   int
}

// patience is how many steps the exact search may take: milliseconds.
const patience = 100_000

func newPacking(nodes []Node, workloads []*Workload, other Amount) *packing {
	p := &packing{nodes: nodes, other: other}
	for i := range nodes {
		p.free = append(p.free, nodes[i].Allocatable())
	}
	for _, w := range workloads {
		if w.Kind != "DaemonSet" || w.Unknown != "" {
			continue
		}
		for i := range nodes {
			if !w.may(&nodes[i]) {
				continue
			}
			if !w.Requests.within(p.free[i]) {
				p.fail(Verdict{Pod: w, Why: Full, Node: &nodes[i]})
				return p
			}
			p.free[i] = p.free[i].minus(w.Requests)
		}
	}
	for _, w := range workloads {
		if w.Kind == "DaemonSet" || w.Unknown != "" {
			continue
		}
		if v := p.alone(w); !v.Fits {
			p.fail(v)
			return p
		}
		for range w.Replicas {
			p.pods = append(p.pods, w)
		}
	}
	// Large ones first; a stable sort keeps those of a kind together.
	var all Amount
	for _, f := range p.free {
		all = all.plus(f)
	}
	slices.SortStableFunc(p.pods, func(a, b *Workload) int { return cmp.Compare(share(b.Requests, all), share(a.Requests, all)) })
	return p
}

func (p *packing) fail(v Verdict) { p.verdict = &v }

// share is how much of the whole an amount is, by what is scarcer.
func share(a, all Amount) float64 {
	return max(float64(a.CPU)/float64(max(1, all.CPU)), float64(a.Memory)/float64(max(1, all.Memory)))
}

// alone places a workload as if the other ones, but for the DaemonSets, were not
// there.
func (p *packing) alone(w *Workload) Verdict {
	var largest *Node
	var most Amount
	rooms := 0
	for i := range p.nodes {
		if !w.may(&p.nodes[i]) {
			continue
		}
		if f := p.free[i]; largest == nil || f.Memory > most.Memory || f.Memory == most.Memory && f.CPU > most.CPU {
			largest, most = &p.nodes[i], f
		}
		if w.Requests.within(p.free[i]) {
			rooms++
		}
	}
	switch {
	case largest == nil:
		return Verdict{Pod: w, Why: Nowhere}
	case rooms == 0:
		return Verdict{Pod: w, Why: TooLarge, Node: largest}
	case w.Apart && rooms < w.Replicas:
		return Verdict{Pod: w, Why: TooMany, Node: largest}
	}
	return Verdict{Fits: true, Node: largest}
}

func (p *packing) solve() Verdict {
	if p.verdict != nil {
		return *p.verdict
	}
	need, have := p.other, Amount{}
	for _, w := range p.pods {
		need = need.plus(w.Requests)
	}
	for _, f := range p.free {
		have = have.plus(f)
	}
	if !need.within(have) {
		return Verdict{Why: Full}
	}
	stuck := p.greedy()
	if stuck == nil {
		return Verdict{Fits: true}
	}
	found := p.search(0, make([]int, len(p.pods)))
	if found || p.steps > patience { // what is not proven is not said
		return Verdict{Fits: true}
	}
	v := p.alone(stuck)
	return Verdict{Pod: stuck, Why: Full, Node: v.Node}
}

// greedy puts each pod on the fullest node that has room, and gives the first
// that finds none.
func (p *packing) greedy() *Workload {
	free := slices.Clone(p.free)
	on := make([]int, len(p.pods))
	for i, w := range p.pods {
		best := -1
		for n := range p.nodes {
			if w.may(&p.nodes[n]) && w.Requests.within(free[n]) && !p.shares(i, n, on) && (best < 0 || free[n].Memory < free[best].Memory) {
				best = n
			}
		}
		if best < 0 {
			return w
		}
		on[i], free[best] = best, free[best].minus(w.Requests)
	}
	return nil
}

// shares reports whether a pod that must be apart would meet one of its kind.
func (p *packing) shares(i, node int, on []int) bool {
	if !p.pods[i].Apart {
		return false
	}
	for j := range i {
		if p.pods[j] == p.pods[i] && on[j] == node {
			return true
		}
	}
	return false
}

// search tries all ways for the pods from i on. Pods of a kind go to the nodes in
// order, as it does not matter which of them is where.
func (p *packing) search(i int, on []int) bool {
	if i == len(p.pods) {
		return true
	}
	w, first := p.pods[i], 0
	if i > 0 && p.pods[i-1] == w {
		first = on[i-1]
	}
	for n := first; n < len(p.nodes); n++ {
		if p.steps++; p.steps > patience {
			return false
		}
		if !w.may(&p.nodes[n]) || !w.Requests.within(p.free[n]) || p.shares(i, n, on) {
			continue
		}
		on[i], p.free[n] = n, p.free[n].minus(w.Requests)
		found := p.search(i+1, on)
		p.free[n] = p.free[n].plus(w.Requests)
		if found {
			return true
		}
	}
	return false
}
