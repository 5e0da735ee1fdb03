// Package bounded lets tests hold what reads other people's bytes to its bounds.
package bounded

import (
	"runtime"
	"testing"
	"time"
)

// What a megabyte may take. The time is that of a wall, and so has room for a
// machine that has other things to do.
const (
	Megabyte = 1_000_000

	seconds = 2
	room    = 3
	memory  = 500 << 20
)

// Run runs what reads some bytes, and demands that it comes to an end within two
// seconds for each megabyte, with room, and that it asks for no more than 500 MB.
func Run(t testing.TB, size int, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	read()
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	most := time.Duration(1+size/Megabyte) * seconds * time.Second * room * raced
	if took > most {
		t.Errorf("%d bytes took %v", size, took)
	}
	// Also what was let go again counts, which is more than was held at once.
	if asked := after.TotalAlloc - before.TotalAlloc; asked > memory*raced*uint64(1+size/Megabyte) {
		t.Errorf("%d bytes took %d MB", size, asked>>20)
	}
}
