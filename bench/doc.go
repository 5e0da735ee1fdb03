// Bench compares tracegen with its peers on this machine, and fails when a limit
// is passed.
//
//	go run . [-rounds 15]
//
// The peers are built from pinned modules, as this module's tools. All commands
// run in turn, round after round, so that a busy minute of the machine hits them
// alike. What counts is CPU: user and system time of the whole process, and the
// median of it over the rounds; a wall clock would mostly measure the machine's
// other work.
package main
