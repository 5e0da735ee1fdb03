package check

import (
	"regexp"
	"sync"

	"tracegen.dev/generator/topology"
)

// What the keys of some maps must be is a scalar of the schema's, which cannot
// say so itself.
var (
	nameKey      = key("Name")
	labelKey     = key("Label")
	attributeKey = key("AttributeName")
)

// keyType is what keys must be: the pattern, and the sentence that says it.
type keyType struct {
	*regexp.Regexp
	Doc string
}

// key is compiled where one is needed: every start would pay for it.
func key(scalar string) func() keyType {
	return sync.OnceValue(func() keyType {
		t := topology.Scalar(scalar)
		return keyType{regexp.MustCompile(t.Pattern), t.Doc}
	})
}
