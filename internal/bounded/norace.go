//go:build !race

package bounded

const raced = 1
