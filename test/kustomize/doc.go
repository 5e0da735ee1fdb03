// Package kustomize has no code, only tests: it gives the trees that tracegen
// makes to the programs that will read them. Kustomize builds every directory,
// Flux's own substitution runs over what does not opt out of it, and Alloy's
// parser reads what Alloy will read. It is a module of its own, so that none of
// these is ever linked into tracegen.
//
// Nothing here shares code with the compiler: tracegen is built once, and run.
//
//	go test -count=1 ./...
//
// The go command cannot see that a result depends on the tracegen that was
// run, hence -count=1.
package kustomize
