package tree

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	f := File{
		Comment: "left out",
		Body: JSON{mapOf("b", mapOf("x", listOf(int64(1), 0.5, 1.0, 1e21, true, nil)), "a", NewMap(), "l", &List{},
			"s", "<a&b>\"\\\n\t\r\x01\u2028\u202eé🚀\U000e0041\xff", "", listOf(listOf()))},
	}
	want := `{
  "b": {
    "x": [
      1,
      0.5,
      1,
      1e+21,
      true,
      null
    ]
  },
  "a": {},
  "l": [],
  "s": "<a&b>\"\\\n\t\r\u0001\u2028\u202eé🚀\udb40\udc41` + "\ufffd" + `",
  "": [
    []
  ]
}
`
	got := string(f.Encode())
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(got), &v); err != nil {
		t.Fatal(err)
	}
	if v["s"] != "<a&b>\"\\\n\t\r\x01\u2028\u202eé🚀\U000e0041\ufffd" {
		t.Errorf("read back as %q", v["s"])
	}
}

func TestJSONHasNoNaN(t *testing.T) {
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		file := File{Body: JSON{leaf(f)}}
		if got := panics(func() { file.Encode() }); !strings.Contains(got, "no infinity and no NaN") {
			t.Errorf("%g panics with %q", f, got)
		}
	}
}

func TestLines(t *testing.T) {
	f := File{Comment: "left out", Body: Lines{Text(str("--a=1")), Text(str("")), Text(str("--b"))}}
	if got, want := string(f.Encode()), "--a=1\n\n--b\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
