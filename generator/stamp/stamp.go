// Package stamp remembers that a build changed nothing, so that the next one can
// say so without compiling: while every file and directory that the first one
// looked at, the program itself and all that it would have written is as it was,
// so is the result.
//
// "As it was" is what the file system says: kind, size, times of the last change
// to content and to metadata, and inode. A file whose times lie within [margin]
// of the build itself is not trusted, since it may have been changed afterwards
// within the same tick of its clock; then there is no stamp. A stamp that cannot
// be read or written is none: it is a cache, and no fault of it is anybody's.
package stamp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// margin is far above the resolution of any file system's clock but FAT's.
const margin = time.Second

const header = "tracegen stamp 1\n"

// Witness takes down what a build looks at. The nil Witness takes nothing down.
type Witness struct {
	mu    sync.Mutex      // package load reads in a goroutine of its own
	paths map[string]bool // whether what is there counts, or only that something is
	blind bool
}

// New makes a Witness.
func New() *Witness { return &Witness{paths: map[string]bool{}} }

// See takes down a file or a directory whose content, or absence, the result
// depends on.
func (w *Witness) See(path string) {
	if w != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.paths[path] = true
	}
}

// Find takes down a path of which only matters whether something is there.
func (w *Witness) Find(path string) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.paths[path] {
		w.paths[path] = false
	}
}

// Blind says that something was read which nobody took down.
func (w *Witness) Blind() {
	if w != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.blind = true
	}
}

// Save leaves a stamp for the workspace: the result, a line of text, holds as
// long as nothing changes of what was seen. The build began at a time.
func (w *Witness) Save(workspace, result string, began time.Time) {
	file, err := at(workspace)
	if w == nil || w.blind || err != nil || strings.Contains(result, "\n") {
		return
	}
	exe, err := os.Executable()
	if err != nil {
		return
	}
	w.See(exe)
	var b bytes.Buffer
	paths := slices.Sorted(maps.Keys(w.paths))
	fmt.Fprintf(&b, "%s%s\n%d\n", header, result, len(paths))
	for _, p := range paths {
		s, changed, ok := describe(p, w.paths[p])
		if !ok || strings.Contains(p, "\n") || !changed.Before(began.Add(-margin)) {
			return
		}
		b.WriteString(s + " " + p + "\n")
	}
	if os.MkdirAll(filepath.Dir(file), 0o700) != nil {
		return
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), "tmp-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(b.Bytes())
	if tmp.Close() != nil || err != nil || os.Rename(tmp.Name(), file) != nil {
		_ = os.Remove(tmp.Name())
	}
}

// Result gives what the last stamp of a workspace holds, if nothing has changed
// since.
func Result(workspace string) (string, bool) {
	file, err := at(workspace)
	if err != nil {
		return "", false
	}
	data, err := os.ReadFile(file)
	text, ok := strings.CutPrefix(string(data), header)
	if err != nil || !ok || !strings.HasSuffix(text, "\n") {
		return "", false
	}
	result, rest, _ := strings.Cut(text, "\n")
	count, rest, _ := strings.Cut(rest, "\n")
	if n, err := strconv.Atoi(count); err != nil || n != strings.Count(rest, "\n") {
		return "", false
	}
	exe, err := os.Executable()
	if err != nil {
		return "", false
	}
	own := false
	for line := range strings.Lines(rest) {
		was, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok {
			return "", false
		}
		if now, _, ok := describe(path, was != there && was != absent); !ok || now != was {
			return "", false
		}
		own = own || path == exe
	}
	return result, own
}

// The words for what only has to be there.
const there, absent = "there", "absent"

// describe gives a path's state, or whether something is there.
func describe(path string, whole bool) (word string, changed time.Time, ok bool) {
	if whole {
		return state(path)
	}
	if _, err := os.Lstat(path); err != nil {
		return absent, time.Time{}, errors.Is(err, fs.ErrNotExist)
	}
	return there, time.Time{}, true
}

// at is where the stamp of a workspace lies.
func at(workspace string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(workspace))
	return filepath.Join(cache, "tracegen", fmt.Sprintf("stamp-%s", hex.EncodeToString(sum[:8]))), nil
}
