package main

import "bytes"

// These mirror the definitions of schema/charts/workload.cue.
type (
	workload struct {
		Name         string      `json:"name"`
		Kind         string      `json:"kind"`
		Truncate     int         `json:"truncate"`
		From         string      `json:"from"`
		Before       string      `json:"before"`
		When         string      `json:"when"`
		Each         string      `json:"each"`
		Replicas     string      `json:"replicas"`
		Containers   []container `json:"containers"`
		NodeSelector string      `json:"nodeSelector"`
		Tolerations  string      `json:"tolerations"`
		Apart        string      `json:"apart"`
		Volumes      []volume    `json:"volumes"`
		Unknown      string      `json:"unknown"`
		Source       string      `json:"source"`
	}
	container struct {
		Name      string `json:"name"`
		Resources string `json:"resources"`
		Memcached string `json:"memcached"`
		Memory    string `json:"memory"`
		Init      bool   `json:"init"`
		From      string `json:"from"`
		Before    string `json:"before"`
		When      string `json:"when"`
	}
	volume struct {
		Name   string `json:"name"`
		Size   string `json:"size"`
		From   string `json:"from"`
		Before string `json:"before"`
		When   string `json:"when"`
	}
)

// checkWorkloads refuses what CUE's types cannot: edges out of range, and a
// workload of which neither what it asks for is said nor that it is not known.
func checkWorkloads(c chart, bad func(string, ...any)) {
	for _, w := range c.Workloads {
		checkSpan(c, w.Name, w.From, w.Before, bad)
		if (len(w.Containers) == 0) == (w.Unknown == "") {
			bad("%s: it has containers, or a reason why they are not known", w.Name)
		}
		for _, k := range w.Containers {
			checkSpan(c, w.Name+": "+k.Name, k.From, k.Before, bad)
		}
		for _, v := range w.Volumes {
			checkSpan(c, w.Name+": "+v.Name, v.From, v.Before, bad)
		}
	}
	for path := range c.WorkloadDefaults {
		if _, ok := c.Defaults[path]; ok {
			bad("default of %s: it stands with those of the Services", path)
		}
	}
	checkDefaults(c, c.WorkloadDefaults, bad)
}

func writeWorkloads(b *bytes.Buffer, c chart) {
	writeDefaults(b, "workloadDefaults", c.WorkloadDefaults)
	b.WriteString("workloads: []workload{\n")
	for _, w := range c.Workloads {
		b.WriteString("{")
		fields(b, "name", w.Name, "kind", w.Kind, "when", w.When, "each", w.Each, "replicas", w.Replicas,
			"nodeSelector", w.NodeSelector, "tolerations", w.Tolerations, "apart", w.Apart, "unknown", w.Unknown)
		writeSpan(b, w.Truncate, w.From, w.Before)
		if len(w.Containers) > 0 {
			b.WriteString("containers: []container{\n")
			for _, k := range w.Containers {
				b.WriteString("{")
				fields(b, "name", k.Name, "resources", k.Resources, "memcached", k.Memcached, "memory", k.Memory, "when", k.When)
				if k.Init {
					b.WriteString("init: true, ")
				}
				writeSpan(b, 0, k.From, k.Before)
				b.WriteString("},\n")
			}
			b.WriteString("},\n")
		}
		if len(w.Volumes) > 0 {
			b.WriteString("volumes: []volume{\n")
			for _, v := range w.Volumes {
				b.WriteString("{")
				fields(b, "name", v.Name, "size", v.Size, "when", v.When)
				writeSpan(b, 0, v.From, v.Before)
				b.WriteString("},\n")
			}
			b.WriteString("},\n")
		}
		b.WriteString("},\n")
	}
	b.WriteString("},\n")
}
