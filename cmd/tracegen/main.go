// Tracegen makes the configuration of a distributed-tracing stack from one
// description of it: Helm values, Kustomize overlays, Flux objects.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	// A build of a few profiles allocates a few megabytes and ends: collecting
	// them costs a tenth of it and frees nothing that is needed. A workspace of
	// a thousand profiles is held to the memory limit instead.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(72 << 20)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
