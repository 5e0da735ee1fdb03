//go:build race

package bounded

// raced is how many times as much the race detector takes.
const raced = 10
