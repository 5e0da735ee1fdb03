package verify

import (
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
	"tracegen.dev/internal/bounded"
)

// same compares what was read with what a library reads.
func same(t *testing.T, v keys.Value, n *yaml.Node, path string) {
	t.Helper()
	kind := map[string]keys.Kind{
		"!!map": keys.Map, "!!seq": keys.List, "!!str": keys.String, "!!bool": keys.Bool,
		"!!int": keys.Number, "!!float": keys.Number, "!!null": 0,
	}[n.ShortTag()]
	if v.Kind != kind {
		t.Errorf("%s is read as %q, not %s", path, v.Kind, n.ShortTag())
		return
	}
	if v.Mark != n.Line {
		t.Errorf("%s is read in line %d, not %d", path, v.Mark, n.Line)
	}
	below := n.Content
	if n.Kind == yaml.MappingNode {
		var values []*yaml.Node
		for i := 0; i < len(below); i += 2 {
			if i/2 < len(v.Names) && v.Names[i/2] != below[i].Value {
				t.Errorf("%s has a key %q, not %q", path, v.Names[i/2], below[i].Value)
			}
			values = append(values, below[i+1])
		}
		below = values
	}
	if len(v.Below) != len(below) || len(v.Names) > len(below) {
		t.Fatalf("%s has %d, not %d", path, len(v.Below), len(below))
	}
	for i := range below {
		same(t, v.Below[i], below[i], path+"/"+strconv.Itoa(i))
	}
}

func compare(t *testing.T, data []byte, name string) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	v, err := readYAML(data)
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, data)
	}
	same(t, v, doc.Content[0], name)
}

// TestReadsEveryFile reads all values files of the goldens, and of out/.
func TestReadsEveryFile(t *testing.T) {
	count := 0
	for _, root := range []string{"../../golden", "../../out"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.Name() != "values.yaml" {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			count++
			compare(t, data, path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 100 {
		t.Errorf("only %d files", count)
	}
}

// TestReadsWhateverIsWritten sends random values through the encoder.
func TestReadsWhateverIsWritten(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 7))
		root := tree.NewMap()
		for range r.IntN(4) {
			root.Put(word(r), node(r, 0))
		}
		file := &tree.File{Comment: "Made by a test.", Body: tree.YAML{root}}
		compare(t, file.Encode(), "seed "+strconv.FormatUint(seed, 10))
	}
}

func word(r *rand.Rand) string {
	pieces := []string{"a", "b", "-", "- ", ": ", ":", " #", "\"", "'", "\n", "  ", "{", "]", "|", ">", "0", "1e3", "true", "null", "~", "?", "? ", "é", "\\", "\t", "\x00", "\x1b", "\u0085", "\u2028", ".inf", "long"}
	var b strings.Builder
	for range r.IntN(5) {
		if piece := pieces[r.IntN(len(pieces))]; piece != "long" {
			b.WriteString(piece)
		} else if r.IntN(20) == 0 {
			b.WriteString(strings.Repeat("x", 1100)) // a key that takes the explicit form
		}
	}
	return b.String()
}

func node(r *rand.Rand, depth int) tree.Node {
	switch kind := r.IntN(9); {
	case kind < 2 && depth < 4:
		m := tree.NewMap()
		for range r.IntN(4) {
			m.Put(word(r), node(r, depth+1))
		}
		return m
	case kind < 4 && depth < 4:
		l := &tree.List{}
		for range r.IntN(4) {
			l.Items = append(l.Items, node(r, depth+1))
		}
		return l
	case kind == 4:
		return &tree.Leaf{Value: r.Int64N(1000) - 500}
	case kind == 5:
		return &tree.Leaf{Value: []float64{0.5, 1e100, -3, math.Inf(1), 1e-9}[r.IntN(5)]}
	case kind == 6:
		return &tree.Leaf{Value: r.IntN(2) == 0}
	case kind == 7:
		return &tree.Leaf{}
	}
	return tree.Scalar(fact.Const(word(r), "test"))
}

// TestRefuses what tracegen does not write, rather than passing it over.
func TestRefuses(t *testing.T) {
	for _, text := range []string{
		"", "a", "a: {b: 1}\n", "a: [1]\n", "a: 'b' c\n", "a: 'b\n", "a: &x 1\n", "a: *x\n", "a: !!str 1\n", "a: >\n  b\n",
		"a:\n", "a:\nb: 1\n", "a:\n    b: 1\n", " a: 1\n", "a: 1\n  b: 2\n", "- a\nb: 1\n", "a: \"b\" c\n", "a: \"b\n",
		"a: 1\n---\nb: 1\n", "? a\n", "\"a\" b: 1\n", "a: # nothing\n", "{}\na: 1\n", "a: 1\n\nb: 1\n",
	} {
		if v, err := readYAML([]byte(text)); err == nil {
			t.Errorf("%q is read as %+v", text, v)
		}
	}
}

// FuzzReadYAML wants no panic, and an end.
func FuzzReadYAML(f *testing.F) {
	f.Add([]byte("a:\n- b: |\n    c\n  d: \"e\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded.Run(t, len(data), func() {
			if _, err := readYAML(data); err != nil && err.Error() == "" {
				t.Error("an error without a word")
			}
		})
	})
}
