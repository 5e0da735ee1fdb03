// Package sarif holds the findings that tracegen prints as SARIF to the schema of
// OASIS, and to a reader of others' making. It is a module of its own, so that
// tracegen depends on neither.
package sarif
