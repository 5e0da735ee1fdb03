package keys_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/internal/bounded"
)

const tempo = `chart tempo
app 2.10.8
versions 1.0.0 1.1.0 2.0.0 2.1.0

"a b" number,string
config any
config open:config.yaml @2.0.0..
 server
  port number @2.1.0
 "ü"
extraEnv list like:k8s/EnvVar @..1.0.0,2.0.0..
grafana.ini open:configmap.yaml
ingress
 * bool
 hosts list
  []
   host string
`

// TestRoundTrip reads a contract, writes it, and compares the bytes.
func TestRoundTrip(t *testing.T) {
	text := strings.Replace(tempo, "config any\n", "config any @..1.1.0\n", 1)
	c, err := keys.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Format(); got != text {
		t.Errorf("it comes back as\n%s", got)
	}
	if c.Chart != "tempo" || c.App != "2.10.8" || len(c.Versions) != 4 {
		t.Errorf("the head is read as %q %q %q", c.Chart, c.App, c.Versions)
	}
}

func TestNodes(t *testing.T) {
	c, err := keys.Parse(strings.Replace(tempo, "config any\n", "config any @..1.1.0\n", 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ version, path, want string }{
		{"1.0.0", "config", "any"},
		{"2.0.0", "config", "map config.yaml"},
		{"2.0.0", "config/server", "map"},
		{"2.0.0", "config/server/port", ""},
		{"2.1.0", "config/server/port", "number"},
		{"1.1.0", "config/server", ""},
		{"1.0.0", "extraEnv", "list k8s/EnvVar"},
		{"1.1.0", "extraEnv", ""},
		{"2.1.0", "extraEnv", "list k8s/EnvVar"},
		{"1.0.0", "a b", "number,string"},
		{"1.0.0", "ingress/hosts/[]/host", "string"},
		{"1.0.0", "ingress/*", "bool"},
		{"1.0.0", "Config", ""},
	} {
		n, ok := c.At(tc.version)
		if !ok {
			t.Fatalf("%s is not covered", tc.version)
		}
		for name := range strings.SplitSeq(tc.path, "/") {
			if ok {
				n, ok = n.Child(name)
			}
		}
		got := ""
		if ok {
			got = strings.TrimSpace(strings.Join([]string{n.Key().Kinds.String(), n.Key().Open, n.Key().Like}, " "))
		}
		if strings.Join(strings.Fields(got), " ") != tc.want {
			t.Errorf("%s at %s is %q, not %q", tc.path, tc.version, got, tc.want)
		}
	}
	if _, ok := c.At("1.2.0"); ok {
		t.Error("1.2.0 is covered")
	}
	n, _ := c.At("1.1.0")
	if got := c.Releases(n.Elsewhere("extraEnv")); got != "up to 1.0.0, from 2.0.0" {
		t.Errorf("extraEnv is found elsewhere: %s", got)
	}
	if got := n.Elsewhere("extraenv"); got != nil {
		t.Errorf("extraenv is found at %v", got)
	}
}

func TestFaultyContracts(t *testing.T) {
	const head = "chart a\nversions 1.0.0 1.1.0\n\n"
	for _, tc := range []struct{ name, text, want string }{
		{"nothing", "", "line 1"},
		{"no chart", "versions 1.0.0\n\na\n", "line 2: the head"},
		{"no versions", "chart a\n\na\n", "line 2: the head"},
		{"another word", "chart a\nversion 1.0.0\n\n", `line 2: "version 1.0.0"`},
		{"an empty version", "chart a\nversions 1.0.0 \n\n", "line 3: the head"},
		{"too deep at once", head + "a\n  b\n", `line 5: "  b" is indented by 2, not by 1`},
		{"deep at the start", head + " a\n", `line 4: " a" is indented by 1, not by 0`},
		{"an empty line", head + "a\n\nb\n", `line 5`},
		{"disorder", head + "b\na\n", "line 5: a stands after b"},
		{"a kind", head + "a boolean\n", `line 4: "boolean" is no kind`},
		{"two kinds", head + "a bool number\n", `line 4: "number" is no attribute`},
		{"an attribute", head + "a bool shut:x\n", `line 4: "shut:x" is no attribute`},
		{"open without a reason", head + "a open:\n", `line 4: "open:" is no attribute`},
		{"a quote", head + "\"a bool\n", `line 4: "\"a bool" is no quoted name`},
		{"a version", head + "a bool @1.2.0..\n", "line 4: 1.2.0.. is no range"},
		{"a range the wrong way", head + "a bool @1.1.0..1.0.0\n", "line 4: 1.1.0..1.0.0 is no range"},
	} {
		_, err := keys.Parse(tc.text)
		if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%s: %v, not %s", tc.name, err, tc.want)
		}
	}
}

// FuzzParse wants no panic, and what is read to come back.
func FuzzParse(f *testing.F) {
	f.Add(tempo)
	f.Fuzz(func(t *testing.T, text string) {
		bounded.Run(t, len(text), func() {
			c, err := keys.Parse(text)
			if err != nil {
				return
			}
			again, err := keys.Parse(c.Format())
			if err != nil || again.Format() != c.Format() {
				t.Fatalf("%v:\n%s", err, c.Format())
			}
		})
	})
}

// TestMerge makes random contracts of single releases, merges them in a random
// order, and wants to see each release again as it was.
func TestMerge(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var want []string
		var parts []*keys.Contract
		for i := range 2 + r.IntN(6) {
			version := fmt.Sprintf("1.%d.0", i*3)
			body := random(r, 0)
			text := fmt.Sprintf("chart x\nversions %s\n\n%s", version, body)
			c, err := keys.Parse(text)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			want, parts = append(want, body), append(parts, c)
		}
		order := r.Perm(len(parts))
		merged := parts[order[0]]
		for _, i := range order[1:] {
			merged = keys.Merge(merged, parts[i])
		}
		merged, err := keys.Parse(merged.Format())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !slices.IsSortedFunc(merged.Versions, chart.Compare) || len(merged.Versions) != len(parts) {
			t.Fatalf("seed %d: versions %v", seed, merged.Versions)
		}
		for i, v := range merged.Versions {
			n, _ := merged.At(v)
			if got := at(n, ""); got != want[i] {
				t.Fatalf("seed %d: %s is\n%s\nnot\n%s\nin\n%s", seed, v, got, want[i], merged.Format())
			}
		}
	}
}

// TestMergeAnew replaces what is known of a version.
func TestMergeAnew(t *testing.T) {
	parse := func(text string) *keys.Contract {
		c, err := keys.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	old := parse("chart x\nversions 1.0.0 2.0.0\n\na\n b bool @2.0.0\nc bool @1.0.0\n")
	got := keys.Merge(old, parse("chart x\nversions 2.0.0\n\nc number\n")).Format()
	const want = "chart x\nversions 1.0.0 2.0.0\n\na @..1.0.0\nc bool @..1.0.0\nc number @2.0.0..\n"
	if got != want {
		t.Errorf("it is\n%s", got)
	}
}

// random writes the lines of some keys.
func random(r *rand.Rand, depth int) string {
	var b strings.Builder
	for _, name := range []string{"*", "[]", "a", "b", "c"} {
		if r.IntN(3) == 0 {
			continue
		}
		b.WriteString(strings.Repeat(" ", depth) + name)
		if r.IntN(2) == 0 {
			b.WriteString([]string{" bool", " any", " number,string", " list"}[r.IntN(4)])
		}
		switch r.IntN(4) {
		case 0:
			b.WriteString(" like:k8s/X")
		case 1:
			b.WriteString(" open:x.yaml")
		}
		b.WriteByte('\n')
		if depth < 3 && r.IntN(2) == 0 {
			b.WriteString(random(r, depth+1))
		}
	}
	return b.String()
}

// at writes the keys of one version.
func at(n keys.Node, indent string) string {
	var b strings.Builder
	for _, c := range n.Children() {
		k := c.Key()
		b.WriteString(indent + k.Name)
		if k.Kinds != keys.Map {
			b.WriteString(" " + k.Kinds.String())
		}
		if k.Like != "" {
			b.WriteString(" like:" + k.Like)
		}
		if k.Open != "" {
			b.WriteString(" open:" + k.Open)
		}
		b.WriteString("\n" + at(c, indent+" "))
	}
	return b.String()
}
