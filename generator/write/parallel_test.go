//go:build unix

package write

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Builds that overlap neither fail nor ask: what one sees of another's commit
// is no finding.
func TestConcurrent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 20 {
				want := files{"same": "s", "differs": fmt.Sprint(n), fmt.Sprintf("own/%d/%d", n, i): "x"}
				c, d, err := Compare(dir, want.tree(), Options{})
				if err != nil || len(d) > 0 {
					t.Error(err, d)
					continue
				}
				if err := c.Commit(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	build(t, dir, small)
	expect(t, dir, small, nil)
}

// A build that sees the temporary file of another one at work waits for it, and
// does not take the file for a leftover.
func TestLiveTemporaryFile(t *testing.T) {
	defer func(s func(string, string) error) { step = s }(step)
	dir := t.TempDir()
	build(t, dir, small)

	here, on := make(chan bool), make(chan bool)
	var once sync.Once
	step = func(op, p string) error {
		if op == "rename" && p == "prod/values.yaml" {
			once.Do(func() { here <- true; <-on })
		}
		return nil
	}
	first := make(chan error)
	c, _ := compare(t, dir, other, false)
	go func() { first <- c.Commit() }()
	<-here

	// The first build has written its temporary file, and not renamed it yet.
	second, diags, err := compareOnce(dir, other.tree(), Options{Display: "out"})
	if err != nil || len(diags) > 0 || !strings.HasPrefix(changeList(second), "remove prod/.tracegen-") {
		t.Fatal(err, diags, changeList(second))
	}
	last := make(chan error)
	go func() { last <- second.Commit() }()
	select {
	case err := <-last:
		t.Error("the second build did not wait:", err)
		last = nil
	case <-time.After(50 * time.Millisecond):
	}
	close(on)
	if err := <-first; err != nil {
		t.Error("the first build:", err)
	}
	if last != nil {
		if err := <-last; err != nil {
			t.Error("the second build:", err)
		}
	}
	expect(t, dir, other, nil)
	if !second.Empty() {
		t.Error("the second build tells of changes that the first one made:", changeList(second))
	}
}

// A leftover is told from the files of a tree.
func TestLeftoverIsMarked(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, small)
	put(t, dir, "kind/"+tempName(), "half")
	os.Remove(filepath.Join(dir, "kind/tempo/values.yaml"))
	c, _ := compare(t, dir, other, false)
	for _, ch := range c.List() {
		if ch.Leftover != isTemp(filepath.Base(ch.Path)) {
			t.Errorf("%s: %t", ch.Path, ch.Leftover)
		}
	}
}
