package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	tab := table{
		head: []string{"CHART", "APP", "EMPTY", "REPOSITORY"},
		rows: [][]string{{"tempo", "2.10.8", "", "https://a"}, {"flüx", "", "", "b"}},
	}
	for _, tc := range []struct {
		width int
		want  string
	}{
		{0, "CHART  APP     REPOSITORY\ntempo  2.10.8  https://a\nflüx           b\n"},
		{25, "CHART  APP     REPOSITORY\ntempo  2.10.8  https://a\nflüx           b\n"},
		{24, "tempo\n  app         2.10.8\n  repository  https://a\nflüx\n  repository  b\n"},
	} {
		var b strings.Builder
		if err := tab.print(&b, tc.width); err != nil || b.String() != tc.want {
			t.Errorf("at width %d (%v):\n%s", tc.width, err, b.String())
		}
	}
	if printable("a é/b.yaml") != "a é/b.yaml" || printable("a\x1b[2J") != `"a\x1b[2J"` {
		t.Error("a text from anywhere is not made harmless")
	}
	if widthOf(new(strings.Builder)) != 0 {
		t.Error("a buffer has a width")
	}
}
