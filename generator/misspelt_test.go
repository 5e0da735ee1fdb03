package generator

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

// measured are the versions at which each key is misspelt: those whose values
// and rendered objects were looked at most closely, and the ends of the table.
var measured = map[string][]string{
	"alloy":                   {"0.12.5", "1.11.1"},
	"grafana":                 {"8.10.4", "12.11.1"},
	"ingress-nginx":           {"4.11.3", "4.15.1"},
	"kube-prometheus-stack":   {"41.6.1", "88.5.3"},
	"linkerd":                 {"2.12.2", "2.18.0", "2.19.0", "2.20.0"},
	"loki":                    {"3.3.0", "6.27.0", "18.11.0"},
	"minio":                   {"5.4.0"},
	"opentelemetry-collector": {"0.170.0"},
	"prometheus":              {"29.27.0"},
	"tempo":                   {"1.14.0", "1.24.0", "2.2.4"},
	"tempo-distributed":       {"0.27.4", "1.32.7", "1.61.3", "2.26.2", "3.3.0"},
	"traefik":                 {"18.1.0", "27.0.2", "34.4.1", "39.0.7", "41.3.0"},
}

// TestMisspelt pins the components of every profile, which together use all that
// a topology can say, to each measured version. What is emitted must hold no
// key that the chart lacks; and with each key of it misspelt in turn, in the
// bytes, exactly that key must be found, with the right one for it. Where a key
// is not found, the contract must say that any name may stand there.
func TestMisspelt(t *testing.T) {
	m := &misspeller{library: keys.NewLibrary(nil), seen: map[string]bool{}, free: map[string]bool{}}
	for _, s := range suites(t) {
		var loaded diag.List
		err := s.w.Load(s.profiles, &loaded, func(p load.Profile, top *topology.Topology) error {
			for _, pin := range pins(top) {
				old := pin.version.Value
				for _, version := range append(slices.Clone(measured[pin.chart]), old) {
					pin.version.Value = version
					m.profile(t, p.Name, top)
				}
				pin.version.Value = old
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if m.found < 2000 {
		t.Errorf("only %d keys were misspelt", m.found)
	}
	t.Logf("%d misspelt keys were found", m.found)
	compareText(t, "testdata/free-keys.txt", strings.Join(slices.Sorted(maps.Keys(m.free)), "\n")+"\n")
}

type misspeller struct {
	library *keys.Library
	seen    map[string]bool // release and path, without indices
	free    map[string]bool // what may stand where a key was not found
	found   int
}

// profile misspells the keys of each release of a profile.
func (m *misspeller) profile(t *testing.T, name string, top *topology.Topology) {
	var diags diag.List
	p := plan.Link("p", top, &diags)
	if diags.HasErrors() {
		return
	}
	check.Run(p, m.library, Ignorable(), &diags)
	if diags.HasErrors() {
		return
	}
	out, err := Emit(p, &diags)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Releases {
		release, ok := check.KeysOf(r)
		if !ok {
			continue
		}
		if _, covered := m.library.At(release.Chart, release.Version); !covered {
			t.Errorf("%s: there is no contract for %s", name, release)
			continue
		}
		m.release(t, name, release, encoded(out, r.Component))
	}
}

func encoded(out *emit.Output, component string) []byte {
	return (&tree.File{Body: tree.YAML{ValuesOf(out, component)}}).Encode()
}

func (m *misspeller) release(t *testing.T, name string, r keys.Release, data []byte) {
	found, err := verify.Values(m.library, r, data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if id := r.String() + " " + f.Path; !m.seen[id] {
			m.seen[id] = true
			t.Errorf("%s: %s: %s", name, f.Message, f.Help)
		}
	}
	if len(found) > 0 {
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	m.keys(doc.Content[0], "", func(path string, key *yaml.Node) {
		id := r.String() + " " + indices.ReplaceAllString(path, "[]")
		if m.seen[id] {
			return
		}
		m.seen[id] = true
		for _, wrong := range misspelt(key.Value) {
			m.try(t, name, r, lines, path, key, wrong)
		}
	})
}

var indices = regexp.MustCompile(`\[\d+\]`)

// keys walks over the keys of a document.
func (m *misspeller) keys(n *yaml.Node, path string, f func(path string, key *yaml.Node)) {
	switch n.Kind {
	case yaml.SequenceNode:
		for i, item := range n.Content {
			m.keys(item, fmt.Sprintf("%s[%d]", path, i), f)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			at := tree.JoinKey(path, n.Content[i].Value)
			f(at, n.Content[i])
			m.keys(n.Content[i+1], at, f)
		}
	}
}

// misspelt gives a key with two letters swapped, with one too few, and in
// another case.
func misspelt(key string) []string {
	var out []string
	for i := len(key) - 1; i > 0; i-- {
		if key[i] != key[i-1] {
			out = append(out, key[:i-1]+key[i:i+1]+key[i-1:i]+key[i+1:])
			break
		}
	}
	if len(key) > 3 {
		out = append(out, key[:len(key)/2]+key[len(key)/2+1:])
	}
	if c := key[0] ^ 0x20; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
		out = append(out, string(c)+key[1:])
	}
	return out
}

// try misspells one key in the bytes.
func (m *misspeller) try(t *testing.T, name string, r keys.Release, lines []string, path string, key *yaml.Node, wrong string) {
	edited := slices.Clone(lines)
	line, at := lines[key.Line-1], key.Column-1
	if key.Style != 0 {
		at++ // behind the quote
	}
	if !strings.HasPrefix(line[at:], key.Value) {
		return // a key with escapes
	}
	edited[key.Line-1] = line[:at] + wrong + line[at+len(key.Value):]
	found, err := verify.Values(m.library, r, []byte(strings.Join(edited, "")))
	wrongPath := strings.TrimSuffix(path, tree.JoinKey("", key.Value)) + tree.JoinKey("", wrong)
	switch {
	case err != nil:
		t.Errorf("%s: %s of %s: %v", name, wrongPath, r, err)
	case len(found) == 0:
		m.free[r.Chart+" "+indices.ReplaceAllString(path, "[]")] = true
	case len(found) > 1 || found[0].Path != wrongPath || !found[0].Unknown:
		t.Errorf("%s: %s of %s: it finds %+v", name, wrongPath, r, found)
	case !strings.Contains(found[0].Help, path):
		t.Errorf("%s: %s of %s is found, but for %s it says: %s", name, wrongPath, r, path, found[0].Help)
	default:
		m.found++
	}
}

// compareText holds a text to the one that is checked in.
func compareText(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("TRACEGEN_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; TRACEGEN_UPDATE=1 accepts it:\n%s", file, got)
	}
}
