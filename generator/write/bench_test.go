package write

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func sized(profiles, parts int) files {
	f := files{}
	for i := range profiles {
		for k := range parts {
			f[fmt.Sprintf("profile%d/part%d/values.yaml", i, k)] = strings.Repeat(fmt.Sprintf("line of %d %d\n", i, k), 80)
			f[fmt.Sprintf("profile%d/part%d/kustomization.yaml", i, k)] = fmt.Sprintf("%d %d\n", i, k)
		}
	}
	return f
}

func BenchmarkUnchanged60(b *testing.B) {
	dir := b.TempDir()
	want := sized(3, 10)
	build(b, dir, want)
	t := want.tree()
	for b.Loop() {
		c, d, err := Compare(dir, t, Options{})
		if err != nil || len(d) > 0 || !c.Empty() {
			b.Fatal(err, d)
		}
	}
}

func BenchmarkOneChange60(b *testing.B) {
	dir := b.TempDir()
	want := sized(3, 10)
	t := want.tree()
	n := 0
	for b.Loop() {
		n++
		t[7].Data = fmt.Appendf(nil, "change %d\n", n)
		c, d, err := Compare(dir, t, Options{})
		if err != nil || len(d) > 0 || c.Commit() != nil {
			b.Fatal(err, d)
		}
	}
}

func BenchmarkFirst25000(b *testing.B) {
	t := sized(1000, 12).tree()
	parent := b.TempDir()
	n := 0
	for b.Loop() {
		n++
		c, d, err := Compare(filepath.Join(parent, fmt.Sprint(n)), t, Options{})
		if err != nil || len(d) > 0 || c.Commit() != nil {
			b.Fatal(err, d)
		}
	}
}
