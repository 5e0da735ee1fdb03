package capacity

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/quantity"
)

// Report is what `tracegen path --capacity` shows of a profile. Amounts of
// processors are thousandths of a core, those of memory and storage bytes.
type Report struct {
	Profile   string        `json:"profile"`
	Nodes     []NodeRow     `json:"nodes"`
	Workloads []WorkloadRow `json:"workloads"`
	Total     *TotalRow     `json:"total,omitempty"` // where a node has a size
	Stores    []StoreRow    `json:"stores"`
}

// NodeRow is a node of the profile. An amount that it does not say is absent.
type NodeRow struct {
	Name           string `json:"name"`
	Role           string `json:"role"`
	Arch           string `json:"arch"`
	CPU            int64  `json:"cpu,omitempty"`
	Memory         int64  `json:"memory,omitempty"`
	ReservedCPU    int64  `json:"reservedCPU"`
	ReservedMemory int64  `json:"reservedMemory"`
	Assumed        bool   `json:"assumed"` // whether what is reserved is the default of the kind of cluster
}

// WorkloadRow is what makes pods.
type WorkloadRow struct {
	Component string `json:"component"`
	Name      string `json:"name"`
	Kind      string `json:"kind,omitempty"`
	Pods      int    `json:"pods"`
	CPU       int64  `json:"cpu"`    // of one pod
	Memory    int64  `json:"memory"` // of one pod
	Unknown   string `json:"unknown,omitempty"`
}

// TotalRow is what all pods ask for, of what all nodes have for them.
type TotalRow struct {
	CPU         int64  `json:"cpu"`
	CPUOf       int64  `json:"cpuOf,omitempty"`
	Memory      int64  `json:"memory"`
	MemoryOf    int64  `json:"memoryOf,omitempty"`
	OtherCPU    int64  `json:"otherCPU,omitempty"` // of it, what the profile says of what else runs
	OtherMemory int64  `json:"otherMemory,omitempty"`
	Unknown     int    `json:"unknown"` // workloads of which it is not known
	Schedulable bool   `json:"schedulable"`
	Pending     string `json:"pending,omitempty"` // the workload that finds no node
}

// StoreRow is a bucket or a volume.
type StoreRow struct {
	Name      string `json:"name"`
	Rate      int64  `json:"bytesPerSecond"`
	Retention string `json:"retention"`
	Needed    int64  `json:"needed"`
	Available int64  `json:"available,omitempty"` // absent where nothing limits it
}

// Of gathers what there is to show of a profile.
func Of(p *plan.Plan, out *emit.Output) Report {
	r := Report{Profile: p.Profile, Nodes: []NodeRow{}, Workloads: []WorkloadRow{}, Stores: []StoreRow{}}
	nodes, pods := Nodes(p), Pods(p, out)
	for _, n := range nodes {
		row := NodeRow{Name: n.Name, Role: "worker", Arch: n.Arch, ReservedCPU: n.Reserved.CPU, ReservedMemory: n.Reserved.Memory, Assumed: !n.stated}
		if n.Control {
			row.Role = "control-plane"
		}
		if n.Capacity.CPU != Unbounded {
			row.CPU = n.Capacity.CPU
		}
		if n.Capacity.Memory != Unbounded {
			row.Memory = n.Capacity.Memory
		}
		r.Nodes = append(r.Nodes, row)
	}
	for _, w := range pods {
		r.Workloads = append(r.Workloads, WorkloadRow{Component: w.Release.Component, Name: w.Name, Kind: w.Kind, Pods: Count(nodes, &w), CPU: w.Requests.CPU, Memory: w.Requests.Memory, Unknown: w.Unknown})
	}
	if Sized(p) {
		other := Other(p)
		asked, have := Sum(nodes, pods, other)
		t := &TotalRow{CPU: asked.CPU, Memory: asked.Memory, OtherCPU: other.CPU, OtherMemory: other.Memory}
		if have.CPU < Unbounded {
			t.CPUOf = have.CPU
		}
		if have.Memory < Unbounded {
			t.MemoryOf = have.Memory
		}
		for _, w := range pods {
			if w.Unknown != "" {
				t.Unknown++
			}
		}
		v := Place(nodes, pods, other)
		if t.Schedulable = v.Fits; v.Pod != nil {
			t.Pending = v.Pod.Name
		}
		r.Total = t
	}
	for _, s := range Stores(p, out, pods) {
		r.Stores = append(r.Stores, StoreRow{Name: s.Name, Rate: s.Rate, Retention: Duration(s.Retention), Needed: s.Needed, Available: s.Available})
	}
	return r
}

// Count is how many pods a workload has: a DaemonSet one on each node that it may
// run on.
func Count(nodes []Node, w *Workload) int {
	if w.Kind != "DaemonSet" || len(nodes) == 0 {
		return w.Replicas
	}
	count := 0
	for i := range nodes {
		if w.may(&nodes[i]) {
			count++
		}
	}
	return count
}

// Sum is what all pods ask for that stay, and what the nodes have for them; an
// amount is [Unbounded] or more where a node's is not known.
func Sum(nodes []Node, pods []Workload, other Amount) (asked, have Amount) {
	asked = other
	for i := range pods {
		if w := &pods[i]; !w.job() {
			asked = asked.plus(w.Requests.times(Count(nodes, w)))
		}
	}
	for i := range nodes {
		have = have.plus(nodes[i].Allocatable())
	}
	return asked, have
}

// Text is the report as tables.
func (r Report) Text() string {
	var b strings.Builder
	table := func(rows func(w *tabwriter.Writer)) {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		rows(w)
		w.Flush()
	}
	if len(r.Nodes) > 0 {
		table(func(w *tabwriter.Writer) {
			fmt.Fprintln(w, "NODE\tROLE\tARCH\tCPU\tMEMORY\tKEPT CPU\tKEPT MEMORY")
			for _, n := range r.Nodes {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", n.Name, n.Role, n.Arch, stated(n.CPU, quantity.Cores), stated(n.Memory, quantity.Bytes), quantity.Cores(n.ReservedCPU), quantity.Bytes(n.ReservedMemory))
			}
		})
	}
	table(func(w *tabwriter.Writer) {
		fmt.Fprintln(w, "COMPONENT\tWORKLOAD\tKIND\tPODS\tCPU\tMEMORY")
		for _, p := range r.Workloads {
			if p.Unknown != "" {
				fmt.Fprintf(w, "%s\t%s\t\t?\t?\t? (%s)\n", p.Component, p.Name, p.Unknown)
				continue
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", p.Component, p.Name, p.Kind, p.Pods, quantity.Cores(p.CPU), quantity.Bytes(p.Memory))
		}
		if t := r.Total; t != nil {
			if t.OtherCPU != 0 || t.OtherMemory != 0 {
				fmt.Fprintf(w, "otherRequests\t\t\t\t%s\t%s\n", quantity.Cores(t.OtherCPU), quantity.Bytes(t.OtherMemory))
			}
			fmt.Fprintf(w, "asked for\t\t\t\t%s\t%s\n", quantity.Cores(t.CPU), quantity.Bytes(t.Memory))
			fmt.Fprintf(w, "of\t\t\t\t%s\t%s\n", stated(t.CPUOf, quantity.Cores), stated(t.MemoryOf, quantity.Bytes))
			fmt.Fprintf(w, "which is\t\t\t\t%s\t%s\n", percent(t.CPU, t.CPUOf), percent(t.Memory, t.MemoryOf))
		}
	})
	if r.Total == nil {
		b.WriteString("\nWhether that fits is not known: no node of cluster: nodes says its cpu and memory.\n")
	}
	if len(r.Stores) == 0 {
		b.WriteString("\nWhat the stores must hold is not known: that takes tempo: ingest, and a retention.\n")
	}
	if len(r.Stores) > 0 {
		table(func(w *tabwriter.Writer) {
			fmt.Fprintln(w, "STORE\tRATE\tRETENTION\tNEEDED\tAVAILABLE\tUSED")
			for _, s := range r.Stores {
				fmt.Fprintf(w, "%s\t%s/s\t%s\t%s\t%s\t%s\n", s.Name, quantity.Bytes(s.Rate), s.Retention, quantity.Bytes(s.Needed), stated(s.Available, quantity.Bytes), percent(s.Needed, s.Available))
			}
		})
	}
	return b.String()
}

func stated(n int64, write func(int64) string) string {
	if n == 0 {
		return "?"
	}
	return write(n)
}

func percent(part, of int64) string {
	if of == 0 {
		return "?"
	}
	return fmt.Sprintf("%.0f%%", float64(part)/float64(of)*100)
}

// Duration writes one as Go does, without the zeros at its end.
func Duration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
