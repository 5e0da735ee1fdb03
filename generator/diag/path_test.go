package diag

import "testing"

func TestWithin(t *testing.T) {
	for _, tc := range []struct {
		path, top string
		want      bool
	}{
		{"a.b", "a.b", true},
		{"a.b.c", "a.b", true},
		{"a.b[0].c", "a.b", true},
		{"a.bc", "a.b", false},
		{"a", "a.b", false},
		{"a.b", "", true},
		{"", "", true},
		{"", "a", false},
	} {
		if got := Within(tc.path, tc.top); got != tc.want {
			t.Errorf("%q within %q is %v", tc.path, tc.top, got)
		}
	}
}
