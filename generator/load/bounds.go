package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/literal"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// codeBounds is that of input which takes more than tracegen gives it.
const codeBounds = "TG107"

// CUE's evaluation cannot be cancelled, and a line or two of CUE can ask for
// more time and memory than there is. So a goroutine reads the profiles, and is
// left alone where it goes beyond these bounds; the process ends soon after.
// A profile takes some 3 ms and 10 MB, and ten times as long on a small board.
const (
	largestFile  = 1 << 20         // of a CUE file
	mostImports  = 1000            // of a CUE file
	largestHeap  = 96 << 20        // by how much the program may grow
	heapEach     = 1 << 20         // and for each profile, of which something is kept
	patience     = time.Second / 4 // the time of a processor for all profiles
	patienceEach = time.Second / 2 // and for each
	stalled      = 10              // times as long, for what waits instead of working
	quiet        = 25 * time.Millisecond
	pulse        = 4 * time.Millisecond
)

// loaded is a profile as it was read.
type loaded struct {
	topology *topology.Topology
	found    []diag.Diagnostic
	err      error
	over     string // the bound that it passed elsewhere
}

// reading is the goroutine that reads the profiles, seen from the one that waits
// for it.
type reading struct {
	out   chan loaded
	clock chan clock
	stop  chan struct{}

	worked  clock // nil until the goroutine has begun
	began   time.Time
	heap    uint64 // what the program may hold
	allowed time.Duration
}

// start reads the profiles, in their order. It has a workspace of its own: the
// caller's stays usable when the goroutine is left alone.
func (w *Workspace) start(profiles []Profile) *reading {
	r := &reading{
		out: make(chan loaded), clock: make(chan clock, 1), stop: make(chan struct{}),
		began:   time.Now(),
		heap:    inUse() + largestHeap + uint64(len(profiles))*heapEach,
		allowed: patience + time.Duration(len(profiles))*patienceEach,
	}
	own := &Workspace{Dir: w.Dir, Witness: w.Witness, modules: map[string]module{}, Trial: w.Trial, trying: w.trying, order: profiles}
	go func() {
		defer func() { own.trial.end() }()
		runtime.LockOSThread() // whose time is counted
		defer runtime.UnlockOSThread()
		r.clock <- threadClock()
		defer func() {
			if p := recover(); p != nil {
				r.give(loaded{err: fmt.Errorf("this profile makes tracegen, or CUE in it, break off: %v\nPlease report it, with these lines:\n%s", p, debug.Stack())})
			}
		}()
		for len(profiles) > 0 {
			n := min(batch, len(profiles))
			if !own.readBatch(profiles[:n], r.give) {
				return
			}
			profiles = profiles[n:]
		}
	}()
	return r
}

// give hands a profile on, and reports whether anybody wants another.
func (r *reading) give(l loaded) bool {
	select {
	case r.out <- l:
		return l.err == nil && l.over == ""
	case <-r.stop:
		return false
	}
}

// next gives the next profile, or says why it was not waited for.
func (r *reading) next() (l loaded, over string) {
	// Most profiles are there before anybody looks at the clock.
	look := time.NewTimer(quiet)
	defer look.Stop()
	for {
		select {
		case l := <-r.out:
			return l, l.over
		case r.worked = <-r.clock:
		case <-look.C:
			if over := r.over(); over != "" {
				return loaded{}, over
			}
			look.Reset(pulse)
		}
	}
}

// over says what bound was passed, if one was.
func (r *reading) over() string {
	waited := time.Since(r.began)
	worked := waited
	if r.worked != nil {
		worked = r.worked()
	}
	switch {
	case inUse() > r.heap:
		return fmt.Sprintf("takes more than %d MB of memory", largestHeap>>20)
	case worked > r.allowed:
		return fmt.Sprintf("takes longer than %v", r.allowed)
	case waited > stalled*r.allowed:
		return fmt.Sprintf("does not come to an end within %v", stalled*r.allowed)
	}
	return ""
}

// clock gives the time that something has taken since then of a processor.
type clock func() time.Duration

// unbounded is the finding of a profile that was not waited for.
func (w *Workspace) unbounded(p Profile, over string) diag.Diagnostic {
	j := &judge{w: w, profile: p}
	return diag.Diagnostic{
		Code:     codeBounds,
		Message:  fmt.Sprintf("to evaluate the profile %s as CUE %s, so it was left off, and with it what comes after", p.Name, over),
		Position: j.profileFile(),
		Help:     "look for comprehensions over many elements, for disjunctions that are multiplied with each other, for values that grow with each reference, and for very many or deeply nested fields; `cue vet` takes as long",
	}
}

// refusedImport is the package whose functions ask for any amount of memory in
// one go, before anybody could watch: bits.Lsh(1, 1e12) takes a hundred GB.
const refusedImport = "math/bits"

// refused gives the findings of a profile that imports what is not evaluated,
// itself or by a package of its own.
func (w *Workspace) refused(p Profile, inst *build.Instance) []diag.Diagnostic {
	var out []diag.Diagnostic
	written(inst, func(f *ast.File) {
		for spec := range f.ImportSpecs() {
			if path, _ := literal.Unquote(spec.Path.Value); path == refusedImport {
				out = append(out, diag.Diagnostic{
					Code:     codeBounds,
					Message:  refusedImport + " can ask for more memory than there is, so the profile " + p.Name + " was not evaluated",
					Position: w.position(spec.Path.Pos()),
					Help:     "write the number itself",
				})
			}
		}
	})
	return out
}

// errLarge tells a file that is too large from one that cannot be read.
var errLarge = fmt.Errorf("the file has more than %d MB", largestFile>>20)

// errIrregular is of what cannot be read to an end.
var errIrregular = errors.New("it is no regular file")

// readFile reads a file to its end, if it has one that is near.
func readFile(name string) ([]byte, error) {
	// Before it is opened: that of a pipe waits for somebody who writes.
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &os.PathError{Op: "read", Path: name, Err: errIrregular}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data bytes.Buffer
	data.Grow(int(min(info.Size(), largestFile)) + bytes.MinRead)
	n, err := data.ReadFrom(io.LimitReader(f, largestFile+1))
	if err == nil && n > largestFile {
		err = &os.PathError{Op: "read", Path: name, Err: errLarge}
	}
	return data.Bytes(), err
}

// many is the finding of a file with more imports than anybody writes.
func (w *Workspace) many(f cueFile) diag.Diagnostic {
	return diag.Diagnostic{
		Code:     codeBounds,
		Message:  fmt.Sprintf("the file imports more than %d packages, so it was not evaluated", mostImports),
		Position: diag.Position{File: w.relative(f.name), Line: 1, Column: 1},
		Help:     "import what the file mentions",
	}
}

// large is the finding of a file that nobody wrote.
func (w *Workspace) large(file string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:     codeBounds,
		Message:  errLarge.Error() + ", so it was not read",
		Position: diag.Position{File: w.relative(file), Line: 1, Column: 1},
		Help:     "divide it, or remove it if it is none of yours",
	}
}
