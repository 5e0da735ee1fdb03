package chart

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestWorkloadsRendered compares what the table says of pods with what charts
// rendered.
func TestWorkloadsRendered(t *testing.T) {
	src, err := os.ReadFile("testdata/workloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for stanza := range strings.SplitSeq(string(src), "\n\n") {
		var name, version, release string
		var values map[string]any
		var want []string
		for line := range strings.Lines(stanza) {
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch word {
			case "chart":
				name, version, _ = strings.Cut(rest, " ")
			case "release":
				release = rest
			case "values":
				if err := json.Unmarshal([]byte(rest), &values); err != nil {
					t.Fatal(err)
				}
			case "workload":
				want = append(want, rest)
			}
		}
		if name == "" {
			continue
		}
		n++
		v := find(t, name).At(version)
		var got []string
		for _, w := range v.Workloads(Install{Release: release, Namespace: "n", Values: values}) {
			if w.Unknown != "" {
				t.Errorf("%s: %s is not known", v.Name(), w.Name)
			}
			got = append(got, workloadLine(w))
		}
		same(t, v.Name()+": workloads", got, want)
	}
	if n < 55 {
		t.Fatalf("there are %d stanzas", n)
	}
}

// workloadLine is a workload as testdata/workloads.txt has it.
func workloadLine(w Workload) string {
	var amounts []string
	for _, c := range w.Containers {
		a := cmp.Or(c.Requests.CPU, "-") + "/" + cmp.Or(c.Requests.Memory, "-")
		if c.Init {
			a = "init:" + a
		}
		amounts = append(amounts, a)
	}
	slices.Sort(amounts)
	out := append([]string{w.Kind, w.Name, fmt.Sprintf("x%d", w.Replicas)}, amounts...)
	for _, v := range w.Volumes {
		out = append(out, "volume="+v.Size)
	}
	if w.Apart {
		out = append(out, "apart")
	}
	for _, key := range slices.Sorted(maps.Keys(w.NodeSelector)) {
		out = append(out, key+"="+w.NodeSelector[key])
	}
	return strings.Join(out, " ")
}

// Each expression of the table can be read, whatever the values, at every
// release, and gives names that Kubernetes takes.
func TestWorkloadsOfEveryRelease(t *testing.T) {
	for _, name := range Names() {
		c := find(t, name)
		for _, w := range c.workloads {
			e := c.At(c.newest).env(Install{})
			texts := []string{w.when, w.each, w.replicas, w.nodeSelector, w.tolerations, w.apart}
			for _, k := range w.containers {
				texts = append(texts, k.resources, k.when, k.memcached)
			}
			for _, k := range w.volumes {
				texts = append(texts, k.size, k.when)
			}
			for _, text := range texts {
				if text != "" {
					e.eval(text)
				}
			}
		}
		for _, release := range c.Releases() {
			for _, w := range c.At(release).Workloads(Install{Release: "r", Namespace: "n"}) {
				if w.Name == "" || len(w.Name) > 80 || strings.Trim(w.Name, "-") != w.Name || w.Replicas < 1 || len(w.Containers) == 0 && w.Unknown == "" {
					t.Errorf("%s %s: the workload %+v", name, release, w)
				}
			}
		}
	}
}
