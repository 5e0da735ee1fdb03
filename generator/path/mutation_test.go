package path_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tracegen.dev/generator"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// emitted makes the output of a golden case or a shipped profile.
func emitted(t testing.TB, name string) (*plan.Plan, *emit.Output) {
	t.Helper()
	w, err := load.Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := w.Named([]string{name})
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	p, out, err := generator.One(w, profiles[0], &diags)
	if err != nil || out == nil {
		t.Fatal(err, diags.Sorted())
	}
	return p, out
}

// cases are all golden cases and shipped profiles.
func cases(t testing.TB) []string {
	t.Helper()
	found, err := filepath.Glob("../../golden/*/*.cue")
	if err != nil || len(found) < 30 {
		t.Fatalf("found %d golden cases (%v)", len(found), err)
	}
	names := []string{"kind", "picluster"}
	for _, file := range found {
		names = append(names, "golden/"+filepath.Base(filepath.Dir(file)))
	}
	return names
}

// TestEveryHopCanFail changes whatever a hop has read, and demands that just this
// is noticed: the hop is no longer proven.
func TestEveryHopCanFail(t *testing.T) {
	changes := 0
	for _, name := range cases(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			p, out := emitted(t, name)
			for id, h := range hops(path.Follow(p, out)) {
				if !h.Proven {
					t.Fatalf("%s is not proven: %s", id, h.Unproven)
				}
				for _, at := range h.Says {
					if informs(at) {
						continue
					}
					leaf := find(out, at)
					if leaf == nil {
						t.Errorf("%s: %s is not in the output", id, at)
						continue
					}
					was := leaf.Value
					for _, changed := range mutants(at, was, h) {
						changes++
						leaf.Value = changed
						after := hops(path.Follow(p, out))[id]
						if after != nil && after.Proven {
							t.Errorf("%s: with %s = %s it is still proven", id, at, shown(changed, was))
						}
					}
					leaf.Value = was
				}
			}
		})
	}
	if changes < 1000 {
		t.Errorf("only %d changes were tried", changes)
	}
}

// TestServicesCount renames the Service behind each hop by a value of its release,
// and demands that nobody is found there any more.
func TestServicesCount(t *testing.T) {
	renamed := 0
	for _, name := range cases(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			p, out := emitted(t, name)
			before := hops(path.Follow(p, out))
			for component, values := range out.Values {
				r := p.Release(component)
				if r == nil || r.Chart == nil || component == "traefik" || component == "linkerd" || component == "ingress-nginx" {
					continue // to whom nobody connects by its name
				}
				key := "fullnameOverride"
				if component == "prometheus" { // whose chart names its server by itself
					key = "server.fullnameOverride"
				}
				was := values.Lookup(key)
				values.SetNode(key, &tree.Leaf{Value: "renamed"})
				after := hops(path.Follow(p, out))
				for id, h := range before {
					if !strings.Contains(h.Listens, "Service "+r.Fullname.Value) || h.From != "grafana" && !strings.HasPrefix(id, "span-traefik") && !strings.HasSuffix(id, "-tempo") {
						continue
					}
					if !strings.HasPrefix(h.To, component) {
						continue
					}
					if renamed++; after[id] != nil && after[id].Proven {
						t.Errorf("%s: with another name of %s it is still proven", id, component)
					}
				}
				if was == nil {
					was = &tree.Leaf{}
				}
				values.SetNode(key, was)
			}
		})
	}
	if renamed < 40 {
		t.Errorf("only %d hops were tried", renamed)
	}
}

func shown(changed, was any) string {
	text := fmt.Sprint(changed)
	if old := fmt.Sprint(was); strings.Contains(text, "\n") {
		for i, line := range strings.Split(text, "\n") {
			if line != strings.Split(old, "\n")[i] {
				return line
			}
		}
	}
	return text
}

// informs tells what a hop shows and nothing depends on: any value is right.
func informs(at string) bool {
	_, key, _ := strings.Cut(at, "#")
	for _, end := range []string{
		"sampleRate", "otel-sampler-ratio", "otel-sampler", "zipkin-sample-rate", // what is kept
		"kafka.topic", "kafka.auto_create_topic_enabled", // all parts of Tempo read the one, and make it
	} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

func hops(p *path.Path) map[string]*path.Hop {
	out := map[string]*path.Hop{}
	for _, j := range p.Journeys {
		for _, h := range j.Hops {
			if other := out[h.ID]; other != nil && other != h {
				panic("two hops are called " + h.ID)
			}
			out[h.ID] = h
		}
	}
	return out
}

// find gives the leaf at FILE#path, or the first below it.
func find(out *emit.Output, at string) *tree.Leaf {
	file, key, _ := strings.Cut(at, "#")
	var root tree.Node
	if component, ok := strings.CutSuffix(file, "/values.yaml"); ok {
		if v := out.Values[component]; v != nil {
			root = v
		}
	}
	file, index, _ := strings.Cut(file, "[")
	for _, f := range out.Files {
		if root != nil || f.Path != file {
			continue
		}
		switch body := f.Body.(type) {
		case tree.YAML:
			i, _ := strconv.Atoi(strings.TrimSuffix(index, "]"))
			root = body[i]
		case tree.JSON:
			root = body.Root
		}
	}
	m, _ := root.(*tree.Map)
	if m == nil {
		return nil
	}
	switch n := m.Lookup(key).(type) {
	case *tree.Leaf:
		return n
	case *tree.List:
		if len(n.Items) > 0 {
			leaf, _ := n.Items[0].(*tree.Leaf)
			return leaf
		}
	}
	return nil
}

// mutants are what a value could be instead.
func mutants(at string, was any, h *path.Hop) []any {
	switch was := was.(type) {
	case int64:
		if strings.HasSuffix(at, ".replicas") {
			return []any{int64(0)}
		}
		return []any{was + 1}
	case bool:
		return []any{!was}
	case float64:
		return []any{was + 1}
	case string:
		if strings.Contains(was, "\n") {
			return inside(was, h)
		}
		if strings.HasPrefix(was, "{\"time\"") { // nginx's format of a line
			return []any{strings.Replace(was, "\"trace_id\"", "\"id\"", 1), strings.Replace(was, "_trace_id\"}", "_span_id\"}", 1)}
		}
		var out []any
		for _, m := range changed(was) {
			out = append(out, m)
		}
		return out
	}
	return nil
}

// changed is a text with another host, port, path or scheme.
func changed(was string) []string {
	if was == "true" {
		return []string{"false"}
	}
	out := []string{"x" + was}
	scheme, rest, isURL := strings.Cut(was, "://")
	if !isURL {
		rest = was
	} else {
		out[0] = scheme + "://x" + rest
		out = append(out, map[string]string{"http": "https", "https": "http"}[scheme]+"://"+rest, was+"/x")
	}
	host, tail, hasPort := strings.Cut(rest, ":")
	digits := 0
	for digits < len(tail) && tail[digits] >= '0' && tail[digits] <= '9' {
		digits++
	}
	if n, err := strconv.Atoi(tail[:digits]); hasPort && err == nil {
		port := host + ":" + strconv.Itoa(n+1) + tail[digits:]
		if isURL {
			port = scheme + "://" + port
		}
		out = append(out, port)
	}
	if n, err := strconv.Atoi(was); err == nil {
		out = append(out, strconv.Itoa(n+1))
	}
	return out
}

// inside changes a configuration, or a file in an object: the lines with the hop's
// address, and those of the receiver that it comes to.
func inside(was string, h *path.Hop) []any {
	lines := strings.Split(was, "\n")
	var out []any
	put := func(i int, line string) {
		changed := append([]string(nil), lines...)
		changed[i] = line
		out = append(out, strings.Join(changed, "\n"))
	}
	port := h.Address[strings.LastIndex(h.Address, ":")+1:]
	port, _, _ = strings.Cut(port, "/")
	for i, line := range lines {
		before, value, quoted := strings.Cut(line, `"`)
		value, after, _ := strings.Cut(value, `"`)
		switch {
		case quoted && (value == h.Address || value == "0.0.0.0:"+port && h.To == "alloy"):
			for _, m := range changed(value) {
				put(i, before+`"`+m+`"`+after)
			}
		case strings.Contains(line, "url: "+h.Address):
			put(i, strings.Replace(line, "url: ", "url: x", 1))
		}
	}
	return out
}

// TestAnyShape puts values of a wrong kind wherever something is emitted: what
// cannot be read is not proven, and nothing worse.
func TestAnyShape(t *testing.T) {
	for _, name := range []string{"picluster", "golden/mesh-policies", "golden/ingress-nginx", "golden/linkerd-2-12"} {
		p, out := emitted(t, name)
		for component, values := range out.Values {
			var paths []string
			tree.Walk(values, "", func(at string, _ tree.Node, _ fact.Origin) {
				for at != "" && !slices.Contains(paths, at) {
					paths = append(paths, at)
					at = at[:max(strings.LastIndexAny(at, ".["), 0)]
					if strings.Count(at, `"`)%2 == 1 {
						break // inside of a key
					}
				}
			})
			for _, at := range paths {
				was := values.Lookup(at)
				if was == nil {
					continue
				}
				for _, wrong := range []tree.Node{
					&tree.Leaf{}, &tree.Leaf{Value: "x"}, tree.NewMap(),
					&tree.List{Items: []tree.Node{&tree.Leaf{Value: "x"}, tree.NewMap()}},
				} {
					values.SetNode(at, wrong)
					func() {
						defer func() {
							if r := recover(); r != nil {
								t.Errorf("%s: %s of %s: %v", name, at, component, r)
							}
						}()
						var diags diag.List
						path.Check(p, out, &diags)
					}()
				}
				values.SetNode(at, was)
			}
		}
	}
}
