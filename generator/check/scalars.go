package check

import (
	"regexp"
	"sync"

	"tracegen.dev/generator/topology"
)

// Keys of maps, and what the schema takes as open, are held to scalars of the
// schema's here.
var (
	nameType       = scalar("Name")
	labelType      = scalar("Label")
	attributeType  = scalar("AttributeName")
	labelKeyType   = scalar("LabelKey")
	labelValueType = scalar("TaintValue")
)

// scalarType is the pattern of a scalar, and the sentence that says it.
type scalarType struct {
	*regexp.Regexp
	Doc string
}

// scalar is compiled where one is needed: every start would pay for it.
func scalar(name string) func() scalarType {
	return sync.OnceValue(func() scalarType {
		t := topology.Scalar(name)
		return scalarType{regexp.MustCompile(t.Pattern), t.Doc}
	})
}
