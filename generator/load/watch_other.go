//go:build !linux

package load

import (
	"runtime/metrics"
	"time"
)

// threadClock is that of the wall.
func threadClock() clock {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// inUse is how much memory the program holds.
func inUse() uint64 {
	s := [...]metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s[:])
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
