package tree

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// hostile are strings that readers have been known to get wrong.
var hostile = []string{
	"", " ", "y", "n", "No", "on", "OFF", "true", "NULL", "~", "=", "<<", "-", "?", ":", "---", "...", "--- x", "... x",
	"- x", "? x", ": x", "x: y", "x:", "x #y", "#", "# x", "0", "-0", "0777", "0o17", "0x1F", "0b1", "1_000", "-_1", "+1",
	"1:30", "1:30.5", "1.5", ".5", "5.", ".", "1e3", "1.0e+3", ".inf", "-.Inf", ".NAN", "2026-01-02", "2026-1-2 3:4:5",
	"2001-12-14t21:59:43.10-05:00", "a\nb", "a\nb\n", "a\n\n", "\n", "\n\n", "\na", " a\nb", "a\n b", "  \na", "\ta\nb", "a\n\tb",
	"\n\ta", "a \nb", "a\n \nb", "a\n# b\n", "# a\nb", "a\n---\nb", "a\n...\n", "a\r\nb", "\r", "\x00", "\x1b[0m", "\x7f",
	"\u0085", "a\u0085b\n", "\u00a0", "a\u2028b", "\u2029", "\ufeff", "\ufeffa\nb", "\ufffe", "\ufffd", "\U0010ffff", "é", "日本\n語",
	"\xff", "a\xc3", "\xed\xa0\x80", "'", "''", `"`, `\`, `\n`, `'"`, "{", "}", "[", "]", ",", "&a", "*a", "!a", "!!str", "|", "|-",
	">", ">+\n", "%YAML 1.2", "@", "`", "{{ .x }}", "${x}", "a,b", "[a]", "{a: b}", "x\t", "\tx", "a\tb", "x:\ty", "x\t#y",
	strings.Repeat("k", maxKey), strings.Repeat("k", maxKey+1), strings.Repeat("é: ", maxKey), strings.Repeat("a\n", 300),
}

// source makes nodes of fuzz bytes; it gives zeros when they are used up.
type source []byte

func (s *source) byte() byte {
	if len(*s) == 0 {
		return 0
	}
	c := (*s)[0]
	*s = (*s)[1:]
	return c
}

func (s *source) bytes(n int) string {
	n = min(n, len(*s))
	out := string((*s)[:n])
	*s = (*s)[n:]
	return out
}

func (s *source) number() uint64 {
	var b [8]byte
	copy(b[:], s.bytes(8))
	return binary.LittleEndian.Uint64(b[:])
}

func (s *source) string() string {
	switch c := s.byte(); c % 4 {
	case 0:
		return hostile[int(s.byte())%len(hostile)]
	case 1:
		return hostile[int(s.byte())%len(hostile)] + hostile[int(s.byte())%len(hostile)]
	case 2:
		return s.bytes(int(c) / 4)
	default:
		return s.bytes(int(c)/8) + "\n" + s.bytes(int(s.byte())%16)
	}
}

func (s *source) node(depth int) Node {
	c := s.byte()
	if depth > 30 || len(*s) == 0 {
		c %= 7
	}
	switch c % 12 {
	case 0, 1, 2:
		return leaf(s.string())
	case 3:
		return leaf(int64(s.number()))
	case 4:
		return leaf(math.Float64frombits(s.number()))
	case 5:
		return leaf(s.byte()%2 == 0)
	case 6:
		return leaf(nil)
	case 7, 8:
		l := &List{}
		for range s.byte() % 6 {
			l.Items = append(l.Items, s.node(depth+1))
		}
		return l
	default:
		m := NewMap()
		for range s.byte() % 6 {
			// Keys that only differ in what U+FFFD replaces would become one.
			m.Put(string([]rune(s.string())), s.node(depth+1))
		}
		return m
	}
}

// The types of plain scalars, copied from the YAML 1.1 type repository
// (yaml.org/type: null, bool, int, float, timestamp, merge, value) and from
// the core schema of YAML 1.2.2, section 10.3.2. Written apart from the
// encoder on purpose.
var notStrings = []*regexp.Regexp{
	regexp.MustCompile(`^(~|null|Null|NULL|)$`),
	regexp.MustCompile(`^(y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$`),
	regexp.MustCompile(`^[-+]?0b[0-1_]+$`),
	regexp.MustCompile(`^[-+]?0[0-7_]+$`),
	regexp.MustCompile(`^[-+]?(0|[1-9][0-9_]*)$`),
	regexp.MustCompile(`^[-+]?0x[0-9a-fA-F_]+$`),
	regexp.MustCompile(`^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+$`),
	regexp.MustCompile(`^[-+]?([0-9][0-9_]*)?\.[0-9.]*([eE][-+][0-9]+)?$`),
	regexp.MustCompile(`^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*$`),
	regexp.MustCompile(`^[-+]?\.(inf|Inf|INF)$`),
	regexp.MustCompile(`^\.(nan|NaN|NAN)$`),
	regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`),
	regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?(([ \t]*)(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?$`),
	regexp.MustCompile(`^(<<|=)$`),
	regexp.MustCompile(`^[-+]?[0-9]+$`),
	regexp.MustCompile(`^0o[0-7]+$`),
	regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`),
}

// checkString demands that s, where it stands plain, is a string to every
// reader.
func checkString(s string) error {
	if string(appendString(nil, s, 0)) != s {
		return nil // quoted
	}
	for _, re := range notStrings {
		if re.MatchString(s) {
			return fmt.Errorf("%q stands plain and matches %s", s, re)
		}
	}
	return nil
}

// compare holds what was read against what was written.
func compare(n Node, y *yaml.Node) error {
	var want any
	switch n := n.(type) {
	case *Map:
		if y.Kind != yaml.MappingNode || len(y.Content) != 2*n.Len() {
			return fmt.Errorf("line %d: not a map of %d keys", y.Line, n.Len())
		}
		for i, key := range n.keys {
			if err := compare(leaf(key), y.Content[2*i]); err != nil {
				return err
			}
			if err := compare(n.Get(key), y.Content[2*i+1]); err != nil {
				return err
			}
		}
		return nil
	case *List:
		if y.Kind != yaml.SequenceNode || len(y.Content) != len(n.Items) {
			return fmt.Errorf("line %d: not a list of %d items", y.Line, len(n.Items))
		}
		for i, item := range n.Items {
			if err := compare(item, y.Content[i]); err != nil {
				return err
			}
		}
		return nil
	case *Leaf:
		want = n.Value
	}
	var got any
	if err := y.Decode(&got); err != nil {
		return err
	}
	if i, ok := got.(int); ok {
		got = int64(i)
	}
	if s, ok := want.(string); ok {
		if err := checkString(s); err != nil {
			return err
		}
		want = string([]rune(s))
	}
	if f, ok := want.(float64); ok && math.IsNaN(f) {
		if f, ok := got.(float64); ok && math.IsNaN(f) {
			return nil
		}
	}
	if got != want {
		return fmt.Errorf("line %d: %T %#v became %T %#v", y.Line, want, want, got, got)
	}
	return nil
}

// roundTrip writes the documents and reads them back.
func roundTrip(docs YAML, comment string) ([]byte, error) {
	f := File{Comment: comment, Body: docs}
	data := f.Encode()
	dec := yaml.NewDecoder(bytes.NewReader(data))
	for _, doc := range docs {
		var y yaml.Node
		if err := dec.Decode(&y); err != nil {
			return data, err
		}
		var v any // finds duplicate keys, which a yaml.Node does not
		if err := y.Decode(&v); err != nil {
			return data, err
		}
		if err := compare(doc, y.Content[0]); err != nil {
			return data, err
		}
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return data, fmt.Errorf("more documents than were written (%v)", err)
	}
	return data, nil
}

// TestHostile puts every hostile string, and every pair of them, in every
// place that a string may have.
func TestHostile(t *testing.T) {
	for _, a := range hostile {
		for _, b := range hostile {
			s := a + b
			key := string([]rune(s))
			docs := YAML{
				mapOf(key, s, "l", listOf(s, listOf(s, mapOf(key, listOf(s), "end", "x")), s), "m", mapOf("x", mapOf(key, mapOf(key, s)))),
				leaf(s),
				listOf(s, "end"),
			}
			if data, err := roundTrip(docs, "test\n"+s); err != nil {
				t.Fatalf("%q: %v\n%s", s, err, data)
			}
		}
	}
}

func FuzzYAML(f *testing.F) {
	for i := range hostile {
		f.Add([]byte{9, 3, 0, byte(i), 0, 0, byte(i), 0, 0, 7, 2, 0, 0, byte(i), 9, 1, 0, byte(i), 6, 1, 0, 0, 0, byte(i)})
		f.Add([]byte{0, 1, byte(i), byte(i * 7)})
	}
	f.Add([]byte{7, 5, 4, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 4, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f, 4, 1, 0, 0, 0, 0, 0, 0xf8, 0x7f, 3, 255, 5, 0})
	f.Add([]byte{9, 2, 3, 'a', 'b', ' ', ' ', 0, 7, 1, 7, 1, 7, 1, 9, 0, 2, 43, '1', '_', ':', '5', '9', '.', 'e', '3'})
	f.Fuzz(func(t *testing.T, data []byte) {
		s := source(data)
		docs := YAML{s.node(0)}
		comment := s.string()
		for len(s) > 0 && len(docs) < 4 {
			docs = append(docs, s.node(0))
		}
		if data, err := roundTrip(docs, comment); err != nil {
			t.Errorf("%v\n%s", err, data)
		}
	})
}
