package diag

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// TestSARIF looks at what other formats do not have: columns by UTF-16, addresses
// of files, texts without placeholders, and what is ignored.
func TestSARIF(t *testing.T) {
	tool := Tool{Name: "tracegen", Version: "v1", URI: "https://example.com/", Rules: []Described{
		{Rule: Rule{Code: "TG017", Name: "a chart's quota", Doc: "it fits"}, Help: "Write {…}.", URI: "https://example.com/#tg017"},
		{Rule: Rule{Code: "TG018", Name: "other", Doc: "it does", Severity: Warning}, Help: "x"},
	}}
	src := func(file string) []byte {
		if file == "a.cue" {
			return []byte("one\n\t\U0001F600é: \xff x\r\n")
		}
		return nil
	}
	ds := []Diagnostic{
		{
			Code: "TG018", Severity: Warning, Message: "m [a](1) {0}", Path: "tempo.mode", Position: at("a.cue", 2, 8), Help: `write {kind: "x"}`,
			Related: []Related{{"r", at("b c#d%.cue", 5, 6)}, {"nowhere", Position{}}},
		},
		{
			Code: "TG017", Message: "m", Path: "tempo.mode", Position: at("a.cue", 2, 99), Ignored: "why",
			Related: []Related{{"r", at("b.cue", 5, 6)}, {"it is ignored here", at("a.cue", 1, 2)}},
		},
		{Code: "TG900", Message: "m", Position: at("/abs/x y", 0, 0)},
		{Code: "TG001", Message: "m"},
	}
	var b bytes.Buffer
	if err := SARIF(&b, ds, src, "sub dir", tool); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct{ Driver map[string]any }
			Results    []map[string]any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].ColumnKind != "utf16CodeUnits" || len(log.Runs[0].Results) != 4 {
		t.Fatalf("got:\n%s", b.String())
	}
	rs := log.Runs[0].Results
	for _, want := range []struct {
		in   any
		path string
		is   any
	}{
		{log.Runs[0].Tool.Driver, "rules.0.name", "AChartSQuota"},
		{log.Runs[0].Tool.Driver, "rules.0.fullDescription.text", "It fits."},
		{log.Runs[0].Tool.Driver, "rules.0.help.text", "Write {{…}}."},
		{log.Runs[0].Tool.Driver, "rules.0.help.markdown", "Write {…}."},
		{log.Runs[0].Tool.Driver, "rules.1.defaultConfiguration.level", "warning"},
		{rs[0], "ruleIndex", 1.0},
		{rs[0], "level", "warning"},
		{rs[0], "message.text", `m \[a\](1) {{0}}` + "\n\n" + `help: write {{kind: "x"}}`},
		{rs[0], "locations.0.physicalLocation.artifactLocation.uri", "sub%20dir/a.cue"},
		{rs[0], "locations.0.physicalLocation.artifactLocation.uriBaseId", "%SRCROOT%"},
		{rs[0], "locations.0.physicalLocation.region", map[string]any{"startLine": 2.0, "startColumn": 5.0, "endLine": 2.0, "endColumn": 10.0}},
		{rs[0], "relatedLocations.0.physicalLocation.artifactLocation.uri", "sub%20dir/b%20c%23d%25.cue"},
		{rs[0], "relatedLocations.0.message.text", "r"},
		{rs[0], "relatedLocations.0.id", 1.0},
		{rs[0], "relatedLocations.1", nil},
		{rs[0], "suppressions", nil},
		{rs[1], "ruleIndex", 0.0},
		{rs[1], "level", "note"},
		{rs[1], "locations.0.physicalLocation.region", map[string]any{"startLine": 2.0, "startColumn": 99.0, "endLine": 2.0}},
		{rs[1], "suppressions.0.kind", "inSource"},
		{rs[1], "suppressions.0.justification", "why"},
		{rs[1], "suppressions.0.location.physicalLocation.region.startLine", 1.0},
		{rs[1], "relatedLocations.1", nil},
		{rs[2], "ruleIndex", nil},
		{rs[2], "locations.0.physicalLocation.artifactLocation", map[string]any{"uri": "file:///abs/x%20y"}},
		{rs[2], "locations.0.physicalLocation.region", map[string]any{"startLine": 1.0, "endLine": 1.0}},
		{rs[3], "locations", nil},
		{rs[3], "level", "error"},
	} {
		if got := dig(want.in, want.path); !reflect.DeepEqual(got, want.is) {
			t.Errorf("%s is %v, not %v", want.path, got, want.is)
		}
	}
	if a, b := dig(rs[0], "partialFingerprints.tracegenPath/v1"), dig(rs[1], "partialFingerprints.tracegenPath/v1"); a == nil || a == b {
		t.Errorf("two findings have the fingerprints %v and %v", a, b)
	}
	if SARIF(brokenPipe{}, nil, nil, "", Tool{}) == nil {
		t.Error("SARIF hides a write error")
	}
}

// dig follows a path of keys and indices; what is not there is nil.
func dig(v any, path string) any {
	for step := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[step]
		case []any:
			if i := int(step[0] - '0'); i < len(in) {
				v = in[i]
			} else {
				v = nil
			}
		}
	}
	return v
}

// TestSARIFColon: what stands before a colon is no scheme.
func TestSARIFColon(t *testing.T) {
	if got := (&sarif{}).artifact("a:b.cue").URI; got != "./a:b.cue" {
		t.Errorf("the address is %s", got)
	}
}
