package capacity

import (
	"math"

	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
)

// Node is one that the profile declares.
type Node struct {
	topology.Place
	Name     string
	Arch     string
	Control  bool   // whether it is a control plane
	Tainted  bool   // whether only pods that tolerate that may run there
	Capacity Amount // [Unbounded] where the profile does not say
	Reserved Amount // what the operating system and Kubernetes keep
	stated   bool   // whether the profile says what they keep, in part or whole
}

// Unbounded is an amount that the profile does not state.
const Unbounded = math.MaxInt64 / 1024

// Allocatable is what a node has for pods.
func (n *Node) Allocatable() Amount {
	left := func(capacity, reserved int64) int64 {
		if capacity == Unbounded {
			return Unbounded
		}
		return max(0, capacity-reserved)
	}
	return Amount{left(n.Capacity.CPU, n.Reserved.CPU), left(n.Capacity.Memory, n.Reserved.Memory)}
}

// label is that of a node, and whether it is known whether the node has it.
func (n *Node) label(key string) (string, bool) {
	switch key {
	case "kubernetes.io/arch":
		return n.Arch, true
	case "kubernetes.io/os":
		return "linux", true
	case "kubernetes.io/hostname":
		return n.Name, true
	}
	return "", false
}

const mebi = 1 << 20

// What a node keeps where the profile does not say:
//
// K3s takes 1613 MB and 0.3 of a core of a Raspberry Pi 4 as a server, and 268 MB
// and 0.1 as an agent (docs.k3s.io/reference/resource-profiling, K3s 1.26.5,
// with embedded etcd and all that is packaged with it).
// kubeadm's control plane asks for 650m and 100Mi (Kubernetes 1.33: etcd,
// kube-apiserver, kube-controller-manager and kube-scheduler, in
// cmd/kubeadm/app/phases), and with kind come two pods of CoreDNS, of 100m and
// 70Mi each, and on each node kindnet, of 100m and 50Mi (kind 0.30).
// The kubelet evicts pods when less than 100Mi are free (Kubernetes 1.33,
// Node-pressure Eviction). The 256Mi of the operating system are an allowance:
// a Raspberry Pi OS Lite or Ubuntu Server without a desktop takes about that.
var reserved = map[string]map[bool]Amount{
	"k3s": {
		true:  {CPU: 300, Memory: 1613_000_000 + (100+256)*mebi},
		false: {CPU: 100, Memory: 268_000_000 + (100+256)*mebi},
	},
	"kubernetes": {
		true:  {CPU: 650, Memory: (100 + 100 + 256) * mebi},
		false: {Memory: (100 + 256) * mebi},
	},
	"kind": {
		true:  {CPU: 650 + 200 + 100, Memory: (100 + 140 + 50) * mebi},
		false: {CPU: 100, Memory: 50 * mebi},
	},
}

// Nodes lists those that the profile declares, with what it leaves to the kind
// of cluster.
func Nodes(p *plan.Plan) []Node {
	in := p.Topology.Cluster
	workers := false
	for _, n := range in.Nodes {
		workers = workers || n.Role.Value != "control-plane"
	}
	var out []Node
	for _, n := range in.Nodes {
		made := Node{Place: n.Name.Place, Name: n.Name.Value, Arch: n.Arch.Value, Control: n.Role.Value == "control-plane"}
		// A control plane of K3s takes pods like any other; kubeadm and kind taint
		// theirs, which makes sense only beside workers.
		made.Tainted = made.Control && workers && in.Kind.Value != "k3s"
		made.Capacity = amount(n.Cpu.Value, n.Memory.Value)
		if !n.Cpu.Present() {
			made.Capacity.CPU = Unbounded
		}
		if !n.Memory.Present() {
			made.Capacity.Memory = Unbounded
		}
		made.Reserved = reserved[in.Kind.Value][made.Control]
		if r := n.Reserved; r != nil {
			said := amount(r.Cpu.Value, r.Memory.Value)
			if r.Cpu.Present() {
				made.Reserved.CPU, made.stated = said.CPU, true
			}
			if r.Memory.Present() {
				made.Reserved.Memory, made.stated = said.Memory, true
			}
		}
		out = append(out, made)
	}
	return out
}

// Sized reports whether the profile says anything of what a node has.
func Sized(p *plan.Plan) bool {
	for _, n := range p.Topology.Cluster.Nodes {
		if n.Memory.Present() || n.Cpu.Present() {
			return true
		}
	}
	return false
}

// Other is what the profile says that pods ask for which are not in the tree.
func Other(p *plan.Plan) Amount {
	if o := p.Topology.Cluster.OtherRequests; o != nil {
		return amount(o.Cpu.Value, o.Memory.Value)
	}
	return Amount{}
}
