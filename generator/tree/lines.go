package tree

import (
	"bytes"
	"strconv"

	"tracegen.dev/generator/fact"
)

func (l Lines) encode(w *bytes.Buffer, _ string) {
	for _, line := range l {
		w.WriteString(line.Text)
		w.WriteByte('\n')
	}
}

// leaves gives each line as a string, its path being its index.
func (l Lines) leaves(f func(path string, n Node, o fact.Origin)) {
	for i, line := range l {
		f("["+strconv.Itoa(i)+"]", &Leaf{Value: line.Text, Origin: line.Origin, Poisoned: line.Poisoned}, line.Origin)
	}
}
