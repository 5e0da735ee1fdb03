package check

import (
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

// scalar is looked up where one is needed: every start would pay for it.
func scalar(name string) func() *topology.Type {
	return sync.OnceValue(func() *topology.Type { return topology.Scalar(name) })
}
