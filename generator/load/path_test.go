package load

import "testing"

func TestSplit(t *testing.T) {
	for _, keys := range [][]string{{"a"}, {"a", "b.c", "d"}, {"", "\"", "é\n"}, {"x-y", "0"}} {
		path := ""
		for _, k := range keys {
			path = join(path, k)
		}
		got, ok := split(path)
		if !ok || len(got) != len(keys) {
			t.Fatalf("split(%s) is %q", path, got)
		}
		for i := range keys {
			if got[i] != keys[i] {
				t.Errorf("split(%s) is %q", path, got)
			}
		}
	}
	if _, ok := split("a.b[0].c"); ok {
		t.Error("a path through a list is taken apart")
	}
}
