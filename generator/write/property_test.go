package write

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Random builds among random hands: the tree is always exact, and what the
// user wrote is there until force takes it.
func TestRandomHistory(t *testing.T) {
	for seed := range uint64(60) {
		h := &history{T: t, rnd: rand.New(rand.NewPCG(seed, 1)), dir: t.TempDir(), users: files{}, stands: files{}}
		for range 40 {
			switch h.rnd.IntN(6) {
			case 0:
				h.hand()
			case 1:
				h.edit()
			case 2:
				h.lose()
			default:
				h.build()
			}
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
}

type history struct {
	*testing.T
	rnd    *rand.Rand
	dir    string
	users  files // what hands wrote
	stands files // the tree of the last build
	number int
}

// path is drawn from few names, so that files and directories collide.
func (h *history) path() string {
	names := []string{"a", "b", "c d"}
	p := names[h.rnd.IntN(3)]
	for h.rnd.IntN(3) > 0 && len(p) < 8 {
		p += "/" + names[h.rnd.IntN(3)]
	}
	return p
}

func (h *history) text() string {
	h.number++
	return fmt.Sprintf("hand %d\n", h.number)
}

// hand writes a file of the user's where nothing is.
func (h *history) hand() {
	p := h.path()
	at := filepath.Join(h.dir, p)
	if _, err := os.Lstat(at); err == nil || os.MkdirAll(filepath.Dir(at), 0o755) != nil {
		return
	}
	h.users[p] = h.text()
	put(h, h.dir, p, h.users[p])
}

// edit changes a file of the tree.
func (h *history) edit() {
	for _, p := range slices.Sorted(maps.Keys(h.stands)) {
		if _, err := os.Stat(filepath.Join(h.dir, p)); err == nil && h.rnd.IntN(4) == 0 {
			h.users[p] = h.text()
			put(h, h.dir, p, h.users[p])
			return
		}
	}
}

// lose removes or empties a file of the tree.
func (h *history) lose() {
	for _, p := range slices.Sorted(maps.Keys(h.stands)) {
		if _, edited := h.users[p]; edited || h.rnd.IntN(4) > 0 {
			continue
		}
		at := filepath.Join(h.dir, p)
		if h.rnd.IntN(2) == 0 {
			os.Remove(at)
		} else if _, err := os.Stat(at); err == nil {
			os.Truncate(at, 0)
		}
		return
	}
}

func (h *history) tree() files {
	want := files{}
	for range h.rnd.IntN(7) {
		p := h.path()
		if !slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(q string) bool { return related(p, q) }) {
			want[p] = fmt.Sprintf("generated %d\n", h.rnd.IntN(3))
			if text, ok := h.users[p]; ok && h.rnd.IntN(4) == 0 {
				want[p] = text // the tree says what the user wrote already
			}
		}
	}
	return want
}

// related reports whether two files cannot both stand, or are one.
func related(p, q string) bool {
	return p == q || strings.HasPrefix(p, q+"/") || strings.HasPrefix(q, p+"/")
}

func (h *history) build() {
	want := h.tree()
	force := h.rnd.IntN(4) == 0
	before := read(h, h.dir)
	c, diags := compare(h, h.dir, want, force)
	same(h, read(h, h.dir), before)

	// What force takes: the files that the diagnostics without force name.
	_, foreign := compare(h, h.dir, want, false)
	for _, d := range foreign {
		isUsers := false
		for p := range h.users {
			isUsers = isUsers || p == d.Path || d.Code == CodeBlocked && strings.HasPrefix(p, d.Path+"/")
			if d.Code == CodeNoLock && h.inWay(p, want) {
				isUsers = true
				if c != nil {
					delete(h.users, p)
				}
			}
		}
		if !isUsers {
			h.Errorf("%s %s: no hand wrote this", d.Code, d.Path)
		}
		if c != nil {
			delete(h.users, d.Path)
		}
	}
	if c == nil {
		if force && diags[0].Code != CodeBlocked {
			h.Errorf("force did not take %v", diags)
		}
		return
	}
	if err := c.Commit(); err != nil {
		h.Fatal(err)
	}
	for p := range want {
		if text, ok := h.users[p]; ok && text != want[p] {
			h.Errorf("%s was lost without a word", p)
		}
		delete(h.users, p)
	}
	h.stands = want
	got := read(h, h.dir)
	for p := range got {
		if strings.HasSuffix(p, "/") { // the user removed what was in it
			delete(got, p)
		}
	}
	all := maps.Clone(want)
	maps.Copy(all, h.users)
	all[LockName] = string((&Changes{next: sums(want)}).next.format())
	same(h, got, all)
	if c, d := compare(h, h.dir, want, false); len(d) > 0 || !c.Empty() {
		h.Errorf("a second build finds %v", d)
	}
}

// inWay reports whether a file of the user's stands where one of the tree, or
// a directory of it, must go.
func (h *history) inWay(p string, want files) bool {
	for q := range want {
		if (q == p || strings.HasPrefix(q, p+"/")) && want[q] != h.users[p] {
			return true
		}
	}
	return false
}

func sums(f files) lock {
	c, _, _ := Compare("/nonexistent", f.tree(), Options{})
	return c.next
}
